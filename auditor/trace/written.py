"""The frames of a pasted traceback: what their paths, those of somebody's machine, tell of where the code is from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.model.trace import Origin, Stack, TraceFrame

_MOST_TEXT = 300  # characters of a line that are kept
_INSTALLED = re.compile(r"/(?:site|dist)-packages/")
_LIBRARY = re.compile(r"/(?:python|pypy)(3\.[0-9]{1,2})t?/")
_LIBRARY_ON_WINDOWS = re.compile(r"/python(3)([0-9]{1,2})(?:-32|-arm64)?/lib/", re.IGNORECASE)
_FROZEN = re.compile(r"<frozen ([\w.]{1,200})>")
_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?/")
_COMPILED = (".pyx", ".pxd", ".pxi", ".pyd", ".so")
_UNTOLD = "a pasted traceback does not tell the release"
_FEWEST_PARTS = 2  # a common folder of fewer says nothing of a project


@dataclass(slots=True)
class WrittenFrame:
    """A frame as it stands in a text; `file` as on the machine where it ran."""

    file: str
    line: int
    function: str
    text: str = ""
    repeated: int = 0
    gap: bool = False


def place_frames(frames: Sequence[WrittenFrame]) -> Iterator[TraceFrame]:
    """The frames of one text, without the paths of the machine: what cannot be told is relative to a common folder."""
    files = {frame.file: _normal(frame.file) for frame in frames}
    known = {file: _known(path) for file, path in files.items()}
    folder = _common([files[file] for file, found in known.items() if not found])
    for frame in frames:
        origin, path = known[frame.file] or (Origin("unknown", note=_UNTOLD), _relative(files[frame.file], folder))
        yield TraceFrame(
            frame.function,
            path,
            frame.line,
            origin,
            text=frame.text[:_MOST_TEXT],
            repeated=frame.repeated,
            gap=frame.gap,
        )


def exact_version(stacks: Iterable[Stack]) -> str | None:
    """The interpreter's version where the paths of its library tell it in full, and all the same."""
    found = {frame.origin.version or "" for stack in stacks for frame in stack.frames if frame.origin.kind == "stdlib"}
    versions = {version for version in found if version.count(".") == 2}
    return versions.pop() if len(versions) == 1 else None


def _normal(file: str) -> str:
    path = file.replace("\\", "/")
    return path.removeprefix("./")


def _known(path: str) -> tuple[Origin, str] | None:
    """Whose a file is and its path there, where its own path tells."""
    if match := _FROZEN.fullmatch(path):
        return Origin("stdlib", note="built into the interpreter"), match[1].replace(".", "/") + ".py"
    if path.startswith("<"):
        named = path if "/" not in path and len(path) < 100 else "<generated>"
        return Origin("generated", note="code made at run time, without a file"), named
    if found := list(_INSTALLED.finditer(path)):
        return Origin("distribution", note=_UNTOLD), path[found[0].end() :]
    if match := _LIBRARY.search(path):
        return Origin("stdlib", version=_release(path[: match.start()], match[1])), path[match.end() :]
    if match := _LIBRARY_ON_WINDOWS.search(path):
        return Origin("stdlib", version=f"{match[1]}.{match[2]}"), path[match.end() :]
    if path.endswith(_COMPILED):
        return Origin("compiled", note="compiled code"), path.rpartition("/")[2]
    return None


def _release(folder: str, version: str) -> str:
    """In full where the folder that Python is installed in has it in its name (`…/3.11.7/lib/python3.11/`)."""
    full = re.findall(rf"(?<![0-9.]){re.escape(version)}\.[0-9]{{1,3}}(?![0-9])", folder)
    return str(full[-1]) if full else version


def _common(paths: list[str]) -> tuple[str, ...]:
    """The parts of the folder that all absolute paths have in common."""
    folders = [path.split("/")[:-1] for path in paths if _ABSOLUTE.match(path)]
    if not folders:
        return ()
    low, high = min(folders), max(folders)
    same = next((index for index, part in enumerate(low) if index >= len(high) or high[index] != part), len(low))
    return tuple(low[:same])


def _relative(path: str, folder: tuple[str, ...]) -> str:
    if not _ABSOLUTE.match(path):
        return re.sub(r"^(?:\.\./)+", "", path)
    if len([part for part in folder if part]) < _FEWEST_PARTS:
        return path.rpartition("/")[2]
    return "/".join(path.split("/")[len(folder) :])
