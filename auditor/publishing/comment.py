"""The comment on a pull request: short, and without anything that calls people or other issues."""

import re
from collections.abc import Iterable, Iterator, Sequence

from auditor.markdown import code_span, escape_text
from auditor.model import SEVERITIES, Finding, Incident

# A comment is read, not searched: the check run has all of them.
_LISTED = 20
_LONGEST = 500
# A backslash does not keep GitHub from reading `@name` and `#1`: it looks for them in the text that is shown.
_CALLS = re.compile(r"([@#])(?=\w)")


def comment_text(name: str, title: str, findings: Sequence[Finding], incidents: Sequence[Incident]) -> str:
    """The comment about findings, the worst first; what could not be looked at is counted."""
    worst = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    lines = [f"**{quiet(name)}: {quiet(title)}**", "", *_items(worst[:_LISTED])]
    if len(worst) > _LISTED:
        lines += ["", f"{len(worst) - _LISTED} more are in the check run."]
    if incidents:
        lines += ["", "Not everything could be looked at:", "", *_missed(incidents)]
    return "\n".join(lines)


def resolved_text(name: str) -> str:
    """What stands in the place of an earlier comment once all of it is mended. The same for every commit."""
    return f"**{quiet(name)}**: resolved. What was reported here is mended; no errors or warnings are left."


def quiet(text: str) -> str:
    """Text of somebody else as Markdown in one line: as it reads, without effect, no longer than one reads."""
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return escape_text(_CALLS.sub("\\1\N{ZERO WIDTH SPACE}", text.replace("\r", " ")))


def _items(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        place = code_span(f"{finding.place.document}:{finding.place.line}")
        yield f"- {finding.severity} {place} {quiet(finding.message)} ({code_span(finding.rule)})"
        if finding.remedy:
            yield f"  *{quiet(finding.remedy)}*"


def _missed(incidents: Sequence[Incident]) -> Iterator[str]:
    yield from (f"- {quiet(incident.message)}" for incident in incidents[:_LISTED])
    if len(incidents) > _LISTED:
        yield f"- and {len(incidents) - _LISTED} more"
