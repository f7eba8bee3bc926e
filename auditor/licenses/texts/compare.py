"""Where a licence's words stand in a file: its occurrences, each as the stretches that are equal.

Stretches of `GRAM` words that the licence has once are looked up in the file; those that come in the licence's order
are the anchors of an occurrence, and equal words around them belong to it. Time grows with the file's length.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

GRAM = 4  # words; fewer are hardly ever unique in a licence
# A licence starts anew in the file when its words go back by this share of it to where the occurrence began.
_RESTART = 0.2
_LOOK_BACK = 200  # runs of anchors; a licence that was cut into more pieces is not recognised as one
_FAR = 400  # words between two runs; more are not worse
_WORDS_PER_WORD = 10  # so many words between two runs weigh as much as one word that is missing


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
        size = len(self.words)
        if end - first == size and tuple(words[first:end]) == self.words:
            return [Alignment(size, (Block(0, first, size),))]
        place = self._places.get
        anchors = [
            (there, here)
            for here in range(first, min(end, len(words)) - GRAM + 1)
            if (there := place(tuple(words[here : here + GRAM]), -1)) >= 0
        ]
        found = []
        floor = first
        for occurrence in _occurrences(anchors, len(self.words)):
            blocks = _blocks(_chain(occurrence), self.words, words, floor, end)
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


def _chain(anchors: list[tuple[int, int]]) -> list[Block]:
    """Runs of anchors that belong together: rising in the licence too, as many as possible, with few words between."""
    runs = _runs(anchors)
    scores: list[float] = []
    highest: list[float] = []  # score up to each run
    before: list[int] = []
    for index, run in enumerate(runs):
        best, origin = float(run.size), -1
        for other in range(index - 1, max(-1, index - _LOOK_BACK), -1):
            if highest[other] + run.size <= best:
                break  # none before it can be better
            score = scores[other] + run.size - _cost(runs[other], run)
            if score > best:
                best, origin = score, other
        scores.append(best)
        highest.append(max(best, highest[-1] if highest else 0))
        before.append(origin)
    at = max(range(len(runs)), key=scores.__getitem__)
    chain: list[Block] = []
    while at >= 0:
        chain.append(runs[at])
        at = before[at]
    return chain[::-1]


def _runs(anchors: list[tuple[int, int]]) -> list[Block]:
    """The words of anchors that follow one another in both texts."""
    starts = [
        index for index, (there, here) in enumerate(anchors) if not index or anchors[index - 1] != (there - 1, here - 1)
    ]
    return [
        Block(*anchors[start], end - start + GRAM - 1) for start, end in itertools.pairwise([*starts, len(anchors)])
    ]


def _cost(run: Block, after: Block) -> float:
    """What it costs to go on from one run to another: words that are said twice, or that lie between."""
    there, here = after.there - run.there - run.size, after.here - run.here - run.size
    if after.there <= run.there or after.here <= run.here:
        return float("inf")
    overlap = max(0, -there, -here)
    return overlap + (0 if there == here else 1) + min(max(0, here), _FAR) / _WORDS_PER_WORD


def _blocks(
    runs: list[Block], licensed: tuple[str, ...], words: Sequence[str], floor: int, end: int
) -> tuple[Block, ...]:
    """Runs of anchors as blocks of equal words, each as long as it can be; all within the file's `floor` and `end`."""
    blocks: list[Block] = []
    last = Block(0, floor, 0)
    for index, run in enumerate(runs):
        stop = runs[index + 1] if index + 1 < len(runs) else Block(len(licensed), end, 0)
        there_floor, here_floor = last.there + last.size, last.here + last.size
        there, here, there_end = run.there, run.here, run.there + run.size
        while there > there_floor and here > here_floor and licensed[there - 1] == words[here - 1]:
            there, here = there - 1, here - 1
        skipped = max(0, there_floor - there, here_floor - here)
        there, here = there + skipped, here + skipped
        furthest = min(stop.there, there + stop.here - here)
        while there_end < furthest and licensed[there_end] == words[here + there_end - there]:
            there_end += 1
        if there >= there_end:
            continue
        if last.size and (there, here) == (there_floor, here_floor):
            blocks.pop()
            there, here = last.there, last.here
        last = Block(there, here, there_end - there)
        blocks.append(last)
    return tuple(blocks)
