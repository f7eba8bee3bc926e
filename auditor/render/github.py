"""The result as workflow commands of GitHub Actions: annotations in the files of a pull request.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so no more are
written, the worst first, and the last line says how many there are. That line holds numbers only, every other one is a
command whose text is escaped: nothing that a document says can begin a command of its own.
"""

from auditor.model import SEVERITIES, Audit, Finding, Incident, Severity
from auditor.model.worktree import UNKNOWN, Worktree
from auditor.render.aside import aside_lines
from auditor.render.plain import plain_line, plain_text
from auditor.render.text import plural
from auditor.render.told import tell_findings

MOST_OF_A_KIND = 10  # per step; what is over it is dropped in silence (seen: zizmorcore/zizmor#634)
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
# The escapes of `@actions/core`, the counterpart of the runner's own reader.
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
_LONGEST_PATH = 4096  # PATH_MAX of Linux


def render_github(audit: Audit, worktree: Worktree = UNKNOWN) -> str:
    """The commands, a line each, then a line that sums up; "" when there is nothing to say.

    What could not be examined is told as an error, after those that were found.
    """
    commands: dict[Severity, list[str]] = {severity: [] for severity in SEVERITIES}
    for told in tell_findings(audit):
        severity = told.finding.severity
        if len(commands[severity]) < MOST_OF_A_KIND:
            commands[severity].append(_finding(told.finding, worktree))
    room = MOST_OF_A_KIND - len(commands["error"])
    commands["error"] += [_incident(incident, worktree) for incident in audit.incidents[:room]]
    lines = [line for severity in SEVERITIES for line in commands[severity]]
    if not lines:
        return ""
    return "\n".join([*lines, _summary(audit, len(lines))]) + "\n"


def _summary(audit: Audit, shown: int) -> str:
    """Numbers only: not a word of it comes from a document."""
    counts = audit.severity_counts()
    parts = [plural(counts[severity], severity) for severity in SEVERITIES]
    if audit.incidents:
        parts.append(f"{plural(len(audit.incidents), 'place')} not examined")
    left_out = sum(counts.values()) + len(audit.incidents) - shown
    more = f"; {left_out:,} of them not among the annotations above, of which GitHub shows {MOST_OF_A_KIND} of a kind"
    aside = "".join(f"; {line}" for line in aside_lines(audit.set_aside))
    return f"auditor: {', '.join(parts)}{more if left_out else ''}{aside}"


def _finding(finding: Finding, worktree: Worktree) -> str:
    place = finding.place
    properties = {"file": worktree.path_of(place.document)}
    text = f"{plain_text(finding.message)}\n{plain_text(finding.remedy)}"
    if place.page is not None:
        text = f"Page {place.page}: {text}"
    else:
        properties |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:
            properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    if properties["file"] is None:  # a line without its file would be shown in no file, or in a wrong one
        properties, text = {}, f"{plain_line(place.document)}:{place.line}: {text}"
    return _command(_COMMANDS[finding.severity], properties | {"title": finding.rule}, text)


def _incident(incident: Incident, worktree: Worktree) -> str:
    path = worktree.path_of(incident.document) if incident.document else None
    properties = {"file": path, "line": str(incident.line) if incident.line else None} if path else {}
    where = f"{plain_line(incident.document)}: " if incident.document and not path else ""
    return _command("error", properties | {"title": "not examined"}, where + plain_text(incident.message))


def _command(name: str, properties: dict[str, str | None], text: str) -> str:
    given = {key: plain_text(value, _LONGEST_PATH) for key, value in properties.items() if value is not None}
    written = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in given.items())
    return f"::{name} {written}::{text.translate(_DATA)}"
