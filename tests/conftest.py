"""Fixtures for every test: a clean environment, real repositories, a real git host."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from githost import GitHost
from upstream import Content, Upstream


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the person who runs the tests reaches git or the tool."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "GITHUB_", "GH_", "AUDITOR_", "SSH_", "XDG_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path_factory.getbasetemp()))
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def upstream(tmp_path: Path) -> Callable[..., Upstream]:
    """Build a bare repository from files: `upstream({"a.py": "x = 1\\n"})`; more by `.commit`, `.tag`, `.git`."""

    def build(files: Mapping[str, Content] | None = None, name: str = "project.git", format: str = "sha1") -> Upstream:
        made = Upstream(tmp_path / "upstream" / name, format)
        if files:
            made.commit(files)
        return made

    return build


@pytest.fixture
def host(tmp_path: Path) -> Iterator[GitHost]:
    """A smart-HTTP host that serves what `upstream` builds."""
    with GitHost(tmp_path / "upstream") as running:
        yield running
