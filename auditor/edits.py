"""What a repair changes in a document: characters that become other ones, every other byte stays."""

import html
from dataclasses import dataclass

from auditor.model import Edits, Judgement, Replacement, Span, StatementFact, StatementJudgement


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters of `span` become `text`."""

    span: Span
    text: str


def edits_of(subject: Judgement | StatementJudgement, replacement: Replacement) -> list[Edit]:
    """The edits that put a replacement in the place of what was judged; none where it is not known how."""
    spans = _spans_of(subject)
    edits = [Edit(span, replacement.text) for span in dict.fromkeys(spans.targets)]
    return edits + [Edit(span, "") for span in dict.fromkeys(spans.removed)]


def inserted_text(edit: Edit, document: str) -> str:
    """The text as it must be written in the document: an ampersand stays a reference where one was written."""
    written = document[edit.span.start : edit.span.end]
    return html.escape(edit.text, quote=False) if "&amp;" in written else edit.text


def _spans_of(subject: Judgement | StatementJudgement) -> Edits:
    if isinstance(subject, Judgement):
        return subject.resolution.citation.edits
    return subject.fact.statement.edits if isinstance(subject.fact, StatementFact) else Edits()
