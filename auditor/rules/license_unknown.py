"""A licence file holds no licence that is known, or conditions that belong to none.

What it checks: whether a file that is named as a licence (LICENSE, COPYING, …) holds the text of a licence of the SPDX
list, or names one; and whether anything else in it sets conditions. Texts are compared word by word; nothing is named
because it looks alike.

Why it matters: what nobody has identified, nobody has agreed to.

How to fix: read the text; if it is acceptable, record that with `auditor licenses --accept`. It is asked about again
when the text changes.
"""

from collections.abc import Iterator

from auditor.model import Finding, LicenseFile, LicenseSubject, LicenseText, Lines, Passage
from auditor.rules.base import first_words, license_finding, may_hold_none, reviewed_before

ID = "license-unknown"


def check(subject: LicenseSubject) -> Iterator[Finding]:
    """Fires for a file without text or name of a known licence, and for conditions of none, unless accepted."""
    for file in subject.files:
        if file.text is None or file.accepted:
            continue
        found = list(_foreign_conditions(file.text))
        for lines, passage in found:
            message = f"sets conditions that belong to no known licence: “{first_words(passage.text)}”"
            yield _finding(subject, file, lines, message)
        if not found and _is_unknown(file):
            yield _finding(subject, file, None, "no licence that is known")


def _finding(subject: LicenseSubject, file: LicenseFile, lines: Lines | None, message: str) -> Finding:
    remedy = "read it; `auditor licenses --accept` records that it is acceptable"
    return license_finding(ID, "error", subject, file.path, lines, message + reviewed_before(file), remedy)


def _foreign_conditions(text: LicenseText) -> Iterator[tuple[Lines, Passage]]:
    """Passages that bind and that no changed text shows already; those between the same licences as one."""
    told = [change.lines for match in text.changed for change in match.changes]
    open_lines: Lines | None = None
    first: Passage | None = None
    for passage in text.passages:
        if not passage.binding or any(_overlap(passage.lines, lines) for lines in told):
            continue
        if first is not None and open_lines is not None:
            between = Lines(open_lines.end, passage.lines.start)
            if not any(_overlap(match.lines, between) for match in text.matches):
                open_lines = Lines(open_lines.start, passage.lines.end)
                continue
            yield open_lines, first
        open_lines, first = passage.lines, passage
    if first is not None and open_lines is not None:
        yield open_lines, first


def _overlap(one: Lines, other: Lines) -> bool:
    return one.start <= other.end and other.start <= one.end


def _is_unknown(file: LicenseFile) -> bool:
    text = file.text
    if text is None or text.matches or any(reference.expression for reference in text.references):
        return False
    if text.choice is not None:  # it only says which of the files beside it may be chosen
        return False
    return not may_hold_none(file.path)
