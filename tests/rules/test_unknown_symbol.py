import pytest
from audits import audit, finding_of, judgement_of, rules_of

FILES = {"a.py": "import os\n\n\ndef read_chunk_len(stream):\n    return os.sep\n" + "x = 1\n" * 9, "b.txt": "hello\n"}
AT = "https://github.com/o/r/blob/{sha}/a.py"


def test_a_name_that_the_file_does_not_hold() -> None:
    found = audit(FILES, f"[`write_everything`]({AT}#L4)")
    finding = finding_of(found, "unknown-symbol")
    assert finding.severity == "warning"
    assert finding.replacement is None
    assert finding.remedy == "cite the file that defines it"
    assert judgement_of(found).verdict == "mismatched"


def test_a_frame_names_it_as_surely() -> None:
    assert rules_of(audit(FILES, f"write_everything, other.py:4\n{AT}#L4\n")) == ["unknown-symbol"]


def test_the_nearest_names_are_the_remedy() -> None:
    finding = finding_of(audit(FILES, f"[`read_chunk_length`]({AT}#L12)"), "unknown-symbol")
    assert finding.remedy == "perhaps read_chunk_len (line 4)"


FINE = {
    "misspelt, with the line right": f"[`read_chunk_length`]({AT}#L4)",
    "defined there": f"[`read_chunk_len`]({AT}#L4)",
    "used there": f"[`os`]({AT}#L5)",
    "somewhere in the file": f"[`os.sep`]({AT}#L12)",
    "only prose": f"`write_everything()` is here: {AT}#L4",
    "no grammar": "[`write_everything`](https://github.com/o/r/blob/{sha}/b.txt#L1)",
    "no lines": f"[`write_everything`]({AT})",
}


@pytest.mark.parametrize("report", FINE.values(), ids=FINE)
def test_what_is_no_reason_to_doubt_the_link(report: str) -> None:
    assert rules_of(audit(FILES, report)) == []
