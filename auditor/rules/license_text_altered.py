"""A licence text is not quite the licence that it looks like.

What it checks: every word of a licence text against the licence it was taken from; only what that licence allows to
differ may differ (names, years, its title). What stands around the text counts when it sets a condition.

Why it matters: one added sentence ("for non-commercial purposes") makes another licence of it. Tools that compare by
similarity name such a text as the plain licence.

How to fix: read the changed words. If they are acceptable, record that with `auditor licenses --accept`; it is asked
about again when the text changes.
"""

from collections.abc import Iterator

from auditor.model import Finding, LicenseFile, LicenseMatch, LicenseSubject, Lines, TextChange
from auditor.rules.base import license_finding, reviewed_before

ID = "license-text-altered"

_SHOWN_WORDS = 24


def check(subject: LicenseSubject) -> Iterator[Finding]:
    """Fires for every changed text, and for a binding passage where no changed text tells it already."""
    for file in subject.files:
        if file.text is None or file.accepted:
            continue
        for match in file.text.changed:
            yield _altered(subject, file, match)
        told = [change.lines for match in file.text.changed for change in match.changes]
        for passage in file.text.passages:
            if passage.binding and not any(_overlap(passage.lines, lines) for lines in told):
                message = f"{file.path} sets a condition of its own: “{_short(passage.text)}”{reviewed_before(file)}"
                remedy = "read it; `auditor licenses --accept` records that it is acceptable"
                yield license_finding(ID, "error", subject, file.path, passage.lines, message, remedy)


def _overlap(one: Lines, other: Lines) -> bool:
    return one.start <= other.end and other.start <= one.end


def _altered(subject: LicenseSubject, file: LicenseFile, match: LicenseMatch) -> Finding:
    changes = "; ".join(_told(change) for change in match.changes[:3])
    more = f"; {len(match.changes) - 3} more" if len(match.changes) > 3 else ""
    message = f"{file.path} is changed from {match.nearest}: {changes}{more}{reviewed_before(file)}"
    lines = match.changes[0].lines if match.changes else match.lines
    remedy = "read the changed words; `auditor licenses --accept` records that they are acceptable"
    return license_finding(ID, "error", subject, file.path, lines, message, remedy)


def _told(change: TextChange) -> str:
    where = f"L{change.lines.start}"
    if change.kind == "added":
        return f"{where} adds “{_short(change.found)}”"
    if change.kind == "removed":
        return f"{where} lacks “{_short(change.expected)}”"
    return f"{where} says “{_short(change.found)}” for “{_short(change.expected)}”"


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
