"""A reference names something that is not there: a dependency, a file, a definition, a clause, a line.

What it checks: every `[[DEPENDENCY:PATH::TARGET]]` against the manifest and against the repository at its pin. What
could not be looked at (no network, a language without a grammar) is told as such, not as missing.

Why it matters: there is nothing to link to; the text talks about another version, another file, or misspells a name.

How to fix: write one of the names that are listed. The replacement is safe where only upper and lower case, or
underscores, differ.
"""

from collections.abc import Iterator

from auditor.model import Finding, Related, Replacement
from auditor.model.reference import Choice, Outcome, Unresolved

ID = "reference-unknown"


def check(outcome: Outcome) -> Iterator[Finding]:
    """Fires for every reference of which a part is not there."""
    if isinstance(outcome, Unresolved) and outcome.sort == "unknown":
        yield reference_finding(ID, outcome)


def reference_finding(rule: str, outcome: Unresolved) -> Finding:
    """A finding about a reference, with all that may be meant; the only choice is the replacement."""
    written, choices = outcome.reference.written, outcome.choices
    offered = ", or ".join(map(_offer, choices))
    return Finding(
        rule=rule,
        severity="error",
        message=f"{outcome.detail} ({written})",
        place=outcome.reference.place,
        remedy=f"perhaps {offered}; else {outcome.remedy}" if offered else outcome.remedy,
        subject=written,
        replacement=Replacement(choices[0].written, safe=outcome.certain) if len(choices) == 1 else None,
        related=tuple(_related(choice) for choice in choices if choice.url),
    )


def _offer(choice: Choice) -> str:
    return f"{choice.written} (line {choice.lines.start})" if choice.lines else choice.written


def _related(choice: Choice) -> Related:
    lines = choice.lines
    return Related(choice.url, choice.path, lines.start if lines else None, lines.end if lines else None, choice.shows)
