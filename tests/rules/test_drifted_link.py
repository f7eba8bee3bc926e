from audits import audit, finding_of, judgement_of, rules_of

OLD = "".join(f"line{number} = {number}\n" for number in range(1, 9))
LINK = "https://github.com/o/r/blob/main/a.py#L3"
THEN = "2020-01-01"


def test_lines_that_moved() -> None:
    found = audit([{"a.py": OLD}, {"a.py": "# new\n# newer\n" + OLD}], LINK, as_of=THEN)
    finding = finding_of(found, "drifted-link")
    assert finding.severity == "warning"
    assert finding.message == (
        "the lines have changed since 2020-01-01: then “line3 = 3”, today “line1 = 1” (it moved to line 5)"
    )
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert judgement_of(found).verdict == "mismatched"


def test_a_path_that_is_gone() -> None:
    found = audit([{"a.py": OLD}, {"a.py": None, "b.py": "\n"}], LINK, as_of=THEN)
    assert finding_of(found, "drifted-link").message.endswith("the path is gone today")


def test_a_file_that_is_shorter_today() -> None:
    found = audit([{"a.py": OLD}, {"a.py": "x = 1\n"}], LINK, as_of=THEN)
    assert finding_of(found, "drifted-link").message.endswith("past the end of the file today")


def test_lines_that_are_still_there_are_fine() -> None:
    found = audit([{"a.py": OLD}, {"a.py": OLD + "line9 = 9\n"}], LINK, as_of=THEN)
    assert rules_of(found) == ["unpinned-link"]


def test_a_permalink_does_not_drift() -> None:
    found = audit([{"a.py": OLD}, {"a.py": "x = 1\n"}], LINK.replace("main", "{sha1}"), as_of=THEN)
    assert rules_of(found) == []
