"""A licence file holds no licence that is known.

What it checks: whether a file that is named as a licence (LICENSE, COPYING, …) holds the text of a licence of the SPDX
list, or names one. Texts are compared word by word; nothing is named because it looks alike.

Why it matters: what nobody has identified, nobody has agreed to.

How to fix: read the text; if it is acceptable, record that with `auditor licenses --accept`. It is asked about again
when the text changes.
"""

from collections.abc import Iterator

from auditor.model import Finding, LicenseFile, LicenseSubject
from auditor.rules.base import license_finding, reviewed_before

ID = "license-unknown"

# Files of these names need not hold a licence; what they hold is judged only where it binds.
_MAY_HOLD_NONE = ("notice", "copyright", "authors", "patents", "third", "3rd", "thanks", "credits", "contributors")


def check(subject: LicenseSubject) -> Iterator[Finding]:
    """Fires for every file without text or name of a known licence, unless a person has accepted it."""
    for file in subject.files:
        if file.text is None or file.accepted or not _is_unknown(file):
            continue
        message = f"{file.path} holds no licence that is known{reviewed_before(file)}"
        remedy = "read it; `auditor licenses --accept` records that it is acceptable"
        yield license_finding(ID, "error", subject, file.path, None, message, remedy)


def _is_unknown(file: LicenseFile) -> bool:
    text = file.text
    if text is None or text.matches or any(reference.expression for reference in text.references):
        return False
    if text.choice is not None:  # it only says which of the files beside it may be chosen
        return False
    return not file.path.rpartition("/")[2].lower().startswith(_MAY_HOLD_NONE)
