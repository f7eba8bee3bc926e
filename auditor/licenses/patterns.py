"""Wordings: a small language for what a condition may say, and matching it against words.

    neither the name of {name} nor the names of its contributors may be used
    redistributions of (source code|works) must retain the [above] copyright notice

`[…]` may be left out, `(…|…)` is one of several, `{kind}` is a slot: 1 to 22 words, judged by the caller's test for
its kind. Words are compared as `words.read_words` gives them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from auditor.licenses.words import plain_words

MOST_SLOT_WORDS = 22  # the longest name of a party seen in the SPDX list's BSD texts has 17


class _Step(NamedTuple):
    """One instruction: match a word, or a slot, or go on at either of two places."""

    action: str  # "word", "slot", "split", "jump", "end"
    word: str = ""
    first: int = 0
    second: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A wording that was matched: words `start` up to, not including, `end`; of the slots (kind, first, end)."""

    start: int
    end: int
    slots: tuple[tuple[str, int, int], ...] = ()


SlotTest = Callable[[str, int, int], bool]


def _any(kind: str, first: int, end: int) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Wording:
    """A compiled wording. Raises ValueError (from `compile_wording`) for one that is not well formed."""

    source: str
    steps: tuple[_Step, ...]

    def match(self, words: Sequence[str], start: int, accept: SlotTest = _any) -> Found | None:
        """The match that begins at word `start`, or None.

        `accept(kind, first, end)` says whether those words can fill a slot of that kind. Slots
        are as short as possible. Takes at most (steps × words within reach × slot length) looks.
        """
        seen: set[tuple[int, int]] = set()
        todo: list[tuple[int, int, tuple[tuple[str, int, int], ...]]] = [(0, start, ())]
        steps, size = self.steps, len(words)
        while todo:
            at, word, slots = todo.pop()
            while True:
                if (at, word) in seen:
                    break
                seen.add((at, word))
                step = steps[at]
                if step.action == "word":
                    if word >= size or words[word] != step.word:
                        break
                    at, word = at + 1, word + 1
                elif step.action == "jump":
                    at = step.first
                elif step.action == "split":
                    todo.append((step.second, word, slots))
                    at = step.first
                elif step.action == "end":
                    return Found(start, word, slots)
                else:
                    ends = range(min(word + MOST_SLOT_WORDS, size), word, -1)
                    todo += [
                        (at + 1, end, (*slots, (step.word, word, end))) for end in ends if accept(step.word, word, end)
                    ]
                    break
        return None


@lru_cache(maxsize=4096)
def compile_wording(source: str) -> Wording:
    """A wording from its text. Raises ValueError for brackets that do not close."""
    tokens = _split(source)
    steps: list[_Step] = []
    rest = _alternatives(tokens, 0, steps, "")
    if rest != len(tokens):
        raise ValueError(f"unexpected {tokens[rest]!r} in the wording {source!r}")
    steps.append(_Step("end"))
    return Wording(source, tuple(steps))


def _split(source: str) -> list[str]:
    for sign in "[](){}|":
        source = source.replace(sign, f" {sign} ")
    return source.split()


def _alternatives(tokens: list[str], at: int, steps: list[_Step], closing: str) -> int:
    """Compile `a|b|c` up to the closing sign; gives the index of that sign."""
    branches: list[list[_Step]] = []
    while True:
        branch: list[_Step] = []
        at = _sequence(tokens, at, branch, closing)
        branches.append(branch)
        if at == len(tokens) or tokens[at] != "|":
            break
        at += 1
    if (tokens[at] if at < len(tokens) else "") != closing:
        raise ValueError(f"missing {closing!r} in a wording")
    _emit(branches, steps)
    return at


def _emit(branches: list[list[_Step]], steps: list[_Step]) -> None:
    """Put the branches one behind the other, with a split before each and a jump to the end behind it."""
    base = len(steps)
    total = sum(len(branch) for branch in branches) + 2 * (len(branches) - 1)
    for index, branch in enumerate(branches):
        last = index == len(branches) - 1
        here = len(steps)
        if not last:
            steps.append(_Step("split", first=here + 1, second=here + len(branch) + 2))
        shift = len(steps)
        steps += [
            step._replace(first=step.first + shift, second=step.second + shift)
            if step.action in ("split", "jump")
            else step
            for step in branch
        ]
        if not last:
            steps.append(_Step("jump", first=base + total))


def _sequence(tokens: list[str], at: int, steps: list[_Step], closing: str) -> int:
    while at < len(tokens) and tokens[at] not in ("|", closing):
        token = tokens[at]
        if token in "[(":
            at = _group(tokens, at, steps)
        elif token == "{":
            if tokens[at + 2 : at + 3] != ["}"]:
                raise ValueError("a slot is one word in braces")
            steps.append(_Step("slot", tokens[at + 1]))
            at += 3
        elif token in ("]", ")", "}"):
            raise ValueError(f"unexpected {token!r} in a wording")
        else:
            # The words of a wording go the same way as the words of a file.
            steps += _word_steps(token)
            at += 1
    return at


def _group(tokens: list[str], at: int, steps: list[_Step]) -> int:
    optional = tokens[at] == "["
    inner: list[_Step] = []
    end = _alternatives(tokens, at + 1, inner, "]" if optional else ")")
    _emit([inner, []] if optional else [inner], steps)
    return end + 1


@lru_cache(maxsize=8192)
def _word_steps(token: str) -> tuple[_Step, ...]:
    return tuple(_Step("word", word) for word in plain_words(token))
