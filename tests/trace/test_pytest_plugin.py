"""The plugin for pytest, in a run of its own."""

import os
import subprocess
from pathlib import Path

import pytest
from programs import PYTHON, lines, write

from auditor.model.trace import Trace
from auditor.trace import read_trace

TESTS = """
    import threading
    import unittest
    import pytest
    import core

    core.work()  # while tests are collected: does not count

    @pytest.fixture
    def made():
        return core.make()

    def test_first():
        pass

    @pytest.mark.parametrize("n", [1])
    def test_work(n):
        core.work()

    def test_made(made):
        assert made

    def test_thread():
        thread = threading.Thread(target=core.background)
        thread.start()
        thread.join()

    class TestOld(unittest.TestCase):
        def test_old(self):
            core.old()
"""
CORE = """
    def work(): pass
    def make(): return 1
    def background(): pass
    def old(): pass
    def never(): pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "core.py", CORE)
    write(tmp_path / "test_it.py", TESTS)
    return tmp_path


def _run(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    plugin = ["-p", "auditor.trace.pytest_plugin"] if not _registered() else []
    command = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, *options]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "CI": ""}
    )


def _registered() -> bool:
    from importlib.metadata import entry_points

    return any(entry.value == "auditor.trace.pytest_plugin" for entry in entry_points(group="pytest11"))


def _trace(folder: Path, target: str) -> Trace:
    run = _run(folder, "--auditor-trace", target, "--auditor-trace-file", "out.json")
    assert run.returncode == 0, run.stdout + run.stderr
    return read_trace(folder / "out.json")


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("core:work", ["test_work test_it.py:17", "work core.py:1"]),
        ("core:make", ["made test_it.py:10", "make core.py:2"]),
        ("core.py:1", ["test_work test_it.py:17", "work core.py:1"]),
    ],
)
def test_the_path_begins_with_the_test_or_fixture(folder: Path, target: str, path: list[str]) -> None:
    assert lines(_trace(folder, target)) == path


def test_a_thread_and_a_test_of_unittest(folder: Path) -> None:
    names = [frame.function for frame in _trace(folder, "core:background").stacks[0].frames]
    assert (names[0], names[-1]) == ("test_thread", "background")
    assert "TestOld.test_old" in [frame.function for frame in _trace(folder, "core:old").stacks[0].frames]


def test_a_target_that_no_test_reaches(folder: Path) -> None:
    run = _run(folder, "--auditor-trace", "core:never")
    assert "auditor: core:never was never called" in run.stdout
    assert run.returncode == 0
    trace = read_trace(folder / "auditor-trace.json")
    assert (trace.reached, trace.reason) == (False, "core:never was never called")


def test_a_target_that_is_none(folder: Path) -> None:
    run = _run(folder, "--auditor-trace", "nonsense")
    assert run.returncode == 4
    assert "--auditor-trace: 'nonsense' is no target" in run.stderr


def test_without_the_option_nothing_happens(folder: Path) -> None:
    run = _run(folder)
    assert "auditor" not in run.stdout
    assert not (folder / "auditor-trace.json").exists()
