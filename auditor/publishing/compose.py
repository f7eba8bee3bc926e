"""An audit as a publication: what is marked at which lines, what the conclusion is, what people are told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.model import SEVERITIES, Audit, Finding, Severity
from auditor.model.publication import Annotation, Conclusion, Level, Publication, Suggestion
from auditor.publishing.comment import comment_text, resolved_text
from auditor.publishing.suggest import mendable, suggestions_for

# 20 requests of 50. GitHub allows 80 writes in a minute, and nobody reads more marks than that.
MOST_ANNOTATIONS = 1_000
_LEVELS: dict[Severity, Level] = {"error": "failure", "warning": "warning", "note": "notice"}
_MOST_RELATED = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """How the audit is to be shown. `name` tells several audits of one commit apart.

    `path_of` gives a document's path from the root of the repository, None when it is no file there. `texts` are the
    documents, by name, that suggestions may be made for: text in UTF-8. `summary` is the whole result in Markdown,
    `sarif` the same as SARIF, None to upload none.
    """

    name: str
    path_of: Callable[[str], str | None]
    summary: str
    texts: Mapping[str, str] = field(default_factory=dict)
    sarif: str | None = None
    comment: bool = True


def compose_publication(audit: Audit, failing: bool, shown: Shown) -> Publication:
    """The publication of an audit; `failing` says whether its findings are bad enough to stop a change.

    A comment is made of errors and warnings; notes alone are not worth one.
    """
    title = title_of(audit)
    annotations = tuple(_annotations(audit, shown))
    summary = shown.summary
    if len(annotations) > MOST_ANNOTATIONS:
        summary = f"{MOST_ANNOTATIONS} of {len(annotations)} findings are marked in the files.\n\n{summary}"
    told = [finding for finding in audit.findings if finding.severity != "note"]
    clean = not told and not audit.incidents
    return Publication(
        name=shown.name,
        conclusion=conclusion_of(audit, failing),
        title=title,
        summary=summary,
        annotations=annotations[:MOST_ANNOTATIONS],
        comment=comment_text(shown.name, title, told, audit.incidents) if told and shown.comment else None,
        resolved=resolved_text(shown.name) if clean and shown.comment else None,
        suggestions=tuple(_suggestions(audit, shown)),
        sarif=shown.sarif,
    )


def conclusion_of(audit: Audit, failing: bool) -> Conclusion:
    """The word that a merge waits for. What could not be looked at is never success.

    It is not "neutral" either, which a required check takes for success (GitHub's documentation, "About
    protected branches"); that is for errors that the user has chosen to let pass.
    """
    if failing:
        return "failure"
    if audit.incidents:
        return "action_required"
    return "neutral" if audit.severity_counts()["error"] else "success"


def title_of(audit: Audit) -> str:
    """How much was found, in one line."""
    counts = [(number, word) for word, number in audit.severity_counts().items() if number]
    said = ", ".join(_count(number, word) for number, word in counts) or "nothing found"
    return f"{said}; {_count(len(audit.incidents), 'thing')} not examined" if audit.incidents else said


def _annotations(audit: Audit, shown: Shown) -> Iterator[Annotation]:
    """The findings in files of the repository, the worst first, then in the order of the documents."""
    for finding in sorted(audit.findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        path = shown.path_of(finding.place.document)
        if path is not None:
            yield _annotation(finding, path)


def _annotation(finding: Finding, path: str) -> Annotation:
    place = finding.place
    related = [f"{near.message}: {near.url}" for near in finding.related[:_MOST_RELATED]]
    message = f"{finding.message}\n{finding.remedy}" if finding.remedy else finding.message
    level, details = _LEVELS[finding.severity], "\n".join(related)
    if place.page is not None:  # the lines of a PDF are those of its text: no viewer of the file knows them
        return Annotation(path, 1, 1, level, f"{finding.rule}, page {place.page}", message, details=details)
    start, end = max(1, place.line), max(1, place.line, place.end_line)
    first, last = (place.column, max(place.column, place.end_column)) if place.column > 0 else (None, None)
    return Annotation(path, start, end, level, finding.rule, message, first, last, details)


def _suggestions(audit: Audit, shown: Shown) -> Iterator[Suggestion]:
    judgements = mendable(audit)
    for document, text in shown.texts.items():
        path = shown.path_of(document)
        if path is not None:
            yield from suggestions_for(judgements.get(document, ()), path, text)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
