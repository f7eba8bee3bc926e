"""The contents of a NOTICE file are not passed on.

What it checks: the paragraphs of the dependency's NOTICE file at the pin in the texts of the artifact. When only later
paragraphs are missing, it is for review: notices on parts that you do not pass on may go.

Why it matters: Apache-2.0, section 4(d), asks for "a readable copy of the attribution notices". For unmodified copies
readings differ; the strict one is followed, and the finding, a warning then, names both.

How to fix: add the paragraphs to your own NOTICE or third-party notices; `auditor notices` carries them over.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "apache-notice-missing"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires when paragraphs of NOTICE are in no text of the artifact."""
    yield from obligation_findings(ID, fact, "add the paragraphs to the notices that you ship")
