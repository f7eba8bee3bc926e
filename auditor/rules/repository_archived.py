"""The host says that nobody works on this repository any more.

What it checks: whether the host shows the repository as archived. It is asked only when there is a token for it.

Why it matters: what is cited stays as it is, with its mistakes; questions and reports find nobody.

How to fix: nothing need be done; where a successor exists, cite that.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "repository-archived"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires once per citation of an archived repository."""
    if resolution.hosted is not None and resolution.hosted.archived:
        message = f"{resolution.repository} is archived: its owners only let it be read"
        yield finding(ID, "note", resolution, message, "see whether it has a successor")
