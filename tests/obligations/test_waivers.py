"""Waivers accept findings, stay counted, and are told when they are not needed or no longer hold."""

from dataclasses import replace
from datetime import date

import pytest
from shipped_project import RULES, notices, place, project, wheel

from auditor.model.manifest import Waiver
from auditor.model.obligation import ObligationJudgement
from auditor.obligations.run import judge_shipping
from auditor.obligations.waivers import apply_waivers

TODAY = date(2026, 11, 22)
RAN = tuple(rule.ID for rule in RULES)


def waiver(rule: str = "notice-missing", dependency: str | None = "flask", expires: date | None = None) -> Waiver:
    return Waiver(rule, dependency, "it is in the manual", "Ada", expires, place("flask"))


def judged() -> tuple[ObligationJudgement, ...]:
    """The project whose wheel lacks two notices."""
    shipping = replace(project(), artifacts=(wheel(notices(flask="", dice="")), project().artifacts[1]))
    return judge_shipping(shipping, RULES)


def left(found: tuple[ObligationJudgement, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, one.name) for one in found for finding in one.findings]


def test_a_waiver_accepts_its_finding_and_no_other() -> None:
    result = apply_waivers(judged(), [waiver(dependency="Flask")], TODAY, RAN)
    assert left(result.judgements) == [("notice-missing", "dice")]
    assert [one.finding.rule for one in result.accepted] == ["notice-missing"]
    assert [fact.state for fact in result.waivers] == ["used"]


def test_one_for_all_dependencies() -> None:
    result = apply_waivers(judged(), [waiver(dependency=None)], TODAY, RAN)
    assert left(result.judgements) == []
    assert len(result.accepted) == 2


@pytest.mark.parametrize("last", [TODAY, date(2027, 1, 1)])
def test_the_last_day_counts(last: date) -> None:
    assert len(apply_waivers(judged(), [waiver(expires=last)], TODAY, RAN).accepted) == 1


def test_an_expired_one_hides_nothing_and_says_how_much_it_would() -> None:
    result = apply_waivers(judged(), [waiver(dependency=None, expires=date(2026, 11, 21))], TODAY, RAN)
    assert len(left(result.judgements)) == 2
    assert [(fact.state, fact.hidden) for fact in result.waivers] == [("expired", 2)]


def test_one_that_accepts_nothing_is_unused() -> None:
    result = apply_waivers(judged(), [waiver("notice-stale"), waiver(dependency="rocket")], TODAY, RAN)
    assert [fact.state for fact in result.waivers] == ["unused", "unused"]


def test_of_what_was_not_looked_at_nobody_knows() -> None:
    result = apply_waivers(judged(), [waiver("notice-stale")], TODAY, ("notice-missing",))
    assert [fact.state for fact in result.waivers] == ["unknown"]
    unlooked = replace(project().supplies[0], subject=None, unlooked="no network")
    shipping = replace(project(), supplies=(unlooked, *project().supplies[1:]))
    found = judge_shipping(shipping, RULES)
    result = apply_waivers(found, [waiver(), waiver(dependency="dice")], TODAY, RAN)
    assert [fact.state for fact in result.waivers] == ["unknown", "unused"]
