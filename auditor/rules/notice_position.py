"""A notice no longer stands first in a file whose licence asks for that.

What it checks: of licences that want their notice "as the first lines of this file" or "at the beginning", whether it
is still in the first comment of each vendored file that was changed. A shebang or an encoding line before it does no
harm.

Why it matters: these licences (BSD-2-Clause-first-lines, BSD-Source-beginning-file) make the place a condition.

How to fix: move the notice back to the top of the file.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "notice-position"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires for each file whose notice was moved down or out."""
    yield from obligation_findings(ID, fact, "move the notice back to the top of the file")
