"""A notice that must travel with somebody's code is not in what is shipped.

What it checks: for each dependency that an artifact carries, whether the copyright lines, the conditions and the
disclaimer of its licence, or the licence text where that is asked for, stand in a text of that artifact; in source code
also whether each file still has the notice at its top. White space, comment signs and the place do not count, and a
notice in `LICENSES/` is kept.

Why it matters: it is the one condition of nearly every open licence, and who breaks it may lose the right to ship.

How to fix: put the text into the artifact; `auditor notices` writes a file with all of them. In a vendored file, put
the lines back from the file at the pin.
"""

from collections.abc import Iterator

from auditor.model import Finding, Place, Related, Severity
from auditor.model.obligation import Evidence, Obligation, StaleNotice

ID = "notice-missing"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires for a notice that is nowhere, or not where it was kept."""
    yield from obligation_findings(ID, fact, "put the notice into what you ship; `auditor notices` writes it")


def obligation_findings(rule: str, fact: Obligation | StaleNotice, remedy: str) -> Iterator[Finding]:
    """The findings about an obligation that breaks this rule: one per file that can be mended, else one.

    What is only for review, or disputed between readings, is a warning.
    """
    if not isinstance(fact, Obligation) or fact.breach != rule:
        return
    severity: Severity = "error" if fact.verdict == "violated" and not fact.readings else "warning"
    broken = [one for one in fact.evidence if one.breaks and one.document is not None]
    for evidence in broken or (None,):
        yield Finding(
            rule=rule,
            severity=severity,
            message=_message(fact, evidence),
            place=_place(fact, evidence),
            remedy=remedy,
            subject=_subject(fact, evidence),
            related=tuple(_related(fact)),
        )


def _message(fact: Obligation, evidence: Evidence | None) -> str:
    said = f"{evidence.path}: {evidence.note}" if evidence and evidence.note not in fact.reason else fact.reason
    asked = f"{fact.license} {fact.clause.name}" if fact.clause else "its licence"
    where = f" in {fact.artifact}" if fact.artifact and fact.artifact not in said else ""
    doubt = f"; {'; or '.join(fact.readings)}" if fact.readings else ""
    return f"{fact.dependency.name}: {said}{where} ({asked}{doubt})"


def _place(fact: Obligation, evidence: Evidence | None) -> Place:
    if evidence is None or evidence.document is None:
        return fact.dependency.place
    start, end = (evidence.lines.start, evidence.lines.end) if evidence.lines else (1, 1)
    return Place(evidence.document, start, 1, end, 1)


def _subject(fact: Obligation, evidence: Evidence | None) -> str:
    clause = f"{fact.license} {fact.clause.name} {fact.clause.atom}" if fact.clause else ""
    return ":".join((fact.dependency.name, fact.artifact or "", clause, fact.when, evidence.path if evidence else ""))


def _related(fact: Obligation) -> Iterator[Related]:
    """The clause at the pin, then the places in what is shipped."""
    if fact.clause is not None:
        lines = fact.clause.lines
        asks = f"{fact.license} {fact.clause.name}: {fact.clause.asks}"
        yield Related(fact.clause_permalink or "", fact.clause_path, lines.start, lines.end, asks)
    for one in fact.evidence:
        start, end = (one.lines.start, one.lines.end) if one.lines else (None, None)
        path = f"{fact.artifact}/{one.path}" if fact.artifact and one.document is None else one.document or one.path
        yield Related("", path, start, end, one.note)
