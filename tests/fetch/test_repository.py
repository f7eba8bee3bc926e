"""What a repository answers, over a real smart-HTTP host."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from githost import GitHost
from upstream import Link, Submodule, Upstream

from auditor.errors import FetchError
from auditor.fetch import FetchSettings, Limits, Repository, Store

Build = Callable[..., Upstream]
FILES = {"README.md": "# Project\n", "src/app.py": "x = 1\n", "src/deep/er/mod.py": "y = 2\n"}


@pytest.fixture
def settings(tmp_path: Path) -> FetchSettings:
    return FetchSettings(tmp_path / "cache", limits=Limits(seconds=10, lock_seconds=5))


@contextmanager
def opened(settings: FetchSettings, url: str) -> Iterator[Repository]:
    with Store(settings).repository(url) as repository:
        yield repository


def read(repository: Repository, commit: str, path: str) -> bytes:
    entry = repository.entry(commit, path)
    assert entry is not None
    repository.fetch_blobs([entry.id])
    return repository.read(entry.id)


def test_cold_is_four_requests_and_warm_is_none(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    first = project.id("main")
    second = project.commit({"src/app.py": "x = 2\n"})
    for expected in (["GET", "POST", "GET", "POST"], []):
        host.requests.clear()
        with opened(settings, host.url("project.git")) as repository:
            assert repository.commits([first, second]) == {first: first, second: second}
            entries = repository.entries([(first, "src/app.py"), (second, "src/app.py"), (first, "README.md")])
            repository.fetch_blobs(entry.id for entry in entries.values())
            contents = [repository.read(entry.id) for entry in entries.values()]
        assert contents == [b"x = 1\n", b"x = 2\n", b"# Project\n"]
        assert host.methods() == expected


def test_only_what_was_asked_for_is_sent(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    noise = {f"noise/{number}.bin": bytes((number * step) % 251 for step in range(20_000)) for number in range(20)}
    project = upstream(FILES | noise)
    tip = project.id("main")
    with opened(settings, host.url("project.git")) as repository:
        repository.commits([tip])
        assert read(repository, tip, "src/app.py") == b"x = 1\n"
        noisy = repository.entry(tip, "noise/3.bin")
        assert noisy is not None
        with pytest.raises(FetchError, match="was not fetched"):
            repository.read(noisy.id)
    assert sum(request.sent for request in host.requests) < 5_000


def test_history_is_at_most_three_requests(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    tip = project.id("main")
    with opened(settings, host.url("project.git")) as repository:
        assert repository.names([(tip[:9], None)])[tip[:9], None].commit == tip
        assert repository.tip("main") == tip
        assert repository.ref_names() == ("main",)
        assert repository.contains([tip]) == {tip: True}
    assert len(host.requests) <= 3
    host.requests.clear()
    with opened(settings, host.url("project.git")) as repository:
        assert repository.names([(tip[:9], None)])[tip[:9], None].commit == tip
        assert repository.contains([tip]) == {tip: True}
    assert host.requests == []


def test_one_absent_id_does_not_keep_the_others_back(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    tip = project.id("main")
    absent = ["1" * 40, "2" * 40]
    with opened(settings, host.url("project.git")) as repository:
        assert repository.commits([absent[0], tip, absent[1], "3" * 64, "main", "--upload-pack=x"]) == {tip: tip}
        assert repository.kind(absent[0]) is None
        before = len(host.requests)
        assert repository.commits([absent[0], tip]) == {tip: tip}
        assert len(host.requests) == before


def test_other_objects_than_commits(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    tip = project.id("main")
    tag, blob, tree = project.tag("v1.0", tip), project.id("main:README.md"), project.id("main:src")
    newer = project.commit({"README.md": "# New\n"})
    for asked in ([tag, blob, tree, newer], [newer, blob], [tag]):
        with opened(replace(settings, cache=settings.cache / asked[0]), host.url("project.git")) as repository:
            expected = {name: {tag: tip, newer: newer}[name] for name in asked if name in (tag, newer)}
            assert repository.commits(asked) == expected
            kinds = {tag: "tag", blob: "blob", tree: "tree", newer: "commit"}
            assert {name: repository.kind(name) for name in asked} == {name: kinds[name] for name in asked}


def test_a_sha256_repository(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES, format="sha256")
    tip = project.id("main")
    with opened(settings, host.url("project.git")) as repository:
        assert repository.commits([tip]) == {tip: tip}
        assert read(repository, tip, "src/deep/er/mod.py") == b"y = 2\n"
        assert repository.names([(tip[:12], None)])[tip[:12], None].commit == tip
        assert repository.commits(["1" * 40, tip]) == {tip: tip}


def test_names(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    first = project.id("main")
    second = project.commit({"README.md": "two\n"})
    project.commit({"README.md": "side\n"}, branch="release/v2.6.x", start=first)
    project.tag("v1.0", first)
    project.git("update-ref", "refs/tags/light", second)
    asked: list[tuple[str, str | None]] = [
        ("main", None),
        ("main", "2020-01-01"),
        ("main", "2020-01-02T00:00:00+00:00"),
        ("main", "2020-01-01T23:59:59Z"),
        ("main", "2019-12-31"),
        ("main", "no date"),
        ("HEAD", None),
        ("HEAD", "2020-01-01"),
        ("v1.0", "1999-01-01"),
        ("light", None),
        ("refs/heads/main", None),
        ("tags/v1.0", None),
        ("upstream/HEAD", None),
        (first[:7], "1999-01-01"),
        ("absent", None),
        ("main^{/x}", None),
        ("--all", None),
        ("0000", None),
    ]
    with opened(settings, host.url("project.git")) as repository:
        found = repository.names(asked)
        assert {key: (named.commit, named.kind, named.full_name) for key, named in found.items()} == {
            ("main", None): (second, "branch", "refs/heads/main"),
            ("main", "2020-01-01"): (first, "branch", "refs/heads/main"),
            ("main", "2020-01-02T00:00:00+00:00"): (second, "branch", "refs/heads/main"),
            ("main", "2020-01-01T23:59:59Z"): (first, "branch", "refs/heads/main"),
            ("HEAD", None): (second, "head", "HEAD"),
            ("HEAD", "2020-01-01"): (first, "head", "HEAD"),
            ("v1.0", "1999-01-01"): (first, "tag", "refs/tags/v1.0"),
            ("light", None): (second, "tag", "refs/tags/light"),
            ("refs/heads/main", None): (second, "branch", "refs/heads/main"),
            ("tags/v1.0", None): (first, "tag", "refs/tags/v1.0"),
            (first[:7], "1999-01-01"): (first, "abbreviation", first),
        }
        assert repository.ref_names() == ("release/v2.6.x", "light", "main", "v1.0")
        assert repository.tip("release/v2.6.x") == project.id("release/v2.6.x")
        assert repository.tip("v1.0") is None


def test_an_ambiguous_abbreviation_is_left_out(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream()
    seen: dict[str, str] = {}
    for number in range(1000):  # 4 digits collide after some 300 commits, with fixed dates always the same two
        commit = project.commit({"f": f"{number}\n"})
        if commit[:4] in seen:
            break
        seen[commit[:4]] = commit
    with opened(settings, host.url("project.git")) as repository:
        assert repository.names([(commit[:4], None)]) == {}
        assert repository.names([(commit[:12], None)])[commit[:12], None].commit == commit


def test_a_branch_moves_but_the_cache_knows_old_commits(
    upstream: Build, host: GitHost, settings: FetchSettings
) -> None:
    project = upstream(FILES)
    first = project.id("main")
    with opened(settings, host.url("project.git")) as repository:
        assert repository.tip("main") == first
    second = project.commit({"README.md": "two\n"})
    project.git("branch", "-m", "main", "trunk/main")
    with opened(settings, host.url("project.git")) as repository:
        assert repository.tip("trunk/main") == second
        assert repository.ref_names() == ("trunk/main",)


def test_a_commit_that_only_a_pull_request_has(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    tip = project.id("main")
    foreign = project.commit({"README.md": "mine\n"}, branch="theirs", start=tip)
    project.git("update-ref", "refs/pull/1/head", foreign)
    project.git("update-ref", "-d", "refs/heads/theirs")
    with opened(settings, host.url("project.git")) as repository:
        assert repository.commits([foreign]) == {foreign: foreign}
        assert repository.contains([foreign, tip, "1" * 40]) == {foreign: False, tip: True, "1" * 40: False}


def test_reachability_is_unknown_above_the_limit(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    tip = project.id("main")
    small = replace(settings, limits=replace(settings.limits, history_bytes=100))
    with opened(small, host.url("project.git")) as repository:
        assert repository.contains([tip]) == {tip: None}
        with pytest.raises(FetchError) as caught:
            repository.names([("main", None)])
        assert caught.value.reason == "too-large"
        assert repository.commits([tip]) == {tip: tip}


def test_an_empty_repository(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    upstream()
    with opened(settings, host.url("project.git")) as repository:
        assert repository.names([("main", None), ("HEAD", None)]) == {}
        assert repository.ref_names() == ()
        assert repository.contains(["1" * 40]) == {"1" * 40: False}
        assert repository.commits(["1" * 40]) == {}


def test_a_server_without_filters(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream(FILES)
    tip = project.id("main")
    with opened(settings, host.url("project.git", "plain")) as repository:
        assert repository.commits([tip]) == {tip: tip}
        assert read(repository, tip, "src/app.py") == b"x = 1\n"
        assert repository.contains([tip]) == {tip: True}
    assert len(host.requests) <= 5  # everything came with the commit, nothing is asked for again


def test_a_blob_above_the_limit_is_not_loaded(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream({"big": "x" * 3000, "small": "y" * 2000})
    tip = project.id("main")
    small = replace(settings, limits=replace(settings.limits, blob_bytes=2000))
    with opened(small, host.url("project.git")) as repository:
        repository.commits([tip])
        ids = [repository.paths(tip)[name].id for name in ("big", "small")]
        repository.fetch_blobs(ids)
        with pytest.raises(FetchError) as caught:
            repository.read(ids[0])
        assert caught.value.reason == "too-large"
        assert repository.read(ids[1]) == b"y" * 2000


def test_more_bytes_than_allowed_are_refused(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    noise = bytes((number * number) % 251 ^ (number >> 8 & 255) for number in range(400_000))
    tip = (project := upstream({"big": noise})).id("main")
    small = replace(settings, limits=replace(settings.limits, bytes=20_000))
    with opened(small, host.url("project.git")) as repository:
        repository.commits([tip])
        with pytest.raises(FetchError) as caught:
            repository.fetch_blobs([project.id("main:big")])
        assert caught.value.reason == "too-large"


def test_kinds_of_entries(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    odd = "odd/sp ace\nnew\udcff.txt"
    project = upstream(
        FILES
        | {
            odd: "odd\n",
            "inside": Link("src/app.py"),
            "folder": Link("src/deep/"),
            "twice": Link("folder/er"),
            "src/up": Link("../README.md"),
            "outside": Link("../../etc/passwd"),
            "absolute": Link("/etc/passwd"),
            "loop": Link("pool"),
            "pool": Link("loop"),
            "dangling": Link("nowhere"),
            "vendor/lib": Submodule("1" * 40),
        }
    )
    tip = project.id("main")
    expected = {
        "": ("", "directory"),
        "src": ("src", "directory"),
        "src/": ("src", "directory"),
        "/src//app.py": ("src/app.py", "file"),
        odd: (odd, "file"),
        "inside": ("src/app.py", "file"),
        "folder": ("src/deep", "directory"),
        "folder/er/mod.py": ("src/deep/er/mod.py", "file"),
        "twice/mod.py": ("src/deep/er/mod.py", "file"),
        "src/up": ("README.md", "file"),
        "outside": ("outside", "symlink"),
        "absolute": ("absolute", "symlink"),
        "loop": ("loop", "symlink"),
        "dangling": ("dangling", "symlink"),
        "vendor/lib": ("vendor/lib", "submodule"),
        "vendor/lib/deep/file.c": ("vendor/lib", "submodule"),
        "README.md/below": None,
        "absent": None,
        "src/../README.md": None,
        "../README.md": None,
        "a/" * 50_000: None,
        "src/\0": None,
    }
    with opened(settings, host.url("project.git")) as repository:
        repository.commits([tip])
        host.requests.clear()
        found = repository.entries((tip, path) for path in expected)
        # Eight links, two steps of a chain (twice -> folder): two fetches.
        assert len(host.requests) <= 4
        assert {path: (e.path, e.kind) if (e := found.get((tip, path))) else None for path in expected} == expected
        everything = repository.paths(tip)
        links = ["inside", "folder", "twice", "src/up", "outside", "absolute", "loop", "pool", "dangling"]
        assert sorted(everything) == sorted([*FILES, odd, *links, "vendor/lib"])
        assert everything[odd] == repository.entry(tip, odd)
        assert everything["vendor/lib"].kind == "submodule"
        assert read(repository, tip, odd) == b"odd\n"
        with pytest.raises(FetchError):
            repository.read(repository.paths(tip)["vendor/lib"].id)


def test_ten_thousand_look_ups_read_each_tree_once(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    project = upstream({f"d{number % 10}/f{number}": "" for number in range(1000)})
    tip = project.id("main")
    with opened(settings, host.url("project.git")) as repository:
        repository.commits([tip])
        for _ in range(10):
            assert all(repository.entry(tip, f"d{number % 10}/f{number}") for number in range(1000))
    assert len(host.requests) == 2


def test_a_large_blob_instead_of_a_commit(upstream: Build, host: GitHost, settings: FetchSettings) -> None:
    blob = upstream({"big": "x" * 3000}).id("main:big")
    small = replace(settings, limits=replace(settings.limits, blob_bytes=2000))
    with opened(small, host.url("project.git")) as repository:
        assert repository.commits([blob]) == {}
        assert repository.kind(blob) == "blob"


def test_a_malformed_commit_is_refused_and_the_cache_kept(
    upstream: Build, host: GitHost, settings: FetchSettings
) -> None:
    project = upstream(FILES)
    tip = project.id("main")
    entry = b"100644 ..\0" + bytes.fromhex(project.id("main:README.md"))
    tree = project.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=entry)
    evil = project.git("commit-tree", tree, "-m", "evil")
    old = b"0" + b"100644 a\0" + entry[10:]
    harmless = project.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=old)
    padded = project.git("commit-tree", harmless, "-m", "as old tools wrote it")
    with opened(settings, host.url("project.git")) as repository:
        assert repository.commits([tip, padded]) == {tip: tip, padded: padded}
        assert read(repository, padded, "a") == b"# Project\n"
        with pytest.raises(FetchError) as caught:
            repository.commits([evil])
        assert caught.value.reason == "refused"
        host.requests.clear()
        assert repository.commits([tip]) == {tip: tip}
    assert host.requests == []
