import pytest
from audits import audit, finding_of, judgement_of, rules_of

FILES = {"a.py": "def first():\n    return 1\n\n\ndef second():\n    return 2", "empty.py": "", "crlf.py": "a\r\nb\r\n"}
AT = "https://github.com/o/r/blob/{sha}"


@pytest.mark.parametrize("place", ["a.py#L7", "a.py#L6-L7", "a.py#L7-L6", "a.py#L0", "empty.py#L1", "crlf.py#L3"])
def test_lines_that_the_file_does_not_have(place: str) -> None:
    found = audit(FILES, f"{AT}/{place}")
    finding = finding_of(found, "line-out-of-range")
    assert finding.severity == "error"
    assert finding.replacement is None
    assert judgement_of(found).verdict == "broken"


@pytest.mark.parametrize("place", ["a.py#L6", "a.py#L1-L6", "a.py", "empty.py", "crlf.py#L2"])
def test_the_last_line_is_fine_with_and_without_its_end(place: str) -> None:
    assert rules_of(audit(FILES, f"{AT}/{place}")) == []


def test_a_named_definition_is_the_replacement() -> None:
    finding = finding_of(audit(FILES, f"[`second`]({AT}/a.py#L50)"), "line-out-of-range")
    assert finding.message == "a.py has 6 lines, line 50 is cited"
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text.endswith("/a.py#L5")


def test_a_cited_range_becomes_the_range_of_the_definition() -> None:
    finding = finding_of(audit(FILES, f"[`second`]({AT}/a.py#L50-L60)"), "line-out-of-range")
    assert finding.replacement is not None
    assert finding.replacement.text.endswith("/a.py#L5-L6")
