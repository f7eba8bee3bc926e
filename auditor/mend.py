"""Stage 6: findings' safe replacements are written into the report; every other byte stays.

Only text documents are mended: a PDF's text cannot be changed without drawing its pages anew.
"""

import bisect
import difflib
from collections.abc import Iterable

from auditor.edits import Edit, edits_of, inserted_text
from auditor.model import Judgement, Replacement, Span, StatementJudgement

__all__ = ["Edit", "apply_edits", "diff_texts", "safe_edits", "safe_replacement"]


def safe_edits(judgements: Iterable[Judgement | StatementJudgement]) -> list[Edit]:
    """The edits that the safe replacements of one document ask for, in order, none overlapping.

    Where two overlap the first one is made; half of a mend would be worse than none.
    """
    kept: list[Edit] = []
    for judgement in judgements:
        replacement = safe_replacement(judgement)
        if replacement is None:
            continue
        edits = edits_of(judgement, replacement)
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


def safe_replacement(judgement: Judgement | StatementJudgement) -> Replacement | None:
    """The replacement that may be written without asking; all findings of a citation share it."""
    return next((f.replacement for f in judgement.findings if f.replacement and f.replacement.safe), None)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. An ampersand stays a reference where one was written."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += [text[position : edit.span.start], inserted_text(edit, text)]
        position = edit.span.end
    parts.append(text[position:])
    return "".join(parts)


def diff_texts(name: str, before: str, after: str) -> str:
    """A unified diff that `patch` and `git apply` accept."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
