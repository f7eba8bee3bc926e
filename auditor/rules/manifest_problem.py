"""The manifest, or a lock file that it names, says something that cannot be followed.

What it checks: every key and value of `auditor.toml`: unknown keys and names (the nearest one is offered), wrong types,
dependencies listed twice, patterns that match nothing, versions that differ from the lock file, lock files that cannot
be read or whose format is newer than what is known; and that an artifact carries the version that is pinned.

Why it matters: what cannot be followed is not examined, and an obligation that nobody looked at is not fulfilled.

How to fix: as the remedy says; `docs/manifest.md` lists every key.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.manifest import ManifestProblem

ID = "manifest-problem"


def check(problem: ManifestProblem) -> Iterator[Finding]:
    """Fires for everything but expired waivers, which have a rule of their own."""
    if problem.kind == "waiver-expired":
        return
    yield Finding(
        rule=ID,
        severity=problem.severity,
        message=problem.message,
        place=problem.place,
        remedy=problem.remedy,
        subject=problem.subject,
    )
