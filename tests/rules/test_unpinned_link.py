import pytest
from audits import URL, audit, audit_of, changing_project, finding_of, judgement_of, rules_of

FILES = {"a.py": "x = 1\n" * 9}


@pytest.mark.parametrize("revision", ["main", "HEAD", "refs/heads/main"])
def test_a_name_that_moves_is_a_warning_with_the_permalink(revision: str) -> None:
    found = audit(FILES, f"https://github.com/o/r/blob/{revision}/a.py#L3")
    finding = finding_of(found, "unpinned-link")
    assert finding.severity == "warning"
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text == judgement_of(found).permalink
    assert judgement_of(found).verdict == "resolved"


def test_a_tag_is_a_name_too() -> None:
    made = changing_project(FILES)
    made.tag("v1", made.id("main"))
    found = audit_of({URL: made}, f"{URL}/blob/v1/a.py#L3")
    assert finding_of(found, "unpinned-link").message.startswith("the link follows the tag v1")
    assert judgement_of(found).permalink == f"{URL}/blob/{made.id('main')}/a.py#L3"


def test_the_day_it_is_read_at_is_told() -> None:
    found = audit([FILES, {"b.py": "\n"}], "https://github.com/o/r/blob/main/a.py#L3", as_of="2020-01-01")
    assert "on 2020-01-01" in finding_of(found, "unpinned-link").message


def test_commits_are_fine() -> None:
    assert rules_of(audit(FILES, "https://github.com/o/r/blob/{sha}/a.py#L3")) == []
    assert rules_of(audit(FILES, "https://github.com/o/r/commit/{sha}")) == []
