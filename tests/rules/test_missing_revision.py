from audits import audit, finding_of, rules_of

FILES = {"src/app.py": "x = 1\n" * 9, "src/util.py": "y = 2\n" * 9, "lib/util.py": "z = 3\n"}
PINNED = "https://github.com/o/r/blob/{sha}/src/util.py#L1"


def test_the_neighbours_commit_is_the_replacement() -> None:
    found = audit(FILES, f"https://github.com/o/r/app.py#L3 and {PINNED}")
    finding = finding_of(found, "missing-revision")
    assert finding.severity == "error"
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text.endswith("/src/app.py#L3")
    assert [judgement.verdict for judgement in found.judgements] == ["broken", "resolved"]


def test_without_neighbours_nothing_is_guessed() -> None:
    found = audit(FILES, "https://github.com/o/r/src/app.py#L3")
    assert rules_of(found) == ["missing-revision"]
    assert found.findings[0].replacement is None


def test_two_files_of_that_name_are_not_chosen_from() -> None:
    finding = finding_of(audit(FILES, f"https://github.com/o/r/util.py#L1 and {PINNED}"), "missing-revision")
    assert finding.replacement is not None
    assert not finding.replacement.safe
    assert "/lib/util.py" in finding.remedy
    assert "/src/util.py" in finding.remedy


def test_pages_that_are_no_files_are_no_citations() -> None:
    assert audit(FILES, "https://github.com/o/r https://github.com/o/r/issues/3 https://github.com/o").judgements == ()
