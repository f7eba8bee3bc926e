"""A command line, taken apart."""

import os
from pathlib import Path

import pytest
from programs import PYTHON, lines, trace, write

from auditor.errors import UsageError
from auditor.trace.command import read_command

HASHED = "--check-hash-based-pycs"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "app.py", "def f(): pass\nf()\n")
    write(tmp_path / "tree/__main__.py", "def f(): pass\nf()\n")
    return tmp_path


def _script(path: Path, text: str) -> Path:
    write(path, text).chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("command", "flags", "kind", "name", "arguments"),
    [
        (["app.py", "x"], (), "script", "app.py", ("x",)),
        ([PYTHON, "app.py", "-m", "x"], (), "script", "app.py", ("-m", "x")),
        ([PYTHON, "-B", "-Wall", "-W", "error", "app.py"], ("-B", "-Wall", "-W", "error"), "script", "app.py", ()),
        ([PYTHON, "-uXdev", "-m", "http.server", "1"], ("-uXdev",), "module", "http.server", ("1",)),
        ([PYTHON, "-Bm", "x"], ("-B",), "module", "x", ()),
        ([PYTHON, "-mx", "-c", "y"], (), "module", "x", ("-c", "y")),
        ([PYTHON, "-c", "pass", "-B"], (), "code", "pass", ("-B",)),
        ([PYTHON, HASHED, "never", "app.py"], (HASHED, "never"), "script", "app.py", ()),
        ([PYTHON, "--", "app.py"], ("--",), "script", "app.py", ()),
        (["-m", "x", "y"], (), "module", "x", ("y",)),
        (["./tree"], (), "script", "./tree", ()),
    ],
)  # fmt: skip
def test_what_is_run(command: list[str], flags: object, kind: str, name: str, arguments: object) -> None:
    found = read_command(command, PYTHON)
    assert (found.interpreter, found.flags, found.kind, found.name, found.arguments) == (
        PYTHON, flags, kind, name, arguments,
    )  # fmt: skip


@pytest.mark.parametrize(
    "first_lines",
    [
        f"#!{PYTHON} -E\n",
        f"#!/usr/bin/env -S {PYTHON} -E\n",
        f"#!/bin/sh\n'''exec' \"{PYTHON}\" \"$0\" \"$@\"\n' '''\n",
    ],
)
def test_a_console_script_names_its_interpreter(
    folder: Path, first_lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _script(folder / "bin/tool", first_lines + "def f(): pass\nf()\n")
    monkeypatch.setenv("PATH", str(folder / "bin"), prepend=os.pathsep)
    for command in (["tool", "a"], ["bin/tool", "a"]):
        found = read_command(command, "/nowhere/python")
        assert (found.interpreter, found.kind, Path(found.name).name) == (PYTHON, "script", "tool")
    assert lines(trace("tool", at="__main__:f"))[-1].startswith("f ")


def test_a_console_script_beside_the_interpreter_comes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _script(folder / "other/tool", f"#!{PYTHON}\n")
    beside = _script(folder / "bin/tool", f"#!{PYTHON}\n")
    monkeypatch.setenv("PATH", str(folder / "other"), prepend=os.pathsep)
    assert read_command(["tool"], str(folder / "bin/python")).name == str(beside)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ([], "no program is named"),
        ([""], "no program is named"),
        ([PYTHON], "no program is named"),
        ([PYTHON, "-"], "no program is named"),
        ([PYTHON, "-m"], "-m names no program"),
        ([PYTHON, "-V"], "prints a version"),
        ([PYTHON, "-Bi", "app.py"], "waits for a person"),
        ([PYTHON, "--version"], "runs no program"),
        (["nothing.py"], "nothing.py: no such file"),
        ([PYTHON, "nothing.py"], "nothing.py: no such file"),
        (["no-such-tool"], "no such program or file"),
        (["python9.9", "app.py"], "python9.9: no such program"),
        (["sh", "-c", "true"], "is not a Python program"),
        (["."], "without a __main__.py"),
        ([PYTHON, "app.pyc"], "no such file"),
    ],
)
def test_what_is_no_python_program(command: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_command(command, PYTHON)


def test_a_folder_is_run_as_python_would(folder: Path) -> None:
    assert lines(trace("./tree", at="__main__:f")) == ["<module> tree/__main__.py:2", "f tree/__main__.py:1"]


def test_an_interpreter_that_is_none(folder: Path) -> None:
    fake = _script(folder / "python3", "#!/bin/sh\nexit 3\n")
    with pytest.raises(UsageError, match=r"could not start the program; Python 3\.8 or newer is needed"):
        trace(fake, "app.py", at="app:f")
