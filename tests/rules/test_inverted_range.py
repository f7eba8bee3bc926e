from audits import audit, finding_of, judgement_of, located_of, rules_of

from auditor.model import Lines

FILES = {"a.py": "x = 1\n" * 9}
AT = "https://github.com/o/r/blob/{sha}/a.py"


def test_a_backward_range_is_turned_round() -> None:
    found = audit(FILES, f"{AT}#L7-L3")
    finding = finding_of(found, "inverted-range")
    assert finding.severity == "warning"
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text.endswith("#L3-L7")
    assert located_of(found).lines == Lines(3, 7)
    assert judgement_of(found).verdict == "resolved"


def test_columns_go_with_their_lines() -> None:
    finding = finding_of(audit(FILES, f"{AT}#L7C2-L3C4"), "inverted-range")
    assert finding.replacement is not None
    assert finding.replacement.text.endswith("#L3C4-L7C2")


def test_one_line_and_forward_ranges_are_fine() -> None:
    assert rules_of(audit(FILES, f"{AT}#L3-L7 {AT}#L3-L3 {AT}#L3")) == []
