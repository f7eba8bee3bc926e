"""What stands beside a licence in its file: conditions that change it, and whether several licences are a choice."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Literal

from auditor.licenses.passages import Leftover
from auditor.licenses.phrases import find_all, find_any
from auditor.licenses.readings import Reading
from auditor.licenses.references import Named
from auditor.licenses.words import Words
from auditor.model import TextChange

# A line of signs, or a gap of several blank lines, keeps the parts of a collection apart.
_SEPARATOR = re.compile(r"^[^\w\n]*([-=*_#~+/])\1{3,}[^\w\n]*$|\n[^\w\n]*\n[^\w\n]*\n[^\w\n]*\n", re.MULTILINE)
_GRANTS = (
    "permission (is|to)",
    "(is|are) hereby granted",
    "redistribution and use",
    "redistributions of",
    "hereby grants",
    "this license agreement",
)
_STOP = re.compile(r"[.;:!?]\s|\n[^\w\n]*\n")
_SENTENCE = 40  # words; a longer sentence is looked at no further back
_PARTS = frozenset(
    "example examples recipe recipes documentation docs part parts portion portions some certain".split()
)
_OWN_WORDS = 60  # a passage of fewer words is no licence of its own, whatever it grants
_OR: tuple[str, ...] = (
    "(dual|double) (licensed|license|licensing)",
    "either of (the|these|those) [following|two|above] (license|licenses)",
    "(choice|choose) (between|either|which|one)",
    "choice of (the|license|licenses|either|one|these|two)",
    "at your (choice|option)",
    "your choice of",
    "under the terms of either",
)
# Said of more than two licences as well.
_OR_OF_MANY: tuple[str, ...] = (
    "(triple|multi) (licensed|license|licensing)",
    "any [one] of the following licenses",
    "one of the following [three|four] licenses",
)
_AND = (
    "both licenses (apply|must)",
    "both of the (following|licenses|above)",
    "under both (the|licenses|of)",
    "all of the following licenses apply",
    "the following licenses all apply",
)


def attach(
    body: Words, readings: Sequence[Reading], leftovers: Sequence[Leftover], references: Sequence[Named]
) -> list[Reading]:
    """The readings; one beside which a condition stands is no longer named, and shows it as added."""
    result = list(readings)
    for leftover in leftovers:
        if not leftover.passage.binding:
            continue
        at = _nearest(body, result, leftover)
        if at is not None and not _is_about_another(result[at], leftover, references):
            result[at] = _with_condition(result[at], leftover)
    return result


def _nearest(body: Words, readings: list[Reading], leftover: Leftover) -> int | None:
    """The number of the reading that a condition belongs to; None if it is a licence of its own."""
    if leftover.end - leftover.first >= _OWN_WORDS and _grants(body.words[leftover.first : leftover.end]):
        return None
    near = [
        (_distance(reading, leftover), number)
        for number, reading in enumerate(readings)
        if not _is_apart(body, reading, leftover, len(readings) == 1)
    ]
    return min(near)[1] if near else None


def _is_about_another(reading: Reading, leftover: Leftover, references: Sequence[Named]) -> bool:
    """Whether another licence that is only named stands between a condition and the text: it goes with that one."""
    low, high = sorted((leftover.first, reading.first))
    between = [named.reference for named in references if named.reference and low <= named.first < high]
    return any(reference.expression != reading.match.license for reference in between)


def _distance(reading: Reading, leftover: Leftover) -> int:
    return max(leftover.first - reading.end, reading.first - leftover.end, 0)


def _is_apart(body: Words, reading: Reading, leftover: Leftover, alone: bool) -> bool:
    """Whether another work begins between: there is a separator, or a copyright statement before the condition.

    From a licence that is alone in its file only both keep a condition away.
    """
    first, end = sorted((min(reading.end, leftover.end), max(reading.first, leftover.first)))
    between = body.text[body.ends[first - 1] : body.starts[end]]
    separator = _SEPARATOR.search(between) is not None
    holder = reading.end <= leftover.first and "opyright" in between
    return separator and holder if alone else separator or holder


def _grants(words: tuple[str, ...]) -> bool:
    return find_any(_GRANTS, words, range(len(words))) is not None


def _with_condition(reading: Reading, leftover: Leftover) -> Reading:
    passage = leftover.passage
    change = TextChange("added", passage.lines, passage.text, "")
    changes = tuple(sorted((*reading.match.changes, change), key=lambda change: change.lines.start))
    return replace(reading, match=replace(reading.match, license=None, changes=changes))


def _is_about_a_part(body: Words, place: int) -> bool:
    """Whether the sentence of a word speaks of some of the files only ("examples in the documentation are …")."""
    first = place
    while first > max(0, place - _SENTENCE) and not _STOP.search(body.text, body.ends[first - 1], body.starts[first]):
        first -= 1
    return not _PARTS.isdisjoint(body.words[first:place])


def choice_of(body: Words, taken: Container[int], licenses: int) -> Literal["AND", "OR"] | None:
    """Whether the file itself says, outside its licences, that they are a choice, or that all of them hold.

    `licenses` is how many there are: in a file with more than two most such words are about some of them.
    """
    free = [index for index in range(len(body)) if index not in taken]
    for _, found in find_all(_OR + _OR_OF_MANY if licenses <= 2 else _OR_OF_MANY, body.words, free):
        later = body.words[found.end : found.end + 3] == ("any", "later", "version")
        if not later and not _is_about_a_part(body, found.start):
            return "OR"
    return "AND" if licenses <= 2 and find_any(_AND, body.words, free) else None
