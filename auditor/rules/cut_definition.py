"""The range begins at a definition and ends inside it.

What it checks: a range of several lines that starts at the header of the definition that the report names and
stops before its last line.

Why it matters: the reader sees half a function. It can be meant, so this is a note.

How to fix: extend the range to the end of the definition.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "cut-definition"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for function and class definitions that are named."""
    named, place = resolution.named, resolution.place
    if named is None or place is None or place.lines is None or named.relation != "definition":
        return
    lines = place.lines
    for symbol in named.candidates:
        begins = symbol.start <= lines.start <= symbol.line
        if begins and lines.start < lines.end < symbol.end and symbol.kind != "variable":
            message = f"{symbol.name} runs from line {symbol.start} to {symbol.end}; the range ends at {lines.end}"
            yield finding(ID, "note", resolution, message, f"cite L{symbol.start}-L{symbol.end} if all of it is meant")
            return
