"""How a text differs from a wording: the fewest words added, removed or replaced."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.licenses.patterns import MOST_SLOT_WORDS, SlotTest, Wording
from auditor.licenses.words import Words, one_line
from auditor.model import Lines, TextChange

_MOST_STATES = 60_000  # bounds the work; the changed texts of our tests need up to 1,023
_JOINED = 2  # fewer equal words than this between two changes do not separate them

_State = tuple[int, int]  # a step of the wording, and a word of the text


@dataclass(frozen=True, slots=True)
class _Move:
    """One step of a comparison: the words `at` up to `end` are "equal" or "added", or `word` is "removed" there."""

    action: str
    at: int
    end: int
    word: str = ""


def find_changes(wording: Wording, words: Words, first: int, end: int, accept: SlotTest) -> list[TextChange]:
    """What was changed in the words `first` up to, not including, `end`, compared with a wording.

    Empty when they are equal; one change for all of it when they differ too much to be compared.
    """
    moves = _compare(wording, words, first, end, accept)
    if moves is None:
        return [replaced(words, first, end, " ".join(wording.source.split()))]
    return [_change(words, group) for group in _groups(moves)]


def added(words: Words, first: int, end: int) -> TextChange:
    """Words that the licence does not have."""
    return TextChange("added", words.lines(first, end), _written(words, first, end), "")


def removed(words: Words, at: int, expected: str) -> TextChange:
    """Words of the licence that are missing before word `at`, or at the end of the text."""
    line = words.line(min(at, len(words) - 1))
    return TextChange("removed", Lines(line, line), "", expected)


def replaced(words: Words, first: int, end: int, expected: str) -> TextChange:
    """Words that stand for others of the licence."""
    return TextChange("replaced", words.lines(first, end), _written(words, first, end), expected)


def _written(words: Words, first: int, end: int) -> str:
    return one_line(words.text[words.starts[first] : words.ends[end - 1]])


def _compare(wording: Wording, words: Words, first: int, end: int, accept: SlotTest) -> list[_Move] | None:
    """The cheapest way through wording and words, each word added or removed costing one; None if it is too far."""
    start: _State = (0, first)
    came: dict[_State, tuple[_State, _Move | None]] = {}
    queue: deque[tuple[_State, _State, _Move | None]] = deque([(start, start, None)])
    while queue and len(came) < _MOST_STATES:
        state, before, move = queue.popleft()
        if state in came:
            continue
        came[state] = (before, move)
        if wording.steps[state[0]].action == "end" and state[1] == end:
            return _way(came, state, start)
        for following, made, cost in _moves(wording, words, state, end, accept):
            if following not in came:
                (queue.append if cost else queue.appendleft)((following, state, made))
    return None


def _moves(
    wording: Wording, words: Words, state: _State, end: int, accept: SlotTest
) -> Iterator[tuple[_State, _Move | None, bool]]:
    """Where one can go from a state: the state, what that means, and whether it costs."""
    at, word = state
    step = wording.steps[at]
    if step.action == "jump":
        yield (step.first, word), None, False
        return
    if step.action == "split":
        yield (step.second, word), None, False
        yield (step.first, word), None, False
        return
    if word < end:
        yield (at, word + 1), _Move("added", word, word + 1), True
    if step.action == "word":
        yield (at + 1, word), _Move("removed", word, word, step.word), True
        if word < end and words.words[word] == step.word:
            yield (at + 1, word + 1), _Move("equal", word, word + 1), False
    elif step.action == "slot":
        yield (at + 1, word), _Move("removed", word, word, f"[{step.word}]"), True
        for last in range(word + 1, min(word + MOST_SLOT_WORDS, end) + 1):
            if accept(step.word, word, last):
                yield (at + 1, last), _Move("equal", word, last), False


def _way(came: dict[_State, tuple[_State, _Move | None]], state: _State, start: _State) -> list[_Move]:
    moves: list[_Move] = []
    while True:
        before, move = came[state]
        if move is not None:
            moves.append(move)
        if state == start:
            return moves[::-1]
        state = before


def _groups(moves: list[_Move]) -> Iterator[list[_Move]]:
    """Runs of changes, with the few equal words between them."""
    group: list[_Move] = []
    equal: list[_Move] = []
    for move in moves:
        if move.action == "equal":
            equal.append(move)
            continue
        if group and len(equal) > _JOINED:
            yield group
            group = []
        group += [*equal, move] if group else [move]
        equal = []
    if group:
        yield group


def _change(words: Words, group: list[_Move]) -> TextChange:
    first, end = group[0].at, group[-1].end
    expected = " ".join(
        " ".join(words.words[move.at : move.end]) if move.action == "equal" else move.word
        for move in group
        if move.action != "added"
    )
    if first == end:
        return removed(words, first, expected)
    return replaced(words, first, end, expected) if expected else added(words, first, end)
