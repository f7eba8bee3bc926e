from audits import audit, finding_of, judgement_of, rules_of

FILES = {"a.py": "x = 1\n" * 9}


def test_an_abbreviation_is_a_warning_with_the_full_id() -> None:
    found = audit(FILES, "https://github.com/o/r/blob/{short}/a.py#L3")
    finding = finding_of(found, "abbreviated-commit")
    assert (finding.severity, finding.message) == ("warning", "the commit id has 10 of 40 digits")
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text == judgement_of(found).permalink
    assert judgement_of(found).verdict == "resolved"


def test_a_link_to_a_folder_has_a_remedy_too() -> None:
    found = audit(FILES, "https://github.com/o/r/tree/{short}")
    assert rules_of(found) == ["abbreviated-commit"]
    assert found.findings[0].remedy


def test_a_full_id_is_fine_in_either_case() -> None:
    assert rules_of(audit(FILES, "https://github.com/o/r/blob/{sha}/a.py#L3")) == []
