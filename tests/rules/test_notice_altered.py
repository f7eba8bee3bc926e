from obligation_literals import broken, obligation

from auditor.rules.notice_altered import check


def test_it_is_told_where_it_can_be_mended() -> None:
    (finding,) = check(
        obligation("notice-altered", broken("NOTICES", "says “A” where upstream says “B”"), verdict="violated")
    )
    assert (finding.rule, finding.severity) == ("notice-altered", "error")
    assert (finding.place.document, finding.place.line) == ("auditor.toml", 4)
    assert "flask" in finding.message


def test_what_is_as_it_should_be_is_silent() -> None:
    assert list(check(obligation(None, verdict="fulfilled"))) == []
