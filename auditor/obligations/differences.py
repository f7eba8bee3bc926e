"""Where a text that was made from another first departs from it: in linear time, for texts of any length."""

from collections.abc import Sequence

from auditor.model import Lines
from auditor.obligations.owed import Owed
from auditor.obligations.shelf import Index
from auditor.rules.base import first_words

_PIECE = 8  # words: fewer follow one another in unrelated licences too often
_ENOUGH = 0.2  # of the pieces: a notice that lost its disclaimer, half of its words, still counts as made from it


def resembles(body: Sequence[str], index: Index, first: int, end: int) -> bool:
    """Whether the words from `first` up to, not including, `end` of a text were made from `body`."""
    pieces = _pieces(body)
    there = index.part(first, end)
    return bool(pieces) and sum(piece in there for piece in pieces) >= max(1, _ENOUGH * len(pieces))


def first_difference(owed: Owed, index: Index, first: int, end: int) -> tuple[Lines, str]:
    """The lines of the words in which they first depart from upstream's text, and how, in words.

    The words from `first` up to, not including, `end` must resemble it, see `resembles`.
    """
    body = owed.body
    start = _start(body, index, first, end)
    same = 0
    while same < len(body) and start + same < end and index.words.words[start + same] == body[same]:
        same += 1
    resumed = _resume(body, same, index, start + same, end)
    at = min(start + same, end - 1)
    lines = index.words.lines(at, max(resumed[1], at + 1))
    return lines, _told(owed.shown(same, resumed[0]), index.words.original(start + same, resumed[1]))


def _told(missing: str, there: str) -> str:
    missing, there = first_words(missing), first_words(there)
    if not missing:
        return f"adds “{there}”"
    return f"says “{there}” where upstream says “{missing}”" if there else f"lacks “{missing}”"


def _start(body: Sequence[str], index: Index, first: int, end: int) -> int:
    """Where the text begins: at the first words of the body, else at the first piece of it that is there."""
    for at in range(0, max(1, len(body) - _PIECE + 1), _PIECE):
        found = index.find(body[at : at + _PIECE], first)
        if found and found[1] <= end:
            return found[0]
    return first


def _resume(body: Sequence[str], same: int, index: Index, at: int, end: int) -> tuple[int, int]:
    """Where body and text agree again, in words of each; the end of the body, and `at`, if they do not."""
    there = index.part(at, end)
    for resumed in range(same, len(body) - _PIECE + 1):
        found = there.find(f" {' '.join(body[resumed : resumed + _PIECE])} ")
        if found >= 0:
            return resumed, at + there.count(" ", 0, found)
    return len(body), at


def _pieces(body: Sequence[str]) -> list[str]:
    if len(body) < _PIECE:
        return [f" {' '.join(body)} "] if body else []
    return [f" {' '.join(body[at : at + _PIECE])} " for at in range(0, len(body) - _PIECE + 1, _PIECE)]
