"""The result as the summary of a job, in Markdown: what is new, where, and what to do, within the room there is.

GitHub refuses a step's summary over 1 MiB as a whole (docs.github.com, "Adding a job summary").
"""

from collections.abc import Iterator, Sequence

from auditor.markdown import code_span
from auditor.model import SEVERITIES, Audit, Finding
from auditor.model.worktree import UNKNOWN, Worktree
from auditor.permalinks import file_link, render_link
from auditor.render.aside import aside_lines
from auditor.render.markdown import escape_markdown
from auditor.render.plain import plain_line
from auditor.render.text import plural
from auditor.render.told import tell_findings

MOST_BYTES = 1024 * 1024 - 1
_RESERVE = 300  # for the line that says what is missing
_LONGEST_TEXT = 1000


def render_job_summary(audit: Audit, worktree: Worktree = UNKNOWN, most: int = MOST_BYTES) -> str:
    """The audit as Markdown of at most `most` bytes in UTF-8: counts, then each finding, the worst first."""
    findings = [told.finding for told in tell_findings(audit)]
    head = _head(audit)
    shown, size = 0, len(head.encode()) + _RESERVE
    parts = [head]
    for part in _parts(findings, audit, worktree):
        size += len(part.encode()) + 1
        if size > most:
            left = len(findings) + len(audit.incidents) - shown
            parts.append(f"\n**{left:,} more are not shown:** a summary holds no more.")
            break
        parts.append(part)
        shown += part.startswith("- ")
    return "\n".join(parts) + "\n"


def _head(audit: Audit) -> str:
    counts = audit.severity_counts()
    found = ", ".join(plural(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    missed = f"{plural(len(audit.incidents), 'place')} could not be examined" if audit.incidents else ""
    said = "; ".join(part for part in (found, missed) if part) or "nothing was found"
    verdicts = [f"{count:,} {verdict}" for verdict, count in audit.verdict_counts().items() if count]
    cited = f"\n\n{plural(len(audit.judgements), 'citation')}: {', '.join(verdicts)}." if verdicts else ""
    aside = "".join(f"\n\n{line[:1].upper()}{line[1:]}." for line in aside_lines(audit.set_aside))
    return f"## auditor: {said}{cited}{aside}"


def _parts(findings: Sequence[Finding], audit: Audit, worktree: Worktree) -> Iterator[str]:
    """The body in pieces, none of which may be cut; each finding and each incident is one that begins with "- "."""
    for severity in SEVERITIES:
        chosen = [finding for finding in findings if finding.severity == severity]
        if chosen:
            yield f"\n### {severity.capitalize()}s\n"
        yield from (_finding(finding, worktree) for finding in chosen)
        if severity == "error":  # what is not known to be right comes before what is merely doubtful
            yield from _incidents(audit, worktree)


def _incidents(audit: Audit, worktree: Worktree) -> Iterator[str]:
    if audit.incidents:
        yield "\n### Not examined\n"
    for incident in audit.incidents:
        where = f"{_place_link(incident.document, incident.line, None, worktree)}: " if incident.document else ""
        yield f"- {where}{_text(incident.message)}"


def _finding(finding: Finding, worktree: Worktree) -> str:
    place = finding.place
    where = _place_link(place.document, place.line, place.page, worktree)
    return f"- {where} {code_span(finding.rule)}: {_text(finding.message)}  \n  → {_text(finding.remedy)}"


def _place_link(document: str, line: int | None, page: int | None, worktree: Worktree) -> str:
    """The place, as a link to the audited commit where its repository is on a known host."""
    path = worktree.path_of(document)
    at = f", page {page}" if page is not None else f":{line}" if line is not None else ""
    shown = escape_markdown(plain_line(path or document) + at)
    if path is None or worktree.repository is None or worktree.commit is None:
        return shown
    lines = (line, line) if line is not None and page is None else None
    link = file_link(worktree.repository, worktree.commit, path, lines)
    return f"[{shown}](<{render_link(link)}>)" if link else shown


def _text(text: str) -> str:
    return escape_markdown(plain_line(text, _LONGEST_TEXT))
