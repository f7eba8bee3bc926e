"""Definitions in a source file."""

from dataclasses import dataclass
from typing import Literal

SymbolKind = Literal["function", "class", "variable"]
Relation = Literal["definition", "call", "mention", "inside", "near", "elsewhere", "other-file", "nowhere"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A definition with its lines, one-based and inclusive.

    `name` is qualified with dots whatever the language (`WSGIRequestHandler.run_wsgi`).
    `start` includes decorators and attributes; `line` is where the name itself stands;
    `body` is the first line of the body, so `start`..`body` is the header.
    """

    name: str
    kind: SymbolKind
    start: int
    end: int
    line: int
    body: int

    @property
    def leaf(self) -> str:
        """The last part of the qualified name."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Outline:
    """Every definition of a file in order of appearance; `language` names the grammar used.

    `code` holds, as (start, end) line ranges, where code stands that can run or declare
    something: no blank line, comment or docstring lies in it.
    `broken` says that the grammar met text it could not parse.
    """

    language: str
    symbols: tuple[Symbol, ...]
    code: tuple[tuple[int, int], ...] = ()
    broken: bool = False
