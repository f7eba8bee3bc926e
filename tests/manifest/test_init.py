"""`auditor init`: from every kind of source, never over what is there, and what it writes is a manifest."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from auditor.cli.init import run
from auditor.cli.options import build_parser
from auditor.errors import DocumentError, UsageError
from auditor.manifest import read_manifest
from auditor.manifest.write import Surroundings, render_manifest
from auditor.model.manifest import Dependency
from auditor.model.report import Place

SHA = "066a35dd322f689ec07d7c0e82b19eacadac3c6b"
PLACE = Place("x", 1, 1, 1, 1)
Init = Callable[..., int]


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Init:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    parser = build_parser()
    return lambda *arguments: run(parser.parse_args(["init", *arguments]))


def _written(path: str = "auditor.toml") -> tuple[Dependency, ...]:
    manifest = read_manifest(Path(path), date(2026, 11, 22))
    assert manifest.problems == ()
    return manifest.dependencies


def test_the_lock_files_of_this_folder(init: Init, capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text(f"left-aside==1\nx @ git+https://github.com/o/x@{SHA}\n")
    Path("Pipfile.lock").write_text('{"_meta": {"pipfile-spec": 6}, "default": {"flask": {"version": "==2.2.2"}}}')
    Path("go.mod").write_text("module m\nrequire github.com/o/r v1.0.0\n")
    Path("README.md").write_text("")
    assert init() == 0
    flask, module = _written()
    assert (flask.name, flask.version, flask.ecosystem) == ("flask", "2.2.2", "pypi")
    assert (module.name, module.repository, module.ecosystem) == ("github.com/o/r", "https://github.com/o/r", "go")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "using Pipfile.lock; left aside: requirements.txt" in captured.err
    assert "no repository found for 1 of 2: flask" in captured.err
    assert "no commit found for 2 of 2: flask, github.com/o/r" in captured.err
    manifest = read_manifest(Path("auditor.toml"), date(2026, 11, 22))
    assert [glob.pattern for glob in manifest.surfaces.promotion] == ["README.md"]


def test_several_sources_complete_each_other(init: Init, tmp_path: Path) -> None:
    info = tmp_path / "site" / "Flask-2.2.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Name: Flask\nVersion: 2.2.2\nHome-page: https://github.com/pallets/flask\n\n")
    Path("requirements.txt").write_text("flask==2.2.2\nclick==8\n")
    link = f"https://github.com/pallets/flask/blob/{SHA}/a.py#L1\n"
    Path("report.md").write_text(f"{link}\n{link}\nhttps://github.com/o/other/blob/main/b.py#L2\n")
    assert init("--from", "requirements.txt", "--from", "site", "--from", "report.md") == 0
    click, flask, other = _written()
    assert (flask.version, flask.repository, flask.commit) == ("2.2.2", "https://github.com/pallets/flask", SHA)
    assert (click.repository, other.name, other.commit) == (None, "other", None)


def test_a_report_gives_the_commit_that_is_cited_most(init: Init) -> None:
    link = "https://github.com/{}/blob/{}/a.py#L1\n\n"
    text = (
        link.format("a/x", "1" * 40) + 2 * link.format("a/x", SHA) + link.format("b/x", SHA) + link.format("c/y", SHA)
    )
    Path("report.md").write_text(text)
    assert init("--from", "report.md") == 0
    assert [(one.name, one.repository, one.commit) for one in _written()] == [
        ("a/x", "https://github.com/a/x", SHA),
        ("b/x", "https://github.com/b/x", SHA),
        ("y", "https://github.com/c/y", SHA),
    ]


def test_the_environment(init: Init, capsys: pytest.CaptureFixture[str]) -> None:
    assert init("--from", "environment") == 0
    assert "pytest" in {one.name for one in _written()}
    assert "environment: " in capsys.readouterr().err


def test_nothing_is_written_over(init: Init) -> None:
    Path("auditor.toml").write_text("# mine\n")
    Path("requirements.txt").write_text("a==1\n")
    with pytest.raises(UsageError, match="--force"):
        init()
    assert Path("auditor.toml").read_text() == "# mine\n"
    assert init("--force") == 0
    assert [one.name for one in _written()] == ["a"]


def test_printing(init: Init, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("requirements.txt").write_text("a==1\n")
    assert init("--output", "-") == 0
    assert b'name = "a"' in capsysbinary.readouterr().out
    assert not Path("auditor.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ([], UsageError, "there is no lock file here"),
        (["--from", "uv.lock"], DocumentError, "uv.lock"),
        (["--from", "nothing.md"], DocumentError, "no such file"),
        (["--from", "program.exe"], UsageError, "neither a lock file"),
        (["--from", "broken/uv.lock"], DocumentError, "broken/uv.lock:2: .*is not TOML"),
        (["--from", "broken/requirements.txt"], DocumentError, "more.txt was not read"),
    ],
)
def test_what_cannot_be_read(init: Init, arguments: list[str], error: type[Exception], words: str) -> None:
    Path("broken").mkdir()
    Path("broken/uv.lock").write_text("version = 1\n= 2\n")
    Path("broken/requirements.txt").write_text("a==1\n-r more.txt\n")
    with pytest.raises(error, match=words):
        init(*arguments)
    assert not Path("auditor.toml").exists()


def test_the_manifest_does_not_depend_on_the_order_and_keeps_odd_names(init: Init) -> None:
    odd = 'a"b\\c\x7fé'
    dependencies = [
        Dependency(odd, PLACE, "npm", "1", "https://github.com/o/r", SHA, None, "MIT", "dev-only"),
        Dependency("a", PLACE, revision="v1.0"),
    ]
    text = render_manifest(dependencies, Surroundings())
    assert text == render_manifest(reversed(dependencies), Surroundings())
    Path("odd.toml").write_text(text)
    plain, strange = _written("odd.toml")
    assert (strange.name, strange.ecosystem, strange.commit, strange.license, strange.use) == (
        odd, "npm", SHA, "MIT", "dev-only",
    )  # fmt: skip
    assert (plain.name, plain.revision, plain.commit) == ("a", "v1.0", None)
