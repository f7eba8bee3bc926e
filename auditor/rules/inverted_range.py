"""The range ends before it starts.

What it checks: `#L20-L10`.

Why it matters: some hosts turn it round, others highlight nothing.

How to fix: write the smaller line first; `auditor check --fix` does.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "inverted-range"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires on the written anchor, whatever the file holds."""
    link = resolution.citation.link
    if link is not None and link.anchor is not None and link.anchor.inverted:
        message = f"the range runs backwards, from line {link.anchor.start} to {link.anchor.last}"
        yield finding(ID, "warning", resolution, message, None if resolution.repair else "swap the two lines")
