"""Stage 6: findings' safe replacements are written into the report; every other byte stays.

Only text documents are mended: a PDF's text cannot be changed without drawing its pages anew.
"""

import bisect
import difflib
import html
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model import Edits, Judgement, Replacement, Span, StatementFact, StatementJudgement


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters of `span` become `text`."""

    span: Span
    text: str


def safe_edits(judgements: Iterable[Judgement | StatementJudgement]) -> list[Edit]:
    """The edits that the safe replacements of one document ask for, in order, none overlapping.

    Where two overlap the first one is made; half of a mend would be worse than none.
    """
    kept: list[Edit] = []
    for judgement in judgements:
        replacement = safe_replacement(judgement)
        if replacement is None:
            continue
        spans = _edits_of(judgement)
        edits = [Edit(span, replacement.text) for span in dict.fromkeys(spans.targets)]
        edits += [Edit(span, "") for span in dict.fromkeys(spans.removed)]
        if not any(_overlaps(kept, edit.span) for edit in edits):
            for edit in edits:
                bisect.insort(kept, edit, key=_start)
    return kept


def _start(edit: Edit) -> int:
    return edit.span.start


def _overlaps(edits: list[Edit], span: Span) -> bool:
    """Whether `span` overlaps one of the edits, which are in order."""
    after = bisect.bisect_left(edits, span.end, key=_start)
    return after > 0 and edits[after - 1].span.end > span.start


def _edits_of(judgement: Judgement | StatementJudgement) -> Edits:
    if isinstance(judgement, Judgement):
        return judgement.resolution.citation.edits
    return judgement.fact.statement.edits if isinstance(judgement.fact, StatementFact) else Edits()


def safe_replacement(judgement: Judgement | StatementJudgement) -> Replacement | None:
    """The replacement that may be written without asking; all findings of a citation share it."""
    return next((f.replacement for f in judgement.findings if f.replacement and f.replacement.safe), None)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. An ampersand stays a reference where one was written."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        written = text[edit.span.start : edit.span.end]
        parts.append(text[position : edit.span.start])
        parts.append(html.escape(edit.text, quote=False) if "&amp;" in written else edit.text)
        position = edit.span.end
    parts.append(text[position:])
    return "".join(parts)


def diff_texts(name: str, before: str, after: str) -> str:
    """A unified diff that `patch` and `git apply` accept."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
