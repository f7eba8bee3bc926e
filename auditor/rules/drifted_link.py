"""A branch link shows other lines today than when it was written.

What it checks: for a link by branch name in a report whose date is known, the cited lines at the branch's commit of
that date against the same lines today.

Why it matters: the reader follows the link and sees unrelated code; the report was right once.

How to fix: write the permalink of the day it was written; the replacement has it.
"""

from collections.abc import Iterator

from auditor.model import Drift, Finding, Resolution
from auditor.rules.base import finding

ID = "drifted-link"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when the lines differ today, wherever they went."""
    drift, revision = resolution.drift, resolution.revision
    if drift is not None and revision is not None:
        message = f"the lines have changed since {(revision.as_of or '')[:10]}: {_what(drift)}"
        yield finding(ID, "warning", resolution, message, None if resolution.repair else "cite a full commit id")


def _what(drift: Drift) -> str:
    then = f"then “{_cut(drift.then)}”"
    if drift.state == "path-gone":
        return f"{then}, the path is gone today"
    if drift.state == "past-end":
        return f"{then}, past the end of the file today"
    moved = f" (it moved to line {drift.at.start})" if drift.at else ""
    return f"{then}, today “{_cut(drift.now)}”{moved}" if drift.now else f"{then}, blank today{moved}"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
