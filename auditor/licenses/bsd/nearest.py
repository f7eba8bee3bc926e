"""Which licence of the BSD family a text was made from, and what was changed in it."""

from collections.abc import Sequence

from auditor.licenses.bsd.changes import added, find_changes, removed, replaced
from auditor.licenses.bsd.names import Names
from auditor.licenses.bsd.parts import Family, Member, Place, family, main_words
from auditor.licenses.bsd.walk import Item
from auditor.licenses.patterns import compile_wording
from auditor.licenses.words import Words
from auditor.model import TextChange

_Pair = tuple[Item | None, Place | None]


def find_member(items: Sequence[Item], words: Words) -> Member | None:
    """The licence whose row these items are, word for word; None if there is none."""
    ids = [item.part.id for item in items if item.part is not None and item.found is not None]
    fitting = (member for member in family().members if len(ids) == len(items) and member.fits(ids))
    return next((member for member in fitting if not wrong_names(member, items, words)), None)


def nearest_member(items: Sequence[Item]) -> Member:
    """The licence from which these items depart least."""
    return min(family().members, key=lambda member: _distance(member, items))


def wrong_names(member: Member, items: Sequence[Item], words: Words) -> list[tuple[Item, str]]:
    """The items in which another party is named than this licence has, each with the name that it should have."""
    wrong = []
    for identity, name in member.names:
        for item in items:
            if item.part is None or item.part.id != identity or item.found is None:
                continue
            named = [" ".join(words.words[first:end]) for _, first, end in item.found.slots]
            if name not in named:
                wrong.append((item, name))
    return wrong


def list_changes(member: Member, items: Sequence[Item], words: Words, names: Names) -> tuple[TextChange, ...]:
    """What makes these items another text than the licence, in the order of the text."""
    changes: list[TextChange] = []
    at = items[0].first
    pairs = _join_gaps(_align(member, items))
    for item, place in pairs:
        if item is None:
            if place is not None and not place.optional:
                changes.append(removed(words, at, _main_text(place)))
            continue
        if place is None:
            changes.append(added(words, item.first, item.end))
        elif item.found is None or item.part is None or item.part.id not in place.ids:
            changes += _changes_in(item, place, words, names)
        at = item.end
    for item, name in wrong_names(member, items, words):
        first, end = item.found.slots[0][1:] if item.found and item.found.slots else (item.first, item.end)
        changes.append(replaced(words, first, end, name))
    return tuple(sorted(changes, key=lambda change: change.lines.start))


def _distance(member: Member, items: Sequence[Item]) -> int:
    """How far the items are from a licence: 2 for a part too many or too few, 1 for another part of its kind.

    A part that only moved counts once; a rare licence, and one for certain holders only, need more evidence.
    """
    pairs = _align(member, items)
    extra = [item.part.kind for item, place in pairs if item and place is None and item.part]
    missing = [_kind(place, family()) for item, place in pairs if item is None and place and not place.optional]
    moved = len(set(extra) & set(missing))
    other = sum(1 for item, place in pairs if item and place and item.part and item.part.id not in place.ids)
    return 2 * (len(extra) + len(missing) - moved) + other + (not member.common) + bool(member.names)


def _align(member: Member, items: Sequence[Item]) -> list[_Pair]:
    """Items beside the places where they belong, by their kinds: the longest common row."""
    kinds = [item.part.kind if item.part is not None else "" for item in items]
    places = [_kind(place, family()) for place in member.row]
    best = [[0] * (len(places) + 1) for _ in range(len(kinds) + 1)]
    for i in range(len(kinds) - 1, -1, -1):
        for j in range(len(places) - 1, -1, -1):
            same = best[i + 1][j + 1] + 1 if kinds[i] == places[j] else 0
            best[i][j] = max(same, best[i + 1][j], best[i][j + 1])
    pairs: list[_Pair] = []
    i = j = 0
    while i < len(kinds) or j < len(places):
        if i < len(kinds) and j < len(places) and kinds[i] == places[j] and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((items[i], member.row[j]))
            i, j = i + 1, j + 1
        elif j < len(places) and (i == len(kinds) or best[i][j] == best[i][j + 1]):
            pairs.append((None, member.row[j]))
            j += 1
        else:
            pairs.append((items[i], None))
            i += 1
    return pairs


def _join_gaps(pairs: list[_Pair]) -> list[_Pair]:
    """Words of no part stand for a part that is missing right there."""
    joined: list[_Pair] = []
    for item, place in pairs:
        before = joined[-1] if joined else (None, None)
        if item is not None and item.part is None and place is None and _is_missing(before):
            joined[-1] = (item, before[1])
        elif item is None and place is not None and not place.optional and _is_gap(before):
            joined[-1] = (before[0], place)
        else:
            joined.append((item, place))
    return joined


def _is_missing(pair: _Pair) -> bool:
    return pair[0] is None and pair[1] is not None and not pair[1].optional


def _is_gap(pair: _Pair) -> bool:
    return pair[0] is not None and pair[0].part is None and pair[1] is None


def _changes_in(item: Item, place: Place, words: Words, names: Names) -> list[TextChange]:
    """The difference to the wording, of those that can stand there, with which the item has most words in common."""
    parts = [family().parts[identity] for identity in place.ids]
    opened = [part for part in parts if part in family().opened(words.words, item.first)]
    sources = [source for part in opened or parts for source in part.sources]
    there = set(words.words[item.first : item.end])
    source = max(sources, key=lambda source: len(there.intersection(main_words(source))))
    return find_changes(compile_wording(source), words, item.first, item.end, names.accept)


def _main_text(place: Place) -> str:
    text = " ".join(main_words(family().parts[place.ids[0]].sources[0]))
    return text.replace("{", "[").replace("}", "]")


def _kind(place: Place, known: Family) -> str:
    return known.parts[place.ids[0]].kind
