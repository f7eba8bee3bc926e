"""The result for a person at a terminal: what is wrong, where, what stands there, what to do."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.model import (
    VERDICTS,
    Audit,
    Finding,
    Judgement,
    Located,
    Severity,
    StatementJudgement,
    Unlooked,
    Unstated,
)
from auditor.render.aside import aside_lines
from auditor.render.terminal import Paint, clip, visible, width

_SHOWN_LINES = 6
_LONGEST_URL = 2000  # characters; what browsers and servers take at most, by custom
_GUTTER = "      "
_SEVERITY_STYLE: dict[Severity, tuple[str, ...]] = {
    "error": ("red", "bold"),
    "warning": ("yellow", "bold"),
    "note": ("blue",),
}
_VERDICT_STYLE = {
    "verified": ("green",),
    "resolved": ("green",),
    "mismatched": ("yellow",),
    "broken": ("red",),
    "unexamined": ("magenta",),
}


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How much to show, in which width (columns), and whether in colour.

    `quiet` leaves out the summary, `verbose` shows the citations that are right too; without `notes`
    citations about which there are only notes are counted, but not shown.
    """

    columns: int = 100
    color: bool = False
    quiet: bool = False
    verbose: bool = False
    notes: bool = False


def render_text(audit: Audit, options: TextOptions) -> Iterator[str]:
    """The lines of the result, without line ends."""
    paint = Paint(options.color)
    document = None
    for judgement in judgements_by_place(audit):
        if not _is_shown(judgement, options):
            continue
        if judgement.place.document != document:
            if document is not None:
                yield ""
            document = judgement.place.document
            yield paint(visible(document), "bold")
        if isinstance(judgement, StatementJudgement):
            yield from _statement(judgement, options, paint)
        else:
            yield from _judgement(judgement, options, paint)
    yield from _remarks(audit.set_aside.told, options, paint)
    yield from _incidents(audit, options, paint)
    if not options.quiet:
        if document is not None or audit.incidents or audit.set_aside.told:
            yield ""
        yield from _table(audit, paint, options.columns)
        yield _summary(audit, options, paint)
        yield from aside_lines(audit.set_aside)


def judgements_by_place(audit: Audit) -> list[Judgement | StatementJudgement]:
    """Citations and statements in the order of the documents, each document from top to bottom."""
    order = {report.document: index for index, report in enumerate(audit.reports)}

    def position(judgement: Judgement | StatementJudgement) -> tuple[int, int, int, int]:
        place = judgement.place
        return order.get(place.document, len(order)), place.page or 0, place.line, place.column

    return sorted((*audit.judgements, *audit.statements), key=position) if audit.statements else [*audit.judgements]


def _statement(judgement: StatementJudgement, options: TextOptions, paint: Paint) -> Iterator[str]:
    place, fact = judgement.place, judgement.fact
    where = f"page {place.page}" if place.page else f"{place.line}:{place.column}"
    if isinstance(fact, Unstated):
        said = f"nothing is said about the licence of {fact.repository}"
    else:
        about = f" of {fact.statement.repository}" if fact.statement.repository else ""
        verb = "quoted" if fact.statement.kind == "quote" else "stated"
        said = f"licence{about} {verb}: {' '.join(fact.statement.written.split())}"
    yield ""
    yield f"  {paint(where, 'bold')}  {clip(said, options.columns - 14)}"
    yield from _findings(judgement.findings, options, paint)


def _is_shown(judgement: Judgement | StatementJudgement, options: TextOptions) -> bool:
    telling = judgement.findings if options.notes else [f for f in judgement.findings if f.severity != "note"]
    return options.verbose or bool(telling)


def _judgement(judgement: Judgement, options: TextOptions, paint: Paint) -> Iterator[str]:
    citation = judgement.resolution.citation
    place = citation.place
    where = f"page {place.page}" if place.page else f"{place.line}:{place.column}"
    names = ", ".join(name.text for name in citation.names if name.sure)
    about = f"  about {visible(names)}" if names else ""
    verdict = paint(judgement.verdict, *_VERDICT_STYLE[judgement.verdict])
    yield ""
    yield f"  {paint(where, 'bold')}  {verdict}{paint(clip(about, options.columns - 30), 'dim')}"
    if citation.excerpt.strip("[… ]"):
        yield f"{_GUTTER}{paint(clip(citation.excerpt, options.columns - 6), 'dim')}"
    if citation.url:
        yield f"{_GUTTER}{clip(citation.url, _LONGEST_URL)}"  # whole: the mistake may be at its end
    yield from _lines(judgement, options, paint)
    yield from _findings(judgement.findings, options, paint)
    if options.verbose and not judgement.findings and judgement.permalink:
        yield f"{_GUTTER}{paint(clip(judgement.permalink, options.columns - 6), 'dim')}"


def _lines(judgement: Judgement, options: TextOptions, paint: Paint) -> Iterator[str]:
    """The cited lines at the pin, numbered."""
    located = judgement.resolution.place
    if located is None:
        return
    head = f"{located.path or '(the whole commit)'} at {located.commit[:12]}"
    if located.symbol is not None:
        head += f", in {located.symbol.name}"
    if located.lines is not None and located.language is None:
        head += " (lines only: no grammar for this file)"
    yield f"{_GUTTER}{paint(clip(head, options.columns - 6), 'cyan')}"
    if located.lines is None:
        if located.content not in ("text", "commit", "directory"):
            yield f"{_GUTTER}{paint(_unread(located), 'dim')}"
        return
    count = located.lines.end - located.lines.start + 1
    for offset, line in enumerate(located.excerpt[:_SHOWN_LINES]):
        number = paint(f"{located.lines.start + offset:>6} │ ", "dim")
        yield f"{_GUTTER}{number}{clip(line, options.columns - 15)}"
    if count > _SHOWN_LINES:
        yield f"{_GUTTER}{paint(f'     … {count - _SHOWN_LINES} more lines', 'dim')}"


def _unread(located: Located) -> str:
    return {
        "binary": "a binary file has no lines to judge",
        "lfs-pointer": "a large-file pointer: the content is not in the repository",
        "too-large": "the file is over the size limit; its lines were not judged",
        "submodule": "a submodule: another repository",
    }.get(located.content, located.content)


def _findings(findings: Iterable[Finding], options: TextOptions, paint: Paint) -> Iterator[str]:
    """Every finding; a remedy that several share is said once, at the end."""
    findings = tuple(findings)
    for index, finding in enumerate(findings):
        label = f"{finding.severity}[{finding.rule}]"
        first, *rest = _wrapped(f"{label} {clip(finding.message, _LONGEST_URL)}", options.columns)
        yield _GUTTER + paint(label, *_SEVERITY_STYLE[finding.severity]) + first[len(label) :]
        yield from (f"{_GUTTER}  {line}" for line in rest)
        if finding.remedy not in (later.remedy for later in findings[index + 1 :]):
            yield from _remedy(finding.remedy, options, paint)


def _remedy(remedy: str, options: TextOptions, paint: Paint) -> Iterator[str]:
    """What to do; a URL in it stays whole and on its line, so that it can be copied."""
    text = clip(remedy, _LONGEST_URL)
    first, *rest = [text] if "://" in text else _wrapped(text, options.columns - 2)
    yield f"{_GUTTER}{paint('→', 'green')} {first}"
    yield from (f"{_GUTTER}  {line}" for line in rest)


def _wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of whole words; a word that is longer than a line, as a URL, stays whole."""
    return textwrap.wrap(text, max(40, columns - 8), break_long_words=False, break_on_hyphens=False)


def _remarks(findings: Iterable[Finding], options: TextOptions, paint: Paint) -> Iterator[str]:
    """Findings about the comments that accept others."""
    for finding in findings:
        yield ""
        yield paint(f"{visible(finding.place.document)}:{finding.place.line}", "bold")
        yield from _findings((finding,), options, paint)


def _incidents(audit: Audit, options: TextOptions, paint: Paint) -> Iterator[str]:
    for incident in audit.incidents:
        where = f"{visible(incident.document)}" if incident.document else ""
        where += f":{incident.line}" if incident.line else ""
        yield ""
        yield f"{paint('not examined', 'magenta', 'bold')} {where + ': ' if where else ''}{visible(incident.message)}"


def _table(audit: Audit, paint: Paint, columns: int) -> Iterator[str]:
    """A row per repository: how many citations have which verdict."""
    rows: dict[str, dict[str, int]] = {}
    for judgement in audit.judgements:
        resolution = judgement.resolution
        quiet = isinstance(resolution.target, Unlooked) and not resolution.target.incident
        repository = "(no repository named)" if quiet else (resolution.repository or "(no repository named)")
        row = rows.setdefault(repository, dict.fromkeys(VERDICTS, 0))
        row[judgement.verdict] += 1
    if not rows:
        return
    room = max(20, columns - 2 - sum(len(verdict) + 2 for verdict in VERDICTS))
    names = {name: clip(name.removeprefix("https://"), room) for name in rows}
    first = max(len("repository"), *(width(name) for name in names.values()))
    yield paint("  ".join(["repository".ljust(first), *VERDICTS]), "bold")
    for name, row in sorted(rows.items()):
        cells = [_cell(row[verdict], verdict, paint) for verdict in VERDICTS]
        yield "  ".join([names[name] + " " * (first - width(names[name])), *cells])
    yield ""


def _cell(count: int, verdict: str, paint: Paint) -> str:
    text = (str(count) if count else "·").rjust(len(verdict))
    return paint(text, *(_VERDICT_STYLE[verdict] if count else ("dim",)))


def _summary(audit: Audit, options: TextOptions, paint: Paint) -> str:
    reports = len(audit.reports)
    citations = len(audit.judgements)
    severities = audit.severity_counts()
    counted = ", ".join(plural(severities[severity], severity) for severity in ("error", "warning", "note"))
    if severities["note"] and not (options.notes or options.verbose):
        counted += " (--verbose shows them)"
    fixed = {report.document for report in audit.reports if report.format != "pdf"}
    fixable = sum(
        any(finding.replacement and finding.replacement.safe for finding in judgement.findings)
        for judgement in judgements_by_place(audit)
        if judgement.place.document in fixed
    )
    fix = f"; --fix mends {plural(fixable, 'place')}" if fixable else ""
    incidents = f"; {paint(plural(len(audit.incidents), 'incident'), 'magenta')}" if audit.incidents else ""
    return f"{plural(citations, 'citation')} in {plural(reports, 'report')}: {counted}{fix}{incidents}"


def severity_style(severity: Severity) -> tuple[str, ...]:
    """The colours of a severity."""
    return _SEVERITY_STYLE[severity]


def plural(count: int, noun: str) -> str:
    """A count and its noun: "1 error", "2 errors"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
