"""What others have made, on purpose or not, so that it cannot be read: one line says what, and nothing else breaks."""

import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from shipping_project import METADATA, SDIST, WHEEL, App, Ran, bsd, mit, tarred, wheel, zipped

INFO = "bad-1.dist-info"
BAD = "bad-1-py3-none-any.whl"
GOOD = {f"{INFO}/METADATA": "Metadata-Version: 2.4\nName: bad\nVersion: 1\n", f"{INFO}/licenses/LICENSE": bsd()}
EVIL = "\x1b[31mevil\u202edlive\r\nx"


@pytest.fixture
def app(tmp_path: Path) -> App:
    """The project, with nothing wrong."""
    return App(tmp_path / "app")


def told(ran: Ran) -> str:
    """Everything that was said, without line breaks; never a trace, never a control character."""
    said = f"{ran.out}\n{ran.err}"
    assert "Traceback" not in said
    assert "internal error" not in said
    assert all(char.isprintable() or char == "\n" for char in said), said
    return " ".join(said.split())


def flipped(data: bytes, at: int) -> bytes:
    """The data with one bit changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def encrypted(data: bytes) -> bytes:
    """A zip archive whose members all say that they are encrypted (APPNOTE 4.4.4, bit 0 of the flags)."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := changed.find(signature, at + 1)) >= 0:
            changed[at + offset] |= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("empty.whl", lambda app: b""),
        ("words.whl", lambda app: b"no archive at all\n" * 100),
        ("cut.whl", lambda app: app.path(f"dist/{WHEEL}").read_bytes()[:3000]),
        ("words.tar.gz", lambda app: b"no archive at all\n" * 100),
        ("cut.tar.gz", lambda app: app.path(f"dist/{SDIST}").read_bytes()[:3000]),
        ("words.gem", lambda app: b"no archive at all\n" * 100),
        ("image.tar", lambda app: b"\0" * 300),
    ],
)
def test_what_is_no_archive(app: App, name: str, make: Callable[[App], bytes]) -> None:
    """Nothing is judged when one of the artifacts cannot be opened: the file is named."""
    app.write(f"dist/{name}", make(app))
    for arguments in ((), (f"dist/{name}",)):
        ran = app.run("obligations", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert name in told(ran)
        assert ran.err.count("\n") == 1


def test_a_thing_that_is_no_file(app: App) -> None:
    os.mkfifo(app.path("dist/pipe.whl"))
    assert "dist/pipe.whl is neither a file nor a folder" in told(app.run("obligations"))


def test_an_encrypted_wheel_is_not_examined(app: App) -> None:
    app.write(BAD, encrypted(wheel(app.path("x.whl"), GOOD, "bad-1").read_bytes()))
    ran = app.run("obligations", BAD)
    assert ran.code == 3
    assert "is encrypted" in told(ran)


def test_a_damaged_source_file_is_an_incident(app: App) -> None:
    """Its header may be gone, and nobody has seen that."""
    with zipfile.ZipFile(app.path(f"dist/{WHEEL}")) as archive:
        at = archive.getinfo("app/_vendor/rocket/core.py").header_offset + 100
    app.write(f"dist/{WHEEL}", flipped(app.path(f"dist/{WHEEL}").read_bytes(), at))
    ran = app.run("obligations")
    assert ran.code == 3
    assert "app/_vendor/rocket/core.py cannot be unpacked" in told(ran)


def test_a_bomb_is_left_packed(app: App) -> None:
    """300 MB of zeros in 300 kB: reading stops long before."""
    start = time.monotonic()
    wheel(app.path(BAD), GOOD | {"bad/zeros.py": b"\0" * (300 << 20)}, "bad-1")
    built = time.monotonic() - start
    ran = app.run("obligations", BAD)
    assert time.monotonic() - start < 2 * built + 5
    assert ran.code == 3
    assert "unpacks to more than 200 times its size" in told(ran)


@pytest.mark.parametrize("name", ["../../evil.py", "/evil.py", "C:/evil.py", "a/../../evil.py"])
def test_paths_that_lead_out_are_told(app: App, name: str) -> None:
    zipped(app.path(BAD), {name: "x = 1\n", **GOOD})
    tarred(app.path("bad-1.tar.gz"), {name: "x = 1\n", "bad-1/PKG-INFO": METADATA, "bad-1/LICENSE": bsd()})
    for file in (BAD, "bad-1.tar.gz"):
        said = told(app.run("obligations", file))
        assert f"not examined could not be read: {name}: its path" in said
        assert "perhaps more)" in said
    assert not list(app.folder.parent.glob("**/evil.py"))


def test_a_record_that_lies(app: App) -> None:
    """It lists a file that is not there, and other hashes than those of the files."""
    record = f"bad.py,sha256={'A' * 43},5\nghost.py,sha256={'A' * 43},5\n{INFO}/RECORD,,\n"
    zipped(app.path(BAD), {"bad.py": "x = 1\n", **GOOD, f"{INFO}/RECORD": record})
    ran = app.run("obligations", BAD)
    assert ran.code == 3
    assert f"{INFO}/RECORD: " in told(ran)
    assert "(and " in told(ran)


def test_a_member_that_is_there_twice(app: App) -> None:
    """Programs differ in which of them they take."""
    zipped(app.path(BAD), GOOD)
    with zipfile.ZipFile(app.path(BAD), "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(f"{INFO}/licenses/LICENSE", mit())
    assert "LICENSE: the name occurs twice; the last one counts" in told(app.run("obligations", BAD))


@pytest.mark.parametrize(
    ("edit", "code", "said"),
    [
        (lambda text: text.replace("[surfaces]", "[surface]"), 1, "did you mean `surfaces`?"),
        (lambda text: text.replace("kind = ", "kinds = "), 1, "did you mean `kind`?"),
        (lambda text: text.replace('"source"', '"sauce"'), 1, "source"),
        (lambda text: text.replace('kind = ["source", "binary"]', "kind = 5"), 1, "kind"),
        (lambda text: text.replace('name = "dice"', "name = 5"), 1, "name"),
        (lambda text: text.replace('name = "juggle"', 'name = "dice"'), 1, "dice"),
        (lambda text: text.replace('"dist/*"', '"dist/*", "build/*"'), 1, "“build/*” matches nothing"),
        (lambda text: text.replace('"dist/*"', '"../*"'), 1, "leads out of the manifest's folder"),
        (lambda text: text.replace("_vendor/dice", "_vendor/rice"), 1, "_vendor/rice” matches nothing"),
        (lambda text: 'dependencies-from = ["uv.lock"]\n' + text, 1, "uv.lock"),
        (lambda text: 'dependencies-from = ["new.lock/uv.lock"]\n' + text, 0, "99"),
        (lambda text: 'dependencies-from = ["broken.lock/uv.lock"]\n' + text, 1, "broken.lock/uv.lock"),
        (lambda text: text.replace('repository = "https://github.com/o/dice"', 'repository = "--upload-pack=x"'),
         1, "repository"),
        (lambda text: text.replace('repository = "https://github.com/o/dice"', 'repository = "ext::sh -c x"'),
         1, "repository"),
    ],
    ids="table key value type name twice glob outside copy no-lock new-lock broken-lock option transport".split(),
)  # fmt: skip
def test_what_is_wrong_in_the_manifest(app: App, edit: Callable[[str], str], code: int, said: str) -> None:
    """It is told at its line, and the rest is judged."""
    app.write("new.lock/uv.lock", 'version = 99\n[[package]]\nname = "x"\nversion = "1"\n')
    app.write("broken.lock/uv.lock", "version = [[[")
    app.write("auditor.toml", edit(app.read("auditor.toml")))
    ran = app.run("obligations", "--format", "json:a.json", "--format", "text")
    assert ran.code in (code, 3), ran
    assert said in told(ran)
    problems = [one for one in json.loads(app.read("a.json"))["findings"] if one["rule"] == "manifest-problem"]
    assert problems
    assert all(one["line"] >= 1 for one in problems)
    assert "ok            rocket" in ran.out


@pytest.mark.parametrize("text", ["[[[", "name = \xff", "\0", '"a" = 1\n"a" = 2\n', "x = " + "[" * 100_000])
def test_a_manifest_that_is_no_toml(app: App, text: str) -> None:
    app.write("auditor.toml", text.encode("latin-1"))
    ran = app.run("obligations")
    assert (ran.code, ran.out) == (2, "")
    assert told(ran).startswith("auditor: auditor.toml:")


def test_ten_thousand_dependencies(app: App) -> None:
    """Those that nothing is passed on of cost nothing but their row."""
    packages = {f"node_modules/p{number}": {"version": "1.0.0", "license": "MIT"} for number in range(10_000)}
    app.write("package-lock.json", json.dumps({"lockfileVersion": 3, "packages": {"": {}} | packages}))
    app.write("auditor.toml", 'dependencies-from = ["package-lock.json"]\n' + app.read("auditor.toml"))
    start = time.monotonic()
    ran = app.run("obligations")
    assert time.monotonic() - start < 20
    assert ran.code == 0
    assert "10,001 clauses that ask nothing here" in ran.out
    assert len(ran.out) < 3000


@pytest.mark.parametrize("piece", ["word ", "(", "Copyright ", "\n", "`"])
def test_texts_of_five_megabytes(app: App, piece: str) -> None:
    """Such a text is too large to be a notice; whatever is missing may stand in it."""
    wheel(app.path(BAD), {f"{INFO}/licenses/LICENSE": piece * (5_000_000 // len(piece))}, "bad-1", METADATA)
    start = time.monotonic()
    ran = app.run("obligations", BAD)
    assert time.monotonic() - start < 20
    assert ran.code == 3
    assert "LICENSE" in told(ran)


def test_names_that_would_command_the_terminal(app: App) -> None:
    """In file names, metadata and the manifest; in every form of output."""
    files = {
        f"{INFO}/METADATA": f"Metadata-Version: 2.4\nName: {EVIL}\nVersion: 1\x1b]0;x\x07\nLicense-Expression: MIT\n",
        f"{INFO}/licenses/LICENSE": mit("2020 \x1b[2Jx\u202e"),
        f"_vendor/{EVIL}/__init__.py": "x = 1\n",
        f"{EVIL}/LICENSE": mit(EVIL),
    }
    zipped(app.path(BAD), files)
    app.change("auditor.toml", 'name = "dice"', f"name = {json.dumps(EVIL)}")
    app.change("auditor.toml", "[surfaces]", f"[{json.dumps(EVIL)}]\n[surfaces]")
    for arguments in ((BAD,), ("auditor.toml",), ("auditor.toml", BAD)):
        for form in ("text", "markdown"):
            ran = app.run("obligations", *arguments, "--format", form, "--verbose")
            assert ran.code in (1, 3)
            told(ran)
        assert "\x1b" not in app.run("obligations", *arguments, "--format", "json").out
    assert "\x1b" not in app.run("notices", BAD, "--output", "N.md").err
