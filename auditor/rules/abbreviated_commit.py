"""The commit id is written with fewer than 40 digits.

What it checks: the number of hexadecimal digits of the revision.

Why it matters: what is unique today may be ambiguous tomorrow, git cannot fetch by an abbreviation, and
an id that lost digits on the way through a PDF or a word processor looks the same.

How to fix: write the full id; the replacement has it.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "abbreviated-commit"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when the revision was found as the beginning of exactly one commit id."""
    revision = resolution.revision
    if revision is not None and revision.kind == "abbreviation":
        message = f"the commit id has {len(revision.written)} of {len(revision.commit)} digits"
        yield finding(ID, "warning", resolution, message, None if resolution.repair else f"write {revision.commit}")
