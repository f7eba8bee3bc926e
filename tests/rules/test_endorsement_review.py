from obligation_literals import broken, obligation

from auditor.rules.endorsement_review import check


def test_it_is_told_where_it_can_be_mended() -> None:
    (finding,) = check(
        obligation("endorsement-review", broken("README.md", "it is here", "README.md"), verdict="review")
    )
    assert (finding.rule, finding.severity) == ("endorsement-review", "warning")
    assert (finding.place.document, finding.place.line) == ("README.md", 3)
    assert "flask" in finding.message


def test_what_is_as_it_should_be_is_silent() -> None:
    assert list(check(obligation(None, verdict="fulfilled"))) == []
