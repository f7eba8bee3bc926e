import pytest
from audits import audit, finding_of, judgement_of, rules_of

FILES = {"a.js": "function go() {\n  return [\n    1,\n  ];\n}\n\n\n\t\nfunction stop() {\n  return 2;\n}\n"}
AT = "https://github.com/o/r/blob/{sha}/a.js"


@pytest.mark.parametrize("lines", ["L6", "L8", "L6-L8", "L5", "L4-L8"])
def test_lines_that_say_nothing(lines: str) -> None:
    found = audit(FILES, f"see {AT}#{lines} there")
    finding = finding_of(found, "blank-lines")
    assert finding.severity == "warning"
    assert finding.replacement is None
    assert judgement_of(found).verdict == "resolved"


def test_what_stands_there_is_told() -> None:
    assert "is blank" in finding_of(audit(FILES, f"{AT}#L6"), "blank-lines").message
    assert "nothing but brackets" in finding_of(audit(FILES, f"{AT}#L5"), "blank-lines").message


@pytest.mark.parametrize("lines", ["L3", "L5-L9", "L9", "L1-L11"])
def test_one_line_that_says_something_is_enough(lines: str) -> None:
    assert rules_of(audit(FILES, f"see {AT}#{lines} there")) == []


def test_the_rule_that_knows_the_right_line_speaks_alone() -> None:
    code = "def first():\n    return 1\n" + "\n" * 20 + "def second():\n    return 2\n"
    found = audit({"a.py": code}, "[`first`](https://github.com/o/r/blob/{sha}/a.py#L12)")
    assert rules_of(found) == ["wrong-symbol"]
