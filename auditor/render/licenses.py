"""What `auditor licenses` found, for a person at a terminal: a table, then every licence clause by clause."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from auditor.model import (
    Audit,
    Clause,
    Declaration,
    Finding,
    LicenseFile,
    LicenseJudgement,
    LicenseMatch,
    LicenseSubject,
    Lines,
    TextChange,
)
from auditor.render.terminal import Paint, clip, visible, width
from auditor.render.text import TextOptions, plural, severity_style

_MOST_SHOWN = 6  # copyright statements and references of one file
_MOST_DETAILED = 12  # files; above that the clauses are shown only with --verbose
_FULL_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_SIGN = {"added": ("+", "green"), "removed": ("-", "red"), "replaced": ("~", "yellow")}


def render_licenses(audit: Audit, options: TextOptions) -> Iterator[str]:
    """The lines of the result, without line ends."""
    paint = Paint(options.color)
    files = sum(len(judgement.subject.files) for judgement in audit.licenses)
    if audit.licenses and not options.quiet:
        yield from _table(audit.licenses, options, paint)
    detailed = (options.verbose or files <= _MOST_DETAILED) and not options.quiet
    for judgement in audit.licenses:
        yield from _judgement(judgement, detailed, options, paint)
    for incident in audit.incidents:
        where = f"{visible(incident.document)}: " if incident.document else ""
        yield ""
        yield f"{paint('not examined', 'magenta', 'bold')} {where}{visible(incident.message)}"
    if not options.quiet:
        yield ""
        yield _summary(audit, files, options, paint)


def license_of(file: LicenseFile) -> str:
    """One line for what a file is: its licences, or what is the matter with it."""
    text = file.text
    if text is None:
        return "could not be read"
    if file.accepted and file.review is not None:
        return f"{file.review.license or 'a text of its own'} (accepted)"
    names = [match.license or f"changed from {match.nearest}" for match in text.matches]
    if not names:
        names = [reference.expression for reference in text.references if reference.expression]
        return f"names {', '.join(dict.fromkeys(names))}" if names else "no known licence"
    joint = f" {text.choice} " if text.choice else ", "
    distinct = list(dict.fromkeys(names))
    more = f" and {len(distinct) - 4} more" if len(distinct) > 4 else ""
    beside = f" with the conditions of {', '.join(file.riders)}" if file.riders else ""
    return joint.join(distinct[:4]) + more + beside


def declared_of(subject: LicenseSubject) -> str:
    """What the metadata of a target declares, in one line; "" for none."""
    return ", ".join(dict.fromkeys(declared.expression or declared.written for declared in subject.declarations))


def _table(judgements: Iterable[LicenseJudgement], options: TextOptions, paint: Paint) -> Iterator[str]:
    rows: list[tuple[str, str, str]] = []
    for judgement in judgements:
        subject = judgement.subject
        declared = declared_of(subject)
        rows += [
            (_short(subject.document(file.path)), license_of(file), "" if file.bundled else declared)
            for file in subject.files
        ]
        if not subject.files:
            rows.append((subject.target, "no licence file", declared))
    second = min(max(len("licence"), *(width(row[1]) for row in rows)), options.columns * 3 // 5)
    third = min(max(len("declared"), *(width(row[2]) for row in rows)), options.columns // 4)
    first = max(20, min(max(width(row[0]) for row in rows), options.columns - second - third - 4))
    yield paint(f"{'file'.ljust(first)}  {'licence'.ljust(second)}  declared", "bold")
    for file, found, declared in rows:
        cells = (_front(file, first), clip(found, second), clip(declared, third))
        padded = [cell + " " * (room - width(cell)) for cell, room in zip(cells, (first, second, third), strict=True)]
        yield f"{padded[0]}  {paint(padded[1], _color(found))}  {padded[2]}".rstrip()


def _short(document: str) -> str:
    """A document's name without the parts that a reader of the table can do without."""
    return _FULL_ID.sub(lambda match: match[0][:12], document.removeprefix("https://"))


def _front(text: str, columns: int) -> str:
    """The end of a path that is too long: its name is there."""
    text = visible(text)
    return text if width(text) <= columns else "…" + text[-(columns - 1) :]


def _color(found: str) -> str:
    if found.startswith(("changed", "could", "no ")):
        return "red"
    doubtful = "changed from" in found or " with the conditions of " in found or found.startswith("names")
    return "yellow" if doubtful else "green"


def _judgement(judgement: LicenseJudgement, detailed: bool, options: TextOptions, paint: Paint) -> Iterator[str]:
    """Every file of a target: what is in it, if that is wanted, and what is wrong with it; then the metadata."""
    subject = judgement.subject
    findings: dict[str, list[Finding]] = {}
    for finding in judgement.findings:
        if finding.severity != "note" or options.notes or options.verbose:
            findings.setdefault(finding.place.document, []).append(finding)
    for file in subject.files:
        document = subject.document(file.path)
        details = list(_file(file, options, paint)) if detailed else []
        yield from _section(document, [*details, *_findings(findings.pop(document, []), options, paint)], paint)
    for document, found in findings.items():
        yield from _section(document, _findings(found, options, paint), paint)
    if detailed and subject.declarations:
        yield ""
        yield from (_declaration(declared, options, paint) for declared in subject.declarations)


def _section(document: str, lines: Iterable[str], paint: Paint) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield ""
        yield paint(visible(document), "bold")
        yield from lines


def _file(file: LicenseFile, options: TextOptions, paint: Paint) -> Iterator[str]:
    """What was read in one file."""
    if file.text is None:
        return
    for holder in file.text.copyrights[:_MOST_SHOWN]:
        yield f"  {_at(holder.lines, paint)}{clip(holder.statement, options.columns - 14)}"
    for reference in file.text.references[:_MOST_SHOWN]:
        meant = f" → {reference.expression}" if reference.expression not in (None, reference.written) else ""
        yield f"  {_at(reference.lines, paint)}{clip(reference.written + meant, options.columns - 14)}"
    for match in file.text.matches:
        yield from _match(match, options, paint)


def _declaration(declared: Declaration, options: TextOptions, paint: Paint) -> str:
    where = f"{declared.path}:{declared.line}" if declared.line else declared.path
    meant = declared.expression or f"{declared.written} ({declared.problem})"
    return clip(f"{where} declares {meant}", options.columns)


def _match(match: LicenseMatch, options: TextOptions, paint: Paint) -> Iterator[str]:
    name = match.license or f"changed from {match.nearest}"
    yield f"  {_at(match.lines, paint)}{paint(name, 'green' if match.license else 'red', 'bold')}"
    for clause in match.clauses:
        yield from _clause(clause, options, paint)
    for change in match.changes:
        yield from _change(change, options, paint)


def _clause(clause: Clause, options: TextOptions, paint: Paint) -> Iterator[str]:
    first, *rest = textwrap.wrap(clause.asks, max(30, options.columns - 34)) or [""]
    yield f"    {_at(clause.lines, paint)}{clip(clause.name, 18).ljust(18)}{visible(first)}"
    yield from (f"{' ' * 34}{visible(line)}" for line in rest)


def _change(change: TextChange, options: TextOptions, paint: Paint) -> Iterator[str]:
    sign, color = _SIGN[change.kind]
    said = {
        "added": f"“{change.found}”",
        "removed": f"“{change.expected}”",
        "replaced": f"“{change.found}” stands for “{change.expected}”",
    }[change.kind]
    first, *rest = textwrap.wrap(visible(said), max(30, options.columns - 18), break_long_words=False) or [""]
    yield f"    {_at(change.lines, paint)}{paint(f'{sign} {first}', color)}"
    yield from (f"{' ' * 18}{paint(line, color)}" for line in rest[:7])
    if len(rest) > 7:
        yield f"{' ' * 18}…"


def _at(lines: Lines, paint: Paint) -> str:
    where = f"L{lines.start}" if lines.start == lines.end else f"L{lines.start}-L{lines.end}"
    return paint(where.ljust(12), "dim")


def _findings(findings: list[Finding], options: TextOptions, paint: Paint) -> Iterator[str]:
    for index, finding in enumerate(findings):
        yield from _finding(finding, options, paint)
        if finding.remedy not in (later.remedy for later in findings[index + 1 :]):
            yield f"  {paint('→', 'green')} {clip(finding.remedy, options.columns * 4)}"


def _finding(finding: Finding, options: TextOptions, paint: Paint) -> Iterator[str]:
    label = f"{finding.severity}[{finding.rule}]"
    text = visible(f"{label} {finding.message}")
    first, *rest = textwrap.wrap(text, max(40, options.columns - 16), break_long_words=False, break_on_hyphens=False)
    where = _at(Lines(finding.place.line, finding.place.end_line), paint)
    yield f"  {where}{paint(label, *severity_style(finding.severity))}{first[len(label) :]}"
    yield from (f"{' ' * 14}{line}" for line in rest)


def _summary(audit: Audit, files: int, options: TextOptions, paint: Paint) -> str:
    counts = audit.severity_counts()
    found = ", ".join(plural(counts[severity], severity) for severity in ("error", "warning", "note"))
    if counts["note"] and not (options.notes or options.verbose):
        found += " (--verbose shows them)"
    incidents = f"; {paint(plural(len(audit.incidents), 'incident'), 'magenta')}" if audit.incidents else ""
    return f"{plural(files, 'licence file')} in {plural(len(audit.licenses), 'target')}: {found}{incidents}"
