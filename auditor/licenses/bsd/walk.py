"""One pass over a text of the BSD family: which parts stand where, and what stands between them."""

from collections.abc import Container
from dataclasses import dataclass, field
from itertools import pairwise

from auditor.licenses.bsd.names import Names
from auditor.licenses.bsd.parts import Family, Part, family, main_words, word_pairs
from auditor.licenses.patterns import Found
from auditor.licenses.words import Words

_MOST_GAP = 300  # words between two parts of one text; the longest part of the family has 185
_ALIKE = 0.5  # share of the word pairs of a wording that a changed form of it still has
_BEGINNING = 8  # the first words of a changed part, of which ...
_LEAST_BEGUN = 2  # ... so many pairs must be those of the wording
_MOST_TAIL = 40  # words that can be added to a part at one place without ending it
_MOST_COMPARED = 4000  # comparisons per file; a real one needs a handful
_STARTING = ("source", "binary")  # kinds that can begin a text which lost its grant


@dataclass(frozen=True, slots=True)
class Item:
    """The words `first` up to `end`: a part exactly as one of its wordings has it (`found`), something that
    resembles a part (`found` is None), or words of no part (`part` is None)."""

    first: int
    end: int
    part: Part | None = None
    found: Found | None = None


@dataclass(slots=True)
class Walk:
    """What is known of one text while it is read."""

    words: Words
    taken: Container[int]
    names: Names
    family: Family = field(default_factory=family)
    compared: int = 0
    matched: dict[int, Item | None] = field(default_factory=dict)

    def starts_at(self, index: int) -> bool:
        """Whether a text of the family could begin at this word."""
        parts = self._opened(index)
        if not parts or index in self.taken:
            return False
        if any(part.role == "grant" for part in parts):
            return self.item_at(index) is not None
        if not any(part.role == "lead" or part.kind in _STARTING for part in parts):
            return False
        item = self.match_at(index)
        return item is not None and item.part is not None and (item.part.role == "lead" or item.part.kind in _STARTING)

    def read_from(self, start: int) -> list[Item]:
        """The items of the text that begins at this word; between them and behind them nothing is left out."""
        items: list[Item] = []
        at = start
        while at < len(self.words) and at not in self.taken:
            item = self.match_at(at) or self._joined(at)
            if item is None:
                if items and self._is_complete(items):
                    break
                item = self._next_item(at, fresh=not items)
                if item is None:
                    break
                if item.first > at:
                    items.append(Item(at, item.first))
            if items and self._starts_again(items, item):
                break
            items.append(item)
            at = item.end
        while items and items[-1].part is None:
            items.pop()
        return items

    def match_at(self, index: int) -> Item | None:
        """The longest part that stands exactly at this word."""
        if index not in self.matched:
            self.matched[index] = self._match(index)
        return self.matched[index]

    def item_at(self, index: int) -> Item | None:
        """The part that stands at this word, exactly or changed."""
        return self.match_at(index) or self._resembling(index, self._opened(index))

    def _opened(self, index: int) -> tuple[Part, ...]:
        return self.family.opened(self.words.words, index)

    def _match(self, index: int) -> Item | None:
        best: Item | None = None
        for part in self._opened(index) or self.family.unopened:
            for wording in part.wordings:
                found = wording.match(self.words.words, index, self.names.accept)
                if found is not None and (best is None or found.end > best.end):
                    best = Item(index, found.end, part, found)
        return best

    def _joined(self, index: int) -> Item | None:
        """Conditions may be joined by "and"; the word then belongs to neither."""
        return self.match_at(index + 1) if self.words.words[index] == "and" and index + 1 < len(self.words) else None

    def _next_item(self, start: int, fresh: bool) -> Item | None:
        """The next part behind words that belong to none; right behind a part, also one whose first words changed."""
        for index in range(start, min(start + _MOST_GAP, len(self.words))):
            if index in self.taken:
                return None
            item = self.item_at(index) if self._opened(index) else None
            if item is None and index == start and not fresh:
                item = self._resembling(index, tuple(self.family.parts.values()))
            if item is not None:
                return item
        return None

    def _resembling(self, index: int, candidates: tuple[Part, ...]) -> Item | None:
        """A changed part that begins at this word, up to the next part or to its own last words."""
        best, part = 0.0, None
        for candidate in candidates:
            share = max(self._likeness(source, index) for source in candidate.sources)
            if share > best:
                best, part = share, candidate
        if part is None or best < _ALIKE or self._follows_soon(part, index):
            return None
        return Item(index, self._end_of(part, index), part)

    def _follows_soon(self, part: Part, index: int) -> bool:
        """Whether the same kind of part stands word for word a little further on, so that this is not yet it."""
        near = (self.match_at(later) for later in range(index + 1, min(index + _BEGINNING, len(self.words))))
        return any(item is not None and item.part is not None and item.part.kind == part.kind for item in near)

    def _likeness(self, source: str, index: int) -> float:
        """How much of a wording stands near this word, by pairs of words; 0 if it does not begin alike."""
        self.compared += 1
        near = self.words.words[index : index + len(main_words(source)) + 20]
        pairs = word_pairs(source)
        begun = len(pairs.intersection(pairwise(near[:_BEGINNING])))
        if self.compared > _MOST_COMPARED or begun < _LEAST_BEGUN:
            return 0.0
        return len(pairs.intersection(pairwise(near))) / len(main_words(source))

    def _end_of(self, part: Part, index: int) -> int:
        """Where a changed part ends: where the next one begins, or behind its own last words."""
        wanted = max((main_words(source) for source in part.sources), key=len)
        threes = set(zip(wanted, wanted[1:], wanted[2:], strict=False))
        words = self.words.words
        end = index + 1
        for at in range(index + 1, min(index + 2 * len(wanted) + 30, len(words))):
            if at in self.taken or at - end > _MOST_TAIL:
                break
            if self._opened(at) and self._is_other_part(part, at):
                return at
            if words[at - 2 : at + 1] in threes:
                end = at + 1
        return end

    def _is_other_part(self, part: Part, index: int) -> bool:
        item = self.match_at(index)
        if item is not None:
            return True
        likeness = [
            self._likeness(source, index)
            for other in self._opened(index)
            if other.kind != part.kind
            for source in other.sources
        ]
        return max(likeness, default=0.0) >= _ALIKE

    def _is_complete(self, items: list[Item]) -> bool:
        """Whether the disclaimer is over, so that what follows belongs to no part of this text."""
        last = items[-1].part
        if last is None:
            return False
        if last.role == "closing" or last.id in self.family.last:
            return True
        ids = [item.part.id for item in items if item.part is not None]
        return any(member.fits(ids) for member in self.family.members)

    def _starts_again(self, items: list[Item], item: Item) -> bool:
        """Whether a part is the first of another text: a grant, or a condition behind a complete disclaimer."""
        if item.part is None:
            return False
        before = items[-1].part
        if item.part.role == "grant":
            return any(known.part is not None and known.part.role != "lead" for known in items)
        return item.part.role != "closing" and before is not None and before.role in ("closing",)
