"""A recorded frame and the pins: in which file of which dependency, at which line, the same code stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.decode import decode_text
from auditor.errors import DocumentError, FetchError
from auditor.model import Lines, Unlooked
from auditor.model.document import Excerpt
from auditor.model.reference import Pin
from auditor.model.trace import TraceFrame
from auditor.permalinks import Hosts, file_link, render_link
from auditor.spelling import plain_name
from auditor.symbols import language_of

PYTHON = ("cpython", "python")  # what a manifest may call the interpreter
_STANDARD_LIBRARY = "Lib"  # where python/cpython keeps it
_AROUND = 3  # lines above and below the one that ran


@dataclass(frozen=True, slots=True)
class Located:
    """Where a frame stands at its pin; `owner` is the dependency's name. Without a `path`, `problem` says why."""

    owner: str | None
    path: str | None = None
    blob: str | None = None
    problem: str | None = None


class FrameFinder:
    """Finds frames at the pins; each pin's files are listed once."""

    def __init__(self, pins: Mapping[str, Pin | Unlooked], hosts: Hosts) -> None:
        self._pins = pins
        self._hosts = hosts
        self._by_name = {plain_name(name): name for name in pins}
        self._blobs: dict[str, dict[str, list[str]]] = {}

    def locate(self, frame: TraceFrame) -> Located:
        """The file at the pin with the frame's content, else the one at its path; by trees only."""
        owner = self._owner(frame)
        if owner is None:
            return Located(None, problem=self._unpinned(frame))
        pin = self._pins[owner]
        if isinstance(pin, Unlooked):
            return Located(owner, problem=pin.message)
        try:
            return self._at_pin(frame, owner, pin)
        except FetchError as error:
            return Located(owner, problem=str(error))

    def excerpt(self, frame: TraceFrame, found: Located) -> tuple[str, Excerpt] | str:
        """The permalink of the line that ran, with the lines around it; else why it cannot be proved.

        The content must be here. Where it is not the one that ran, the line must read as it did.
        """
        pin = self._pins.get(found.owner or "")
        if not isinstance(pin, Pin) or found.path is None or found.blob is None:
            return found.problem or "it was not looked at"
        try:
            lines = decode_text(pin.blobs.read(found.blob), found.path).text.splitlines()
        except (FetchError, DocumentError) as error:
            return str(error)
        at = frame.line
        if not 1 <= at <= len(lines):
            return f"{found.path} has {len(lines)} lines at the pin, the frame says {at}"
        if frame.blob != found.blob and frame.text.strip() != lines[at - 1].strip():
            return f"line {at} of {found.path} reads otherwise at the pin: another release ran"
        link = file_link(pin.repository, pin.commit, found.path, (at, at), self._hosts)
        if link is None:
            return f"how {pin.repository} writes links is not known"
        url = render_link(link)
        return url, excerpt_around(lines, at, pin.repository, pin.commit, found.path, url, pin.license)

    def _owner(self, frame: TraceFrame) -> str | None:
        origin = frame.origin
        if origin.kind == "stdlib":
            return next((self._by_name[name] for name in PYTHON if name in self._by_name), None)
        return self._by_name.get(plain_name(origin.name)) if origin.name else None

    def _unpinned(self, frame: TraceFrame) -> str | None:
        origin = frame.origin
        if origin.kind == "project":
            return None
        if origin.kind == "stdlib":
            return f"the manifest pins no Python (name it cpython); {origin.version or 'some version'} ran"
        whose = f"{origin.name} {origin.version or ''}".strip() if origin.name else f"a {origin.kind} file"
        return f"the manifest does not pin {whose}"

    def _at_pin(self, frame: TraceFrame, owner: str, pin: Pin) -> Located:
        if owner not in self._blobs:
            self._blobs[owner] = {}
            for path, entry in pin.trees.paths(pin.commit).items():
                if entry.kind == "file":
                    self._blobs[owner].setdefault(entry.id, []).append(path)
        known = self._blobs[owner]
        if same := known.get(frame.blob or ""):
            return Located(owner, _nearest(frame.path, same), frame.blob)
        paths = {path: blob for blob, many in known.items() for path in many}
        wanted = f"{_STANDARD_LIBRARY}/{frame.path}" if frame.origin.kind == "stdlib" else frame.path
        ending = [path for path in paths if path == wanted or path.endswith(f"/{wanted}")]
        if len(ending) == 1:
            return Located(owner, ending[0], paths[ending[0]])
        count = f"{len(ending)} files" if ending else "no file"
        return Located(owner, problem=f"{owner} has {count} {frame.path} at the pin")


def excerpt_around(
    lines: Sequence[str], at: int, repository: str, commit: str, path: str, url: str, license: str | None = None
) -> Excerpt:
    """A line that ran, marked, with those around it."""
    first, last = max(1, at - _AROUND), min(len(lines), at + _AROUND)
    language = language_of(path, lines[0])
    shown = tuple(lines[first - 1 : last])
    return Excerpt(repository, commit, path, url, first, shown, Lines(at, at), language, 0, license)


def _nearest(path: str, candidates: Iterable[str]) -> str:
    """Of files with one content that which shares the longest end of its path."""

    def shared(other: str) -> int:
        pairs = zip(reversed(path.split("/")), reversed(other.split("/")), strict=False)
        return next((count for count, (one, two) in enumerate(pairs) if one != two), len(path.split("/")))

    return max(sorted(candidates), key=shared)
