"""The cache survives what happens to files and processes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from githost import GitHost
from upstream import Upstream

import auditor
from auditor.errors import EnvironmentTrouble, FetchError
from auditor.fetch import FetchSettings, Limits, Store, check_git, default_cache
from auditor.fetch.store import cache_parts

WORK = """
import sys
from pathlib import Path
from auditor.fetch import FetchSettings, Store
cache, url, tip = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with Store(FetchSettings(cache)).repository(url) as repository:
    repository.commits([tip])
    entries = [repository.entry(tip, f"f{number}") for number in range(20)]
    repository.fetch_blobs(entry.id for entry in entries)
    print(sum(len(repository.read(entry.id)) for entry in entries), repository.contains([tip])[tip], flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path: Path) -> FetchSettings:
    return FetchSettings(tmp_path / "cache", limits=Limits(seconds=10, lock_seconds=5))


@pytest.fixture
def project(tmp_path: Path) -> Upstream:
    made = Upstream(tmp_path / "upstream" / "project.git")
    made.commit({f"f{number}": f"{number}\n" * 100 for number in range(20)})
    return made


def everything(settings: FetchSettings, url: str, tip: str) -> tuple[bytes, bool | None]:
    with Store(settings).repository(url) as repository:
        assert repository.commits([tip]) == {tip: tip}
        entries = [repository.entry(tip, f"f{number}") for number in range(20)]
        ids = [entry.id for entry in entries if entry]
        repository.fetch_blobs(ids)
        return b"".join(repository.read(name) for name in ids), repository.contains([tip])[tip]


def start(settings: FetchSettings, url: str, tip: str) -> subprocess.Popen[bytes]:
    root = str(Path(auditor.__file__).parents[1])
    command = [sys.executable, "-c", WORK, str(settings.cache), url, tip]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, env=os.environ | {"PYTHONPATH": root})


def garble(path: Path) -> None:
    path.chmod(0o600)
    content = path.read_bytes()
    path.write_bytes(content[:40] + bytes(byte ^ 0x5A for byte in content[40:-30]) + content[-30:])


def spoil_packs(repository: Path) -> None:
    for path in repository.glob("objects/pack/*.pack"):
        garble(path)


def cut_packs(repository: Path) -> None:
    for path in repository.glob("objects/pack/*.pack"):
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:50])


def spoil_indexes(repository: Path) -> None:
    for path in repository.glob("objects/pack/*.idx"):
        garble(path)


def lose_objects(repository: Path) -> None:
    shutil.rmtree(repository / "objects")


def lose_packs(repository: Path) -> None:
    for path in repository.glob("objects/pack/*"):
        path.unlink()


def lose_one_pack(repository: Path) -> None:
    max(repository.glob("objects/pack/*.pack"), key=lambda path: path.stat().st_size).unlink()


def become_a_file(repository: Path) -> None:
    shutil.rmtree(repository)
    repository.write_text("nothing")


def lose_head(repository: Path) -> None:
    (repository / "HEAD").unlink()


def empty_head(repository: Path) -> None:
    (repository / "HEAD").write_text("")


def spoil_config(repository: Path) -> None:
    (repository / "config").write_text("[core\n")


def spoil_shallow(repository: Path) -> None:
    (repository / "shallow").write_text("nonsense\n")


@pytest.mark.parametrize("part", ["objects.git", "history.git"])
@pytest.mark.parametrize(
    "damage",
    [
        spoil_packs,
        cut_packs,
        spoil_indexes,
        lose_objects,
        lose_packs,
        lose_one_pack,
        become_a_file,
        lose_head,
        empty_head,
        spoil_config,
        spoil_shallow,
    ],
)
def test_damage_is_healed(
    host: GitHost, settings: FetchSettings, project: Upstream, damage: Callable[[Path], None], part: str
) -> None:
    url, tip = host.url("project.git"), project.id("main")
    expected = everything(settings, url, tip)
    (folder,) = settings.cache.rglob(part)
    damage(folder)
    assert everything(settings, url, tip) == expected
    host.requests.clear()
    assert everything(settings, url, tip) == expected
    assert host.requests == []  # healed for good


def test_damage_offline_is_reported(host: GitHost, settings: FetchSettings, project: Upstream) -> None:
    url, tip = host.url("project.git"), project.id("main")
    everything(settings, url, tip)
    (folder,) = settings.cache.rglob("objects.git")
    spoil_packs(folder)
    with pytest.raises(FetchError) as caught:
        everything(replace(settings, offline=True), url, tip)
    assert caught.value.reason in ("damaged", "offline")


def test_what_a_killed_git_leaves_is_cleared(host: GitHost, settings: FetchSettings, project: Upstream) -> None:
    url, tip = host.url("project.git"), project.id("main")
    everything(settings, url, tip)
    left = ["shallow.lock", "config.lock", "HEAD.lock", "objects/pack/tmp_pack_x", "refs/heads/main.lock"]
    for part in ("objects.git", "history.git"):
        (folder,) = settings.cache.rglob(part)
        for name in left:
            (folder / name).write_text("left behind")
    (folder.parent / "new-1").mkdir()
    second = project.commit({"f0": "new\n"})
    everything(settings, url, second)
    assert not [path for path in settings.cache.rglob("*") if path.name in {Path(name).name for name in left}]
    assert not (folder.parent / "new-1").exists()


def test_a_process_killed_half_way_harms_nobody(host: GitHost, settings: FetchSettings, project: Upstream) -> None:
    tip = project.id("main")
    expected = everything(replace(settings, cache=settings.cache / "other"), host.url("project.git"), tip)
    mirrored = replace(settings, mirrors=((host.url("project.git", "hang"), host.url("project.git")),))
    victim = start(settings, host.url("project.git", "hang"), tip)  # hangs in its first request
    with victim:
        end = time.monotonic() + 10
        while not list(settings.cache.rglob("lock-holder")) and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(0.2)
        victim.kill()
    assert victim.returncode == -signal.SIGKILL
    assert everything(mirrored, host.url("project.git", "hang"), tip) == expected


def test_two_processes_at_once(host: GitHost, settings: FetchSettings, project: Upstream) -> None:
    url, tip = host.url("project.git"), project.id("main")
    both = [start(settings, url, tip), start(settings, url, tip)]
    for process in both:
        assert process.stdin is not None
        process.stdin.close()  # whichever comes first must not wait for us
        process.stdin = None
    answers = [process.communicate(timeout=20)[0] for process in both]
    assert len(set(answers)) == 1
    assert answers[0].endswith(b" True\n")
    assert len(host.requests) <= 7  # 4 for the objects, 3 for the history, all by the first of the two


def test_whoever_waits_too_long_is_told_for_whom(
    host: GitHost, settings: FetchSettings, project: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    url, tip = host.url("project.git"), project.id("main")
    with start(settings, url, tip) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().endswith(b" True\n")
        hasty = replace(settings, limits=replace(settings.limits, lock_seconds=0.3))
        with pytest.raises(FetchError, match=f"process {holder.pid} keeps"):
            everything(hasty, url, tip)
        assert f"waiting for process {holder.pid}" in caplog.text
        holder.communicate(b"")
    assert everything(settings, url, tip)[1] is True


def test_a_cache_that_cannot_be_made_is_replaced_by_a_temporary_one(
    host: GitHost, settings: FetchSettings, project: Upstream, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(replace(settings, cache=tmp_path / "file" / "cache"))
    assert store.warning is not None
    assert "cannot be written" in store.warning
    with store.repository(host.url("project.git")) as repository:
        assert repository.tip("main") == project.id("main")
    assert store.root.is_dir()
    store.close()
    assert not store.root.exists()


def test_a_cache_that_cannot_be_written_is_still_read(
    host: GitHost, settings: FetchSettings, project: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, tip = host.url("project.git"), project.id("main")
    expected = everything(settings, url, tip)
    before = {path: path.stat().st_mtime_ns for path in settings.cache.rglob("*")}
    access = os.access

    def denied(path: Path, mode: int) -> bool:  # as a read-only file system answers; root may write everywhere else
        return access(path, mode) and not str(path).startswith(str(settings.cache))

    monkeypatch.setattr(os, "access", denied)
    host.requests.clear()
    assert everything(settings, url, tip) == expected
    assert host.requests == []
    second = project.commit({"f0": "new\n"})
    assert everything(settings, url, second)[1] is True
    assert {path: path.stat().st_mtime_ns for path in settings.cache.rglob("*")} == before


def test_cache_names_are_readable_and_never_collide() -> None:
    keys = [
        ("github.com", "/pallets/flask"),
        ("github.com", "/pallets/Flask"),
        ("github.com", "/pallets_flask"),
        ("github.com:443", "/pallets/flask"),
        ("h", "/../../etc/passwd"),
        ("h", "/..\\..\\x"),
        ("h", "/" + "long/" * 9000),
        ("h", "/" + "x" * 100_000),
        ("h", "/con\0\n\udcff"),
        ("", ""),
        ("..", ".."),
    ]
    folders = {"/".join(cache_parts(key)).lower() for key in keys}
    assert len(folders) == len(keys)
    assert cache_parts(keys[0])[:2] == ("github.com", "pallets")
    assert cache_parts(keys[0])[2].startswith("flask-")
    for key in keys:
        parts = cache_parts(key)
        assert all(part.strip(".") and len(part) < 80 and part.isascii() and part.isprintable() for part in parts)
        assert not any("/" in part or "\\" in part for part in parts)


def test_the_default_cache_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert default_cache().name == "auditor"
    monkeypatch.setenv("AUDITOR_CACHE_DIR", str(tmp_path))
    assert default_cache() == tmp_path


def test_git_must_be_there_and_not_too_old(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert int(check_git().split(".")[0]) >= 2
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentTrouble, match="git was not found on the PATH"):
        check_git()
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\necho git version 2.30.1\n")
    fake.chmod(0o700)
    with pytest.raises(EnvironmentTrouble, match=r"2\.30\.1 is too old"):
        check_git()
