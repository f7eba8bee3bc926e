"""A comment that is meant to accept a finding cannot be followed.

What it checks: comments in a document that begin with "auditor: ignore": that they name rules, that these rules exist,
that a reason is given, and that something follows that they could be about.

Why it matters: a comment that accepts nothing looks as if somebody had decided, and a decision without its reason
cannot be judged by the next reader.

How to fix: write `auditor: ignore RULE – reason`, as a comment of the document's format; `auditor explain` lists the
rules. The finding that it is about stays until the comment can be followed.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.aside import Pragma

ID = "waiver-malformed"


def check(pragma: Pragma) -> Iterator[Finding]:
    """Fires for a comment with a trouble."""
    if not pragma.trouble:
        return
    yield Finding(
        rule=ID,
        severity="error",
        message=f"this comment accepts nothing: {pragma.trouble}",
        place=pragma.place,
        remedy="write “auditor: ignore RULE – reason” as a comment before the text that it is about, or in its line",
        subject=f"{', '.join(pragma.rules)}:{pragma.trouble}",
    )
