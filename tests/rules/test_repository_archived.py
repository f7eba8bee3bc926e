from dataclasses import replace

from audits import audit, judgement_of

from auditor.model.hosted import HostedRepository
from auditor.rules import repository_archived, repository_moved

FILES = {"a.py": "x = 1\n"}
URL = "https://github.com/o/r"


def test_an_archived_repository_is_a_note() -> None:
    resolution = judgement_of(audit(FILES, f"{URL}/blob/{{sha}}/a.py#L1")).resolution
    (finding,) = repository_archived.check(replace(resolution, hosted=HostedRepository(URL, archived=True)))
    assert (finding.rule, finding.severity) == ("repository-archived", "note")
    assert finding.message == "https://github.com/o/r is archived: its owners only let it be read"


def test_a_host_that_was_not_asked_or_says_no_is_fine() -> None:
    resolution = judgement_of(audit(FILES, f"{URL}/blob/{{sha}}/a.py#L1")).resolution
    for hosted in (None, HostedRepository(URL), HostedRepository(URL, trouble="no answer")):
        assert list(repository_archived.check(replace(resolution, hosted=hosted))) == []
        assert list(repository_moved.check(replace(resolution, hosted=hosted))) == []
