"""The result as JUnit XML: a suite for each document or artifact, a test for each thing that was examined in it.

Findings of the severities that fail a run are failures, what could not be examined is an error, what a waiver accepts
and what does not apply is skipped; other findings are told in a test's output.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from auditor.model import (
    Audit,
    Finding,
    Incident,
    Judgement,
    Place,
    Severity,
    StatementFact,
    StatementJudgement,
    Unlooked,
)
from auditor.model.obligation import Obligation, ObligationJudgement, ShippingJudgement
from auditor.render.plain import plain_line, plain_text
from auditor.render.told import tell_findings

FAILING: tuple[Severity, ...] = ("error",)
_LONGEST_NAME = 1_000  # characters
_LONGEST_OUTPUT = 100_000  # characters of one test
_NOWHERE = "auditor"  # the suite of what is about no document


@dataclass(frozen=True, slots=True)
class Case:
    """One test: of `suite`, with what was found. `trouble` says why it could not be examined, `skipped` why it was not.

    `key` orders the tests of a suite as a reader meets them.
    """

    suite: str
    name: str
    key: tuple[int, int, int] = (0, 0, 0)
    findings: tuple[Finding, ...] = ()
    trouble: str | None = None
    skipped: str | None = None


def render_junit(audit: Audit, failing: Collection[Severity] = FAILING) -> str:
    """The audit as JUnit XML text, ending in a line feed; findings of the severities `failing` are failures."""
    suites: dict[str, list[Case]] = {report.document: [] for report in audit.reports}
    for case in _cases(audit):
        suites.setdefault(case.suite, []).append(case)
    root = ElementTree.Element("testsuites", {"name": "auditor"})
    for name, cases in suites.items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": plain_line(name)})
        for case in sorted(cases, key=lambda case: case.key):
            suite.append(_element(case, failing))
        _count(suite, suite)
    _count(root, root)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _count(element: ElementTree.Element, root: ElementTree.Element) -> None:
    counts = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for attribute, tag in counts.items():
        element.set(attribute, str(sum(1 for _ in root.iter(tag))))


def _element(case: Case, failing: Collection[Severity]) -> ElementTree.Element:
    """A test has one outcome: that it could not be examined, else its failures, else that it was skipped."""
    names = {"classname": plain_line(case.suite), "name": plain_line(case.name, _LONGEST_NAME)}
    element = ElementTree.Element("testcase", names)
    broken = [finding for finding in case.findings if finding.severity in failing]
    others = [finding for finding in case.findings if finding.severity not in failing]
    if case.trouble is not None:
        _outcome(element, "error", case.trouble, "unexamined", case.trouble)
        others = list(case.findings)
    elif broken:
        first = broken[0]
        _outcome(element, "failure", first.message, first.rule, "\n\n".join(map(_told, broken)))
    elif case.skipped is not None:
        ElementTree.SubElement(element, "skipped", {"message": plain_line(case.skipped)})
    if others:
        output = ElementTree.SubElement(element, "system-out")
        output.text = plain_text("\n\n".join(map(_told, others)), _LONGEST_OUTPUT)
    return element


def _outcome(element: ElementTree.Element, tag: str, message: str, kind: str, text: str) -> None:
    outcome = ElementTree.SubElement(element, tag, {"message": plain_line(message), "type": kind})
    outcome.text = plain_text(text, _LONGEST_OUTPUT)


def _told(finding: Finding) -> str:
    place = finding.place
    where = f"page {place.page}" if place.page is not None else f"{place.line}:{place.column}"
    message, remedy = plain_line(finding.message), plain_line(finding.remedy)
    return f"{finding.severity}[{finding.rule}] {plain_line(place.document)}, {where}\n{message}\n-> {remedy}"


def _cases(audit: Audit) -> Iterator[Case]:
    told: set[int] = set()
    unexamined: set[tuple[str | None, int | None]] = set()
    cases = [
        *map(_citation, audit.judgements),
        *map(_statement, audit.statements),
        *(_shipping(audit.shipping) if audit.shipping else ()),
    ]
    for case in cases:
        told.update(map(id, case.findings))
        if case.trouble is not None:
            unexamined.add((case.suite, case.key[1]))
        yield case
    for one in tell_findings(audit):
        if id(one.finding) not in told:
            place = one.finding.place
            yield Case(place.document, f"{one.finding.rule} {_at(place)}", _key(place), (one.finding,))
    # An incident that the test of its citation tells already is not told twice.
    yield from (_incident(one) for one in audit.incidents if (one.document, one.line) not in unexamined)


def _citation(judgement: Judgement) -> Case:
    citation, target = judgement.resolution.citation, judgement.resolution.target
    name = f"{citation.url or f'{citation.path}:{citation.start}'} {_at(judgement.place)}"
    key, suite = _key(judgement.place), judgement.place.document
    if not isinstance(target, Unlooked):
        return Case(suite, name, key, judgement.findings)
    if target.incident:
        return Case(suite, name, key, judgement.findings, trouble=target.message)
    return Case(suite, name, key, judgement.findings, skipped=f"not examined: {target.message}")


def _statement(judgement: StatementJudgement) -> Case:
    fact = judgement.fact
    said = f"licence {fact.statement.written}" if isinstance(fact, StatementFact) else f"licence of {fact.repository}"
    return Case(judgement.place.document, f"{said} {_at(judgement.place)}", _key(judgement.place), judgement.findings)


def _shipping(shipping: ShippingJudgement) -> Iterator[Case]:
    for judgement in shipping.judgements:
        if isinstance(judgement.subject, Obligation):
            yield _obligation(judgement.subject, judgement)


def _obligation(owed: Obligation, judgement: ObligationJudgement) -> Case:
    suite = owed.artifact or _NOWHERE
    clause = f"{owed.license} {owed.clause.name}" if owed.clause else "licence"
    name = f"{owed.dependency.name} {owed.dependency.version or ''}: {clause}, {owed.when}"
    if owed.verdict == "unexamined":
        return Case(suite, name, findings=judgement.findings, trouble=owed.reason)
    if owed.verdict == "not-applicable":
        return Case(suite, name, findings=judgement.findings, skipped=f"does not apply: {owed.reason}")
    if judgement.waived and not judgement.findings:
        return Case(suite, name, skipped=f"waived: {judgement.waived[0].waiver.reason}")
    return Case(suite, name, findings=judgement.findings)


def _incident(incident: Incident) -> Case:
    line = incident.line or 0
    name = f"not examined{f' (line {line})' if line else ''}: {incident.message}"
    return Case(incident.document or _NOWHERE, name, (0, line, 0), trouble=incident.message)


def _at(place: Place) -> str:
    return f"(page {place.page})" if place.page is not None else f"({place.line}:{place.column})"


def _key(place: Place) -> tuple[int, int, int]:
    return place.page or 0, place.line, place.column
