"""The file is shorter than the cited lines.

What it checks: the first and the last cited line against the number of lines of the file at the commit.

Why it matters: a host opens such a link without complaint, at the top or the end of the file.

How to fix: cite the lines that were meant; where the report names a function that the file defines once, the
replacement has its line.
"""

from collections.abc import Iterator

from auditor.model import Finding, Missing, Resolution
from auditor.rules.base import finding

ID = "line-out-of-range"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when the lines are what is missing."""
    target = resolution.target
    if isinstance(target, Missing) and target.what == "lines":
        remedy = None if resolution.repair else f"cite a line from 1 to {target.line_count}"
        yield finding(ID, "error", resolution, target.detail, remedy)
