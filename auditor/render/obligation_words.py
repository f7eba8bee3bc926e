"""Obligations in words: the same ones in every document for people."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from auditor.model import Lines
from auditor.model.manifest import Waiver
from auditor.model.obligation import (
    Artifact,
    Evidence,
    Obligation,
    ObligationVerdict,
    ShippingJudgement,
    WaiverFact,
    When,
)

# "waived": something is wrong, and a waiver accepts it.
State = ObligationVerdict | Literal["waived"]
# The words tell a verdict without colour; the one that must be seen is in capitals. The order is that of importance:
# what is not known comes before what is to be looked at.
STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        "violated": "VIOLATED",
        "unexamined": "not examined",
        "review": "review",
        "waived": "waived",
        "fulfilled": "ok",
        "not-applicable": "n/a",
    }
)
_WHEN_WORDS: Mapping[When, str] = MappingProxyType(
    {
        "source": "as source code",
        "binary": "as binary",
        "modified": "if changed",
        "network": "over a network",
        "advertising": "in advertising",
        "promotion": "in promotion",
        "inform": "",
    }
)


def clause_words(obligation: Obligation, form: When | None) -> str:
    """The name of its clause, and the occasion where that is not the `form` of its artifact."""
    name = obligation.clause.name if obligation.clause else "its licence"
    when = _WHEN_WORDS[obligation.when] if obligation.when != form else ""
    return f"{name} {when}".rstrip()


def places_words(
    obligations: Iterable[Obligation], name: Callable[[Obligation], str], escape: Callable[[str], str] = str
) -> str:
    """Clauses with their lines, by the files that they stand in: "clause 1 (L3-L5), clause 2 (L7-L9) of LICENSE".

    `name` gives a clause's name as it is to be shown, `escape` does the same for a path.
    """
    by_path: dict[str, list[str]] = {}
    for one in obligations:
        if one.clause:
            by_path.setdefault(one.clause_path, []).append(f"{name(one)} ({lines_words(one.clause.lines)})")
    return "; ".join(f"{', '.join(names)} of {escape(path)}" for path, names in by_path.items())


def evidence_words(evidence: Evidence, obligation: Obligation) -> str:
    """A place, and what is there if the reason does not say it."""
    where = f"{evidence.path} {lines_words(evidence.lines)}".rstrip()
    return where if evidence.note in obligation.reason else f"{where}: {evidence.note}"


def artifact_words(artifact: Artifact | None) -> str:
    """What a section is about."""
    if artifact is None:
        return "what no single artifact shows"
    count = len(artifact.components)
    components = f"{count} component{'s' * (count != 1)}"
    return f"{artifact.name} ({artifact.form}, {components}{'' if artifact.certain else ', perhaps more'})"


def lines_words(lines: Lines | None) -> str:
    """Lines as links show them: "L10-L12"; "" for a whole file."""
    if lines is None:
        return ""
    return f"L{lines.start}" if lines.start == lines.end else f"L{lines.start}-L{lines.end}"


def waiver_words(waiver: Waiver) -> str:
    """Who accepted what, until when, and why."""
    about = f" of {waiver.dependency}" if waiver.dependency else ""
    until = f" until {waiver.expires}" if waiver.expires else ""
    return f"{waiver.rule}{about}, accepted by {waiver.by}{until}: {waiver.reason}"


def fate_words(fact: WaiverFact, shipping: ShippingJudgement) -> str:
    """What became of a waiver."""
    accepted = sum(one.waiver is fact.waiver for one in shipping.accepted)
    return {
        "used": f"accepts {_findings(accepted)}",
        "unused": "accepts nothing",
        "expired": f"would accept {_findings(fact.hidden)}",
        "unknown": "accepts nothing, but not all that it may be about was examined",
    }[fact.state]


def _findings(count: int) -> str:
    return f"{count} finding{'s' * (count != 1)}"
