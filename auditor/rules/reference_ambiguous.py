"""A reference fits more than one place.

What it checks: that a path, a name, a clause or the text of a line in `[[DEPENDENCY:PATH::TARGET]]` stands for one
thing only at the pin.

Why it matters: to take the first one would link the reader to a place that nobody chose.

How to fix: write more of the path or the whole name, quote more of the line, or number it from the top (`#2`).
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.reference import Outcome, Unresolved
from auditor.rules.reference_unknown import reference_finding

ID = "reference-ambiguous"


def check(outcome: Outcome) -> Iterator[Finding]:
    """Fires for every reference with several places."""
    if isinstance(outcome, Unresolved) and outcome.sort == "ambiguous":
        yield reference_finding(ID, outcome)
