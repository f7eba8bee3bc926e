"""The frame's own line cannot have been running in the named function at the linked commit.

What it checks: for a stack frame with a link, whether the frame's line in the linked file is executable and lies
in the function that the frame names.

Why it matters: the trace comes from another version than the link shows, or from another project. The link may still
show the right function, so this is a warning.

How to fix: cite the release that the program ran. Where the repository's tags tell which one that was, rule
`frame-release-conflict` says so in place of this one.
"""

from collections.abc import Iterator

from auditor.model import Finding, FrameFact, Resolution
from auditor.permalinks import render_link
from auditor.rules.base import finding, related_lines

ID = "frame-mismatch"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for linked frames whose file's language is understood."""
    fact, frame = resolution.frame, resolution.citation.frame
    if fact is None or frame is None or fact.state in ("fits", "unjudged") or resolution.citation.url is None:
        return
    if resolution.release is not None:
        return
    message = f"line {frame.line} {what_stands(fact)} at the linked commit, but the frame runs {frame.function} there"
    remedy = "cite the release that the program ran"
    if fact.elsewhere is not None:
        message += f"; the neighbouring frames cite {fact.elsewhere.repository}, which has this function too"
        remedy = f"perhaps {render_link(fact.elsewhere)}"
    yield finding(ID, "warning", resolution, message, remedy, related_lines(resolution, "the linked lines"))


def what_stands(fact: FrameFact) -> str:
    """What a frame's line is in the linked file, as the end of a sentence."""
    if fact.state == "past-end":
        return "is past the end of the file"
    if fact.state == "not-executable":
        return "is blank, a comment or a docstring"
    return f"lies in {fact.at.name}" if fact.at else "lies outside of any function"
