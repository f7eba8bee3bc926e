"""The result in one line. It never says that something is lawful: only what was looked for and not found."""

from collections import Counter
from collections.abc import Sequence

from auditor.model.manifest import DistributionKind
from auditor.model.obligation import OBLIGATION_VERDICTS, Obligation, ObligationVerdict


def count_verdicts(obligations: Sequence[Obligation]) -> dict[ObligationVerdict, int]:
    """How many obligations have each verdict; every verdict is a key."""
    counts = Counter(obligation.verdict for obligation in obligations)
    return {verdict: counts[verdict] for verdict in OBLIGATION_VERDICTS}


def summarise(obligations: Sequence[Obligation], kinds: Sequence[DistributionKind]) -> str:
    """One line: "no violation found for binary; 3 points need review; 1 was not examined"."""
    counts = count_verdicts(obligations)
    violated, review, unexamined = counts["violated"], counts["review"], counts["unexamined"]
    found = "no violation" if not violated else f"{violated} violation{'s' * (violated != 1)}"
    parts = [f"{found} found for {' and '.join(kinds) or 'what was given'}"]
    if review:
        parts.append(f"{review} point{'s need' if review != 1 else ' needs'} review")
    if unexamined:
        parts.append(f"{unexamined} {'were' if unexamined != 1 else 'was'} not examined")
    return "; ".join(parts)
