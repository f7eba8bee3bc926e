"""Which blobs stand in the trees of many commits, and the tags that lead there; no content is fetched."""

from collections.abc import Callable
from pathlib import Path

from upstream import Link, Submodule, Upstream

from auditor.fetch import FetchSettings, Store

Build = Callable[..., Upstream]
URL = "https://example.org/o/r"


def _store(tmp_path: Path, made: Upstream) -> Store:
    return Store(FetchSettings(tmp_path / "cache", ((URL, str(made.path)),)))


def test_blobs_anywhere_in_a_commit(tmp_path: Path, upstream: Build) -> None:
    made = upstream({"a/b/c.txt": "one\n", "d.txt": "two\n", "empty/x": ""})
    first = made.id("main")
    second = made.commit({"a/b/c.txt": "new\n", "link": Link("a"), "sub": Submodule("1" * 40), "tool.sh": "x\n"})
    ids = {path: made.id(f"{second}:{path}") for path in ("a/b/c.txt", "d.txt", "link", "tool.sh")}
    old = made.id(f"{first}:a/b/c.txt")
    asked = {*ids.values(), old, "1" * 40, made.id(f"{second}:a")}
    with _store(tmp_path, made).repository(URL) as repository:
        repository.commits([first, second])
        held = repository.holding([first, second, first], asked)
        assert repository.holding([], asked) == {}
        assert repository.holding([first], []) == {first: frozenset()}
    assert held == {
        first: frozenset({old, ids["d.txt"]}),
        second: frozenset({ids["a/b/c.txt"], ids["d.txt"], ids["tool.sh"]}),
    }


def test_a_tree_of_more_paths_than_can_be_listed(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    blob = made.git("hash-object", "-w", "--stdin", stdin=b"deep\n")
    tree = made.git("mktree", stdin=f"100644 blob {blob}\tf\n".encode())
    for _ in range(60):  # 3 to the power of 60 paths
        lines = "".join(f"040000 tree {tree}\td{number}\n" for number in range(3)).encode()
        tree = made.git("mktree", stdin=lines)
    commit = _commit(made, tree)
    with _store(tmp_path, made).repository(URL) as repository:
        repository.commits([commit])
        assert repository.holding([commit], [blob]) == {commit: frozenset({blob})}


def _commit(made: Upstream, tree: str) -> str:
    text = f"tree {tree}\nauthor A <a@example.org> 1 +0000\ncommitter A <a@example.org> 1 +0000\n\nx\n"
    commit = made.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode())
    made.git("update-ref", "refs/heads/main", commit)
    return commit


def test_tags_lead_to_commits(tmp_path: Path, upstream: Build) -> None:
    made = upstream({"a": "1\n"})
    commit = made.id("main")
    made.tag("v1", commit)
    made.git("update-ref", "refs/tags/light", commit)
    made.git("update-ref", "refs/tags/blob", made.id("main:a"))
    with _store(tmp_path, made).repository(URL) as repository:
        assert repository.tags() == {"light": commit, "v1": commit}
