"""The result of a run: every citation with its verdict, every finding, every incident."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from auditor.model.aside import NOTHING, SetAside
from auditor.model.finding import SEVERITIES, Finding, Incident
from auditor.model.license import LicenseSubject, StatementFact, Unstated
from auditor.model.report import Place, Report
from auditor.model.resolution import Resolution

if TYPE_CHECKING:  # a check of citations has no need of what a shipment is made of
    from auditor.model.obligation import ShippingJudgement
    from auditor.model.reference import CitedPlace, Unresolved

Verdict = Literal["verified", "resolved", "mismatched", "broken", "unexamined"]
VERDICTS: tuple[Verdict, ...] = ("verified", "resolved", "mismatched", "broken", "unexamined")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A citation's resolution, its verdict, and the findings about it.

    `permalink` is the right link at a full commit id, or None when it is not known.
    """

    resolution: Resolution
    verdict: Verdict
    permalink: str | None
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> Place:
        """Where the citation stands in its report."""
        return self.resolution.citation.place


@dataclass(frozen=True, slots=True)
class StatementJudgement:
    """What a report says, or leaves unsaid, about a licence, and the findings about that."""

    fact: StatementFact | Unstated
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands in the report: the statement, or the first citation of the repository."""
        return self.fact.statement.place if isinstance(self.fact, StatementFact) else self.fact.place


@dataclass(frozen=True, slots=True)
class LicenseJudgement:
    """The licences of one target, and the findings about them."""

    subject: LicenseSubject
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceJudgement:
    """A reference by name in an author's text, what it stands for, and the findings about it."""

    outcome: "CitedPlace | Unresolved"
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands in the text."""
        return self.outcome.reference.place


@dataclass(frozen=True, slots=True)
class Audit:
    """All judgements in document order. The same inputs give the same audit.

    `set_aside` are findings that are not raised, and why; they are not among the findings of the judgements.
    """

    reports: tuple[Report, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    incidents: tuple[Incident, ...] = ()
    statements: tuple[StatementJudgement, ...] = ()
    licenses: tuple[LicenseJudgement, ...] = ()
    shipping: "ShippingJudgement | None" = None
    references: tuple[ReferenceJudgement, ...] = ()
    set_aside: SetAside = NOTHING

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: about citations, references, statements, licences, the manifest and obligations."""
        groups = [judgement.findings for judgement in self.judgements]
        groups += [judgement.findings for judgement in self.references]
        groups += [judgement.findings for judgement in self.statements]
        groups += [judgement.findings for judgement in self.licenses]
        if self.shipping is not None:
            groups.append(self.shipping.findings)
            groups += [judgement.findings for judgement in self.shipping.judgements]
        groups.append(self.set_aside.told)
        return tuple(finding for group in groups for finding in group)

    def keeping(self, keep: Callable[[Finding], bool]) -> "Audit":
        """The audit with those findings only that `keep` holds for, which is asked once for each, in their order."""

        def kept(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
            return tuple(finding for finding in findings if keep(finding))

        judgements = tuple(replace(one, findings=kept(one.findings)) for one in self.judgements)
        references = tuple(replace(one, findings=kept(one.findings)) for one in self.references)
        statements = tuple(replace(one, findings=kept(one.findings)) for one in self.statements)
        licenses = tuple(replace(one, findings=kept(one.findings)) for one in self.licenses)
        shipping = self.shipping
        if shipping is not None:
            shipping = replace(shipping, findings=kept(shipping.findings))
            owed = tuple(replace(one, findings=kept(one.findings)) for one in shipping.judgements)
            shipping = replace(shipping, judgements=owed)
        set_aside = replace(self.set_aside, told=kept(self.set_aside.told))
        return Audit(self.reports, judgements, self.incidents, statements, licenses, shipping, references, set_aside)

    def verdict_counts(self) -> dict[str, int]:
        """How many citations have each verdict; every verdict is a key."""
        counts = Counter(judgement.verdict for judgement in self.judgements)
        return {verdict: counts[verdict] for verdict in VERDICTS}

    def severity_counts(self) -> dict[str, int]:
        """How many findings have each severity; every severity is a key."""
        counts = Counter(finding.severity for finding in self.findings)
        return {severity: counts[severity] for severity in SEVERITIES}
