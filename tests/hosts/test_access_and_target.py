"""What a job's environment says: on whose behalf to post, and where."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.errors import UsageError
from auditor.hosts import Access, Wanted, access_of, target_of
from auditor.model.publication import PublicationTarget

HEAD, MERGE = "a" * 40, "b" * 40
REPOSITORY = "octo/docs"


def pull_request(head: str | None = REPOSITORY, number: object = 7) -> dict[str, Any]:
    repo = {"full_name": head} if head else None
    return {"pull_request": {"number": number, "head": {"sha": HEAD, "repo": repo}}}


def job(tmp_path: Path, event: object, **more: str) -> dict[str, str]:
    path = tmp_path / "event.json"
    path.write_text(event if isinstance(event, str) else json.dumps(event))
    told = {"GITHUB_REPOSITORY": REPOSITORY, "GITHUB_SHA": MERGE, "GITHUB_REF": "refs/heads/main"}
    return {**told, "GITHUB_EVENT_PATH": str(path), **more}


def test_a_pull_request_is_judged_at_its_head(tmp_path: Path) -> None:
    assert target_of(job(tmp_path, pull_request())) == PublicationTarget(REPOSITORY, HEAD, 7)


@pytest.mark.parametrize("head", ["mallory/docs", None])
def test_a_fork_is_known_also_when_it_is_gone(tmp_path: Path, head: str | None) -> None:
    assert target_of(job(tmp_path, pull_request(head))).fork


def test_a_push_has_a_branch_and_no_pull_request(tmp_path: Path) -> None:
    assert target_of(job(tmp_path, {"after": MERGE})) == PublicationTarget(REPOSITORY, MERGE, ref="refs/heads/main")


@pytest.mark.parametrize(("home", "ref"), [(REPOSITORY, "refs/heads/topic"), ("mallory/docs", None)])
def test_a_job_that_follows_another_posts_to_what_that_ran_for(tmp_path: Path, home: str, ref: str | None) -> None:
    ran = {"head_sha": HEAD, "head_branch": "topic", "head_repository": {"full_name": home}}
    event = {"workflow_run": {**ran, "pull_requests": [{"number": 9}]}}
    assert target_of(job(tmp_path, event)) == PublicationTarget(REPOSITORY, HEAD, 9, ref)


def test_what_the_user_names_comes_first(tmp_path: Path) -> None:
    told = job(tmp_path, pull_request("mallory/docs"))
    assert target_of(told, Wanted("other/place", 3, "C" * 40)) == PublicationTarget("other/place", "c" * 40, 3)
    assert target_of(told, Wanted(commit=HEAD)) == target_of(told)
    assert target_of({}, Wanted(REPOSITORY, 1, HEAD)) == PublicationTarget(REPOSITORY, HEAD, 1)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [(Wanted(), "--repository"), (Wanted(REPOSITORY), "--commit"), (Wanted(REPOSITORY, 3), "--commit")],
)
def test_without_a_job_it_must_be_said(wanted: Wanted, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        target_of({}, wanted)


def test_another_pull_request_needs_its_own_commit(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--commit"):
        target_of(job(tmp_path, pull_request()), Wanted(pull=8))


@pytest.mark.parametrize(
    "event",
    ["null", "[]", "7", '{"pull_request": 7}', '{"pull_request": {"number": "7"}}', '{"workflow_run": []}',
     '{"pull_request": {"number": true, "head": []}}', '{"workflow_run": {"pull_requests": [7], "head_sha": 1}}'],
)  # fmt: skip
def test_an_event_of_another_form_is_no_pull_request(tmp_path: Path, event: str) -> None:
    target = target_of(job(tmp_path, event))
    assert (target.pull, target.commit) == (None, MERGE)


@pytest.mark.parametrize(
    "event", ["", "{", "[" * 100_000, "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")]
)
def test_an_event_that_cannot_be_read_is_named(tmp_path: Path, event: str) -> None:
    with pytest.raises(UsageError, match=r"event\.json: the event is not JSON"):
        target_of(job(tmp_path, event))


def test_an_event_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none: the event cannot be read"):
        target_of({"GITHUB_EVENT_PATH": str(tmp_path / "none")})


def test_the_token_is_taken_from_the_environment() -> None:
    assert access_of({}) is None
    assert access_of({"GITHUB_TOKEN": "  "}) is None
    both = access_of({"GITHUB_TOKEN": "one\n", "GH_TOKEN": "two"})
    assert both == Access("one")
    assert both is not None
    assert (both.web_host, "one" in repr(both)) == ("github.com", False)


def test_an_enterprise_host_has_its_own_address() -> None:
    access = access_of({"GH_TOKEN": "t", "GITHUB_API_URL": "https://git.example.com/api/v3/"})
    assert access is not None
    assert (access.api_url, access.web_host) == ("https://git.example.com/api/v3", "git.example.com")
    given = access_of({"GH_TOKEN": "t", "GITHUB_API_URL": "https://x.example"}, "https://api.octo.ghe.com")
    assert given is not None
    assert (given.api_url, given.web_host) == ("https://api.octo.ghe.com", "octo.ghe.com")


@pytest.mark.parametrize(
    "url",
    ["http://git.example.com", "ftp://x", "git.example.com", "https://", "https://u:secret@x.example/api", "https://x?y",
     "https://[", "https://x:port", "https://a b", "file:///etc", "https://x.example/\n"],
)  # fmt: skip
def test_a_token_is_not_sent_where_it_is_not_safe(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        Access("t", url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "a b", "a\nHost: x", "ключ", "a\x00"])
def test_a_token_that_is_none_is_not_shown(token: str) -> None:
    with pytest.raises(UsageError) as caught:
        Access(token)
    assert not token or token not in str(caught.value)
