"""A waiver accepts no finding.

What it checks: the waivers of the manifest against the findings of this run. One of a rule that was not asked for, or
about a dependency that could not be looked at, is left alone.

Why it matters: what it accepted is gone, or it is misspelt; left in place it would hide the next finding of its kind.

How to fix: remove it, or correct its rule or dependency.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import WaiverFact

ID = "waiver-unused"


def check(fact: WaiverFact) -> Iterator[Finding]:
    """Fires for a waiver that is no longer needed."""
    if fact.state != "unused":
        return
    waiver = fact.waiver
    about = f" for {waiver.dependency}" if waiver.dependency else ""
    yield Finding(
        rule=ID,
        severity="warning",
        message=f"the waiver of {waiver.rule}{about} accepts no finding",
        place=waiver.place,
        remedy="remove the waiver, or correct its rule or dependency",
        subject=f"{waiver.rule}:{waiver.dependency or ''}",
    )
