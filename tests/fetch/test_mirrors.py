"""Where a repository is fetched from."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from githost import GitHost
from upstream import Upstream, run

from auditor.errors import FetchError
from auditor.fetch import FetchSettings, Limits, Store
from auditor.fetch.mirrors import locate, mirror_of

FLASK = "https://github.com/pallets/flask"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (FLASK, "M"),
        (FLASK + ".git", "M"),
        (FLASK + "/", "M"),
        ("HTTPS://GitHub.com/Pallets/Flask.git/", "M"),
        (FLASK + "-login", None),
        (FLASK + ".gitx", None),
        (FLASK + "/sub/Dir", "M/sub/Dir"),
        ("http://github.com/pallets/flask", None),
        ("https://example.org/Group/Project.git", "G/Project"),
        ("https://example.org/Group/Project/deeper", "L/deeper"),
        ("https://EXAMPLE.org/Group", "G"),
        ("https://example.org/group/Project", None),
        ("", None),
        ("git@github.com:pallets/flask", None),
    ],
)
def test_prefixes(url: str, expected: str | None) -> None:
    group = "https://example.org/Group/"
    deep = group + "Project/deeper"
    mirrors = ((FLASK + ".git", "M"), (group, "G/"), (deep + "/x/y", "no"), ("", "never"), (deep, "L/deeper"))
    found = mirror_of(url, mirrors)
    assert (found.rstrip("/") if found else None) == expected


@pytest.mark.parametrize(
    ("url", "key", "protocols"),
    [
        (FLASK + ".git", ("github.com", "/pallets/flask"), ("https", "ssh")),
        ("https://user:token@GitHub.com/Pallets/Flask", ("github.com", "/Pallets/Flask"), ("https", "ssh")),
        ("http://h:8080/p", ("h:8080", "/p"), ("http", "https")),
        ("ssh://git@h/p.git", ("h", "/p"), ("https", "ssh")),
        ("git@h.org:p/q.git", ("h.org", "p/q"), ("ssh",)),
    ],
)
def test_addresses(url: str, key: tuple[str, str], protocols: tuple[str, ...]) -> None:
    address = locate(url, ())
    assert (address.url, address.local, address.key, address.protocols) == (url, False, key, protocols)


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://", "https:///p", "https://-x/p", "https://h/\n", "h", "x://y"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        locate(url, ())
    assert caught.value.reason == "refused"


@pytest.mark.parametrize(
    "url", ["a" * 100_000, "https://" + "/" * 100_000, "ftp://h/" + ".git" * 25_000, "@" * 100_000, "a@" * 50_000]
)
def test_a_hostile_url_takes_no_time(url: str) -> None:
    started = time.monotonic()
    assert mirror_of(url, ((FLASK, "M"),)) is None
    with pytest.raises(FetchError) as caught:
        locate(url, ())
    assert len(str(caught.value)) < 400
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("form", ["bare", "without config", "checkout", "other name"])
def test_local_mirrors(
    upstream: Callable[..., Upstream], tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = upstream({"a.py": "x = 1\n", "b.py": "y\n"})
    tip = project.id("main")
    location = str(project.path)
    if form == "without config":
        project.git("pack-refs", "--all")
        for path in list(project.path.iterdir()):
            if path.name not in ("HEAD", "objects", "refs", "packed-refs"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif form == "checkout":
        run("clone", "--quiet", location, str(tmp_path / "work"), folder=tmp_path)
        monkeypatch.chdir(tmp_path)
        location = "work"
    elif form == "other name":
        location = location.removesuffix(".git")
    settings = FetchSettings(tmp_path / "cache", ((FLASK, location),), offline=True, limits=Limits(seconds=10))
    with Store(settings).repository("https://github.com/Pallets/flask.git") as repository:
        assert repository.mirrored
        assert repository.commits([tip]) == {tip: tip}
        entry = repository.entry(tip, "a.py")
        assert entry is not None
        repository.fetch_blobs([entry.id])
        assert repository.read(entry.id) == b"x = 1\n"
        assert repository.names([("main", None), (tip[:7], None)])[tip[:7], None].commit == tip
        assert repository.contains([tip]) == {tip: True}
        other = repository.entry(tip, "b.py")
        assert other is not None
        with pytest.raises(FetchError):  # filtered: what was not asked for is not here
            repository.read(other.id)


def test_a_mirror_on_a_host(upstream: Callable[..., Upstream], host: GitHost, tmp_path: Path) -> None:
    tip = upstream({"a.py": "x = 1\n"}, name="pallets/flask.git").id("main")
    base = FetchSettings(tmp_path / "cache", limits=Limits(seconds=10))
    whole = Store(replace(base, mirrors=(("https://github.com/", host.url("").rstrip("/")),)))
    with whole.repository(FLASK + ".git") as repository:
        assert repository.commits([tip]) == {tip: tip}
    assert host.requests[0].path.startswith("/open/pallets/flask/info/refs")
    exact = Store(replace(base, mirrors=((FLASK, host.url("pallets/flask.git")),)))
    assert (exact.is_mirrored(FLASK), exact.is_mirrored(FLASK + "-login")) == (True, False)
    with exact.repository(FLASK) as repository:
        assert repository.commits([tip]) == {tip: tip}


def test_a_mirror_that_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for location in ("folder", "absent"):
        settings = FetchSettings(tmp_path / "cache", ((FLASK, str(tmp_path / location)),), limits=Limits(seconds=10))
        with pytest.raises(FetchError) as caught, Store(settings).repository(FLASK) as repository:
            repository.commits(["1" * 40])
        assert caught.value.reason == "not-found"
