from audits import URL, audit_of, changing_project, finding_of, judgement_of, rules_of
from upstream import Upstream

FILES = {"a.py": "x = 1\n" * 9}


def forked() -> tuple[Upstream, str]:
    """A repository, and a commit in it that only a pull request's ref holds."""
    made = changing_project(FILES)
    foreign = made.commit({"a.py": "x = 2\n" * 9}, branch="side", start=made.id("main"))
    made.git("update-ref", "refs/pull/1/head", foreign)
    made.git("update-ref", "-d", "refs/heads/side")
    return made, foreign


def test_a_commit_outside_of_every_branch_and_tag() -> None:
    made, foreign = forked()
    found = audit_of({URL: made}, f"{URL}/blob/{foreign}/a.py#L3")
    finding = finding_of(found, "foreign-commit")
    assert finding.severity == "warning"
    assert finding.replacement is None
    assert judgement_of(found).verdict == "resolved"


def test_a_tag_makes_it_the_projects_own() -> None:
    made, foreign = forked()
    made.tag("v1", foreign)
    assert rules_of(audit_of({URL: made}, f"{URL}/blob/{foreign}/a.py#L3")) == []


def test_old_commits_of_a_branch_are_its_own() -> None:
    made = changing_project(FILES, {"b.py": "\n"})
    assert rules_of(audit_of({URL: made}, f"{URL}/blob/{{sha1}}/a.py#L3")) == []
