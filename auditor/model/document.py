"""A report that the tool writes: what its author said, what was found at the pins, and what is owed."""

from dataclasses import dataclass, field

from auditor.model.audit import Audit
from auditor.model.license import Clause
from auditor.model.manifest import Dependency
from auditor.model.obligation import Supply
from auditor.model.reference import CitedPlace, Unresolved
from auditor.model.report import Place
from auditor.model.resolution import Lines


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of somebody's code, quoted with their source.

    `first` is the number of the first of `lines`, `marked` the lines that are meant, `left_out` how many follow.
    `license` is the SPDX expression under which they are quoted, None where it is not known.
    """

    repository: str
    commit: str
    path: str
    permalink: str
    first: int
    lines: tuple[str, ...]
    marked: Lines | None = None
    language: str | None = None
    left_out: int = 0
    license: str | None = None

    @classmethod
    def of_place(cls, place: CitedPlace) -> "Excerpt":
        """The lines that a reference by name stands for."""
        link, first = place.link, place.lines.start if place.lines else 1
        commit, license_ = link.revision or "", place.license
        return cls(
            link.repository_url, commit, link.path, place.permalink, first, place.excerpt, None, place.language,
            place.left_out, license_,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prose:
    """A document of the author's, Markdown, with every reference in it, in order, resolved or not."""

    document: str
    text: str
    references: tuple[CitedPlace | Unresolved, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A frame of the code path, the caller before the called.

    `owner` is the dependency's name, "Python" for the standard library, None for the author's own code or where nobody
    knows. `file` is the path as the frame has it, `call` the source of the call made there, `does` what the author says
    of it. `skipped` frames lie between the step before and this one. `permalink` is None for what could not be proved;
    `problem` then says why. `place` is where the author wrote it, or the trace file.
    """

    number: int
    function: str
    file: str
    line: int | None
    place: Place
    owner: str | None = None
    call: str = ""
    does: str = ""
    permalink: str | None = None
    excerpt: Excerpt | None = None
    skipped: int = 0
    thread: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class LicenseRow:
    """A licence text of a dependency at the pin: its SPDX id (None for a changed one), its full name, its lines."""

    path: str
    license: str | None
    name: str
    lines: Lines
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """A condition of such a text, word by word in `clause.text`, and in short in `clause.asks`."""

    license: str
    path: str
    clause: Clause
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class DependencyPart:
    """The section about one dependency.

    `license` is the SPDX expression of its own texts, None where one is not known. `description` says in a sentence or
    two what kind of licence it is, "" where nothing is known of it. `used` is what the author says about who uses it
    where. `prose` tells how it works. `tree` is the permalink of the whole repository at the pin.
    """

    dependency: Dependency
    supply: Supply
    license: str | None = None
    description: str = ""
    licenses: tuple[LicenseRow, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    used: tuple[str, ...] = ()
    prose: Prose | None = None
    tree: str | None = None

    @property
    def pin(self) -> str | None:
        """The full commit id at which it was read."""
        return self.supply.subject.commit if self.supply.subject else None


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the report came about: enough to make it again.

    `command` has no path of a machine. `data` are names and versions of the data that were used.
    """

    auditor: str
    command: str
    manifest: str
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """Everything that a template of `auditor report` shows.

    `audit` holds the judgements of every citation in the prose and the code path (`judgements`), the obligations
    (`shipping`), all findings and incidents. `author` and `date` are as the manifest gives them, "" without. `left_out`
    frames follow the last step.
    """

    title: str
    provenance: Provenance
    author: str = ""
    date: str = ""
    prose: tuple[Prose, ...] = ()
    parts: tuple[DependencyPart, ...] = ()
    steps: tuple[Step, ...] = ()
    left_out: int = 0
    audit: Audit = field(default_factory=Audit)
