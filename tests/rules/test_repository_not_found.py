from audits import URL, audit_of, audit_on, judgement_of, project, rules_of
from githost import GitHost

FILES = {"a.py": "x = 1\n"}


def test_a_host_that_knows_no_such_repository(host: GitHost) -> None:
    made = project(FILES)
    found = audit_on(host, made, "{url}/blob/{sha}/a.py#L1")
    assert rules_of(found) == ["repository-not-found"]
    assert found.findings[0].severity == "error"
    assert judgement_of(found).verdict == "broken"


def test_a_copy_that_is_not_there_proves_nothing() -> None:
    made = project(FILES)
    found = audit_of({"https://github.com/o/other": made}, f"{URL}/blob/{{sha}}/a.py#L1")
    assert rules_of(found) == []
    assert judgement_of(found).verdict == "unexamined"
    assert len(found.incidents) == 1
