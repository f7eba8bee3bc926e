"""The report names a symbol, and the cited lines neither define it, nor call it, nor lie inside it.

What it checks: the names that the report connects with the link (its text, the frame or heading above,
`name()` directly before it) against the definitions of the file. It fires only when the file defines the name
elsewhere, so that it can say where. A name within three lines, a use of it, the comment above its
definition, or a slightly different spelling of what is there are all right.

Why it matters: the reader sees other code than the report talks about. No HTTP check can find this.

How to fix: cite the lines of the definition; the replacement has them when there is only one.
"""

from collections.abc import Iterator

from auditor.model import Finding, Related, Resolution, Severity
from auditor.permalinks import render_link
from auditor.rules.base import finding, permalink_of

ID = "wrong-symbol"

# Prose may talk about something else than it links to; a link's text or a frame does not.
_CERTAIN = frozenset({"link-text", "frame", "heading"})


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when a sure name is defined in the file, but not at the cited lines."""
    named, place = resolution.named, resolution.place
    if named is None or place is None or place.lines is None:
        return
    if not named.name.sure or named.relation != "elsewhere" or not named.candidates:
        return
    severity: Severity = "error" if named.name.source in _CERTAIN else "warning"
    at = ", ".join(f"line {symbol.line}" for symbol in named.candidates[:3])
    shown = f"inside {place.symbol.name}" if place.symbol else "outside of any definition"
    cited = (
        f"L{place.lines.start}" if place.lines.start == place.lines.end else f"L{place.lines.start}-L{place.lines.end}"
    )
    message = f"{named.name.text} is named, but {cited} lies {shown}; {place.path} defines it at {at}"
    repair = resolution.repair
    url = render_link(repair.link) if repair else permalink_of(resolution) or ""
    related = tuple(
        Related(url, place.path, symbol.start, symbol.end, f"{symbol.name} is defined here")
        for symbol in named.candidates[:3]
    )
    yield finding(ID, severity, resolution, message, None if repair else f"cite {at}", related)
