"""A sentence promotes with the name of somebody whose licence forbids that without permission.

What it checks: the promotion surfaces that the manifest names, for words that recommend ("endorsed by", "official …
partner") directly at a holder's or a dependency's name. Saying what something is built with, needs or supports is a
fact, and left alone; so are licence texts, acknowledgements and denials.

Why it matters: BSD-3-Clause, condition 3, and its like allow it only with prior written permission. Whether a sentence
is an endorsement is for a person to judge: this is never more than a warning.

How to fix: reword the sentence, or record the permission as a waiver.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "endorsement-review"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires for each such sentence."""
    yield from obligation_findings(ID, fact, "reword it, or record the written permission as a waiver")
