from obligation_literals import WAIVER

from auditor.model.obligation import WaiverFact
from auditor.rules.waiver_unused import check


def test_a_waiver_that_accepts_nothing_is_told_at_its_line() -> None:
    (finding,) = check(WaiverFact(WAIVER, "unused"))
    assert (finding.rule, finding.severity, finding.place) == ("waiver-unused", "warning", WAIVER.place)
    assert "notice-missing for flask" in finding.message


def test_others_are_silent() -> None:
    for fact in (WaiverFact(WAIVER, "used"), WaiverFact(WAIVER, "expired"), WaiverFact(WAIVER, "unknown")):
        assert list(check(fact)) == []
