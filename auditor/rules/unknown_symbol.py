"""The report names a symbol that the cited file does not hold at all.

What it checks: a name that is the link's own text or the function of a stack frame, against every word of
the cited file. Names that are spelled nearly like something at the cited lines are all right.

Why it matters: the link leads to another file or another version than the report talks about.

How to fix: cite the file that defines the name; the nearest names of this file are listed.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "unknown-symbol"

_CERTAIN = frozenset({"link-text", "frame"})


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires when a name that is certain stands nowhere in the file."""
    named, place = resolution.named, resolution.place
    if named is None or place is None or named.relation != "nowhere":
        return
    if not named.name.sure or named.name.source not in _CERTAIN:
        return
    near = ", ".join(f"{symbol.name} (line {symbol.line})" for symbol in named.candidates)
    message = f"{named.name.text} is named, but {place.path} does not hold it at {place.commit[:12]}"
    yield finding(ID, "warning", resolution, message, f"perhaps {near}" if near else "cite the file that defines it")
