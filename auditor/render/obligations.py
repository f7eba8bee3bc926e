"""What is owed for what is shipped, for a person at a terminal: a table per artifact, then what is about none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from auditor.model import SEVERITIES, Audit, Finding
from auditor.model.obligation import ShippingJudgement, StaleNotice
from auditor.render.aside import aside_lines
from auditor.render.obligation_rows import STATE_STYLE, show_group, show_rows, told, wrapped
from auditor.render.obligation_view import Section, sections_of, source_findings, stale_notices, summarise
from auditor.render.obligation_words import STATE_WORDS, State, artifact_words, fate_words, lines_words, waiver_words
from auditor.render.terminal import Paint, visible
from auditor.render.text import TextOptions, plural, severity_style

_MOST_UNLOOKED = 6  # files of an artifact, or incidents, without --verbose
_WAIVER_STATES: Mapping[str, State] = MappingProxyType(
    {"used": "waived", "unused": "review", "expired": "violated", "unknown": "unexamined"}
)


def render_obligations(audit: Audit, options: TextOptions) -> Iterator[str]:
    """The lines of the result, without line ends."""
    paint = Paint(options.color)
    shipping = audit.shipping
    if shipping is not None:
        for section in sections_of(shipping):
            yield from _section(section, options, paint)
        yield from _findings("licences of the dependencies", source_findings(shipping), options, paint)
        yield from _stale(shipping, options, paint)
        yield from _findings("the manifest", shipping.findings, options, paint)
        if not options.quiet:
            yield from _waivers(shipping, options, paint)
    yield from _incidents(audit, options, paint)
    if shipping is not None and not options.quiet:
        yield from wrapped(summarise(shipping), 0, options)
        yield from wrapped(_counts(audit, shipping, options), 0, options)
        yield from aside_lines(audit.set_aside)


def _section(section: Section, options: TextOptions, paint: Paint) -> Iterator[str]:
    """An artifact: its dependencies with what is open, those alike put together, and what to do about it."""
    rows = [row for row in (section.rows if options.verbose else section.singles) if row.is_open or not options.quiet]
    groups = [group for group in section.groups if group[0].is_open or not options.quiet]
    groups = [] if options.verbose else groups
    if options.quiet and not section.is_open:
        return
    yield paint(visible(artifact_words(section.artifact)), "bold")
    yield from show_rows(rows, section.form, options, paint)
    for group in groups:
        yield from show_group(group, options, paint)
    yield from _unread(section.unread, options, paint)
    if section.spared and not (options.quiet or options.verbose):
        asked = f"{plural(section.spared, 'clause')} that ask{'s' * (section.spared == 1)} nothing here"
        yield from told("not-applicable", f"{asked} (--verbose shows them)", options, paint)
    yield from _remedies((finding for row in section.rows for finding in row.findings), options, paint)
    yield ""


def _unread(troubles: Sequence[str], options: TextOptions, paint: Paint) -> Iterator[str]:
    shown = troubles if options.verbose else troubles[:_MOST_UNLOOKED]
    for trouble in shown:
        yield from told("unexamined", f"could not be read: {trouble}", options, paint)
    if len(shown) < len(troubles):
        more = f"{len(troubles) - len(shown)} more could not be read (--verbose shows them)"
        yield from told("unexamined", more, options, paint)


def _findings(title: str, findings: Sequence[Finding], options: TextOptions, paint: Paint) -> Iterator[str]:
    """Findings that are about no obligation, each with its place."""
    shown = [one for one in findings if one.severity != "note" or options.notes or options.verbose]
    if not shown:
        return
    yield paint(title, "bold")
    last = {finding.remedy: finding for finding in shown}  # a remedy that several share is said once, at the end
    for finding in shown:
        where = f"{finding.place.document}:{finding.place.line}"
        yield from _labelled(finding, f"{where}: {finding.message}", options, paint)
        if last[finding.remedy] is finding:
            yield from _remedies([finding], options, paint)
    yield ""


def _remedies(findings: Iterable[Finding], options: TextOptions, paint: Paint) -> Iterator[str]:
    """What to do, each once, with the rules that it serves."""
    rules: dict[str, dict[str, None]] = {}
    for finding in findings:
        rules.setdefault(finding.remedy, {})[finding.rule] = None
    for remedy, of in rules.items():
        first, *rest = wrapped(f"{', '.join(of)}: {remedy}", 4, options)
        yield f"  {paint('→', 'green')} {first.lstrip()}"
        yield from rest


def _labelled(finding: Finding | None, text: str, options: TextOptions, paint: Paint) -> Iterator[str]:
    """A text after the label of its finding; None: that was waived."""
    label = f"{finding.severity}[{finding.rule}]" if finding else STATE_WORDS["waived"]
    style = severity_style(finding.severity) if finding else STATE_STYLE["waived"]
    first, *rest = wrapped(f"{label} {text}", 6, options)
    yield f"  {paint(label, *style)}{first.lstrip()[len(label) :]}"
    yield from rest


def _stale(shipping: ShippingJudgement, options: TextOptions, paint: Paint) -> Iterator[str]:
    judgements = stale_notices(shipping)
    if not judgements:
        return
    yield paint("notices on what is not carried", "bold")
    for judgement in judgements:
        notice = judgement.subject
        if isinstance(notice, StaleNotice):
            where = f"{notice.path} {lines_words(notice.lines)} in {notice.artifact}"
            yield from _labelled(next(iter(judgement.findings), None), f"{notice.name}: {where}", options, paint)
    yield from _remedies((finding for one in judgements for finding in one.findings), options, paint)
    yield ""


def _waivers(shipping: ShippingJudgement, options: TextOptions, paint: Paint) -> Iterator[str]:
    """Every waiver with what became of it; with `verbose` what it accepts."""
    if not shipping.waivers:
        return
    yield paint("waivers", "bold")
    for fact in shipping.waivers:
        text = f"{waiver_words(fact.waiver)} ({fate_words(fact, shipping)})"
        yield from told(_WAIVER_STATES[fact.state], text, options, paint, fact.state)
        accepted = (one.finding.message for one in shipping.accepted if one.waiver is fact.waiver)
        for message in accepted if options.verbose else ():
            yield from told("waived", message, options, paint, " ")
    yield ""


def _incidents(audit: Audit, options: TextOptions, paint: Paint) -> Iterator[str]:
    """What could not be looked at; many of them are mostly parts of one artifact, which its table names."""
    shown = audit.incidents if options.verbose else audit.incidents[:_MOST_UNLOOKED]
    for incident in shown:
        where = f"{incident.document}{f':{incident.line}' if incident.line else ''}" if incident.document else ""
        yield f"{paint(STATE_WORDS['unexamined'], *STATE_STYLE['unexamined'])} {visible(where)}".rstrip()
        yield from wrapped(incident.message, 4, options)
    if len(shown) < len(audit.incidents):
        yield f"    … {len(audit.incidents) - len(shown)} more were not examined (--verbose shows them)"
    if shown:
        yield ""


def _counts(audit: Audit, shipping: ShippingJudgement, options: TextOptions) -> str:
    """The findings, those that were waived among them."""
    counts = audit.severity_counts()
    found = ", ".join(plural(counts[severity], severity) for severity in SEVERITIES)
    hidden = " (--verbose shows them)" if counts["note"] and not (options.notes or options.verbose) else ""
    incidents = f"; {plural(len(audit.incidents), 'incident')}" if audit.incidents else ""
    return f"{found}{hidden}; {len(shipping.accepted)} waived{incidents}"
