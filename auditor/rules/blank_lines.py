"""All cited lines are blank, or hold nothing but brackets.

What it checks: whether any cited line holds more than white space, brackets, commas and semicolons.

Why it matters: nobody cites a blank line or a closing brace on purpose; the line is off by one or the code has moved.

How to fix: cite the line that was meant.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "blank-lines"


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for lines that say nothing, unless another rule already shows where the name is."""
    place = resolution.place
    if place is not None and place.blank and place.lines is not None:
        named = resolution.named
        if named is not None and named.relation == "elsewhere" and named.candidates:
            return
        where = f"line {place.lines.start}" if place.lines.start == place.lines.end else "every cited line"
        yield finding(
            ID,
            "warning",
            resolution,
            f"{where} of {place.path} {_holds(place.excerpt)}",
            "cite the line that was meant",
        )


def _holds(excerpt: tuple[str, ...]) -> str:
    return "holds nothing but brackets" if any(line.strip() for line in excerpt) else "is blank"
