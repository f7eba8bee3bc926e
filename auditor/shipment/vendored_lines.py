"""Near copies, told by the lines that two files have in common."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from auditor.shipment.vendored_headers import HeaderText

_SHORTEST = 8  # characters: `return None`, `else:` and brackets are in every file
_FEWEST = 5  # lines; fewer in common are chance
_SHARE = 0.5  # of the lines of the shorter file
_COMMON = 12  # a line in more upstream files than this does not tell them apart


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The hashes of a file's own lines: without its leading comments, short lines, indents and repetitions.

    `whole` is the hash of all of it, but for how its lines end; 0 for a file with nothing in it.
    """

    lines: frozenset[int]
    whole: int


@dataclass(slots=True)
class Fingerprints:
    """Upstream's files by their lines."""

    _sizes: dict[str, int] = field(default_factory=dict)
    _whole: dict[int, str] = field(default_factory=dict)
    _places: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, path: str, print_: Fingerprint) -> None:
        """Makes a file known."""
        self._sizes[path] = len(print_.lines)
        self._whole.setdefault(print_.whole, path)
        for line in print_.lines:
            places = self._places[line]
            if len(places) <= _COMMON:
                places.append(path)

    def nearest(self, path: str, print_: Fingerprint) -> str | None:
        """The file with most of the lines, if half of the shorter one's; of equals the one of the same name."""
        if print_.whole and print_.whole in self._whole:
            return self._whole[print_.whole]
        shared: Counter[str] = Counter()
        for line in print_.lines:
            if len(places := self._places.get(line, ())) <= _COMMON:
                shared.update(places)
        name = path.rpartition("/")[2]
        best = max(shared, key=lambda one: (shared[one], one.rpartition("/")[2] == name, one), default=None)
        if best is None or shared[best] < _FEWEST:
            return None
        return best if shared[best] >= _SHARE * min(len(print_.lines), self._sizes[best]) else None


def fingerprint(content: bytes) -> Fingerprint:
    """The fingerprint of a file; one without lines for what is no text."""
    if b"\0" in content[:8192]:
        return Fingerprint(frozenset(), 0)
    text = content.decode("utf-8", "replace")
    comments = HeaderText(text).comments
    lines = text.splitlines()[comments[-1].end if comments else 0 :]
    whole = hash(content.replace(b"\r\n", b"\n")) if content.strip() else 0
    return Fingerprint(frozenset(hash(line) for line in map(str.strip, lines) if len(line) >= _SHORTEST), whole)
