"""Clauses × artifacts: at a glance, what each licence asks and whether each artifact does it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.model.manifest import Dependency
from auditor.model.obligation import Obligation, ShippingJudgement
from auditor.render.obligation_view import NO_LICENSE, Row, Section, sections_of
from auditor.render.obligation_words import STATE_WORDS, State

_RANKS = list(STATE_WORDS)


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause, as one obligation that it makes, with its state in each section; None where it asks nothing there."""

    obligation: Obligation
    states: tuple[State | None, ...]

    @property
    def name(self) -> str:
        """What a reader would call the clause."""
        return self.obligation.clause.name if self.obligation.clause else "its licence"


@dataclass(frozen=True, slots=True)
class Block:
    """A dependency with its clauses."""

    name: str
    licenses: str
    rows: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A column per section, a block per dependency, both in the order of the sections."""

    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]


def matrix_of(shipping: ShippingJudgement) -> Matrix:
    """Every clause that asks something of any artifact; those that never do are left out."""
    sections = sections_of(shipping)
    rows: dict[Dependency, list[Row | None]] = {}
    for index, section in enumerate(sections):
        for row in section.rows:
            rows.setdefault(row.dependency, [None] * len(sections))[index] = row
    blocks = (_block(cells) for cells in rows.values())
    return Matrix(sections, tuple(block for block in blocks if block.rows))


def _block(cells: Sequence[Row | None]) -> Block:
    first = next(row for row in cells if row)
    known = dict.fromkeys(row.licenses for row in cells if row and row.licenses != NO_LICENSE)
    return Block(first.name, ", ".join(known) or NO_LICENSE, tuple(_clause_rows(cells)))


def _clause_rows(cells: Sequence[Row | None]) -> Iterator[ClauseRow]:
    """One for each clause of the licence's files, in the order in which they stand there."""
    found: dict[tuple[str, int, str], tuple[Obligation, list[State | None]]] = {}
    for index, row in enumerate(cells):
        for point in row.points if row else ():
            for one in point.obligations:
                key = (
                    one.clause_path,
                    one.clause.lines.start if one.clause else 0,
                    one.clause.name if one.clause else "",
                )
                states = found.setdefault(key, (one, [None] * len(cells)))[1]
                states[index] = _worse(states[index], point.state)
    for _, (obligation, states) in sorted(found.items(), key=lambda item: item[0]):
        if any(state not in (None, "not-applicable") for state in states):
            yield ClauseRow(obligation, tuple(states))


def _worse(known: State | None, other: State) -> State:
    return other if known is None or _RANKS.index(other) < _RANKS.index(known) else known
