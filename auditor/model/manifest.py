"""What a project says of itself in `auditor.toml`: what it uses, how it passes it on, what it has waived.

Claims only, each with its place, so that whatever is wrong can be shown where a person can mend it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from auditor.model.finding import Severity
from auditor.model.report import Place

Ecosystem = Literal["pypi", "npm", "cargo", "go", "maven", "generic"]
Use = Literal["vendored", "bundled", "linked", "dev-only"]
DistributionKind = Literal["source", "binary", "service", "internal"]
ProblemKind = Literal[
    "unknown-key", "wrong-type", "wrong-value", "missing-key", "duplicate", "unknown-name", "version-differs",
    "no-match", "short-commit", "not-spdx", "waiver-expired", "source-unreadable", "source-version", "source-entry",
]  # fmt: skip

ECOSYSTEMS: tuple[Ecosystem, ...] = ("pypi", "npm", "cargo", "go", "maven", "generic")
USES: tuple[Use, ...] = ("vendored", "bundled", "linked", "dev-only")
DISTRIBUTION_KINDS: tuple[DistributionKind, ...] = ("source", "binary", "service", "internal")


@dataclass(frozen=True, slots=True)
class Dependency:
    """Somebody else's code that the project uses.

    `version` is the release, `commit` a git object id (full, or abbreviated where the source gives no more),
    `revision` a branch or tag where no commit is known. `license` is the SPDX expression that is expected.
    `use` None: not said; `modified` None: as the distribution says. `place` is the entry as a whole, in the manifest
    or in the lock file that it comes from, `places` those of its keys.
    """

    name: str
    place: Place
    ecosystem: Ecosystem = "generic"
    version: str | None = None
    repository: str | None = None
    commit: str | None = None
    revision: str | None = None
    license: str | None = None
    use: Use | None = None
    modified: bool | None = None
    places: Mapping[str, Place] = field(default_factory=dict, hash=False, compare=False)

    def place_of(self, key: str) -> Place:
        """Where the value of a key is written, else the entry."""
        return self.places.get(key, self.place)


@dataclass(frozen=True, slots=True)
class Vendored:
    """A folder or file of the project, relative to the manifest's folder, that is a copy of a dependency's code."""

    path: str
    dependency: str
    place: Place


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern of paths relative to the manifest's folder: `*` and `?` within a name, `**` for any folders."""

    pattern: str
    place: Place


@dataclass(frozen=True, slots=True)
class NoticesFile:
    """The third-party notices file of the project, relative to the manifest's folder; it need not exist yet."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the project is passed on.

    `kinds`: as source, as anything that was built from it (binary), by letting others use it over a network
    (service), or to nobody (internal); empty: not said. `modified`: the dependencies' code was changed.
    """

    kinds: tuple[DistributionKind, ...] = ()
    modified: bool = False
    artifacts: tuple[Glob, ...] = ()
    notices: NoticesFile | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Where the project speaks to the public: `promotion` names a README, folders of a site, package metadata."""

    promotion: tuple[Glob, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody has decided to accept: of one rule, about one dependency (None: about all).

    `expires` is the last day on which it holds.
    """

    rule: str
    dependency: str | None
    reason: str
    by: str
    expires: date | None
    place: Place

    def holds(self, today: date) -> bool:
        """Whether it has not expired."""
        return self.expires is None or today <= self.expires


@dataclass(frozen=True, slots=True)
class ManifestProblem:
    """Something wrong in the manifest or in a file that it takes dependencies from: a finding to be.

    `subject` names the value in a way that stays when lines move ("dependency.flask.commit").
    """

    kind: ProblemKind
    severity: Severity
    place: Place
    message: str
    remedy: str
    subject: str


@dataclass(frozen=True, slots=True)
class Source:
    """A lock file, relative to the manifest's folder, or "environment": what dependencies are taken from."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of the project, relative to the manifest's folder."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class ReportSection:
    """What the author adds to the section about a dependency: who uses it where, and a text on how it works."""

    dependency: str
    place: Place
    used: tuple[str, ...] = ()
    text: TextFile | None = None


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """A step of the code path as the author writes it.

    `function` picks a frame of the trace; `at` is a reference to a line of a dependency, as in the text but without
    brackets. `does` says what happens there.
    """

    place: Place
    function: str | None = None
    at: str | None = None
    does: str = ""


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """What `auditor report` is to write. `output` is the path without ending, relative to the manifest's folder.

    `text` are the author's documents that come first; `trace` is a recorded call path or a pasted traceback, `steps`
    what the author says of its frames. `date` is shown as it is written.
    """

    title: str | None = None
    author: str = ""
    date: str = ""
    text: tuple[TextFile, ...] = ()
    output: str | None = None
    template: str | None = None
    sections: tuple[ReportSection, ...] = ()
    trace: TextFile | None = None
    steps: tuple[WrittenStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that was read; `dependencies` are those of the manifest first, then those of its sources.

    `document` is the path as the user gave it.
    """

    document: str
    dependencies: tuple[Dependency, ...] = ()
    sources: tuple[Source, ...] = ()
    distribution: Distribution = Distribution()
    vendored: tuple[Vendored, ...] = ()
    surfaces: Surfaces = Surfaces()
    waivers: tuple[Waiver, ...] = ()
    report: ReportPlan = ReportPlan()
    problems: tuple[ManifestProblem, ...] = ()
