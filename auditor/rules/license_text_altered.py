"""A licence text is not quite the licence that it looks like.

What it checks: every word of a licence text against the licence it was taken from; only what that licence allows to
differ may differ (names, years, its title). What stands around the text counts when it sets a condition.

Why it matters: one added sentence ("for non-commercial purposes") makes another licence of it. Tools that compare by
similarity name such a text as the plain licence.

How to fix: read the changed words. If they are acceptable, record that with `auditor licenses --accept`; it is asked
about again when the text changes.
"""

from collections.abc import Iterator

from auditor.model import Finding, LicenseFile, LicenseMatch, LicenseSubject, TextChange
from auditor.rules.base import first_words, license_finding, reviewed_before

ID = "license-text-altered"

_SHOWN_CHANGES = 3


def check(subject: LicenseSubject) -> Iterator[Finding]:
    """Fires for every changed text that nobody has accepted."""
    for file in subject.files:
        if file.text is None or file.accepted:
            continue
        for match in file.text.changed:
            yield _altered(subject, file, match)


def _altered(subject: LicenseSubject, file: LicenseFile, match: LicenseMatch) -> Finding:
    changes = "; ".join(_told(change) for change in match.changes[:_SHOWN_CHANGES])
    more = f"; {len(match.changes) - _SHOWN_CHANGES} more" if len(match.changes) > _SHOWN_CHANGES else ""
    message = f"changed from {match.nearest}: {changes}{more}{reviewed_before(file)}"
    lines = match.changes[0].lines if match.changes else match.lines
    remedy = "read the changed words; `auditor licenses --accept` records that they are acceptable"
    return license_finding(ID, "error", subject, file.path, lines, message, remedy)


def _told(change: TextChange) -> str:
    where = f"L{change.lines.start}"
    if change.kind == "added":
        return f"{where} adds “{first_words(change.found)}”"
    if change.kind == "removed":
        return f"{where} lacks “{first_words(change.expected)}”"
    return f"{where} says “{first_words(change.found)}” for “{first_words(change.expected)}”"
