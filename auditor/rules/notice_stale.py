"""A notice is shipped for something that is not.

What it checks: third-party notices against what the artifact carries. Only where every part of the artifact was told,
and never for the project's own texts; several components may share one text.

Why it matters: it tells recipients about code and conditions that are not there, and hides that the file is not kept.

How to fix: write the notices again from what is shipped; `auditor notices` does.
"""

from collections.abc import Iterator

from auditor.model import Finding, Place, Related
from auditor.model.obligation import Obligation, StaleNotice

ID = "notice-stale"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires for each notice that belongs to nothing carried."""
    if not isinstance(fact, StaleNotice):
        return
    path = f"{fact.artifact}/{fact.path}"
    lines = fact.lines
    place = fact.dependency.place if fact.dependency else Place(path, lines.start, 1, lines.end, 1)
    yield Finding(
        rule=ID,
        severity="warning",
        message=f"{fact.path} of {fact.artifact} has a notice on {fact.name}, which is not carried",
        place=place,
        remedy="write the notices again from what is shipped; `auditor notices` does",
        subject=f"{fact.artifact}:{fact.path}:{fact.name}",
        related=(Related("", path, lines.start, lines.end, "the notice"),),
    )
