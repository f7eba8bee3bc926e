"""Where a licence's words stand in a file: its occurrences, each as the stretches that are equal.

Stretches of `GRAM` words that the licence has once are looked up in the file; those that come in the licence's order
are the anchors of an occurrence, and equal words around them belong to it. Time grows with the file's length.
"""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

GRAM = 4  # words; fewer are hardly ever unique in a licence
# A licence starts anew in the file when its words go back by this share of it to where the occurrence began.
_RESTART = 0.2


class Block(NamedTuple):
    """`size` words that are equal: from `there` in the licence and from `here` in the file."""

    there: int
    here: int
    size: int


class Gap(NamedTuple):
    """What lies between two blocks: words of the licence `there`..`there_end` and of the file `here`..`here_end`."""

    there: int
    there_end: int
    here: int
    here_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """One occurrence of a licence of `length` words: its equal blocks, rising in the licence and in the file."""

    length: int
    blocks: tuple[Block, ...]

    @property
    def equal(self) -> int:
        """How many words are equal."""
        return sum(block.size for block in self.blocks)

    @property
    def first(self) -> int:
        return self.blocks[0].here

    @property
    def end(self) -> int:
        return self.blocks[-1].here + self.blocks[-1].size

    def gaps(self) -> list[Gap]:
        """What differs between the blocks; what the licence has before the first and behind the last is not in it."""
        found = []
        for before, after in itertools.pairwise(self.blocks):
            found.append(Gap(before.there + before.size, after.there, before.here + before.size, after.here))
        return found


class Grams:
    """The anchors of one licence's words."""

    __slots__ = ("_places", "words")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self._places: dict[tuple[str, ...], int] = {}
        for index in range(len(words) - GRAM + 1):
            gram = words[index : index + GRAM]
            self._places[gram] = -1 if gram in self._places else index  # -1: not once

    def align(self, words: Sequence[str], first: int, end: int) -> list[Alignment]:
        """The licence's occurrences in the file's words `first` up to, not including, `end`, in their order."""
        place = self._places.get
        anchors = [
            (there, here)
            for here in range(first, min(end, len(words) - GRAM + 1))
            if (there := place(tuple(words[here : here + GRAM]), -1)) >= 0
        ]
        found = []
        floor = first
        for occurrence in _occurrences(anchors, len(self.words)):
            blocks = _blocks(_rising(occurrence), self.words, words, floor, end)
            if blocks:
                found.append(Alignment(len(self.words), blocks))
                floor = found[-1].end
        return found


def _occurrences(anchors: list[tuple[int, int]], length: int) -> list[list[tuple[int, int]]]:
    """The anchors cut where the licence starts anew."""
    cut: list[list[tuple[int, int]]] = []
    start = furthest = 0
    for there, here in anchors:
        if not cut or (furthest - there > _RESTART * length and there <= start + _RESTART * length / 2):
            cut.append([])
            start = furthest = there
        furthest = max(furthest, there)
        cut[-1].append((there, here))
    return cut


def _rising(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the anchors that rises in the licence too (patience sorting)."""
    if all(one[0] < other[0] for one, other in itertools.pairwise(anchors)):
        return anchors
    tops: list[int] = []
    top_of: list[int] = []
    before: list[int] = []
    for index, (there, here) in enumerate(anchors):
        pile = bisect.bisect_left(tops, there)
        follows = pile > 0 and anchors[top_of[pile - 1]] == (there - 1, here - 1)
        if tops[pile : pile + 1] == [there] and not follows:
            before.append(-1)  # the licence's words again, further on: those that follow the words before are meant
            continue
        before.append(top_of[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [there]
        top_of[pile : pile + 1] = [index]
    chain = []
    at = top_of[-1]
    while at >= 0:
        chain.append(anchors[at])
        at = before[at]
    return chain[::-1]


def _blocks(
    anchors: list[tuple[int, int]], licensed: tuple[str, ...], words: Sequence[str], floor: int, end: int
) -> tuple[Block, ...]:
    """Anchors as blocks, each with the equal words on both sides; `floor` and `end` bound the words of the file."""
    rough: list[Block] = []
    for there, here in anchors:
        last = rough[-1] if rough else Block(0, floor, 0)
        if there - last.there == here - last.here and there <= last.there + last.size and last.size:
            rough[-1] = last._replace(size=there - last.there + GRAM)
        elif there >= last.there + last.size and here >= last.here + last.size:
            rough.append(Block(there, here, GRAM))
        # Anything else overlaps the last block on another diagonal, and tells nothing.
    blocks: list[Block] = []
    for block, stop in zip(rough, [*rough[1:], Block(len(licensed), end, 0)], strict=False):
        before = blocks[-1] if blocks else Block(0, floor, 0)
        there, here, size = block
        while there > before.there + before.size and here > before.here + before.size:
            if licensed[there - 1] != words[here - 1]:
                break
            there, here, size = there - 1, here - 1, size + 1
        while there + size < stop.there and here + size < stop.here and licensed[there + size] == words[here + size]:
            size += 1
        if before.size and there == before.there + before.size and here == before.here + before.size:
            blocks[-1] = before._replace(size=before.size + size)
        else:
            blocks.append(Block(there, here, size))
    return tuple(blocks)
