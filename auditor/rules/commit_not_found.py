"""The commit, branch or tag does not exist in the repository.

What it checks: whether the revision is an object or a name of the repository.

Why it matters: The host shows a page not found. Often one digit was lost, or a branch was renamed or deleted.

How to fix: Take the replacement, if the report's other links cite a commit that differs by a digit or two; else
cite a commit that exists.
"""

from collections.abc import Iterator

from auditor.model import Finding, Missing, Resolution
from auditor.rules.base import finding

ID = "commit-not-found"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when that is what is missing."""
    target = resolution.target
    if isinstance(target, Missing) and target.what == "commit":
        yield finding(ID, "error", resolution, target.detail)
