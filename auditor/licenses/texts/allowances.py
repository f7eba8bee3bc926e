"""What may differ from a licence's text without making it another one, and at which place.

The list is `data/allowances.toml`, to be read and corrected by lawyers; each entry names its authority. Beyond it,
placeholders of the text ("<name of author>") may be filled in and its title may be missing.
"""

import bisect
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from auditor.licenses.texts.compare import Grams
from auditor.licenses.texts.index import text_words
from auditor.licenses.words import Words, read_words

DATA = Path(__file__).parent.parent / "data" / "allowances.toml"
_PLACEHOLDER = re.compile(
    r"[<\[{]{1,2}[^<>\[\]{}\n]{0,60}?\b(?:names?|owners?|holders?|authors?|organi[sz]ation|institution|licensor|product"
    r"|software name|entities|designee)\b[^<>\[\]{}\n]{0,60}[>\]}]{1,2}",
    re.IGNORECASE,
)
_TITLE_WORDS = 14  # the longest title in the SPDX list has 13
_PARAGRAPH = re.compile(r"\n[^\w\n]*\n")


@dataclass(frozen=True, slots=True)
class Area:
    """Words `first` up to, not including, `end` of a licence may be said in other ways.

    `wordings` are of the language of `auditor.licenses.patterns`; "" stands for leaving the words out.
    """

    first: int
    end: int
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A licence to compare with: its text, where it may vary (by rising place, wider areas first), its anchors.

    `least` is how many of its words are outside the areas, so that a file must have at least as many.
    """

    id: str
    words: Words
    areas: tuple[Area, ...]
    grams: Grams
    least: int

    def areas_at(self, place: int) -> tuple[Area, ...]:
        """The areas that begin with this word."""
        first = bisect.bisect_left(self.areas, place, key=lambda area: area.first)
        end = bisect.bisect_right(self.areas, place, key=lambda area: area.first)
        return self.areas[first:end]


@lru_cache(maxsize=64)
def template(identifier: str) -> Template:
    """The licence of an id that has a text (`index.Known`). Raises KeyError for one that has none."""
    words = text_words(identifier)
    found: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for first, end, wording in (*_title(words), *_placeholders(words), *_listed(identifier, words)):
        found[first, end].append(wording)
    order = sorted(found, key=lambda place: (place[0], -place[1]))
    areas = tuple(Area(first, end, tuple(found[first, end])) for first, end in order)
    variable = {place for area in areas for place in range(area.first, area.end)}
    return Template(identifier, words, areas, Grams(words.words), len(words) - len(variable))


def varies(identifier: str) -> bool:
    """Whether more of a licence may differ than its title and its placeholders."""
    return identifier in _entries()


def _title(words: Words) -> Iterator[tuple[int, int, str]]:
    """The heading: the short paragraphs without a full stop that the text begins with."""
    start, last = 0, 0
    for gap in _PARAGRAPH.finditer(words.text.rstrip()):
        end = _index(words, gap.start())
        if end - last > _TITLE_WORDS or words.text[start : gap.start()].rstrip().endswith((".", ":", ";", ",")):
            break
        start, last = gap.end(), end
    if 0 < last < len(words) / 2:
        yield 0, last, ""


def _placeholders(words: Words) -> Iterator[tuple[int, int, str]]:
    for match in _PLACEHOLDER.finditer(words.text):
        first, end = _index(words, match.start()), _index(words, match.end())
        if first < end:
            yield first, end, "{holder}"


def _index(words: Words, character: int) -> int:
    """The first word at or behind a character."""
    return bisect.bisect_left(words.starts, character)


@lru_cache(maxsize=1)
def _entries() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Per licence: what it says, and what may be said instead."""
    entries: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for entry in tomllib.loads(DATA.read_text("utf-8"))["allowance"]:
        for identifier in entry["licenses"]:
            entries[identifier].append((entry["says"], tuple(entry["may_say"])))
    return entries


def _listed(identifier: str, words: Words) -> Iterator[tuple[int, int, str]]:
    for says, wordings in _entries().get(identifier, ()):
        for first, end in find_said(words.words, says):
            for wording in wordings:
                yield first, end, wording


def find_said(words: tuple[str, ...], says: str) -> list[tuple[int, int]]:
    """Where a licence says this: (first word, end); "a b ... y z" is everything from "a b" to the next "y z"."""
    head, *rest = (read_words(part).words for part in says.split(" ... "))
    found = []
    for first in _occurrences(words, head, 0):
        end = first + len(head)
        for part in rest:
            at = next(_occurrences(words, part, end), None)
            if at is None:
                break
            end = at + len(part)
        else:
            found.append((first, end))
    return found


def _occurrences(words: tuple[str, ...], wanted: tuple[str, ...], start: int) -> Iterator[int]:
    for index in range(start, len(words) - len(wanted) + 1):
        if words[index] == wanted[0] and words[index : index + len(wanted)] == wanted:
            yield index
