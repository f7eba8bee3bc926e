"""Every way in which a host can fail has its own reason, and none takes long."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from githost import AUTHORIZATION, GitHost
from upstream import Upstream

from auditor.errors import FetchError
from auditor.fetch import FetchSettings, Limits, Store
from auditor.fetch.failures import failure, last_words, setback_in, without_secrets


@pytest.fixture
def settings(tmp_path: Path) -> FetchSettings:
    return FetchSettings(tmp_path / "cache", limits=Limits(seconds=10))


@pytest.fixture
def tip(tmp_path: Path) -> str:
    return Upstream(tmp_path / "upstream" / "project.git").commit({"README.md": "# Project\n" * 500})


def commits(settings: FetchSettings, url: str, tip: str) -> tuple[dict[str, str], str | None]:
    with Store(settings).repository(url) as repository:
        return repository.commits([tip]), repository.moved_to


def user_config(text: str) -> None:
    (Path.home() / ".gitconfig").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("mode", "name", "reason"),
    [
        ("open", "absent.git", "not-found"),
        ("nonsense", "project.git", "not-found"),
        ("auth", "project.git", "denied"),
        ("error", "project.git", "network"),
        ("garbage", "project.git", "network"),
        ("cut", "project.git", "network"),
        ("locked", "project.git", "redirected"),
        ("vault", "project.git", "redirected"),
    ],
)
def test_reasons(host: GitHost, settings: FetchSettings, tip: str, mode: str, name: str, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        commits(settings, host.url(name, mode), tip)
    assert (caught.value.reason, "\n" in str(caught.value)) == (reason, False)


def test_a_failure_leaves_nothing_that_breaks_the_next_run(host: GitHost, settings: FetchSettings, tip: str) -> None:
    mirrored = replace(settings, mirrors=((host.url("cut", "x"), str(host.root / "project.git")),))
    with pytest.raises(FetchError):
        commits(settings, host.url("project.git", "cut"), tip)
    assert commits(settings, host.url("project.git"), tip)[0] == {tip: tip}
    assert commits(mirrored, host.url("cut", "x"), tip)[0] == {tip: tip}


def test_nobody_listens(settings: FetchSettings, tip: str) -> None:
    with pytest.raises(FetchError) as caught:
        commits(settings, "http://127.0.0.1:9/project.git", tip)
    assert caught.value.reason == "network"


def test_a_silent_host_is_left_after_the_time_allowed(host: GitHost, settings: FetchSettings, tip: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        commits(replace(settings, limits=Limits(seconds=1)), host.url("project.git", "hang"), tip)
    assert caught.value.reason == "timeout"
    assert time.monotonic() - started < 4


def test_cancelling_ends_a_running_fetch(host: GitHost, settings: FetchSettings, tip: str) -> None:
    cancelled = threading.Event()
    store = Store(settings, cancelled)
    timer = threading.Timer(0.3, cancelled.set)
    timer.start()
    started = time.monotonic()
    with pytest.raises(FetchError, match="cancelled"), store.repository(host.url("p", "hang")) as repository:
        repository.commits([tip])
    timer.join()
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("url", ["ftp://example.org/x", "file:///etc", "ext::sh -c x", "/etc", "--upload-pack=x", ""])
def test_other_protocols_are_refused(settings: FetchSettings, tip: str, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        commits(settings, url, tip)
    assert caught.value.reason == "refused"


def test_plain_http_is_spoken_only_if_the_url_says_so(host: GitHost, settings: FetchSettings, tip: str) -> None:
    user_config(f'[url "{host.url("")}"]\n\tinsteadOf = https://example.org/\n')
    with pytest.raises(FetchError) as caught:
        commits(settings, "https://example.org/project.git", tip)
    assert caught.value.reason == "refused"
    assert host.requests == []


def test_a_moved_repository_is_followed_and_remembered(host: GitHost, settings: FetchSettings, tip: str) -> None:
    for mode, target in (("moved", "127.0.0.1"), ("elsewhere", "localhost")):
        expected = ({tip: tip}, host.url("project.git", host=target))
        assert commits(settings, host.url("project.git", mode), tip) == expected
        assert commits(replace(settings, offline=True), host.url("project.git", mode), tip) == expected
    with Store(settings).repository(host.url("project.git", "moved")) as repository:
        host.requests.clear()
        assert repository.tip("main") == tip
        blobs = [entry.id for entry in repository.paths(tip).values()]
        repository.fetch_blobs(blobs)
        # Once the new address is known in a session, the old one is not asked again.
        assert [request.path.split("/")[1] for request in host.requests[4:]] == ["open"] * (len(host.requests) - 4)


def test_a_repository_that_moved_back(host: GitHost, settings: FetchSettings, tip: str) -> None:
    url = host.url("project.git")
    commits(settings, url, tip)
    (note,) = {path.parent / "moved-to" for path in settings.cache.rglob("lock")}
    note.write_text("https://example.org/elsewhere", "utf-8")
    assert commits(settings, url, tip)[1] == "https://example.org/elsewhere"
    with Store(settings).repository(url) as repository:
        repository.tip("main")
        assert repository.moved_to is None


@pytest.mark.parametrize("target", ["elsewhere", "locked"])
def test_credentials_never_reach_another_host(host: GitHost, settings: FetchSettings, tip: str, target: str) -> None:
    user_config(
        f"[http]\n\textraHeader = Authorization: {AUTHORIZATION}\n"
        f'[http "{host.url("")}"]\n\textraHeader = X-Token: {AUTHORIZATION}\n'
        '[credential]\n\thelper = "!f() { echo username=ci; echo password=s3cret; }; f"\n'
    )
    if target == "locked":
        with pytest.raises(FetchError) as caught:
            commits(settings, host.url("project.git", target), tip)
        assert caught.value.reason == "redirected"
    else:
        assert commits(settings, host.url("project.git", target), tip)[0] == {tip: tip}
    sent = {(request.host.partition(":")[0], request.authorization) for request in host.requests}
    assert ("127.0.0.1", AUTHORIZATION) in sent  # the user's host does get them
    assert {authorization for name, authorization in sent if name == "localhost"} == {None}


@pytest.mark.parametrize(
    "configuration",
    [
        f"[http]\n\textraHeader = Authorization: {AUTHORIZATION}\n",
        '[credential]\n\thelper = "!f() { echo username=ci; echo password=s3cret; }; f"\n',
    ],
)
def test_the_users_credentials_work(host: GitHost, settings: FetchSettings, tip: str, configuration: str) -> None:
    user_config(configuration)
    assert commits(settings, host.url("project.git", "auth"), tip)[0] == {tip: tip}


def test_a_password_in_a_url_is_not_shown(host: GitHost, settings: FetchSettings, tip: str) -> None:
    url = host.url("absent.git").replace("http://", "http://ci:s3cret@")
    with pytest.raises(FetchError) as caught:
        commits(settings, url, tip)
    assert "s3cret" not in str(caught.value)
    assert not [path for path in settings.cache.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


def test_offline_serves_the_cache_and_says_what_is_missing(host: GitHost, settings: FetchSettings, tip: str) -> None:
    offline = replace(settings, offline=True)
    with Store(offline).repository(host.url("project.git")) as repository:
        assert repository.contains([tip]) == {tip: None}
        asks = (lambda: repository.commits([tip]), lambda: repository.names([("main", None)]), repository.ref_names)
        for ask in asks:
            with pytest.raises(FetchError) as caught:
                ask()
            assert caught.value.reason == "offline"
    assert host.requests == []
    with Store(settings).repository(host.url("project.git")) as repository:
        repository.commits([tip])
        repository.ref_names()
    count = len(host.requests)
    with Store(offline).repository(host.url("project.git")) as repository:
        assert repository.commits([tip]) == {tip: tip}
        assert repository.tip("main") == tip
        assert repository.contains([tip]) == {tip: True}
        assert set(repository.names([("main", None), ("gone", None)])) == {("main", None)}
        with pytest.raises(FetchError, match="run once without --offline"):
            repository.commits(["1" * 40])
    assert len(host.requests) == count


@pytest.mark.parametrize(
    ("stderr", "reason"),
    [
        ("fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output", "too-large"),
        ("git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.", "denied"),
        ("ERROR: Repository not found.\nfatal: Could not read from remote repository.", "not-found"),
        ("fatal: unable to access 'x': Could not resolve host: github.com", "network"),
        ("fatal: remote error: GitLab is not responding", "network"),
        ("error: Server does not allow request for unadvertised object 12", "refused"),
        ("error: object 12: hasDotdot: contains '..'\nfatal: fsck error in packed object", "refused"),
        ("fatal: unable to access 'x': The requested URL returned error: 429", "network"),
        ("fatal: unable to access 'x': Operation too slow. Less than 1000 bytes/sec", "timeout"),
        ("", "network"),
    ],
)
def test_texts_that_cannot_be_provoked_here(stderr: str, reason: str) -> None:
    assert failure(stderr, 128, "https://u:p@example.org/x").reason == reason


def test_hostile_standard_error_is_one_short_line() -> None:
    long = ["fatal: " + "a@" * 50_000, "://" * 33_000, "not our ref " * 9_000, "\n" * 100_000, "packfile " * 12_000]
    for text in ("\x1b[31mfatal: x\x07", *long):
        started = time.monotonic()
        line = last_words(text)
        setback_in(text)
        failure(text, 1, "x")
        assert len(line) <= 300
        assert line.isprintable()
        assert time.monotonic() - started < 1
    assert without_secrets("https://u:p@h/x ssh://git@h/y") == "https://h/x ssh://h/y"
