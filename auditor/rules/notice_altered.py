"""A notice is shipped, but not with the words that it has upstream.

What it checks: the notice of each dependency in the texts of an artifact, word by word, against its licence file at
the pin. Another holder, a missing copyright line, a condition or disclaimer that was cut or reworded is shown with the
first words that differ. White space, letter case, comment signs and years do not count.

Why it matters: the licence asks for this notice, not for one like it; the text of a template names the wrong holder.

How to fix: copy the text from the file at the pin; `auditor notices` does, byte for byte.
"""

from collections.abc import Iterator

from auditor.model import Finding
from auditor.model.obligation import Obligation, StaleNotice
from auditor.rules.notice_missing import obligation_findings

ID = "notice-altered"


def check(fact: Obligation | StaleNotice) -> Iterator[Finding]:
    """Fires for a notice whose words differ."""
    yield from obligation_findings(ID, fact, "copy the notice from its file at the pin")
