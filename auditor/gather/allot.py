"""The licence texts of an artifact go to the components that they are about, where no folder or list says it already.

Projects that carry others' libraries put the licences of these into files of their own (`LICENSE_GEOS`), or below a
heading in one long file ("Name: OpenBLAS", "===== FREETYPE ====="). A text that names no component is the project's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.licenses.words import plain_words
from auditor.model import LicenseFile, LicenseMatch, LicenseText, Lines
from auditor.model.obligation import ShippedText
from auditor.model.shipment import Component

_ABOVE = 60  # lines above a text in which its heading is looked for; numpy's lists of files have some ten
_LONGEST_HEADING = 100  # characters
_BESIDE = 3  # words beside the name: "Name:", "licence", a version
_SHORTEST = 3  # letters of a name; shorter ones are found everywhere
# In the names of files these say what the file is, not what it is about.
_FILE_WORDS = frozenset("license licence licenses licences copying notice notices copyright txt md rst".split())
_DIGITS = re.compile(r"\d+$")

_Words = tuple[str, ...]
Allotted = Mapping[str, tuple[LicenseFile, ...]]


def allot_texts(
    components: Sequence[Component], texts: Sequence[ShippedText], files: Mapping[str, LicenseFile]
) -> tuple[Allotted, Allotted]:
    """For components without a text of their own those that name them; and what is then left of each file.

    `files` are the licence files by path. The first mapping is by the component's name, the second by path.
    """
    bare = [one for one in components if one.kind not in ("distribution",) and not one.license_files]
    given: dict[str, list[LicenseFile]] = defaultdict(list)
    left: dict[str, tuple[LicenseFile, ...]] = {}
    names = _Names(one.name for one in bare)
    for text in texts if names.any else ():
        file = files.get(text.path)
        if file is None or file.text is None or not file.text.matches:
            continue
        if whole := names.of_file(text.path):
            for name in whole:
                given[name].append(file)
            left[text.path] = ()
            continue
        taken = _by_heading(text, file, names, given)
        if taken:
            left[text.path] = (_without(file, taken),)
    return {name: tuple(many) for name, many in given.items()}, left


class _Names:
    """The names of components as words, by the first of these, so that each word of a text is looked up once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[str, _Words]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            words = plain_words(name)
            if words and max(map(len, words)) >= _SHORTEST:
                self._by_word[words[0]].append((name, words))
                if (plain := _without_digits(words))[0] != words[0]:
                    self._by_word[plain[0]].append((name, words))

    @property
    def any(self) -> bool:
        """Whether there is any name to look for."""
        return bool(self._by_word)

    def of_file(self, path: str) -> list[str]:
        """The components that the name of a file is about: theirs, and words that say what the file is."""
        words = plain_words(re.sub(r"[_.]", " ", path.rpartition("/")[2]))
        own = tuple(word for word in words if word not in _FILE_WORDS)
        plain = _without_digits(own)
        found = (pair for word in (*own[:1], *plain[:1]) for pair in self._by_word.get(word, ()))
        return list(dict.fromkeys(name for name, wanted in found if own == wanted or plain == _without_digits(wanted)))

    def of_line(self, line: str) -> list[str]:
        """Those that a heading names: a short line with the name in it, with or without a version's digits."""
        if len(line) > _LONGEST_HEADING:
            return []
        words = plain_words(line)
        found: dict[str, None] = {}
        for some in dict.fromkeys((words, _without_digits(words))):
            for at, word in enumerate(some):
                for name, wanted in self._by_word.get(word, ()):
                    if some[at : at + len(wanted)] == wanted and len(words) <= len(wanted) + _BESIDE:
                        found[name] = None
        return list(found)


def _without_digits(words: _Words) -> _Words:
    return tuple(_DIGITS.sub("", word) for word in words)


def _by_heading(
    text: ShippedText, file: LicenseFile, names: _Names, given: dict[str, list[LicenseFile]]
) -> dict[LicenseMatch, Lines]:
    """The texts in a file whose heading names a component, with the lines from there to their ends."""
    lines = text.text.splitlines()
    taken: dict[LicenseMatch, Lines] = {}
    end = 0
    for match in file.text.matches if file.text else ():
        first = max(end, match.lines.start - 1 - _ABOVE)
        for number in range(min(match.lines.start, len(lines)) - 1, first - 1, -1):
            if named := names.of_line(lines[number]):
                taken[match] = Lines(number + 1, match.lines.end)
                for name in named:
                    given[name].append(_part(file, match, taken[match]))
                break
        end = match.lines.end
    return taken


def _part(file: LicenseFile, match: LicenseMatch, lines: Lines) -> LicenseFile:
    """What a file says in these lines."""
    text = file.text or LicenseText()
    copyrights = tuple(one for one in text.copyrights if lines.start <= one.lines.start <= lines.end)
    return replace(file, text=LicenseText((match,), copyrights))


def _without(file: LicenseFile, taken: Mapping[LicenseMatch, Lines]) -> LicenseFile:
    """What the file says apart from the texts that were given away, and the copyright statements over them."""
    text = file.text or LicenseText()
    left = tuple(one for one in text.matches if one not in taken)
    gone = taken.values()
    own = (one for one in text.copyrights if not any(at.start <= one.lines.start <= at.end for at in gone))
    return replace(file, text=replace(text, matches=left, copyrights=tuple(own)))
