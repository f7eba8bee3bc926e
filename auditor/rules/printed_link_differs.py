"""The URL that a reader sees is not the one that the link opens.

What it checks: link text, or the text printed under a PDF link, that is itself a URL, against the target.

Why it matters: readers on paper go to other lines than readers on screen; one of the two is wrong.

How to fix: make the two the same. Both are verified as citations of their own.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "printed-link-differs"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires on the target, naming what is printed."""
    citation = resolution.citation
    if citation.printed is not None:
        message = f"the link opens {citation.url}, but {citation.printed} is printed"
        yield finding(ID, "warning", resolution, message, "make the printed URL and the target the same")
