"""A waiver's last day has passed.

What it checks: the `expires` of each waiver against today. The findings that it accepted are raised again.

Why it matters: a waiver with an end is a promise to look again.

How to fix: mend what it accepted, or decide anew and write a later day.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import WaiverFact

ID = "waiver-expired"


def check(fact: WaiverFact) -> Iterator[Finding]:
    """Fires for a waiver whose last day is before today."""
    if fact.state != "expired":
        return
    waiver = fact.waiver
    about = f" for {waiver.dependency}" if waiver.dependency else ""
    hidden = f"; it would accept {fact.hidden} finding{'s' * (fact.hidden != 1)}" if fact.hidden else ""
    yield Finding(
        rule=ID,
        severity="error",
        message=f"the waiver of {waiver.rule}{about} expired on {waiver.expires}{hidden}",
        place=waiver.place,
        remedy="mend what it accepted, or decide anew and write a later day",
        subject=f"{waiver.rule}:{waiver.dependency or ''}",
    )
