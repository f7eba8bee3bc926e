"""The commit exists, but no branch or tag of the repository contains it.

What it checks: whether the commit is reachable from the repository's branches and tags.

Why it matters: hosts serve the commits of every fork under the parent's name, so such a link can show code that the
project never accepted (an "impostor commit"); the harmless form is a pull request that was squashed, or
a branch that was force-pushed. Either way the commit may be deleted at any time.

How to fix: cite the commit by which the code entered a branch.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "foreign-commit"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires only when the history was looked at and does not hold the commit."""
    revision = resolution.revision
    if revision is not None and revision.reachable is False:
        message = f"no branch or tag of {resolution.repository} contains commit {revision.commit[:12]}"
        remedy = "cite a commit of the repository's own history; this one is a fork's, a pull request's, or was dropped"
        yield finding(ID, "warning", resolution, message, remedy)
