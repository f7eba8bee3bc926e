from obligation_literals import obligation

from auditor.rules.apache_notice_missing import check


def test_a_changed_copy_must_carry_it() -> None:
    (finding,) = check(obligation("apache-notice-missing"))
    assert (finding.rule, finding.severity) == ("apache-notice-missing", "error")


def test_where_readings_differ_both_are_told_and_it_is_a_warning() -> None:
    (finding,) = check(obligation("apache-notice-missing", readings=("strict", "lenient")))
    assert finding.severity == "warning"
    assert "strict; or lenient" in finding.message


def test_a_notice_file_that_is_passed_on_is_silent() -> None:
    assert list(check(obligation(None, verdict="fulfilled", readings=("strict", "lenient")))) == []
