from obligation_literals import broken, obligation

from auditor.rules.notice_position import check


def test_it_is_told_where_it_can_be_mended() -> None:
    (finding,) = check(obligation("notice-position", broken("src/a.py", "it is here", "src/a.py"), verdict="violated"))
    assert (finding.rule, finding.severity) == ("notice-position", "error")
    assert (finding.place.document, finding.place.line) == ("src/a.py", 3)
    assert "flask" in finding.message


def test_what_is_as_it_should_be_is_silent() -> None:
    assert list(check(obligation(None, verdict="fulfilled"))) == []
