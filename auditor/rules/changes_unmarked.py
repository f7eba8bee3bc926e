"""A vendored file was changed and does not say so.

What it checks: of licences that ask for it (Apache-2.0, section 4(b); GPL; Zlib), each file of a vendored copy that
differs from the dependency's file at the pin, for a line that says that it was changed, or a patch that shows it. A
version history alone is for review, as readers disagree about it.

Why it matters: recipients must be able to tell the original from your version.

How to fix: write a line such as "Changed by NAME on DATE: what" at the top of the file.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "changes-unmarked"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires for each file that differs and has no mark."""
    yield from obligation_findings(ID, fact, "say at the top of the file that you changed it, and when")
