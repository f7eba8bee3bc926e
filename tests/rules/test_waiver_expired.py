from dataclasses import replace
from datetime import date

from obligation_literals import WAIVER

from auditor.model.obligation import WaiverFact
from auditor.rules.waiver_expired import check


def test_an_expired_waiver_is_told_at_its_line() -> None:
    waiver = replace(WAIVER, expires=date(2026, 1, 31))
    (finding,) = check(WaiverFact(waiver, "expired", 2))
    assert (finding.rule, finding.severity, finding.place) == ("waiver-expired", "error", WAIVER.place)
    assert "expired on 2026-01-31; it would accept 2 findings" in finding.message


def test_others_are_silent() -> None:
    assert list(check(WaiverFact(WAIVER, "used"))) == []
    assert list(check(WaiverFact(WAIVER, "unused"))) == []
