"""A branch moves on: are the lines that a link showed when it was written still where it points?"""

from auditor.model import Drift, Lines
from auditor.resolve.content import EXCERPT_LINES, FileText


def judge_drift(then: FileText, lines: Lines, now: FileText | None) -> Drift | None:
    """Compare the cited lines at the document's date with the same lines today; None when they are alike."""
    block = _stripped(then.lines[lines.start - 1 : lines.end])
    head = _head(block)
    if now is None:
        return Drift("path-gone", head, "")
    if now.content != "text":
        return None
    shown = now.lines[lines.start - 1 : lines.end]
    if _stripped(shown) == block:
        return None
    excerpt = shown[:EXCERPT_LINES]
    at = _find_once(block, now.lines)
    if at:
        return Drift("moved", head, _head(_stripped(shown)), at, excerpt)
    if lines.end > len(now.lines):
        return Drift("past-end", head, "", None, excerpt)
    return Drift("changed", head, _head(_stripped(shown)), None, excerpt)


def _stripped(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in lines)


def _head(lines: tuple[str, ...]) -> str:
    return next((line.strip() for line in lines if line.strip()), "")


def _find_once(block: tuple[str, ...], lines: tuple[str, ...]) -> Lines | None:
    """Where the block stands, when it stands in exactly one place and says something."""
    if not any(len(line.strip()) > 3 for line in block):
        return None
    stripped = _stripped(lines)
    found = [
        start
        for start, line in enumerate(stripped)
        if line == block[0] and stripped[start : start + len(block)] == block
    ]
    return Lines(found[0] + 1, found[0] + len(block)) if len(found) == 1 else None
