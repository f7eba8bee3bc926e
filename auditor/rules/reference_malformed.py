"""Double brackets were meant as a reference to code, and cannot be read as one.

What it checks: the form of every `[[DEPENDENCY:PATH::TARGET]]` in the author's prose: that it is closed on its line,
names a dependency and a file, and that its quotation marks, numbers and lines are as docs/references.md has them.

Why it matters: the reader would see the brackets instead of a link.

How to fix: write it as the message says; brackets that are no reference belong into a code span, or behind a backslash.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.reference import Outcome, Unresolved

ID = "reference-malformed"


def check(outcome: Outcome) -> Iterator[Finding]:
    """Fires for every reference that could not be read."""
    if not isinstance(outcome, Unresolved) or outcome.sort != "malformed":
        return
    yield Finding(
        rule=ID,
        severity="error",
        message=f"{outcome.detail} ({outcome.reference.written})",
        place=outcome.reference.place,
        remedy=outcome.remedy,
        subject=outcome.reference.written,
    )
