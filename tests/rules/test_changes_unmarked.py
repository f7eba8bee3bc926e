from obligation_literals import broken, obligation

from auditor.rules.changes_unmarked import check


def test_it_is_told_where_it_can_be_mended() -> None:
    (finding,) = check(obligation("changes-unmarked", broken("src/a.py", "it is here", "src/a.py"), verdict="violated"))
    assert (finding.rule, finding.severity) == ("changes-unmarked", "error")
    assert (finding.place.document, finding.place.line) == ("src/a.py", 3)
    assert "flask" in finding.message


def test_what_is_as_it_should_be_is_silent() -> None:
    assert list(check(obligation(None, verdict="fulfilled"))) == []
