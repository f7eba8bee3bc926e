"""The result of a run: every citation with its verdict, every finding, every incident."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from auditor.model.finding import SEVERITIES, Finding, Incident
from auditor.model.report import Report
from auditor.model.resolution import Resolution

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


@dataclass(frozen=True, slots=True)
class Audit:
    """All judgements in document order. The same inputs give the same audit."""

    reports: tuple[Report, ...]
    judgements: tuple[Judgement, ...]
    incidents: tuple[Incident, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the documents."""
        return tuple(finding for judgement in self.judgements for finding in judgement.findings)

    def verdict_counts(self) -> dict[str, int]:
        """How many citations have each verdict; every verdict is a key."""
        counts = Counter(judgement.verdict for judgement in self.judgements)
        return {verdict: counts[verdict] for verdict in VERDICTS}

    def severity_counts(self) -> dict[str, int]:
        """How many findings have each severity; every severity is a key."""
        counts = Counter(finding.severity for finding in self.findings)
        return {severity: counts[severity] for severity in SEVERITIES}
