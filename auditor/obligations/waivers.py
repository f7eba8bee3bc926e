"""Waivers: findings that somebody decided to accept, with a reason and up to a day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from auditor.model import Finding
from auditor.model.manifest import Waiver
from auditor.model.obligation import Obligation, ObligationJudgement, Waived, WaivedFinding, WaiverFact
from auditor.spelling import plain_name


def apply_waivers(
    judgements: Sequence[ObligationJudgement], waivers: Sequence[Waiver], today: date, rules: Iterable[str]
) -> Waived:
    """Takes out the findings that a waiver accepts; they stay counted. `rules` are the ids of the rules that ran.

    The first waiver that fits a finding accepts it. One of a rule that did not run, or about a dependency of which
    something could not be looked at, is not called unused: nobody knows.
    """
    holding = [waiver for waiver in waivers if waiver.holds(today)]
    accepted: list[WaivedFinding] = []
    kept = []
    for judgement in judgements:
        stay, gone = [], []
        for finding in judgement.findings:
            waiver = next((one for one in holding if _fits(one, judgement.name, finding)), None)
            if waiver is None:
                stay.append(finding)
            else:
                gone.append(WaivedFinding(finding, waiver))
        accepted += gone
        kept.append(replace(judgement, findings=tuple(stay), waived=tuple(gone)))
    ran = frozenset(rules)
    facts = tuple(_fate(waiver, judgements, accepted, today, ran) for waiver in waivers)
    return Waived(tuple(kept), tuple(accepted), facts)


def _fits(waiver: Waiver, name: str, finding: Finding) -> bool:
    about = waiver.dependency is None or plain_name(waiver.dependency) == plain_name(name)
    return about and waiver.rule == finding.rule


def _fate(
    waiver: Waiver,
    judgements: Sequence[ObligationJudgement],
    accepted: Sequence[WaivedFinding],
    today: date,
    ran: frozenset[str],
) -> WaiverFact:
    if not waiver.holds(today):
        pairs = ((judgement.name, finding) for judgement in judgements for finding in judgement.findings)
        hidden = sum(_fits(waiver, name, finding) for name, finding in pairs)
        return WaiverFact(waiver, "expired", hidden)
    if any(one.waiver is waiver for one in accepted):
        return WaiverFact(waiver, "used")
    known = waiver.rule in ran and not any(_is_open(waiver, judgement) for judgement in judgements)
    return WaiverFact(waiver, "unused" if known else "unknown")


def _is_open(waiver: Waiver, judgement: ObligationJudgement) -> bool:
    """Whether a waiver may be needed once this could be looked at."""
    about = waiver.dependency is None or plain_name(waiver.dependency) == plain_name(judgement.name)
    return about and isinstance(judgement.subject, Obligation) and judgement.subject.verdict == "unexamined"
