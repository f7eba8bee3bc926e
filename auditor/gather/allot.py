"""The licence texts of an artifact go to the components that they are about, where no folder or list says it already.

Projects that carry others' libraries put the licences of these into files of their own (`LICENSE_GEOS`), or below a
heading in one long file ("Name: OpenBLAS", "===== FREETYPE ====="). A text that names no component is the project's.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    names = {one.name: words for one in bare if (words := _name_words(one.name))}
    for text in texts if names else ():
        file = files.get(text.path)
        if file is None or file.text is None or not file.text.matches:
            continue
        if whole := [name for name, words in names.items() if _is_about(text.path, words)]:
            for name in whole:
                given[name].append(file)
            left[text.path] = ()
            continue
        taken = _by_heading(text, file, names, given)
        if taken:
            left[text.path] = (_without(file, taken),)
    return {name: tuple(many) for name, many in given.items()}, left


def _name_words(name: str) -> tuple[str, ...]:
    words = plain_words(name)
    return words if words and max(map(len, words)) >= _SHORTEST else ()


def _is_about(path: str, words: tuple[str, ...]) -> bool:
    """Whether the name of a file is that of a component and words that say what it is."""
    own = [word for word in plain_words(re.sub(r"[_.]", " ", path.rpartition("/")[2])) if word not in _FILE_WORDS]
    return tuple(own) == words or [_DIGITS.sub("", word) for word in own] == [_DIGITS.sub("", word) for word in words]


def _by_heading(
    text: ShippedText, file: LicenseFile, names: Mapping[str, tuple[str, ...]], given: dict[str, list[LicenseFile]]
) -> dict[LicenseMatch, Lines]:
    """The texts in a file whose heading names a component, with the lines from there to their ends."""
    lines = text.text.splitlines()
    taken: dict[LicenseMatch, Lines] = {}
    end = 0
    for match in file.text.matches if file.text else ():
        first = max(end, match.lines.start - 1 - _ABOVE)
        for number in range(min(match.lines.start, len(lines)) - 1, first - 1, -1):
            if named := _named(lines[number], names):
                taken[match] = Lines(number + 1, match.lines.end)
                for name in named:
                    given[name].append(_part(file, match, taken[match]))
                break
        end = match.lines.end
    return taken


def _named(line: str, names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The components that a heading names: a short line with the name in it, with or without a version's digits."""
    words = plain_words(line[:_LONGEST_HEADING])
    if not words or len(line) > _LONGEST_HEADING:
        return []
    joined, plain = (f" {' '.join(some)} " for some in (words, [_DIGITS.sub("", word) for word in words]))
    return [
        name
        for name, wanted in names.items()
        if len(words) <= len(wanted) + _BESIDE and any(f" {' '.join(wanted)} " in one for one in (joined, plain))
    ]


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
