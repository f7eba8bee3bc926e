"""The result for programs: one JSON object, the same bytes for the same audit. `schema.json` describes it."""

import json
from typing import Any

from auditor import __version__
from auditor.model import (
    Audit,
    Citation,
    Finding,
    Judgement,
    Place,
    Resolution,
    StatementFact,
    StatementJudgement,
)
from auditor.render.aside import aside_value
from auditor.render.license_values import license_values
from auditor.render.obligation_values import obligation_counts, obligation_values, shipping_value


def render_json(audit: Audit) -> str:
    """The audit as JSON text with sorted keys, ending in a line feed."""
    return json.dumps(audit_value(audit), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def audit_value(audit: Audit) -> dict[str, Any]:
    """The audit as plain values, after the contract in docs/json.md."""
    return {
        "schema": 1,
        "auditor": __version__,
        "summary": {
            "citations": len(audit.judgements),
            **audit.verdict_counts(),
            "findings": audit.severity_counts(),
            "obligations": obligation_counts(audit.shipping),
        },
        "citations": [_citation(judgement) for judgement in audit.judgements],
        "statements": [_statement(judgement) for judgement in audit.statements],
        "licenses": [_clean(value) for judgement in audit.licenses for value in license_values(judgement)],
        "obligations": [_clean(value) for value in obligation_values(audit.shipping)],
        "shipping": _clean(shipping_value(audit.shipping)),
        "findings": [_finding(finding) for finding in audit.findings],
        "set_aside": aside_value(audit.set_aside),
        "incidents": [
            {"message": _text(i.message), "document": _text(i.document), "line": i.line} for i in audit.incidents
        ],
    }


def _citation(judgement: Judgement) -> dict[str, Any]:
    resolution = judgement.resolution
    citation = resolution.citation
    symbol = resolution.place.symbol if resolution.place else None
    return {
        **_place(citation.place),
        "kind": citation.kind,
        "url": _text(citation.url),
        "repository": _text(resolution.repository),
        **_written(citation),
        "commit": resolution.revision.commit if resolution.revision else None,
        "as_of": resolution.revision.as_of if resolution.revision else None,
        "names": [_text(name.text) for name in citation.names],
        "frame": _frame(resolution),
        "symbol": {"name": _text(symbol.name), "kind": symbol.kind, "start": symbol.start, "end": symbol.end}
        if symbol
        else None,
        "language": resolution.place.language if resolution.place else None,
        "relation": resolution.named.relation if resolution.named else None,
        "verdict": judgement.verdict,
        "permalink": _text(judgement.permalink),
        "findings": [finding.fingerprint for finding in judgement.findings],
    }


def _statement(judgement: StatementJudgement) -> dict[str, Any]:
    fact = judgement.fact
    statement = fact.statement if isinstance(fact, StatementFact) else None
    repository = fact.statement.repository if isinstance(fact, StatementFact) else fact.repository
    return {
        **_place(judgement.place),
        "kind": statement.kind if statement else "unstated",
        "written": _text(statement.written) if statement else None,
        "repository": _text(repository),
        "commit": fact.commit,
        "licenses": list(fact.licenses),
        "findings": [finding.fingerprint for finding in judgement.findings],
    }


def _written(citation: Citation) -> dict[str, Any]:
    link = citation.link
    return {
        "revision": _text(link.revision) if link else None,
        "path": _text(citation.path),
        "start": citation.start,
        "end": citation.end,
    }


def _frame(resolution: Resolution) -> dict[str, Any] | None:
    frame = resolution.citation.frame
    if frame is None:
        return None
    state = resolution.frame.state if resolution.frame else "unjudged"
    return {"function": _text(frame.function), "file": _text(frame.file), "line": frame.line, "state": state}


def _finding(finding: Finding) -> dict[str, Any]:
    replacement = finding.replacement
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": _text(finding.message),
        **_place(finding.place),
        "remedy": _text(finding.remedy),
        "replacement": {"text": _text(replacement.text), "safe": replacement.safe} if replacement else None,
        "related": [
            {"url": _text(r.url), "path": _text(r.path), "start": r.start, "end": r.end, "message": _text(r.message)}
            for r in finding.related
        ],
        "fingerprint": finding.fingerprint,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "document": _text(place.document),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "page": place.page,
        "rectangle": list(place.rectangle) if place.rectangle else None,
    }


def _clean(value: Any) -> Any:
    """Plain values with every text valid Unicode."""
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return _text(value) if isinstance(value, str) else value


def _text(value: str | None) -> str | None:
    """Text that is valid Unicode: bytes of a file name that are none become replacement characters."""
    return value.encode("utf-8", "replace").decode() if value else value
