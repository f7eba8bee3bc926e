"""The URL is not of a form that the host understands, but what it means is plain.

What it checks: a second `#` (`#L1-#L9`), escaped characters (`\\_`, `\\#`), a URL split by a space
or a line break, a commit id cut short with nothing behind it, a missing or doubled `L`,
LaTeX around the URL. A form that is understood only in part (`#L10-20` on GitHub highlights one line) is a warning.

Why it matters: hosts answer such a URL with the wrong lines, the top of the file, or a page not
found, and the part behind `#` never reaches the host, so no link checker sees it.

How to fix: write the URL given as the replacement; `auditor check --fix` does.
"""

from collections.abc import Iterator

from auditor.model import Finding, Resolution
from auditor.rules.base import finding

ID = "malformed-link"

# Understood by the host, though not as meant in full.
_SOFT = frozenset({"half-range", "foreign-fragment", "trailing-slash"})


def check(resolution: Resolution) -> Iterator[Finding]:
    """One finding for all defects of the form."""
    defects = [defect for defect in resolution.citation.defects if defect.kind != "missing-revision"]
    if defects:
        severity = "warning" if all(defect.kind in _SOFT for defect in defects) else "error"
        reasons = "; ".join(dict.fromkeys(defect.reason for defect in defects))
        yield finding(ID, severity, resolution, f"the link is malformed: {reasons}")  # type: ignore[arg-type]
