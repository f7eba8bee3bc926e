"""What is really there: the facts that a citation was resolved to."""

from dataclasses import dataclass
from typing import Literal

from auditor.model.hosted import HostedRepository
from auditor.model.permalink import Permalink
from auditor.model.report import Citation, Name
from auditor.model.symbol import Relation, Symbol


@dataclass(frozen=True, slots=True)
class Lines:
    """A range of lines that exists: one-based, inclusive, never empty.

    Raises ValueError when the range is empty or begins before line 1.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.end:
            raise ValueError(f"no such lines: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Revision:
    """The commit that a written revision stands for.

    `kind` is how it was written; `commit` the full id that was read. For a branch,
    `as_of` is the ISO date it was read at (None: today) and `tip` the commit a
    reader gets today. `reachable` says whether a branch or tag of the repository
    contains the commit (None: not asked, or the history is over the bound).
    """

    kind: Literal["commit", "abbreviation", "branch", "tag", "head"]
    written: str
    commit: str
    tip: str | None = None
    as_of: str | None = None
    reachable: bool | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """The cited place exists: a file (with lines, if lines are cited), a directory or a whole commit.

    `content` is "text", or why lines cannot be judged: "binary", "lfs-pointer",
    "too-large", "directory", "submodule", "commit", "unlined". `line_count` counts the
    lines of a text; `lines` is None when no lines are cited; `excerpt` holds the
    cited lines (at most `EXCERPT_LINES` of them) without line ends.
    """

    commit: str
    path: str
    content: str
    blob: str | None = None
    line_count: int | None = None
    lines: Lines | None = None
    excerpt: tuple[str, ...] = ()
    language: str | None = None
    symbol: Symbol | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """The cited place does not exist. `near` names what comes closest, best first."""

    what: Literal["repository", "commit", "path", "lines", "form"]
    detail: str
    near: tuple[str, ...] = ()
    line_count: int | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Unlooked:
    """It could not be looked at. `incident`: something failed; else the report gives too little."""

    message: str
    incident: bool = True


Target = Located | Missing | Unlooked


@dataclass(frozen=True, slots=True)
class Repair:
    """The link that the report means, and why.

    `safe`: exactly one candidate, confirmed in git. `alternatives` lists the
    other candidates as links, when there are several.
    """

    link: Permalink
    reasons: tuple[str, ...]
    safe: bool
    located: Located | None = None
    alternatives: tuple[Permalink, ...] = ()


@dataclass(frozen=True, slots=True)
class NameFact:
    """How the cited lines relate to what the report names there.

    `name` is the name that fits best (or, if none fits, the first sure one),
    `matched` the definition or text it was compared with, `spelled` the name as the
    code spells it where the report differs, `candidates` the definitions it may mean.
    """

    name: Name
    relation: Relation
    candidates: tuple[Symbol, ...] = ()
    spelled: str | None = None
    other_file: str | None = None


@dataclass(frozen=True, slots=True)
class FrameFact:
    """A stack frame held against the linked file: what is at the frame's own line.

    `function` is the definition that the frame names, `at` the one that encloses its line.
    `elsewhere` is the same place in another repository of the same stack, if it fits better.
    """

    state: Literal["fits", "not-executable", "other-function", "past-end", "unjudged"]
    at: Symbol | None = None
    function: Symbol | None = None
    text: str = ""
    elsewhere: Permalink | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a repository and the full id of its commit; `name` is "" for a commit that is cited without one."""

    name: str
    commit: str


@dataclass(frozen=True, slots=True)
class ReleaseFact:
    """What a stack's frames of one package fit, where the link of one of them cites something else.

    `repository` is the package's, `frames` how many frames bear witness, `fitting` the releases in which each of them
    can have been running, oldest first; `cited` is the one of them to cite, `link` the frame's own line there, and
    `located` what stands there. `certain`: the frame's function reads the same in all of them, and a link that leads
    into another repository means the same path. `doubtful`: at the frame's line in the commit that is cited nothing
    calls a frame beside it.
    """

    repository: str
    frames: int
    fitting: tuple[Tag, ...]
    cited: Tag
    link: Permalink
    located: Located
    certain: bool
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Drift:
    """A branch link whose lines are no longer what they were when it was written."""

    state: Literal["moved", "changed", "path-gone", "past-end"]
    then: str
    now: str
    at: Lines | None = None
    now_excerpt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Everything known about one citation. `target` is what it resolves to exactly as written.

    `hosted` is what the code host says about the repository, None when it was not asked.
    """

    citation: Citation
    target: Target
    repository: str | None = None
    revision: Revision | None = None
    repair: Repair | None = None
    named: NameFact | None = None
    frame: FrameFact | None = None
    drift: Drift | None = None
    moved_to: str | None = None
    release: ReleaseFact | None = None
    hosted: HostedRepository | None = None

    @property
    def place(self) -> Located | None:
        """The place to judge by content: as written, else as repaired."""
        if isinstance(self.target, Located):
            return self.target
        return self.repair.located if self.repair else None
