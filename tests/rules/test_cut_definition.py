import pytest
from audits import audit, finding_of, judgement_of, rules_of

CODE = """\
LIMITS = [
    1,
    2,
]


@cache
def run(app):
    app.start()
    app.work()
    app.stop()
    return app
"""
FILES = {"a.py": CODE}
AT = "https://github.com/o/r/blob/{sha}/a.py"


@pytest.mark.parametrize("lines", ["L7-L10", "L8-L10", "L8-L11"])
def test_a_range_that_ends_inside_is_a_note(lines: str) -> None:
    found = audit(FILES, f"[`run`]({AT}#{lines})")
    finding = finding_of(found, "cut-definition")
    assert finding.severity == "note"
    assert finding.message == f"run runs from line 7 to 12; the range ends at {lines.rpartition('L')[2]}"
    assert finding.replacement is None
    assert judgement_of(found).verdict == "verified"


@pytest.mark.parametrize("lines", ["L8", "L8-L12", "L7-L12", "L9-L10", "L5-L12"])
def test_all_of_it_one_line_or_a_part_of_the_body_is_fine(lines: str) -> None:
    assert rules_of(audit(FILES, f"[`run`]({AT}#{lines})")) == []


def test_what_is_not_named_or_no_function_is_fine() -> None:
    assert rules_of(audit(FILES, f"see {AT}#L8-L10 there")) == []
    assert rules_of(audit(FILES, f"[`LIMITS`]({AT}#L1-L3)")) == []
