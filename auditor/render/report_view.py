"""A written report and an audit as a reader goes through them; the words are the templates'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.licenses.clauses import is_notice
from auditor.model import Audit, Finding, Judgement, LicenseFile, LicenseSubject, Located, Place
from auditor.model.audit import ReferenceJudgement, Verdict
from auditor.model.document import DependencyPart, Step, WrittenReport
from auditor.model.obligation import Obligation, ShippingJudgement, Supply
from auditor.model.reference import CitedPlace, WrittenLines
from auditor.permalinks import file_link, render_link
from auditor.render.obligation_words import STATE_WORDS, State, lines_words

NO_REPOSITORY = "(no repository named)"
_RANKS = list(STATE_WORDS)


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of whatever kind, as a row of a table: where it stands, what it shows, whether that is so.

    `names` is what the author names there, "" for nothing; `permalink` is None where none is known.
    """

    place: Place
    repository: str
    shown: str
    names: str
    verdict: Verdict
    permalink: str | None


@dataclass(frozen=True, slots=True)
class CitedRepository:
    """A repository with all its citations, in the order of the documents."""

    name: str
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class OwedText:
    """A file with a licence or a notice, and its permalink."""

    path: str
    permalink: str | None


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """What goes along with the code of a dependency: its texts, its copyright lines, and how far that is done."""

    name: str
    license: str | None
    texts: tuple[OwedText, ...]
    copyrights: tuple[str, ...]
    state: State


def place_words(place: Place) -> str:
    """Where something stands. The form is no citation: a report that is checked again must not be read as one more."""
    return f"{place.document}, page {place.page}" if place.page else f"{place.document} L{place.line}"


def all_citations(audit: Audit, steps: Sequence[Step] = ()) -> tuple[Cited, ...]:
    """Every citation: written ones, those by name, and the proven or unproven frames that are not among them."""
    rows = [*map(_judged, audit.judgements), *map(_by_name, audit.references)]
    known = {row.permalink for row in rows}
    frames = (step for step in steps if step.owner and (step.permalink is None or step.permalink not in known))
    return (*rows, *map(_frame, frames))


def cited_repositories(citations: Sequence[Cited]) -> tuple[CitedRepository, ...]:
    """The citations by repository, in the order in which these come first."""
    by_name: dict[str, list[Cited]] = {}
    for row in citations:
        by_name.setdefault(row.repository, []).append(row)
    return tuple(CitedRepository(name, tuple(rows)) for name, rows in by_name.items())


def count_verdicts(citations: Sequence[Cited]) -> dict[Verdict, int]:
    """How many have each verdict, without those that none has; the best first."""
    order: tuple[Verdict, ...] = ("verified", "resolved", "mismatched", "broken", "unexamined")
    counts = {verdict: sum(row.verdict == verdict for row in citations) for verdict in order}
    return {verdict: count for verdict, count in counts.items() if count}


def pinned_parts(report: WrittenReport) -> tuple[DependencyPart, ...]:
    """The dependencies that were read at a commit."""
    return tuple(part for part in report.parts if part.pin)


def text_findings(audit: Audit) -> tuple[Finding, ...]:
    """The findings about what is written. Those about a shipment are told with its obligations, if it has any."""
    if audit.shipping is None or not audit.shipping.obligations:
        return audit.findings
    groups = [judgement.findings for judgement in audit.judgements]
    groups += [judgement.findings for judgement in audit.references]
    groups += [judgement.findings for judgement in audit.statements]
    groups += [judgement.findings for judgement in audit.licenses]
    return tuple(finding for group in groups for finding in group)


def loudness(audit: Audit, citations: Sequence[Cited]) -> Literal["good", "open", "bad"]:
    """How the result as a whole is to be announced: something is wrong, something is not known, or neither."""
    owed = audit.shipping.verdict_counts() if audit.shipping else {}
    verdicts = count_verdicts(citations)
    if audit.severity_counts()["error"] or owed.get("violated") or {"broken", "mismatched"} & set(verdicts):
        return "bad"
    return "open" if audit.incidents or owed.get("unexamined") or "unexamined" in verdicts else "good"


def notices_owed(shipping: ShippingJudgement) -> tuple[OwedNotice, ...]:
    """One for each dependency of which some artifact, or the project as it is passed on, must carry a notice."""
    states: dict[str, State] = {}
    for one in shipping.judgements:
        if isinstance(one.subject, Obligation) and one.subject.when in ("source", "binary"):
            state: State = "waived" if one.waived and not one.findings else one.subject.verdict
            known = states.get(one.name, "not-applicable")
            states[one.name] = min(known, state, key=_RANKS.index)
    return tuple(
        _owed(supply, states[supply.dependency.name])
        for supply in shipping.shipping.supplies
        if states.get(supply.dependency.name, "not-applicable") != "not-applicable"
    )


def _owed(supply: Supply, state: State) -> OwedNotice:
    subject = supply.subject
    files = [file for file in subject.files if not file.bundled] if subject else []
    texts = tuple(OwedText(file.path, _file_permalink(subject, file.path)) for file in files)
    found = [file.text.expression for file in files if file.text]
    copyrights = dict.fromkeys(line for file in files for line in _copyrights(file))
    license_ = " AND ".join(dict.fromkeys(one for one in found if one)) if found and all(found) else None
    return OwedNotice(supply.dependency.name, license_, texts, tuple(copyrights), state)


def _file_permalink(subject: LicenseSubject | None, path: str) -> str | None:
    if subject is None or subject.repository is None or subject.commit is None:
        return None
    link = file_link(subject.repository, subject.commit, path)
    return render_link(link) if link else None


def _copyrights(file: LicenseFile) -> Iterator[str]:
    text = file.text
    # The copyright lines in a text that is no notice are about that text.
    apart = [one.lines for one in text.matches if not is_notice(one)] if text else []
    for one in text.copyrights if text else ():
        if not any(lines.start <= one.lines.start <= lines.end for lines in apart):
            yield one.statement


def _judged(judgement: Judgement) -> Cited:
    citation, located = judgement.resolution.citation, judgement.resolution.place
    names = ", ".join(name.text for name in citation.names if name.sure)
    shown = _located_words(located) if located else citation.url or f"{citation.path or '?'}:{citation.start or '?'}"
    repository = judgement.resolution.repository or NO_REPOSITORY
    return Cited(citation.place, repository, shown, names, judgement.verdict, judgement.permalink)


def _located_words(located: Located) -> str:
    return f"{located.path or 'the whole commit'} {lines_words(located.lines)}".rstrip()


def _by_name(judgement: ReferenceJudgement) -> Cited:
    outcome = judgement.outcome
    if not isinstance(outcome, CitedPlace):
        verdict: Verdict = "unexamined" if outcome.sort == "unlooked" else "broken"
        return Cited(judgement.place, NO_REPOSITORY, outcome.reference.written, "", verdict, None)
    link, reference = outcome.link, outcome.reference
    shown = f"{link.path} {lines_words(outcome.lines)}".rstrip()
    name = outcome.clause or (outcome.symbol.name if outcome.symbol else "")
    # Numbers say nothing of what stands there; everything else was looked for and found.
    verdict = "resolved" if isinstance(reference.spot, WrittenLines) or not outcome.lines else "verified"
    return Cited(judgement.place, link.repository_url, shown, name, verdict, outcome.permalink)


def _frame(step: Step) -> Cited:
    excerpt = step.excerpt
    where = f"{step.file} L{step.line}" if step.line else step.file
    repository = excerpt.repository if excerpt else step.owner or NO_REPOSITORY
    shown = f"{excerpt.path} L{step.line}" if excerpt and step.line else where
    return Cited(
        step.place, repository, shown, step.function, "verified" if step.permalink else "unexamined", step.permalink
    )
