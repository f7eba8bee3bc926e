from collections.abc import Callable

from audits import audit_on, finding_of, judgement_of, rules_of
from githost import GitHost
from upstream import Upstream

FILES = {"a.py": "x = 1\n"}


def test_a_redirect_is_a_note(upstream: Callable[..., Upstream], host: GitHost) -> None:
    found = audit_on(host, upstream(FILES), "{url}/blob/{sha}/a.py#L1", "moved")
    finding = finding_of(found, "repository-moved")
    assert finding.severity == "note"
    assert host.url("project") in finding.remedy
    assert judgement_of(found).verdict == "resolved"


def test_a_repository_where_it_was_is_fine(upstream: Callable[..., Upstream], host: GitHost) -> None:
    assert rules_of(audit_on(host, upstream(FILES), "{url}/blob/{sha}/a.py#L1")) == []
