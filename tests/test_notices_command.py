"""`auditor notices` as a user meets it: written, held against what is there, put into a wheel."""

import html
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from shipping_project import NAMES, NOTICE, NOTICES, WHEEL, App, apache, bsd, mit, tarred

Edit = Callable[[bytes], bytes]


@pytest.fixture
def app(tmp_path: Path) -> App:
    """The project before it has a notices file."""
    return App(tmp_path / "app")


def test_what_it_writes_makes_obligations_pass(app: App) -> None:
    """The wheel lost every text of its parts; with the file that the command writes it is right again."""
    for name, file in (("dice", "LICENSE.rst"), ("juggle", "LICENSE"), ("rocket", "LICENSE"), ("rocket", "NOTICE")):
        app.path(f"{App.place(name)}/{file}").unlink()
    app.build()
    wheel = f"dist/{WHEEL}"
    assert app.run("obligations", "auditor.toml", wheel).code == 1
    ran = app.run("notices")
    assert (ran.code, ran.out, ran.err) == (0, "", f"auditor: 3 components, 4 texts in {NOTICES}\n")
    app.build()
    after = app.run("obligations", "auditor.toml", wheel, "--select", "notice-missing,notice-altered,notice-stale")
    assert after.code == 0, after
    assert "no violation found" in after.out


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("N.md", "# Third-party"), ("N.txt", "THIRD-PARTY"), ("N.html", "<!doctype html>"), ("NOTICE", "THIRD-PARTY")],
)
def test_texts_stand_in_every_form_as_they_are(app: App, name: str, beginning: str) -> None:
    assert app.run("notices", "--output", name).code == 0
    written = app.read(name)
    assert written.startswith(beginning)
    shown = html.unescape(written) if name == "N.html" else written
    assert [shown.count(text) for text in (bsd(), mit(), apache(), NOTICE)] == [1, 1, 1, 1]
    assert app.run("notices", "--output", name, "--check").code == 0
    app.write("dist/readme.txt", "not a part of anything")
    again = app.run("notices", "--output", name)
    assert (again.code, app.read(name)) == (0, written)


def test_holders_are_those_of_the_work(app: App) -> None:
    """What Apache-2.0 has in its appendix is a form to be filled in, and nobody's statement."""
    out = app.run("notices", "--output", "-").out
    holders = [line for line in out.splitlines() if line.startswith("- Holder:")]
    assert holders == [
        "- Holder: `Copyright (c) 2010 The Dice Team`",
        "- Holder: `Copyright (c) 2021 Jane Roe`",
        "- Holder: `Copyright 2019 The Rocket Authors`",
        "- Holder: `Copyright 2011 Jane Doe`",
    ]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda data: data.replace(b"NO EVENT", b"NO EVENt", 1), "LICENSE.rst of dice: it reads"),
        (lambda data: data.replace(b"in binary form must", b"in Binary form must"), "LICENSE.rst of dice: it reads"),
        (lambda data: data.replace(b"are Copyright 2011", b"are Copyright 2012"), "NOTICE of rocket: it reads"),
        (lambda data: data.replace(b"</a>juggle\n", b"</a>juggles\n"), "juggle"),
        (lambda data: data.replace(b"Licence: `MIT`", b"Licence: `MIX`"), "the licence is 'MIX', expected 'MIT'"),
        (lambda data: data.replace(b"o/juggle>", b"o/jungle>"), "juggle: the source is"),
        (lambda data: data.replace(b"(c) 2021 Jane Roe`", b"(c) 2021 Jane Row`"), "holder"),
        (lambda data: data.replace(b"[dice](#component-dice)", b"[dide](#component-dice)"), "it reads"),
        (lambda data: data.replace(b"any person obtaining", b"any  person obtaining"), "LICENSE of juggle"),
        (lambda data: data.replace(b"Permission is", b"\xffermission is"), "LICENSE of juggle"),
        (lambda data: data[:-1], "its last line has no line end"),
        (lambda data: data + b"\n", "'' is too much"),
        (lambda data: b"#" + data, "it reads '## Third-party notices'"),
        (lambda data: b"\xef\xbb\xbf" + data, "expected"),
        (lambda data: data.replace(b"\n", b"\r\n"), "its line ends are CR LF, not LF"),
        (lambda data: data.replace(b"\n\n", b"\n\n\n", 1), "it reads ''"),
        (lambda data: b"", "it was not written by auditor notices"),
    ],
    ids="letter case year name licence source holder contents space utf8 last-line-end added-line first bom crlf "
    "empty-line empty".split(),
)  # fmt: skip
def test_check_sees_every_byte(app: App, edit: Edit, said: str) -> None:
    app.run("notices")
    right = app.path(NOTICES).read_bytes()
    wrong = edit(right)
    assert wrong != right
    app.write(NOTICES, wrong)
    ran = app.run("notices", "--check")
    assert ran.code == 1, ran
    assert said in ran.out
    assert all(line.startswith(f"{NOTICES}:") for line in ran.out.splitlines())
    assert app.path(NOTICES).read_bytes() == wrong, "a check changes nothing"
    app.write(NOTICES, right)
    again = app.run("notices", "--check")
    assert (again.code, again.out) == (0, f"{NOTICES}: as it should be, byte for byte\n")


def test_check_follows_what_is_shipped(app: App) -> None:
    """Without the file, with one package fewer, and with one more."""
    absent = app.run("notices", "--check")
    assert (absent.code, absent.out) == (1, f"{NOTICES}: is not there; `auditor notices` writes it\n")
    app.run("notices")
    whole = app.read(NOTICES)
    app.write("auditor.toml", App.manifest(NAMES[:2]))
    for path in sorted(app.path(App.place("rocket")).iterdir()):
        path.unlink()
    app.build()
    assert "stale: rocket" in app.run("notices", "--check").out
    app.run("notices")
    assert "rocket" not in app.read(NOTICES)
    other = App(app.folder.parent / "other")
    other.write(NOTICES, app.read(NOTICES))
    assert "missing: rocket" in other.run("notices", "--check").out
    other.run("notices")
    assert other.read(NOTICES) == whole


def test_into_a_wheel(app: App) -> None:
    """A copy beside the original; the same bytes each time."""
    wheel = app.path(f"dist/{WHEEL}")
    before = wheel.read_bytes()
    app.path("out").mkdir()
    first = app.run("notices", "--into-wheel", str(wheel), "--output", "out")
    assert (first.code, first.err) == (0, f"auditor: wrote {Path('out') / WHEEL}\n")
    copy = app.path(f"out/{WHEEL}").read_bytes()
    app.run("notices", "--into-wheel", str(wheel), "--output", "again.whl")
    assert (wheel.read_bytes(), app.path("again.whl").read_bytes()) == (before, copy)
    with zipfile.ZipFile(app.path(f"out/{WHEEL}")) as archive:
        assert archive.testzip() is None
        written = archive.read(f"app-1.0.dist-info/licenses/{NOTICES}").decode()
        assert f"License-File: {NOTICES}\n" in archive.read("app-1.0.dist-info/METADATA").decode()
    assert written == app.run("notices", "--output", "-").out
    assert app.run("obligations", "auditor.toml", f"out/{WHEEL}").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--into-wheel", f"dist/{WHEEL}"], "name it, or its folder, with --output"),
        (["--into-wheel", f"dist/{WHEEL}", "--output", "dist"], "is the wheel itself"),
        (["--into-wheel", "LICENSE", "--output", "out.whl"], "LICENSE: "),
        (["--into-wheel", "nothing.whl", "--output", "out.whl"], "nothing.whl: "),
        (["--into-wheel", f"dist/{WHEEL}", "--output", "out.whl", "--check"], "--check"),
        (["--check", "--output", "-"], "--check"),
        (["--check", f"dist/{WHEEL}"], "nothing to compare"),
        (["--check", "--output", "src"], "src: cannot be read"),
        (["--output", "notices.pdf"], "notices.pdf: notices are written as .md"),
        (["--output", "nowhere/N.md"], "nowhere/N.md: cannot be written"),
        (["nothing.toml"], "nothing.toml: no such file"),
        (["nothing.whl"], "nothing.whl: "),
    ],
)
def test_what_cannot_be_done_is_said(app: App, arguments: list[str], said: str) -> None:
    before = {path: path.read_bytes() for path in app.folder.rglob("*") if path.is_file()}
    ran = app.run("notices", *arguments)
    assert (ran.code, ran.out) == (2, ""), ran
    assert ran.err.startswith("auditor: ")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert {path: path.read_bytes() for path in app.folder.rglob("*") if path.is_file()} == before


def test_a_repository_that_is_gone_makes_it_incomplete(app: App) -> None:
    """The texts that the wheel itself carries are taken then; what is left open is told."""
    app.change("auditor.toml", "github.com/o/dice", "github.com/o/gone")
    ran = app.run("notices", "--offline")
    assert ran.code == 3
    assert "not examined: dice: " in ran.err
    assert bsd() in app.read(NOTICES)
    assert app.run("notices", "--offline", "--check").code == 3


def test_a_text_that_is_nowhere_makes_it_incomplete(app: App) -> None:
    app.change("auditor.toml", "github.com/o/dice", "github.com/o/gone")
    app.path(f"{App.place('dice')}/LICENSE.rst").unlink()
    app.build()
    ran = app.run("notices", "--offline")
    assert ran.code == 3
    assert "no licence text was found for dice: the notices are incomplete" in ran.err


def test_artifacts_alone(app: App) -> None:
    """Nobody has said whose project it is: everything that is carried is listed, from its own texts."""
    tarred(app.path("other.tar.gz"), {"o/PKG-INFO": "Name: other\nVersion: 2\n", "o/LICENSE": mit("2020 Ann Poe")})
    ran = app.run("notices", "other.tar.gz")
    assert (ran.code, ran.err) == (0, "")
    assert "- Version: 2\n" in ran.out
    assert mit("2020 Ann Poe") in ran.out
