"""The repository does not exist.

What it checks: the host says that there is no such repository.

Why it matters: A renamed repository is usually redirected; one that is gone is not, and nobody can check the claim.

How to fix: Find the repository's new home, or archive the code that you cite.
"""

from collections.abc import Iterator

from auditor.model import Finding, Missing, Resolution
from auditor.rules.base import finding

ID = "repository-not-found"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when that is what is missing."""
    target = resolution.target
    if isinstance(target, Missing) and target.what == "repository":
        yield finding(ID, "error", resolution, target.detail)
