"""A sentence that everything passed on must show is not there.

What it checks: for licences with such a condition (BSD-3-Clause-Attribution and relatives), whether the sentence that
the licence quotes stands in a text of the artifact, word by word.

Why it matters: the condition holds for "redistributions of any form whatsoever", whether anything is advertised or not.

How to fix: put the sentence into a notice or the documentation that is shipped.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "acknowledgement-missing"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires when the sentence is in no text of the artifact."""
    yield from obligation_findings(ID, fact, "put the quoted sentence into a text that is shipped")
