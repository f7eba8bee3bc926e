"""A stack frame, or a path with a line, without a link.

What it checks: frames such as `run_wsgi, serving.py:335` and mentions such as `src/app.py:12` that no link stands with.

Why it matters: without a repository and a commit nobody can look the line up.

How to fix: add the link. Where exactly one repository that the report cites has the file, the remedy has it.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.permalinks import render_link
from auditor.rules.base import finding

ID = "frame-unlinked"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for every frame or path without a URL."""
    citation = resolution.citation
    if citation.url is not None or citation.kind == "link":
        return
    what = "the frame" if citation.kind == "frame" else "the line"
    repair = resolution.repair
    remedy = f"link it: {render_link(repair.link)}" if repair else "link it at the commit that is meant"
    yield finding(ID, "note", resolution, f"{what} {citation.path}:{citation.start} has no link", remedy)
