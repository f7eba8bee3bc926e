"""The licences of the SPDX list in a file, except the BSD family: exact texts, and texts that were made from one."""

import bisect
from collections.abc import Container, Iterable, Iterator

from auditor.licenses.bsd.parts import family
from auditor.licenses.readings import Reading
from auditor.licenses.texts.allowances import template, varies
from auditor.licenses.texts.changes import text_changes
from auditor.licenses.texts.differences import Comparison, compare, is_hopeless
from auditor.licenses.texts.index import Candidate, candidates
from auditor.licenses.texts.shingles import SHINGLE
from auditor.licenses.words import Words
from auditor.model import Clause, LicenseMatch

# Shares of a licence's fingerprints below which a text is not compared with it. A changed word spoils those of the
# stretches around it, so that an exact text with all its names filled in may have half of them.
_EXACT_SHARE = 0.4
_FIXED_SHARE = 0.7  # when nothing but the title and placeholders may differ
_NEAR_SHARE = 0.3
# A text was made from a licence when at least this share of the licence's words is there in order, in one stretch.
_NEAR_WORDS = 0.5
_LATE = 0.25  # of the licence: where more is missing at its beginning, its grant is, and disclaimers are shared
_LEAST_WORDS = 20
_TITLE_WORDS = 6  # "The MIT License (MIT)" and the like, before a text that is all the rest
_SLACK = 60  # words around shared fingerprints that may belong to an occurrence


def read_exact(body: Words) -> list[Reading]:
    """The licences whose every word is accounted for, by place; of those that overlap the longest."""
    exact: list[Comparison] = []
    for candidate in _candidates(body, _EXACT_SHARE):
        if candidate.share < _FIXED_SHARE and not varies(candidate.id):
            continue
        covered = sorted((found.first, found.end) for found in exact if found.end - found.first >= candidate.words)
        free = _free(len(body), covered)
        exact += [found for found in _comparisons(body, candidate, free, exact=True) if not found.departures]
        if any(found.end == len(body) and found.first <= _TITLE_WORDS for found in exact):
            break  # nothing is longer
    return [_reading(body, found) for found in _apart(exact)]


def read_near(body: Words, taken: Container[int]) -> list[Reading]:
    """Texts that were made from a licence, in the words that are not `taken`; of those that overlap the fullest."""
    near: list[Comparison] = []
    free = _free(len(body), [(index, index + 1) for index in range(len(body)) if index in taken])
    if sum(end - first for first, end in free) < _LEAST_WORDS:
        return []
    for candidate in _candidates(body, _NEAR_SHARE):
        found = _comparisons(body, candidate, free, exact=False)
        near += [comparison for comparison in found if comparison.departures and _is_near(comparison)]
    return [_reading(body, found) for found in _apart(near)]


def _free(size: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of `size` words without stretches, which are in order and may overlap."""
    free, start = [], 0
    for first, end in taken:
        if first > start:
            free.append((start, first))
        start = max(start, end)
    return [*free, (start, size)] if start < size else free


def _candidates(body: Words, share: float) -> list[Candidate]:
    """The BSD family is read clause by clause, by `auditor.licenses.bsd`."""
    clausal = {member.id for member in family().members}
    return [candidate for candidate in candidates(body.words, share) if candidate.id not in clausal]


def _apart(comparisons: list[Comparison]) -> list[Comparison]:
    """Of those that overlap the one that accounts for the most words; by their place."""
    chosen: list[Comparison] = []
    for found in sorted(comparisons, key=lambda found: (_distance(found) - found.alignment.equal, found.template.id)):
        if all(found.end <= other.first or other.end <= found.first for other in chosen):
            chosen.append(found)
    return sorted(chosen, key=lambda found: found.first)


def _comparisons(body: Words, candidate: Candidate, free: list[tuple[int, int]], exact: bool) -> Iterator[Comparison]:
    """The occurrences of a candidate in words that are `free`; if `exact`, none that cannot be its exact text."""
    stretches = list(_stretches(candidate, free))
    if not stretches:
        return
    licensed = template(candidate.id)
    if exact and licensed.least > len(body):
        return
    for first, end in stretches:
        floor = first
        for alignment in licensed.grams.align(body.words, first, end):
            if exact and is_hopeless(licensed, alignment, body):
                continue
            found = compare(licensed, alignment, body, floor, end)
            floor = found.end
            yield found


def _stretches(candidate: Candidate, free: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of the file to search: around the shared fingerprints, cut where there is none for long."""
    places = candidate.places
    for low, high in free:
        start = end = -1
        for place in places[bisect.bisect_left(places, low) : bisect.bisect_left(places, high)]:
            first = max(low, place - _SLACK)
            if start < 0 or first > end + candidate.words:
                if start >= 0:
                    yield start, end
                start = first
            end = min(high, place + SHINGLE + _SLACK)
        if start >= 0:
            yield start, end


def _is_near(found: Comparison) -> bool:
    equal, length = found.alignment.equal, found.alignment.length
    return equal >= max(_LEAST_WORDS, _NEAR_WORDS * length) and found.alignment.blocks[0].there <= _LATE * length


def _distance(found: Comparison) -> int:
    """How many words were removed or added."""
    return sum(gap.there_end - gap.there + gap.here_end - gap.here for gap in found.departures)


def _reading(body: Words, found: Comparison) -> Reading:
    name = found.template.id
    clauses = _clauses(name, body, found.first, found.end)
    changes = text_changes(found.template.words, body, found.departures)
    match = LicenseMatch(None if changes else name, name, body.lines(found.first, found.end), clauses, changes)
    return Reading(found.first, found.end, match)


def _clauses(identifier: str, body: Words, first: int, end: int) -> tuple[Clause, ...]:
    try:
        from auditor.licenses.clauses import find_clauses
    except ImportError:
        return ()
    return find_clauses(identifier, body, first, end)
