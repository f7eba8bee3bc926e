"""A stack frame, or a path with a line, without a link.

What it checks: frames such as `run_wsgi, serving.py:335` and mentions such as `src/app.py:12` that no link stands with.

Why it matters: without a repository and a commit nobody can look the line up.

How to fix: add the link. Where exactly one repository that the report cites has the file, the remedy has it.
"""

from collections.abc import Iterator

from auditor.model import Finding, Repair, Resolution
from auditor.permalinks import render_link
from auditor.rules.base import finding

ID = "frame-unlinked"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for every frame or path without a URL."""
    citation = resolution.citation
    if citation.url is not None or citation.kind == "link":
        return
    what = "the frame" if citation.kind == "frame" else "the line"
    remedy = _remedy(resolution.repair)
    yield finding(ID, "note", resolution, f"{what} {citation.path}:{citation.start} has no link", remedy)


def _remedy(repair: Repair | None) -> str:
    if repair is None:
        return "link it at the commit that is meant"
    links = [render_link(link) for link in (repair.link, *repair.alternatives)]
    return f"link it: {links[0]}" if len(links) == 1 else "link what is meant of " + ", ".join(links)
