"""A text that advertises mentions a dependency without the acknowledgement that its licence wants shown there.

What it checks: of licences with an advertising clause (BSD-4-Clause and relatives), each promotion surface that names
the dependency, for the sentence that the licence quotes.

Why it matters: the clause asks for it in "all advertising materials mentioning features or use" of the software.
Whether a mention is one of features or use is for a person to judge: this is never more than a warning.

How to fix: show the sentence on that surface, or record as a waiver why it is not needed.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "advertising-review"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires for each surface without it."""
    yield from obligation_findings(
        ID, fact, "show the acknowledgement there, or record as a waiver why it is not needed"
    )
