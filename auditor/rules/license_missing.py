"""A target carries no licence text at all.

What it checks: whether a folder, an archive or a repository at its commit holds a file with the text of a licence.

Why it matters: without a licence nobody may copy the code, and most licences ask that their text travels with every
copy. Metadata that only names a licence ("License: MIT") does not fulfil that.

How to fix: add the licence text of the project as LICENSE, and in Python list it under `license-files`; of somebody
else's package, ask for it upstream.
"""

from collections.abc import Iterator

from auditor.model import Finding, LicenseFile, LicenseSubject
from auditor.rules.base import license_finding, may_hold_none

ID = "license-missing"


def check(subject: LicenseSubject) -> Iterator[Finding]:
    """Fires when no file was found that states a licence; a part that could not be read is no proof of that."""
    if subject.troubles or any(_may_state(file) for file in subject.files):
        return
    declared = next((declaration for declaration in subject.declarations if declaration.written), None)
    message = f"{subject.target} holds no licence text"
    if declared is not None:
        message += f", though {declared.path} declares {declared.written}"
    yield license_finding(ID, "error", subject, "", None, message, "add the licence's text as LICENSE beside the code")


def _may_state(file: LicenseFile) -> bool:
    text = file.text
    if text is None or file.accepted or not may_hold_none(file.path):
        return True  # what is named as a licence and holds none is told by license-unknown
    return bool(text.matches or text.references or text.passages)
