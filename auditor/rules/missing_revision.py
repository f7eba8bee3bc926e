"""The link names a repository and a file, but no commit.

What it checks: `https://github.com/OWNER/NAME/serving.py#L97`, where `/blob/COMMIT/` should stand
between the repository and the path.

Why it matters: the host has no such page.

How to fix: if the report's other links cite one commit of the repository and the file exists there, the
replacement says so; else open the file on the host and press `y` for its permalink.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "missing-revision"


def check(resolution: Resolution) -> Iterator[Finding]:
    """The defect was seen by the grammar; the repair comes from the report's neighbouring links."""
    if any(defect.kind == "missing-revision" for defect in resolution.citation.defects):
        yield finding(ID, "error", resolution, "the link names no commit: /blob/COMMIT/ is missing")
