"""What looking a reference up in its file gives: lines, or why there are none and what may be meant instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from auditor.model import Lines, Symbol
from auditor.model.reference import CodeReference, Sort

MOST_CHOICES = 5
BY_TEXT = 'cite a text of it (::@"text") or its lines (::L10-L12)'

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Found:
    """Lines of a file, and the definition or the clause that they are or lie in. `lines` None: an empty file."""

    lines: Lines | None
    symbol: Symbol | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """Another reference that may be meant, and what stands there. `sure`: the spelling alone leaves no doubt."""

    reference: CodeReference
    shows: str
    path: str = ""
    lines: Lines | None = None
    sure: bool = False


class NotFound(Exception):
    """A reference has no place: why, what to do, and what may be meant."""

    def __init__(self, sort: Sort, detail: str, remedy: str, meant: Iterable[Meant] = ()) -> None:
        super().__init__(detail)
        self.sort = sort
        self.remedy = remedy
        self.meant = tuple(islice(meant, MOST_CHOICES))


def chosen(found: Sequence[Thing], number: int | None) -> Thing | None:
    """The one of this number, counted from 1; without a number, the only one."""
    if number is None:
        return found[0] if len(found) == 1 else None
    return found[number - 1] if number <= len(found) else None


def line_list(lines: Sequence[int]) -> str:
    """Lines in words, the first of many."""
    shown = ", ".join(map(str, lines[:MOST_CHOICES]))
    return f"lines {shown} and more" if len(lines) > MOST_CHOICES else f"lines {shown}"
