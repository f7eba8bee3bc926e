"""What the licences of other people's code ask of those who pass it on, and whether what is shipped does it.

First what is gathered (`Shipping` and its parts: claims and facts), then what is judged (`Obligation`, `StaleNotice`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from auditor.model.finding import Finding
from auditor.model.license import Clause, LicenseSubject, LicenseText
from auditor.model.manifest import Dependency, Distribution, Waiver
from auditor.model.resolution import Lines
from auditor.model.shipment import Component, Copy

# The occasion on which a clause asks something. "inform": on none that a shipment shows (a lawsuit, a warranty).
When = Literal["source", "binary", "modified", "network", "advertising", "promotion", "inform"]
ObligationVerdict = Literal["fulfilled", "violated", "review", "not-applicable", "unexamined"]
# The rule that tells of an obligation that is not fulfilled.
Breach = Literal[
    "notice-missing", "notice-altered", "notice-position", "acknowledgement-missing", "endorsement-review",
    "advertising-review", "changes-unmarked", "apache-notice-missing", "source-offer-missing",
]  # fmt: skip
Form = Literal["source", "binary"]

OBLIGATION_VERDICTS: tuple[ObligationVerdict, ...] = (
    "fulfilled", "violated", "review", "not-applicable", "unexamined",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticePart:
    """The part of a third-party notices file that is about one component, where the file itself says so."""

    name: str
    lines: Lines
    version: str | None = None


@dataclass(frozen=True, slots=True)
class ShippedText:
    """A text file of an artifact that is a notice, a licence or documentation, decoded, and what was read in it.

    `role`: "own" holds the licence of the project itself, "third-party" nothing but notices on others' code, "header"
    is the comments of a source file.
    `parts` are the components that a third-party file names; empty where its form does not tell.
    """

    path: str
    text: str
    read: LicenseText = field(default_factory=LicenseText)
    role: Literal["own", "third-party", "header", "other"] = "other"
    parts: tuple[NoticePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something that is passed on: an archive, an image, a folder; `name` is the path as the user gave it.

    `form` is the occasion that passing it on is. `certain`: every part of it was told, so that what is not among
    `components` is not in it. `archives` are the paths of archives inside, which may hold source code. `unread` says
    which files that may be notices could not be read; what is not found may then stand in them.
    """

    name: str
    form: Form
    texts: tuple[ShippedText, ...] = ()
    components: tuple[Component, ...] = ()
    certain: bool = False
    archives: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VendoredCopy:
    """A dependency's code in an artifact, held against the dependency's repository at the pin.

    `artifact` is the artifact's name, `path` the folder there ("" for the whole). `document` is that folder as a user
    can open it, None where it lies in an archive.
    """

    artifact: str
    path: str
    comparison: Copy
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Supply:
    """A dependency with what its own source says of its licence, at the pin.

    `subject` are the licence files of its repository, `texts` their decoded contents by path;
    `subject` is None when nothing could be looked at. `unlooked` says why its own source was not looked at; a `subject`
    is then what the artifacts themselves have of it. `found_in` are the artifacts in which it was found where no
    manifest names it, else None.
    """

    dependency: Dependency
    subject: LicenseSubject | None = None
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)
    copies: tuple[VendoredCopy, ...] = ()
    unlooked: str | None = None
    found_in: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Surface:
    """A text with which the project speaks to the public; `path` as a user can open it."""

    path: str
    text: str
    read: LicenseText = field(default_factory=LicenseText)


@dataclass(frozen=True, slots=True)
class Shipping:
    """Everything that the judge is given. Without `surfaces` promotion and advertising are not examined."""

    distribution: Distribution = field(default_factory=Distribution)
    supplies: tuple[Supply, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    surfaces: tuple[Surface, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that fulfils or breaks a clause: a file of the artifact, a surface, or a file of a vendored copy.

    `lines` is None for the file as a whole. `breaks`: the fault is here. `document` is the file as a user can open
    and mend it, None where it lies in an archive.
    """

    path: str
    lines: Lines | None
    note: str
    breaks: bool = False
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one clause asks on one occasion, and whether it was done.

    `clause` and `license` (its SPDX id) are None when the dependency's clauses are not known; the verdict is then
    "unexamined" or "not-applicable". `clause_path` is the licence file at the pin. `artifact` is None for what no
    single artifact can show. `reason` is one plain sentence. `readings` are given where sources disagree about what
    the clause asks: all of them, the one that was followed first. `breach` is the rule that tells of it.
    """

    dependency: Dependency
    license: str | None
    clause: Clause | None
    when: When
    artifact: str | None
    verdict: ObligationVerdict
    reason: str
    clause_path: str = ""
    clause_permalink: str | None = None
    evidence: tuple[Evidence, ...] = ()
    readings: tuple[str, ...] = ()
    breach: Breach | None = None


@dataclass(frozen=True, slots=True)
class StaleNotice:
    """A notice in an artifact that belongs to nothing that the artifact carries.

    `name` is the component that it names, or the holder. `dependency` is the manifest's entry where there is one.
    """

    artifact: str
    path: str
    lines: Lines
    name: str
    dependency: Dependency | None = None


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that a waiver accepts: it is not raised, but stays counted."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class ObligationJudgement:
    """An obligation, a stale notice or a supply (what its source says of its licence), and the findings about it.

    `waived` are those that a waiver accepts; they are not among the findings.
    """

    subject: Obligation | StaleNotice | Supply
    findings: tuple[Finding, ...] = ()
    waived: tuple[WaivedFinding, ...] = ()

    @property
    def name(self) -> str:
        """The dependency that it is about, or what a stale notice names."""
        if isinstance(self.subject, StaleNotice):
            return self.subject.name
        return self.subject.dependency.name


@dataclass(frozen=True, slots=True)
class WaiverFact:
    """What became of a waiver: "unused" if it accepts no finding, "expired" if its last day has passed.

    "unknown": it accepts none, but not everything that it may be about was looked at.

    `hidden` is how many findings an expired one would have accepted.
    """

    waiver: Waiver
    state: Literal["used", "unused", "expired", "unknown"]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Waived:
    """Judgements after the waivers: those findings that stay, those that were accepted, and each waiver's fate."""

    judgements: tuple[ObligationJudgement, ...]
    accepted: tuple[WaivedFinding, ...] = ()
    waivers: tuple[WaiverFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ShippingJudgement:
    """What became of everything that is owed for what is shipped.

    `judgements` are those of the supplies, then of the obligations, then of the stale notices. `findings` are about
    the manifest and its waivers, each at its line.
    """

    shipping: Shipping
    judgements: tuple[ObligationJudgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: tuple[WaivedFinding, ...] = ()
    waivers: tuple[WaiverFact, ...] = ()

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """The obligations without the rest, in order."""
        return tuple(one.subject for one in self.judgements if isinstance(one.subject, Obligation))

    def verdict_counts(self) -> dict[ObligationVerdict, int]:
        """How many obligations have each verdict; every verdict is a key."""
        counts = Counter(obligation.verdict for obligation in self.obligations)
        return {verdict: counts[verdict] for verdict in OBLIGATION_VERDICTS}
