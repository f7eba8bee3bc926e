"""What is left of a file when its licences, copyright statements and references are taken out.

Headings and the like are dropped. A passage that sets a condition is binding: a person must read it.
"""

import re
import tomllib
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from auditor.licenses.phrases import find_all, find_any
from auditor.licenses.words import Words
from auditor.model import Passage

_BINDING = Path(__file__).parent / "data" / "binding.toml"
_PARAGRAPH = re.compile(r"\n[^\w\n]*\n")
_HEADING_WORDS = 12
_PARTY_WORDS = 4


class Leftover(NamedTuple):
    """A passage of the words `first` up to, not including, `end`."""

    first: int
    end: int
    passage: Passage


def find_leftovers(body: Words, taken: Container[int]) -> list[Leftover]:
    """The paragraphs that are not `taken` and are more than a heading, by place."""
    found = []
    for first, end in _paragraphs(body, taken):
        binding = is_binding(body.words, first, end)
        if binding or end - first > _HEADING_WORDS:
            found.append(Leftover(first, end, Passage(body.lines(first, end), body.original(first, end), binding)))
    return found


def _paragraphs(body: Words, taken: Container[int]) -> Iterator[tuple[int, int]]:
    """Runs of words that are not taken, cut at blank lines and at lines without words."""
    start: int | None = None
    for index in range(len(body) + 1):
        stops = index == len(body) or index in taken
        if start is not None and (stops or _PARAGRAPH.search(body.text, body.ends[index - 1], body.starts[index])):
            yield start, index
            start = None
        if not stops and start is None:
            start = index


def is_binding(words: Sequence[str], first: int, end: int) -> bool:
    """Whether these words set a condition."""
    harmless, binding = _phrases()
    said = {
        place
        for _, found in find_all(harmless, words, range(first, end), _is_short)
        for place in range(found.start, found.end)
    }
    return find_any(binding, words, [place for place in range(first, end) if place not in said]) is not None


def _is_short(kind: str, first: int, end: int) -> bool:
    return end - first <= _PARTY_WORDS


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What sets no condition though it sounds so, and what sets one."""
    table = tomllib.loads(_BINDING.read_text("utf-8"))
    return _all_phrases(table["harmless"]), _all_phrases(table["binding"])


def _all_phrases(groups: list[dict[str, list[str]]]) -> tuple[str, ...]:
    return tuple(phrase for group in groups for phrase in group["phrases"])
