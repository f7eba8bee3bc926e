"""Code of a repository is cited, and its licence is nowhere stated.

What it checks: in a report that states the licence of at least one repository that it cites, whether it does so for
the others. A report that never speaks of licences is left alone.

Why it matters: a reader takes the licence that is stated for that of everything; the other code may come with other
conditions.

How to fix: add the repository with its SPDX identifier; the remedy names what its text is.
"""

from collections.abc import Iterator

from auditor.model import Finding, Unstated

ID = "license-unstated"


def check(fact: Unstated) -> Iterator[Finding]:
    """Fires for every such repository, at its first citation."""
    found = " and ".join(fact.licenses)
    at = f" (the text at {fact.commit[:12]} is {found})" if fact.commit and found else ""
    yield Finding(
        rule=ID,
        severity="warning",
        message=f"code of {fact.repository} is cited, first here, but its licence is stated nowhere",
        place=fact.place,
        remedy=f"state its licence{at}",
        subject=fact.repository,
    )
