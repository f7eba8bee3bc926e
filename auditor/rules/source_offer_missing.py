"""A binary is passed on without the source code that belongs to it, or an offer of it.

What it checks: of GPL, LGPL, MPL and EPL components in a binary artifact, whether an archive of their source lies in
it, or a text gives the address of the source at its version, or offers it.

Why it matters: these licences allow binaries only together with their source, or with one of the offers that they name.

How to fix: name the address of the exact source in the shipped documentation, or ship it; see the clause for the forms
of offer that it allows.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "source-offer-missing"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires when neither source nor offer is there."""
    yield from obligation_findings(ID, fact, "say in the shipped documentation where the exact source is, or ship it")
