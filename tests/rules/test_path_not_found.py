from audits import audit, finding_of, judgement_of, rules_of

FILES = {"src/app.py": "x = 1\n" * 9, "lib/util.py": "y = 2\n", "web/util.py": "z = 3\n"}
AT = "https://github.com/o/r/blob/{sha}"


def test_one_file_comes_near() -> None:
    found = audit(FILES, f"{AT}/src/app.pv#L3")
    finding = finding_of(found, "path-not-found")
    assert finding.severity == "error"
    assert finding.message.startswith("src/app.pv does not exist at ")
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text.endswith("/src/app.py#L3")
    assert judgement_of(found).verdict == "broken"


def test_the_near_file_is_too_short() -> None:
    finding = finding_of(audit(FILES, f"{AT}/src/app.pv#L30"), "path-not-found")
    assert finding.replacement is None
    assert "near it: src/app.py" in finding.remedy


def test_nothing_comes_near() -> None:
    finding = finding_of(audit(FILES, f"{AT}/docs/install.rst#L3"), "path-not-found")
    assert finding.replacement is None


def test_lines_of_a_folder() -> None:
    assert "is a directory" in finding_of(audit(FILES, f"{AT}/src#L3"), "path-not-found").message


def test_files_and_folders_that_exist_are_fine() -> None:
    assert rules_of(audit(FILES, f"{AT}/src/app.py#L3 {AT}/src/app.py https://github.com/o/r/tree/{{sha}}/src/")) == []
