"""The BSD family, clause by clause: a licence is named only when each of its words is accounted for.

A text is read as a row of parts (`bsd_walk`); a row that is a licence of the list names it. Everything else that was
made from a BSD licence is given as changed, with the words that were added, removed or replaced.
"""

from collections.abc import Container, Sequence

from auditor.licenses.atoms import describe
from auditor.licenses.bsd.names import Names
from auditor.licenses.bsd.nearest import find_member, list_changes, nearest_member
from auditor.licenses.bsd.parts import Member, Part, family
from auditor.licenses.bsd.walk import Item, Walk
from auditor.licenses.copyrights.holders import is_short
from auditor.licenses.readings import Reading
from auditor.licenses.words import Words, one_line
from auditor.model import Clause, LicenseMatch

_LEAST_PARTS = 3  # fewer are no evidence that a text was made from a BSD licence: others share its disclaimer
_FAMILY_WORDS = frozenset({"redistribution", "redistributions"})  # every licence of the family has one of them
_NEARBY = 100  # words behind a text in which a phrase of another licence still belongs to it


def read_bsd(body: Words, taken: Container[int] = frozenset()) -> list[Reading]:
    """The licences of the BSD family in a text, and texts made from them, in the order of the text.

    `body` are the words without copyright statements; `taken` are indices of words that another licence accounts for.
    """
    readings: list[Reading] = []
    if _FAMILY_WORDS.isdisjoint(body.words):
        return readings
    walk = Walk(body, taken, Names(body))
    at = 0
    while at < len(body):
        if not walk.starts_at(at):
            at += 1
            continue
        items = walk.read_from(at)
        reading = _reading(items, body, walk.names)
        if reading is not None:
            readings.append(reading)
        at = max(at + 1, reading.end if reading is not None else 0)
    return readings


def _reading(items: list[Item], body: Words, names: Names) -> Reading | None:
    """What a row of items is: a licence, a changed one, or neither."""
    member, exact = _exact(items, body)
    if member is not None:
        match = LicenseMatch(member.id, member.id, body.lines(exact[0].first, exact[-1].end), _clauses(exact, body))
        return Reading(exact[0].first, exact[-1].end, match)
    while items and items[0].part is not None and items[0].part.role == "lead":
        items = items[1:]
    if not _is_evidence(items) or _is_foreign(items, body):
        return None
    nearest = nearest_member(items)
    changes = list_changes(nearest, items, body, names)
    lines = body.lines(items[0].first, items[-1].end)
    match = LicenseMatch(None, nearest.id, lines, _clauses(items, body), changes)
    return Reading(items[0].first, items[-1].end, match)


def _exact(items: list[Item], body: Words) -> tuple[Member | None, list[Item]]:
    """The licence that these items are, if need be without what asks nothing before the grant or at the end."""
    for trimmed in _trimmed(items):
        member = find_member(trimmed, body)
        if member is not None:
            return member, trimmed
    return None, []


def _trimmed(items: list[Item]) -> list[list[Item]]:
    rows = [items]
    if items and items[0].part is not None and items[0].part.role == "lead" and not items[0].part.atoms:
        rows.append(items[1:])
    if items and items[-1].part is not None and items[-1].part.role == "closing" and not items[-1].part.atoms:
        rows += [row[:-1] for row in rows]
    return rows


def _is_evidence(items: Sequence[Item]) -> bool:
    """Whether so much of a BSD licence is here that the text was made from one."""
    kinds = {item.part.kind for item in items if item.part is not None}
    exact = sum(1 for item in items if item.found is not None)
    return len(kinds) >= _LEAST_PARTS and exact >= 1 and bool(kinds & {"grant", "source", "binary"})


def _is_foreign(items: Sequence[Item], body: Words) -> bool:
    """Whether the text holds a phrase of another licence that was itself made from the BSD licence."""
    text = f" {' '.join(body.words[items[0].first : items[-1].end + _NEARBY])} "
    return any(f" {' '.join(phrase)} " in text for phrase in family().foreign)


def _clauses(items: Sequence[Item], body: Words) -> tuple[Clause, ...]:
    """The conditions that stand there word for word; the pieces of the disclaimer are one clause."""
    clauses: list[Clause] = []
    number = 0
    disclaimers = [item for item in items if item.found is not None and item.part and item.part.role == "disclaimer"]
    for item in items:
        if item.part is not None and item.part.role == "condition":
            number += 1
        if item.part is None or item.found is None or (item in disclaimers and item is not disclaimers[0]):
            continue
        end = disclaimers[-1].end if item in disclaimers else item.end
        clauses += _clauses_of(item, item.part, _name(item.part, number), body, end)
    return tuple(clauses)


def _clauses_of(item: Item, part: Part, name: str, body: Words, end: int) -> list[Clause]:
    shown = _shown(item, part, body)
    text = _written(body, item.first, end)
    lines = body.lines(item.first, end)
    return [Clause(name, atom, lines, part.asks or describe(atom, shown), text, shown) for atom in part.atoms]


def _name(part: Part, number: int) -> str:
    return f"clause {number}" if part.role == "condition" else part.name or part.role


def _shown(item: Item, part: Part, body: Words) -> tuple[str, ...]:
    """The sentence that a condition wants shown, or the parties that it protects, as written."""
    if part.quotes:
        size = len(part.quotes)
        starts = (at for at in range(item.first, item.end) if body.words[at : at + size] == part.quotes)
        first = next(starts, item.first)
        return (_sentence(body, first, item.end),)
    if item.found is None or part.kind not in ("endorse", "advertising"):
        return ()
    return tuple(_party(body, first, end) for kind, first, end in item.found.slots if kind != "work")


def _party(body: Words, first: int, end: int) -> str:
    """A name as written, with the stop of an abbreviation at its end ("Inc.")."""
    stop = body.ends[end - 1]
    abbreviated = body.text[stop : stop + 1] == "." and is_short(body.words[end - 1])
    return _written(body, first, end) + ("." if abbreviated else "")


def _sentence(body: Words, first: int, end: int) -> str:
    """A quoted sentence with the brackets and the stop behind its last word."""
    stop = body.ends[end - 1]
    tail = body.text[stop : stop + 3]
    kept = tail[: len(tail) - len(tail.lstrip("/)>]."))]
    return _written(body, first, end) + kept


def _written(body: Words, first: int, end: int) -> str:
    return one_line(body.text[body.starts[first] : body.ends[end - 1]])
