"""`auditor init --prove`: what is installed is pinned, what is not proved is said, also in the manifest."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from installs import CODE, IN_SRC, REPOSITORY, install
from upstream import Upstream

from auditor.cli.init import run
from auditor.cli.options import build_parser
from auditor.manifest import read_manifest

Build = Callable[..., Upstream]


def _init(*arguments: str) -> int:
    return run(build_parser().parse_args(["init", "--cache-dir", "cache", *arguments]))


@pytest.fixture
def made(upstream: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Upstream:
    """A repository with release 1.2.0, installed with a patch in the folder `site`; `site` is the current folder's."""
    made = upstream(IN_SRC)
    made.tag("v1.2.0", made.id("main"))
    install(tmp_path / "site", {**CODE, "pkg/c.py": "patched\n", "pkg/odd\x1b.py": "x = 1\n"})
    install(tmp_path / "site", {"alone.py": "x = 1\n"}, name="alone", repository=None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    return made


def test_what_is_installed_is_pinned(made: Upstream, capsys: pytest.CaptureFixture[str]) -> None:
    assert _init("--from", "site", "--prove", "--mirror", f"{REPOSITORY}={made.path}") == 0
    manifest = read_manifest(Path("auditor.toml"), date(2026, 11, 22))
    assert manifest.problems == ()
    _, pkg = manifest.dependencies
    assert (pkg.name, pkg.repository, pkg.commit) == ("pkg", REPOSITORY, made.id("main"))
    written = Path("auditor.toml").read_text()
    assert (
        "# pkg 1.2.0: proved by content: 7 of 9 files at tag v1.2.0\n#   pkg/c.py: differs from src/pkg/c.py" in written
    )
    assert "#   pkg/odd\\x1b.py: the repository has no such file there\n" in written
    assert "# alone 1.2.0: not proved: its metadata name no repository\n" in written
    said = capsys.readouterr().err
    assert "pkg 1.2.0: proved by content: 7 of 9 files at tag v1.2.0" in said
    assert "\x1b" not in said + written


def test_dependencies_of_a_lock_file_are_pinned_by_the_active_environment(
    made: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "venv/lib/python3.11/site-packages"
    packages.parent.mkdir(parents=True)
    (tmp_path / "site").rename(packages)
    (tmp_path / "venv/pyvenv.cfg").write_text("home = /usr\n")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "venv"))
    Path("requirements.txt").write_text("pkg==1.2.0\n")
    assert _init("--prove", "--mirror", f"{REPOSITORY}={made.path}") == 0
    (pkg,) = read_manifest(Path("auditor.toml"), date(2026, 11, 22)).dependencies
    assert (pkg.repository, pkg.commit) == (REPOSITORY, made.id("main"))
    assert _init("--from-environment", "--force", "--mirror", f"{REPOSITORY}={made.path}") == 0
    assert "proved by content: 7 of 9 files" in Path("auditor.toml").read_text()


def test_a_repository_that_cannot_be_had_makes_the_run_incomplete(
    made: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _init("--from", "site", "--prove", "--offline") == 3
    assert "pkg 1.2.0: not proved: https://example.org/o/pkg: not all of it is in the cache" in capsys.readouterr().err
    assert all(one.commit is None for one in read_manifest(Path("auditor.toml"), date(2026, 11, 22)).dependencies)
