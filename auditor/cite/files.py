"""The files of one pin: found by what an author writes of their paths, each read and outlined once."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from auditor.cite.found import MOST_CHOICES
from auditor.cite.source import OutlineOf, SourceFile, Unreadable, load_source
from auditor.model import Symbol
from auditor.model.checkout import Entry
from auditor.model.reference import Pin
from auditor.spelling import edit_distance

_FILES_KEPT = 64
_MOST_SLIPS = 2
_MOST_GUESSES = 200  # searches of a whole repository; who misspells more paths of it has no use for more
_LONG_NAME = 8  # characters, ending included; in shorter ones two slips make `io.py` of `app.py`


def _no_outline(blob: str, path: str, content: bytes) -> None:
    """For whoever asks for paths alone."""


class PinnedFiles:
    """The files of a pin; `cited` are the paths, as written, of which references need the contents."""

    def __init__(self, pin: Pin, outline_of: OutlineOf = _no_outline, cited: Iterable[str] = ()) -> None:
        self.pin = pin
        self._cited = tuple(dict.fromkeys(cited))
        self._found: dict[str, tuple[str, ...]] = {}
        self._near: dict[str, tuple[tuple[str, ...], bool]] = {}

        @lru_cache(maxsize=_FILES_KEPT)
        def load(path: str) -> SourceFile:
            entry = self.entry(path)
            if entry is None or entry.kind != "file":
                raise Unreadable(f"{path} is no file")
            return load_source(entry, pin.blobs, outline_of)

        self.load = load

    def entry(self, path: str) -> Entry | None:
        """What stands at a full path. May raise FetchError."""
        return self.pin.trees.entry(self.pin.commit, path)

    def find(self, written: str) -> tuple[str, ...]:
        """The full paths that a written one stands for: the file of this path, else all whose paths end so.

        May raise FetchError.
        """
        if written not in self._found:
            path = written.strip("/")
            exact = self.entry(path) if path else None
            self._found[written] = (path,) if exact else self._ending_with(path)
        return self._found[written]

    def near(self, written: str) -> tuple[tuple[str, ...], bool]:
        """Paths that a written one may have been meant to be, the likeliest first, and whether that is beyond doubt.

        May raise FetchError.
        """
        if written not in self._near:
            self._near[written] = self._guess(written.strip("/")) if len(self._near) < _MOST_GUESSES else ((), False)
        return self._near[written]

    def _guess(self, path: str) -> tuple[tuple[str, ...], bool]:
        folded = [other for other in self._paths if other.casefold() == path.casefold()]
        if folded:
            return tuple(folded[:MOST_CHOICES]), len(folded) == 1
        name = path.rpartition("/")[2]
        most = _MOST_SLIPS if len(name) >= _LONG_NAME else 1
        scored = ((edit_distance(other, name, most), other) for other in self._by_name)
        names = [other for distance, other in sorted(scored) if distance <= most]
        return tuple(path for other in names for path in self._by_name[other])[:MOST_CHOICES], False

    def defining(self, leaf: str) -> tuple[tuple[str, Symbol], ...]:
        """Definitions whose own name is `leaf`, in the files that are cited; others are not here."""
        return tuple(self._definitions.get(leaf, ()))

    def _ending_with(self, tail: str) -> tuple[str, ...]:
        paths = self._by_name.get(tail.rpartition("/")[2], ())
        return tuple(path for path in paths if path.endswith("/" + tail))

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        entries = self.pin.trees.paths(self.pin.commit).items()
        return tuple(sorted(path for path, entry in entries if entry.kind in ("file", "symlink")))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for path in self._paths:
            names.setdefault(path.rpartition("/")[2], []).append(path)
        return names

    @cached_property
    def _definitions(self) -> dict[str, list[tuple[str, Symbol]]]:
        found: dict[str, list[tuple[str, Symbol]]] = {}
        for path, symbol in self._cited_symbols():
            found.setdefault(symbol.leaf, []).append((path, symbol))
        return found

    def _cited_symbols(self) -> Iterator[tuple[str, Symbol]]:
        cited = {paths for written in self._cited if len(paths := self.find(written)) == 1}
        for (path,) in sorted(cited):
            try:
                outline = self.load(path).outline
            except Unreadable:
                continue
            yield from ((path, symbol) for symbol in (outline.symbols if outline else ()))
