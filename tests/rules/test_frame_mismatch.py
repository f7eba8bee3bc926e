import pytest
from audits import audit, finding_of, judgement_of, rules_of

CODE = '''\
import lib


def run(app):
    """Run it.

    More.
    """
    prepare(app)

    # the server never returns
    return lib.serve(app)


def prepare(app):
    app.ready = True
'''
FILES = {"src/app.py": CODE, "src/app.txt": CODE}
LINK = "https://github.com/o/r/blob/{sha}/src/app.py#L4"

MISMATCHES = {
    6: "is blank, a comment or a docstring",
    10: "is blank, a comment or a docstring",
    11: "is blank, a comment or a docstring",
    1: "lies outside of any function",
    16: "lies in prepare",
    99: "is past the end of the file",
}


@pytest.mark.parametrize("line", MISMATCHES)
def test_a_line_at_which_the_function_cannot_run(line: int) -> None:
    found = audit(FILES, f"run, app.py:{line}\n{LINK}\n")
    finding = finding_of(found, "frame-mismatch")
    assert finding.severity == "warning"
    assert finding.message.startswith(f"line {line} {MISMATCHES[line]} at the linked commit")
    assert finding.replacement is None
    assert judgement_of(found).verdict == "verified"


@pytest.mark.parametrize("line", [4, 9, 12])
def test_a_call_in_the_function_while_the_link_shows_its_definition(line: int) -> None:
    found = audit(FILES, f"run, app.py:{line}\n{LINK}\n")
    assert rules_of(found) == []
    assert judgement_of(found).verdict == "verified"


def test_a_link_to_another_file_says_nothing_about_the_line() -> None:
    found = audit(FILES, "run, app.py:99\nhttps://github.com/o/r/blob/{sha}/src/app.txt#L4\n")
    assert rules_of(found) == []
