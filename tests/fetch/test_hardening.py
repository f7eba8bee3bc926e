"""Nothing that a repository, a document or the environment says is ever executed."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from githost import GitHost
from upstream import Upstream, run

from auditor.errors import FetchError
from auditor.fetch import FetchSettings, Limits, Store, last_commit_date, own_repository, written_dates
from auditor.fetch.config import is_allowed, user_settings, without_credentials
from auditor.fetch.environment import scratch_environment
from auditor.fetch.git import Bound, run_git


@pytest.fixture
def settings(tmp_path: Path) -> FetchSettings:
    return FetchSettings(tmp_path / "cache", limits=Limits(seconds=10))


@pytest.fixture
def trap(tmp_path: Path) -> tuple[Path, Path]:
    """A program, and the file that exists once it was run."""
    program, mark = tmp_path / "trap", tmp_path / "executed"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n")
    program.chmod(0o700)
    return program, mark


def everything(settings: FetchSettings, url: str, tip: str) -> None:
    with Store(settings).repository(url) as repository:
        repository.commits([tip])
        for entry in repository.paths(tip).values():
            repository.fetch_blobs([entry.id])
            repository.read(entry.id)
        repository.names([("main", None), (tip[:8], None)])


def test_options_in_words_of_a_document(
    host: GitHost, settings: FetchSettings, upstream: Callable[..., Upstream], trap: tuple[Path, Path]
) -> None:
    program, mark = trap
    tip = upstream({"a": "1\n"}).id("main")
    evil = [f"--upload-pack={program}", f"-c core.sshCommand={program}", f"--output={mark}", "--exec=x", "-h"]
    for url in (*evil, f"ssh://-oProxyCommand={program}/x", f"-oProxyCommand={program}:x", f"ext::{program}"):
        with pytest.raises(FetchError), Store(settings).repository(url) as repository:
            repository.commits([tip])
    mirrored = replace(settings, mirrors=(("https://example.org", host.url("").rstrip("/")),))
    for name in evil:
        with pytest.raises(FetchError), Store(mirrored).repository(f"https://example.org/{name}") as repository:
            repository.commits([tip])
    with Store(settings).repository(host.url("project.git")) as repository:
        assert repository.commits([*evil, tip]) == {tip: tip}
        assert repository.names([(word, date) for word in evil for date in (None, *evil)]) == {}
        assert repository.contains([*evil, "main", f"{tip}\n{tip}"]) == {}
        for word in (*evil, "main", f"{tip}\n{tip}"):
            with pytest.raises(FetchError):
                repository.entry(word, "a")
            with pytest.raises(FetchError):
                repository.paths(word)
        assert not any(repository.tip(word) or repository.entry(tip, word) for word in evil)
        repository.fetch_blobs(evil)
        for word in evil:
            with pytest.raises(FetchError):
                repository.read(word)
    assert not mark.exists()


def test_the_users_hooks_templates_and_programs_do_not_run(
    host: GitHost, settings: FetchSettings, upstream: Callable[..., Upstream], trap: tuple[Path, Path], tmp_path: Path
) -> None:
    program, mark = trap
    project = upstream({"a": "1\n"})  # built before the hooks are there, that git may run them
    tip = project.id("main")
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    for name in ("reference-transaction", "post-checkout", "post-merge", "pre-auto-gc"):
        (hooks / name).symlink_to(program)
    (Path.home() / ".gitconfig").write_text(
        f"[init]\n\ttemplateDir = {tmp_path / 'template'}\n[core]\n\thooksPath = {hooks}\n\tfsmonitor = {program}\n"
        f"\tpager = {program}\n[uploadpack]\n\tpackObjectsHook = {program}\n[diff]\n\texternal = {program}\n"
    )
    everything(settings, host.url("project.git"), tip)
    assert not mark.exists()
    everything(replace(settings, mirrors=(("https://example.org/p", str(project.path)),)), "https://example.org/p", tip)
    assert not mark.exists()


def test_a_mirrors_own_configuration_does_not_run(
    settings: FetchSettings, upstream: Callable[..., Upstream], trap: tuple[Path, Path]
) -> None:
    program, mark = trap
    project = upstream({"a": "1\n"})
    for key in ("core.fsmonitor", "core.sshCommand", "uploadpack.packObjectsHook", "core.alternateRefsCommand"):
        project.git("config", key, str(program))
    hooks = project.path / "hooks"
    hooks.mkdir()
    for name in ("reference-transaction", "post-upload-pack", "pre-receive"):
        (hooks / name).symlink_to(program)
    mirrored = replace(settings, mirrors=(("https://example.org/p", str(project.path)),))
    everything(mirrored, "https://example.org/p", project.id("main"))
    assert not mark.exists()


def test_a_hostile_checkout_around_the_document(trap: tuple[Path, Path], tmp_path: Path) -> None:
    program, mark = trap
    folder = tmp_path / "checkout"
    folder.mkdir()
    run("init", "--quiet", folder=folder)
    (folder / ".gitattributes").write_text("*.md diff=evil filter=evil\n")
    (folder / "report.md").write_text("https://example.org/a\n")
    run("add", ".", folder=folder)
    run("commit", "--quiet", "--message=one", folder=folder)
    for key in ("core.fsmonitor", "core.pager", "pager.log", "diff.external", "gpg.program", "diff.evil.textconv"):
        run("config", key, str(program), folder=folder)
    for key in ("diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "core.sshCommand"):
        run("config", key, str(program), folder=folder)
    run("config", "log.showSignature", "true", folder=folder)
    run("config", "color.ui", "always", folder=folder)
    (folder / ".git" / "hooks" / "post-index-change").symlink_to(program)
    assert written_dates(folder / "report.md", ["https://example.org/a"]) == {
        "https://example.org/a": "2020-01-01T00:00:00+00:00"
    }
    assert last_commit_date(folder / "report.md") == "2020-01-01T00:00:00+00:00"
    assert own_repository(folder / "report.md") is not None
    assert not mark.exists()


def test_variables_that_lead_git_astray_are_dropped(
    host: GitHost,
    settings: FetchSettings,
    upstream: Callable[..., Upstream],
    trap: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    program, mark = trap
    tip = upstream({"a": "1\n"}).id("main")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"):
        monkeypatch.setenv(name, str(tmp_path / "astray"))
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, str(program))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.fsmonitor'='{program}'")
    assert not {"GIT_DIR", "GIT_PAGER", "GIT_CONFIG_PARAMETERS"} & scratch_environment().keys()
    everything(settings, host.url("project.git"), tip)
    assert not mark.exists()
    assert not (tmp_path / "astray").exists()


def test_only_connections_are_taken_from_the_users_configuration(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "included").write_text("[http]\n\tproxy = http://proxy.example.org\n")
    (Path.home() / ".gitconfig").write_text(
        f"[include]\n\tpath = {tmp_path / 'included'}\n[core]\n\thooksPath = x\n\tsshCommand = ssh -v\n"
        '[http "https://a.example.org"]\n\textraHeader = A: b\n\tsslCAInfo = /ca\n\tuserAgent = evil\n'
        '[credential]\n\thelper = one\n\thelper = two\n[url "https://t@h/"]\n\tinsteadOf = https://h/\n'
        '[url "git@h:"]\n\tinsteadOf = h:\n\tpushInsteadOf = p:\n[alias]\n\tx = !evil\n[ssh]\n\tvariant\n'
    )
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "http.extraHeader")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "C: line\nbreak")
    run("init", "--quiet", folder=tmp_path)
    run("config", "credential.helper", "!evil", folder=tmp_path)
    found = user_settings(tmp_path)
    assert found == (
        ("http.proxy", "http://proxy.example.org"),
        ("core.sshcommand", "ssh -v"),
        ("http.https://a.example.org.extraheader", "A: b"),
        ("http.https://a.example.org.sslcainfo", "/ca"),
        ("credential.helper", "one"),
        ("credential.helper", "two"),
        ("url.https://t@h/.insteadof", "https://h/"),
        ("url.git@h:.insteadof", "h:"),
        ("ssh.variant", "true"),
        ("http.extraheader", "C: line\nbreak"),
    )
    assert [key for key, _ in without_credentials(found)] == [
        "http.proxy",
        "core.sshcommand",
        "http.https://a.example.org.sslcainfo",
        "url.git@h:.insteadof",
        "ssh.variant",
    ]
    assert not any(
        map(is_allowed, ["core.hookspath", "alias.x", "http.https://x.useragent", "url.x.pushinsteadof", ""])
    )
    (Path.home() / ".gitconfig").write_text("[broken")
    assert user_settings(tmp_path) == ()


def test_a_timeout_ends_the_grandchildren_too(tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    alias = ("alias.sleep", f"!(sleep 1.5; touch '{mark}') & sleep 30")
    with pytest.raises(FetchError, match=r"git sleep took longer than 0\.3 s"):
        run_git(["sleep"], environment=scratch_environment([alias]), bound=Bound(0.3))
    end = os.times().elapsed + 1.6
    while os.times().elapsed < end:
        assert not mark.exists()
