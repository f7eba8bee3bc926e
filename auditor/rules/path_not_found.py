"""The path does not exist at the cited commit.

What it checks: whether the commit's tree holds the path as a file (or as a directory, when no lines are cited).

Why it matters: the host shows a page not found.

How to fix: take the replacement. Candidates are looked for in this order: slashes too many, upper and lower
case, at most two letters off (`.pv` for `.py`), the same file in another folder, a misspelt file name.
A replacement is safe only when one candidate exists at the commit and holds the cited lines.
"""

from collections.abc import Iterator

from auditor.model import Finding, Missing, Resolution
from auditor.rules.base import finding

ID = "path-not-found"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when the path is what is missing; names what comes near."""
    target = resolution.target
    if not isinstance(target, Missing) or target.what != "path":
        return
    near = f"; near it: {', '.join(target.near)}" if target.near else ""
    remedy = None if resolution.repair else "look the path up at the cited commit" + near
    yield finding(ID, "error", resolution, target.detail, remedy)
