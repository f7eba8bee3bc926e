from collections.abc import Callable

import pytest
from audits import audit, audit_on, finding_of, judgement_of, rules_of
from githost import GitHost
from upstream import Upstream

FILES = {"a.py": "x = 1\n" * 9}
Build = Callable[..., Upstream]


@pytest.mark.parametrize("revision", ["d" * 40, "d" * 10, "no-such-branch"])
def test_a_revision_that_the_host_does_not_have(upstream: Build, host: GitHost, revision: str) -> None:
    found = audit_on(host, upstream(FILES), f"{{url}}/blob/{revision}/a.py#L1")
    assert rules_of(found) == ["commit-not-found"]
    assert found.findings[0].severity == "error"
    assert judgement_of(found).verdict == "broken"


def test_a_digit_off_from_what_the_neighbours_cite(upstream: Build, host: GitHost) -> None:
    made = upstream(FILES)
    good = made.id("main")
    wrong = good[:20] + ("0" if good[20] != "0" else "1") + good[21:]
    found = audit_on(host, made, f"{{url}}/blob/{wrong}/a.py#L3\n\n{{url}}/blob/{good}/a.py#L5\n")
    finding = finding_of(found, "commit-not-found")
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text.endswith(f"/blob/{good}/a.py#L3")


def test_the_id_of_a_file_is_no_commit(upstream: Build, host: GitHost) -> None:
    made = upstream(FILES)
    assert rules_of(audit_on(host, made, f"{{url}}/blob/{made.id('main:a.py')}/a.py#L1")) == ["commit-not-found"]


def test_a_copy_that_lacks_the_commit_proves_nothing() -> None:
    found = audit(FILES, f"https://github.com/o/r/blob/{'d' * 40}/a.py#L1")
    assert rules_of(found) == []
    assert judgement_of(found).verdict == "unexamined"
    assert "copy" in found.incidents[0].message


def test_a_commit_that_is_there_is_fine() -> None:
    assert rules_of(audit(FILES, "https://github.com/o/r/blob/{sha}/a.py#L1")) == []
