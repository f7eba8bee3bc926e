"""All cited lines are blank.

What it checks: whether any cited line holds a character that is not white space.

Why it matters: nobody cites a blank line on purpose; the line is off by one or the code has moved.

How to fix: cite the line that was meant.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "blank-lines"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for blank lines, unless another rule already shows where the name is."""
    place = resolution.place
    if place is not None and place.blank and place.lines is not None:
        named = resolution.named
        if named is not None and named.relation == "elsewhere" and named.candidates:
            return
        where = f"line {place.lines.start}" if place.lines.start == place.lines.end else "every cited line"
        yield finding(ID, "warning", resolution, f"{where} of {place.path} is blank", "cite the line that was meant")
