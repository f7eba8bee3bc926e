"""The result as GitLab's code quality report: a JSON list of what the widget of a merge request shows.

Its severities are those of Code Climate (docs.gitlab.com, "Code Quality report format").
"""

import json
from typing import Any

from auditor.model import Audit, Finding, Incident, Severity
from auditor.model.worktree import UNKNOWN, Worktree
from auditor.render.plain import plain_line, plain_text
from auditor.render.told import tell_findings

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}


def render_codequality(audit: Audit, worktree: Worktree = UNKNOWN) -> str:
    """The findings and incidents as JSON text, ending in a line feed. Every entry has a fingerprint of its own."""
    entries = [
        _entry(one.finding.rule, _SEVERITIES[one.finding.severity], _said(one.finding), one.key)
        | {"location": _location(one.finding.place.document, *_lines(one.finding), worktree)}
        for one in tell_findings(audit)
    ]
    entries += [_incident(incident, number, worktree) for number, incident in enumerate(audit.incidents, 1)]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")) + "\n"


def _entry(rule: str, severity: str, text: str, key: str) -> dict[str, Any]:
    return {"check_name": rule, "severity": severity, "description": text, "fingerprint": key}


def _said(finding: Finding) -> str:
    page = f"page {finding.place.page}: " if finding.place.page is not None else ""
    return f"{page}{plain_line(finding.message)}; {plain_line(finding.remedy)}"


def _lines(finding: Finding) -> tuple[int, int]:
    """The lines of a finding; a PDF has none, the widget needs one."""
    return (1, 1) if finding.place.page is not None else (finding.place.line, finding.place.end_line)


def _location(document: str, begin: int, end: int, worktree: Worktree) -> dict[str, Any]:
    path = worktree.path_of(document) or document
    return {"path": plain_text(path), "lines": {"begin": begin, "end": end}}


def _incident(incident: Incident, number: int, worktree: Worktree) -> dict[str, Any]:
    line = incident.line or 1
    entry = _entry("unexamined", "major", f"not examined: {plain_line(incident.message)}", f"unexamined:{number}")
    return entry | {"location": _location(incident.document or "auditor", line, line, worktree)}
