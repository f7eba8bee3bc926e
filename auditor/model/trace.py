"""A recorded call path: what ran, in which file of whose release, from the program's start down to a target."""

from dataclasses import dataclass
from typing import Literal

OriginKind = Literal["distribution", "stdlib", "project", "zipped", "generated", "compiled", "unknown"]

ORIGIN_KINDS: tuple[OriginKind, ...] = (
    "distribution", "stdlib", "project", "zipped", "generated", "compiled", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose code a file is.

    "distribution": an installed package, `name` and `version` as its metadata has them; "stdlib": the standard library,
    `version` that of Python; "project": a file of the traced project, `name` set where it is installed as editable;
    "zipped": in the archive `name`; "generated": made at run time, no file; "compiled": not from Python source;
    "unknown": nothing says whose it is. `repository` (an address) and `commit` (a full id) are set where the package
    was installed from version control (PEP 610). `note` says in words what a reader must know beyond that.
    """

    kind: OriginKind
    name: str | None = None
    version: str | None = None
    repository: str | None = None
    commit: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TraceFrame:
    """One function on the way.

    `function` is qualified with dots (`Flask.__call__`; of a pasted traceback: as written there), `module` the name
    under which it was imported. `path` is relative, with `/`, to where the origin's files begin: site-packages, the
    standard library's folder, the project's top. `line` (one-based) is the one that ran; where the path ends at the
    start of a function, the line of its `def`. `definition` is the line of the `def` or `class`, None: not known.
    `text` is that line without indentation, `call` the exact expression that ran, where Python tells it (3.11).
    `blob` is the git object id of the file's content, None where the content is not at hand or not what ran.
    `edited`: the file is not as the installer recorded it. `repeated` counts how many times more the same line of the
    same function came directly below. `gap`: frames before this one are missing.
    """

    function: str
    path: str
    line: int
    origin: Origin
    module: str | None = None
    definition: int | None = None
    text: str = ""
    call: str = ""
    thread: str = ""
    blob: str | None = None
    edited: bool = False
    repeated: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """A call path, outermost frame first. `exception` is the type that a traceback ends with ("": none, or cut off)."""

    frames: tuple[TraceFrame, ...]
    exception: str = ""


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The first call of a function; `caller` is None where no Python code called it."""

    function: TraceFrame
    caller: TraceFrame | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request to the traced program brought: the status of HTTP, else `error` says why there is none."""

    url: str
    status: int | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What was seen of a run, or read from a pasted traceback.

    `target` is as asked for ("": none). `reached` is False where a target was asked for and not seen; `reason` then
    says why. `stacks` holds the first ways to the target, `calls` the first call of each function of the chosen
    packages, both in order of time. `python` is the interpreter's version (None: not known), `exit_status` the
    program's (negative: the signal that ended it; None: it was stopped, or is not known).
    """

    target: str
    reached: bool
    stacks: tuple[Stack, ...] = ()
    calls: tuple[FirstCall, ...] = ()
    reason: str = ""
    python: str | None = None
    requests: tuple[Answer, ...] = ()
    exit_status: int | None = None
