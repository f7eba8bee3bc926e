"""Comments in documents that accept findings, applied: what they accept is not raised, and stays counted."""

import bisect
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from auditor.errors import UsageError
from auditor.model import Audit, Finding, Place
from auditor.model.aside import Pragma
from auditor.model.manifest import Waiver
from auditor.model.obligation import WaivedFinding, WaiverFact
from auditor.read import Document, decode_text
from auditor.read.pragmas import may_accept, read_pragmas
from auditor.rules import OF_COMMENTS, OF_WAIVERS, rule_named


@dataclass(frozen=True, slots=True)
class _Grant:
    """A waiver of one rule in a part of a document."""

    waiver: Waiver
    covers: Place

    @property
    def start(self) -> tuple[int, int]:
        return self.covers.line, self.covers.column

    @property
    def end(self) -> tuple[int, int]:
        return self.covers.end_line, self.covers.end_column


def accept_in_place(audit: Audit, documents: Iterable[Document], rules: Collection[ModuleType]) -> Audit:
    """The audit without the findings that comments in these documents accept."""
    formats = {report.document: report.format for report in audit.reports if report.format != "pdf"}
    commented = (one for one in documents if one.name in formats and may_accept(one.data))
    texts = ((one.name, decode_text(one.data, one.name).text) for one in commented)
    pragmas = [pragma for name, text in texts for pragma in read_pragmas(text, formats[name], name)]
    return apply_pragmas(audit, pragmas, rules) if pragmas else audit


def apply_pragmas(audit: Audit, pragmas: Iterable[Pragma], rules: Collection[ModuleType]) -> Audit:
    """The audit without the findings that the comments accept. `rules` are those that ran.

    A finding is accepted if it begins in the part of the document that a comment of its rule covers. A comment with a
    trouble accepts nothing and is told; so is each rule of a comment that accepts no finding, unless that rule did not
    run or something in the document could not be examined.
    """
    checked = [_checked(pragma) for pragma in pragmas]
    grants = [grant for pragma in checked for grant in _grants(pragma)]
    shelf = _Shelf(grants)
    waived: list[WaivedFinding] = []

    def keep(finding: Finding) -> bool:
        waiver = shelf.waiver_of(finding)
        if waiver is not None:
            waived.append(WaivedFinding(finding, waiver))
        return waiver is None

    kept = audit.keeping(keep)
    facts = _facts(grants, waived, audit, frozenset(rule.ID for rule in rules))
    told = [finding for pragma in checked for rule in OF_COMMENTS if rule in rules for finding in rule.check(pragma)]
    told += [finding for fact in facts for rule in OF_WAIVERS if rule in rules for finding in rule.check(fact)]
    aside = replace(kept.set_aside, waived=tuple(waived), waivers=facts, told=tuple(told))
    return replace(kept, set_aside=aside)


def _checked(pragma: Pragma) -> Pragma:
    """The comment, with a trouble if it names a rule that does not exist."""
    try:
        for name in () if pragma.trouble else pragma.rules:
            rule_named(name)
    except UsageError as error:
        return replace(pragma, trouble=str(error))
    return pragma


def _grants(pragma: Pragma) -> list[_Grant]:
    if pragma.trouble or pragma.covers is None:
        return []
    waivers = (Waiver(rule, None, pragma.reason, "", None, pragma.place) for rule in dict.fromkeys(pragma.rules))
    return [_Grant(waiver, pragma.covers) for waiver in waivers]


def _facts(
    grants: Sequence[_Grant], waived: Sequence[WaivedFinding], audit: Audit, ran: frozenset[str]
) -> tuple[WaiverFact, ...]:
    used = {id(one.waiver) for one in waived}
    troubled = {incident.document for incident in audit.incidents}
    facts = []
    for grant in grants:
        waiver = grant.waiver
        known = waiver.rule in ran and waiver.place.document not in troubled and None not in troubled
        facts.append(WaiverFact(waiver, "used" if id(waiver) in used else "unused" if known else "unknown"))
    return tuple(facts)


class _Shelf:
    """Finds the grant that a finding falls under, however many there are."""

    def __init__(self, grants: Iterable[_Grant]) -> None:
        self._grants: dict[tuple[str, str], list[_Grant]] = {}
        for grant in sorted(grants, key=lambda grant: grant.start):
            reach = self._grants.setdefault((grant.covers.document, grant.waiver.rule), [])
            reach.append(grant)
        # Of those that begin before a place, the one that reaches farthest covers it if any does.
        self._farthest = {key: _farthest(reach) for key, reach in self._grants.items()}

    def waiver_of(self, finding: Finding) -> Waiver | None:
        """The waiver that accepts a finding."""
        key, at = (finding.place.document, finding.rule), (finding.place.line, finding.place.column)
        index = bisect.bisect_right(self._grants.get(key, ()), at, key=lambda grant: grant.start) - 1
        if index < 0:
            return None
        grant = self._farthest[key][index]
        return grant.waiver if at <= grant.end else None


def _farthest(grants: Sequence[_Grant]) -> list[_Grant]:
    """For each grant the one up to it that reaches farthest."""
    farthest: list[_Grant] = []
    for grant in grants:
        farthest.append(grant if not farthest or grant.end > farthest[-1].end else farthest[-1])
    return farthest
