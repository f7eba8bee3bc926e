"""The host sends requests for this repository to another address.

What it checks: whether the host redirected the fetch.

Why it matters: the redirect ends when somebody takes the old name.

How to fix: write the new address.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "repository-moved"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires once per citation of a moved repository."""
    if resolution.moved_to:
        message = f"{resolution.repository} has moved to {resolution.moved_to}"
        yield finding(ID, "note", resolution, message, f"cite {resolution.moved_to}")
