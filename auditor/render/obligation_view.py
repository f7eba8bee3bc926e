"""Obligations as a reader looks at them: by artifact and by dependency, and what is alike together.

Every document for people takes its order from here, and its words from `obligation_words`.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from auditor.model import Finding
from auditor.model.manifest import Dependency, Waiver
from auditor.model.obligation import (
    Artifact,
    Obligation,
    ObligationJudgement,
    ObligationVerdict,
    ShippingJudgement,
    StaleNotice,
    Supply,
    When,
)
from auditor.render.obligation_words import STATE_WORDS, State

NO_LICENSE = "unknown"  # stands in the place of a licence
_IMPORTANCE: Mapping[State, int] = MappingProxyType({state: rank for rank, state in enumerate(STATE_WORDS)})
_FEWEST_ALIKE = 4  # dependencies; that many with the same to say of each are told in one go


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be said of a dependency: obligations with the same verdict for the same reason, at least one.

    `waiver` accepts what is wrong with them.
    """

    judgements: tuple[ObligationJudgement, ...]
    waiver: Waiver | None = None

    @property
    def state(self) -> State:
        """The verdict, or "waived"."""
        return "waived" if self.waiver else self.first.verdict

    @property
    def is_open(self) -> bool:
        """Whether there is more to say than that it is fulfilled or does not apply."""
        return self.state not in ("fulfilled", "not-applicable")

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What it is about."""
        return tuple(one.subject for one in self.judgements if isinstance(one.subject, Obligation))

    @property
    def first(self) -> Obligation:
        """The first of them, for what they share: verdict, reason, evidence, readings."""
        return self.obligations[0]

    @property
    def clauses(self) -> tuple[Obligation, ...]:
        """Those of them that differ in the place or the name of their clause."""
        return tuple({(one.clause.name, one.clause.lines): one for one in self.obligations if one.clause}.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say of them, in their order."""
        return tuple(finding for one in self.judgements for finding in one.findings)


@dataclass(frozen=True, slots=True)
class Row:
    """What is owed to one dependency in one section: at least one point, the worst first."""

    dependency: Dependency
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        """The dependency's name and version, or the first digits of its commit, as far as they are known."""
        known = self.dependency.version or (self.dependency.commit or "")[:12]
        return f"{self.dependency.name} {known}".rstrip()

    @property
    def licenses(self) -> str:
        """The SPDX ids of the licences whose clauses they are, or NO_LICENSE."""
        found = (one.license for point in self.points for one in point.obligations)
        return ", ".join(dict.fromkeys(license_id for license_id in found if license_id)) or NO_LICENSE

    @property
    def state(self) -> State:
        """The state that a reader must know of first."""
        return self.points[0].state

    @property
    def telling(self) -> tuple[Point, ...]:
        """The points without those that do not apply."""
        return tuple(point for point in self.points if point.state != "not-applicable")

    @property
    def is_open(self) -> bool:
        """Whether there is more to say than that all is fulfilled or does not apply."""
        return self.points[0].is_open

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say of it."""
        return tuple(finding for point in self.points for finding in point.findings)

    @property
    def kept(self) -> tuple[Obligation, ...]:
        """What is fulfilled."""
        return tuple(one for point in self.points if point.state == "fulfilled" for one in point.clauses)


@dataclass(frozen=True, slots=True)
class Section:
    """An artifact, or None for what no single artifact shows, with what is owed there, by dependency.

    `groups` are rows of which the same is to be said, the most important group first.
    """

    artifact: Artifact | None
    rows: tuple[Row, ...]
    groups: tuple[tuple[Row, ...], ...]

    @property
    def form(self) -> When | None:
        """The occasion that passing the artifact on is."""
        return self.artifact.form if self.artifact else None

    @property
    def unread(self) -> tuple[str, ...]:
        """Files of it that may be notices and could not be read, with the reason."""
        return self.artifact.unread if self.artifact else ()

    @property
    def singles(self) -> tuple[Row, ...]:
        """The rows of no group, without those to which nothing applies."""
        grouped = {id(row) for group in self.groups for row in group}
        return tuple(row for row in self.rows if row.telling and id(row) not in grouped)

    @property
    def is_open(self) -> bool:
        """Whether there is more to say than that all is fulfilled or does not apply."""
        return bool(self.unread) or any(row.is_open for row in self.rows)

    @property
    def spared(self) -> int:
        """How many obligations do not apply."""
        return sum(
            len(point.judgements) for row in self.rows for point in row.points if point.state == "not-applicable"
        )


def sections_of(shipping: ShippingJudgement) -> tuple[Section, ...]:
    """The artifacts in their order, then what no single one shows; in each the dependencies in their order."""
    cells: dict[str | None, dict[Dependency, list[ObligationJudgement]]] = {}
    for judgement in shipping.judgements:
        if isinstance(judgement.subject, Obligation):
            rows = cells.setdefault(judgement.subject.artifact, {})
            rows.setdefault(judgement.subject.dependency, []).append(judgement)
    made = []
    for artifact in (*shipping.shipping.artifacts, None):
        owed = cells.get(artifact.name if artifact else None, {})
        if artifact or owed:
            rows_made = tuple(_row(judgements) for judgements in owed.values())
            made.append(Section(artifact, rows_made, _groups(rows_made)))
    return tuple(made)


def _groups(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """Rows that are alike, where there are many."""
    alike: dict[tuple[Hashable, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(tuple(map(_said, row.telling)), []).append(row)
    groups = [tuple(group) for said, group in alike.items() if said and len(group) >= _FEWEST_ALIKE]
    return tuple(sorted(groups, key=lambda group: _IMPORTANCE[group[0].state]))


def _row(judgements: Sequence[ObligationJudgement]) -> Row:
    """The obligations towards one dependency, those put together of which the same is to be said."""
    alike: dict[Hashable, list[ObligationJudgement]] = {}
    for one in judgements:
        alike.setdefault(_said(Point((one,), waiver_of(one))), []).append(one)
    points = (Point(tuple(same), waiver_of(same[0])) for same in alike.values())
    ordered = sorted(points, key=lambda point: _IMPORTANCE[point.state])
    return Row(ordered[0].first.dependency, tuple(ordered))


def _said(point: Point) -> Hashable:
    """What is to be said of a point, without the clauses."""
    one = point.first
    return one.verdict, one.reason, one.evidence, one.readings, one.breach, point.waiver


def waiver_of(judgement: ObligationJudgement) -> Waiver | None:
    """The waiver that accepts all that is wrong with an obligation."""
    if not isinstance(judgement.subject, Obligation) or judgement.findings or not judgement.waived:
        return None
    return judgement.waived[0].waiver


def stale_notices(shipping: ShippingJudgement) -> tuple[ObligationJudgement, ...]:
    """The notices on what is not carried."""
    return tuple(one for one in shipping.judgements if isinstance(one.subject, StaleNotice))


def source_findings(shipping: ShippingJudgement) -> tuple[Finding, ...]:
    """What is wrong with the licences of the dependencies at their sources."""
    return tuple(finding for one in shipping.judgements if isinstance(one.subject, Supply) for finding in one.findings)


def summarise(shipping: ShippingJudgement) -> str:
    """One line: "no violation found for binary; 3 points need review (1 waived); 1 was not examined".

    It never says that something is lawful: only what was looked for and not found.
    """
    if not shipping.obligations:
        return "no dependency was looked at"
    counts, waived = shipping.verdict_counts(), waived_counts(shipping)
    violated, review, unexamined = counts["violated"], counts["review"], counts["unexamined"]
    found = f"{violated} violation{'s' * (violated != 1)}{_waived(waived['violated'])}" if violated else "no violation"
    parts = [f"{found} found for {' and '.join(shipping.shipping.distribution.kinds) or 'what was given'}"]
    if review:
        parts.append(f"{review} point{'s need' if review != 1 else ' needs'} review{_waived(waived['review'])}")
    if unexamined:
        parts.append(f"{unexamined} {'were' if unexamined != 1 else 'was'} not examined")
    return "; ".join(parts)


def waived_counts(shipping: ShippingJudgement) -> Counter[ObligationVerdict]:
    """How many obligations of each verdict a waiver accepts."""
    accepted = (one.subject for one in shipping.judgements if waiver_of(one))
    return Counter(one.verdict for one in accepted if isinstance(one, Obligation))


def _waived(count: int) -> str:
    return f" ({count} waived)" if count else ""
