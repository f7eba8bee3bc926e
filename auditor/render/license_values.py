"""The licences of a target as plain values for JSON and templates: one object per text found in a file."""

from collections.abc import Iterator
from typing import Any

from auditor.model import (
    Clause,
    LicenseFile,
    LicenseJudgement,
    LicenseMatch,
    LicenseSubject,
    LicenseText,
    Lines,
    Passage,
    Reference,
    TextChange,
)
from auditor.permalinks import file_link, render_link

_EMPTY = LicenseText()


def license_values(judgement: LicenseJudgement) -> Iterator[dict[str, Any]]:
    """An object per licence text, one for a file without any, and one for a target without files."""
    subject = judgement.subject
    if not subject.files:
        yield _value(subject, None, None)
    for file in subject.files:
        for match in (file.text.matches if file.text else ()) or (None,):
            yield _value(subject, file, match)


def permalink(subject: LicenseSubject, path: str, lines: Lines) -> str | None:
    """The link to lines of a target's file at its commit; None for a target that is no repository."""
    if subject.repository is None or subject.commit is None:
        return None
    link = file_link(subject.repository, subject.commit, path, (lines.start, lines.end))
    return render_link(link) if link else None


def _value(subject: LicenseSubject, file: LicenseFile | None, match: LicenseMatch | None) -> dict[str, Any]:
    text = (file.text if file else None) or _EMPTY
    path = file.path if file else None
    return {
        "target": subject.target,
        "repository": subject.repository,
        "commit": subject.commit,
        "path": path,
        "bundled": file.bundled if file else False,
        "riders": list(file.riders) if file else [],
        "digest": file.digest if file else None,
        "license": None if file and file.riders else match.license if match else text.expression,
        "nearest": match.nearest if match else None,
        "start": match.lines.start if match else None,
        "end": match.lines.end if match else None,
        "declared": next((d.expression for d in subject.declarations if d.expression), None),
        "declarations": [
            {"path": d.path, "line": d.line, "written": d.written, "license": d.expression, "problem": d.problem}
            for d in subject.declarations
        ],
        "copyright": [statement.statement for statement in text.copyrights],
        "clauses": [_clause(subject, path or "", clause) for clause in (match.clauses if match else ())],
        "text_changes": [_change(change) for change in (match.changes if match else ())],
        "references": [_reference(reference) for reference in text.references],
        "passages": [_passage(passage) for passage in text.passages],
        "accepted": _review(file),
    }


def _clause(subject: LicenseSubject, path: str, clause: Clause) -> dict[str, Any]:
    return {
        "clause": clause.name,
        "start": clause.lines.start,
        "end": clause.lines.end,
        "permalink": permalink(subject, path, clause.lines),
        "atom": clause.atom,
        "asks": clause.asks,
        "text": clause.text,
        "names": list(clause.names),
    }


def _change(change: TextChange) -> dict[str, Any]:
    lines = change.lines
    return {
        "kind": change.kind, "start": lines.start, "end": lines.end, "found": change.found, "expected": change.expected,
    }  # fmt: skip


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "kind": reference.kind,
        "start": reference.lines.start,
        "end": reference.lines.end,
        "written": reference.written,
        "license": reference.expression,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "start": passage.lines.start,
        "end": passage.lines.end,
        "text": passage.text,
        "binding": passage.binding,
    }


def _review(file: LicenseFile | None) -> dict[str, str] | None:
    if file is None or not file.accepted or file.review is None:
        return None
    return {"license": file.review.license, "reviewer": file.review.reviewer, "reason": file.review.reason}
