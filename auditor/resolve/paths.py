"""A written path to the file that it means, and how it has to change.

Repairs are tried in a fixed order, from slips of the pen to guesses by name; the first
step that yields anything decides, and only a single candidate is ever safe.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.model.checkout import Entry
from auditor.spelling import edit_distance
from auditor.symbols import language_of

_CANDIDATES = 5
_LONGEST_PATH = 4096  # PATH_MAX of Linux; what is longer is no path of any checkout
_LONG_NAME = 8  # characters, ending included; with two of fewer changed, `app.py` would become `io.py`
_COMMON = frozenset(
    "readme license changelog contributing index main mod lib __init__ setup makefile dockerfile package".split()
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PathRepair:
    """Paths that the written one may mean, best first, all by the same reasoning.

    `certain`: the reasoning itself leaves no doubt, so that a single path needs no other confirmation.
    """

    paths: tuple[str, ...]
    reason: str
    certain: bool = True


class PathIndex:
    """The files of a commit, by folder, by name and without regard to case; built once per commit."""

    def __init__(self, files: Mapping[str, Entry]) -> None:
        self.files = files
        self._by_name: dict[str, list[str]] = {}
        self._by_folder: dict[str, list[str]] = {}
        self._folded: dict[str, list[str]] = {}
        for path in files:
            folder, name = os.path.split(path)
            self._by_name.setdefault(name, []).append(path)
            self._by_folder.setdefault(folder, []).append(path)
            self._folded.setdefault(path.casefold(), []).append(path)

    def repair(self, written: str) -> PathRepair | None:
        """What the written path may mean; None when nothing comes near."""
        if len(written) > _LONGEST_PATH:
            return None
        for step in (self._slashes, self._case, self._spelling, self._same_name, self._similar_name):
            repair = step(written)
            if repair:
                return PathRepair(tuple(sorted(repair.paths)[:_CANDIDATES]), repair.reason, repair.certain)
        return None

    def ending_with(self, tail: str) -> list[str]:
        """Every file whose path is `tail` or ends with `/tail`."""
        name = tail.rpartition("/")[2]
        return [path for path in self._by_name.get(name, ()) if path == tail or path.endswith("/" + tail)]

    def _slashes(self, written: str) -> PathRepair | None:
        clean = re.sub(r"/{2,}", "/", written).strip("/ ")
        if clean != written and clean in self.files:
            return PathRepair((clean,), "the path has a slash too many")
        return None

    def _case(self, written: str) -> PathRepair | None:
        return _some(self._folded.get(written.strip("/").casefold(), ()), "the path differs in upper and lower case")

    def _spelling(self, written: str) -> PathRepair | None:
        """At most two letters off, in the file's name or in one of its folders.

        A file of exactly this name in another folder may be meant just as well as one of nearly this name here.
        """
        folder, name = os.path.split(written.strip("/"))
        near = _nearest(((path, os.path.basename(path)) for path in self._by_folder.get(folder, ())), name)
        if near and name in self._by_name:
            both = near + self._by_name[name]
            return _some(both, "the path is misspelt, or the file stands in another folder", certain=False)
        if not near:
            near = _nearest(((path, path) for path in self._by_name.get(name, ())), written.strip("/"))
        return _some(near, "the path is misspelt", certain=not any(_is_other_kind(path, name) for path in near))

    def _same_name(self, written: str) -> PathRepair | None:
        """The longest tail of the written path that ends the path of some file.

        A name that every folder may have (README.md, index.js) is certain only with a part of its path.
        """
        parts = written.strip("/").split("/")
        for start in range(len(parts)):
            if found := self.ending_with("/".join(parts[start:])):
                telling = start < len(parts) - 1 or parts[-1].partition(".")[0].lower() not in _COMMON
                return _some(found, "the file stands in another folder", certain=telling)
        return None

    def _similar_name(self, written: str) -> PathRepair | None:
        """A misspelt name in any folder: only when just one file of the commit is so called."""
        name = os.path.basename(written)
        if len(name) < 6:
            return None
        names = _nearest(((other, other) for other in self._by_name), name)
        return _some([path for other in names for path in self._by_name[other]], "the file's name is misspelt", False)


def _some(paths: Iterable[str], reason: str, certain: bool = True) -> PathRepair | None:
    found = tuple(paths)
    return PathRepair(found, reason, certain) if found else None


def _is_other_kind(path: str, written: str) -> bool:
    """Whether both endings are those of real files: `jit.c` is no slip for `jit.h`, but `app.pv` is for `app.py`."""
    ending, meant = os.path.splitext(written)[1], os.path.splitext(path)[1]
    return ending != meant and language_of(written) is not None


def _nearest(choices: Iterable[tuple[str, str]], written: str) -> list[str]:
    """Keys of the choices that are nearest to `written`: at most two edits away, in short names one.

    A digit is no slip: `test_v1.py` and `test_v2.py` are different files.
    """
    most = 2 if len(written) >= _LONG_NAME else 1
    digits = _DIGITS.findall(written)
    scored: list[tuple[int, str]] = []
    for key, text in choices:
        if abs(len(text) - len(written)) <= most:
            distance = edit_distance(text, written, most)
            if 0 < distance <= most and _DIGITS.findall(text) == digits:
                scored.append((distance, key))
    least = min((distance for distance, _ in scored), default=0)
    return [key for distance, key in scored if distance == least]
