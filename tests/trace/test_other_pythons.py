"""A program of another interpreter, older or newer than this one, in which `auditor` is not installed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from programs import SERVER, free_port, lines, trace, write

from auditor.model.trace import Trace


@pytest.fixture(params=["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14"])
def python(request: pytest.FixtureRequest) -> str:
    path = shutil.which(f"python{request.param}")
    if path is None or subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"there is no Python {request.param}")
    return path


PROGRAM = """
    import threading

    def wrap(function):
        return function

    class Shape:
        @wrap
        def area(self):
            return [one for one in ends()]

    def outer():
        def inner():
            return Shape().area()
        return inner()

    def ends():
        yield 1
        yield 2

    def unused():
        pass

    outer()
    threading.Thread(target=outer).start()
"""


def _functions(trace: Trace) -> list[str]:
    return [frame.function for frame in trace.stacks[0].frames if not frame.function.endswith(">")]


def test_functions_and_lines(python: str, tmp_path: Path) -> None:
    script = write(tmp_path / "shapes.py", PROGRAM)
    recorded = trace(python, script, at="shapes:Shape.area")
    assert recorded.python is not None
    assert recorded.python.startswith(Path(python).name.removeprefix("python"))
    assert lines(recorded) == [
        "<module> shapes.py:23",
        "outer shapes.py:14",
        "outer.inner shapes.py:13",
        "Shape.area shapes.py:8",
    ]
    assert _functions(trace(python, script, at="shapes:outer.inner")) == ["outer", "outer.inner"]
    assert len(trace(python, script, at="shapes:ends", limit=9).stacks) == 2
    assert _functions(trace(python, script, at="shapes.py:17"))[-1] == "ends"


def test_functions_of_a_package(python: str, tmp_path: Path) -> None:
    script = write(tmp_path / "shapes.py", PROGRAM)
    calls = trace(python, script, packages=("shapes",)).calls
    assert [one.function.function for one in calls] == ["wrap", "outer", "outer.inner", "Shape.area", "ends"]


def test_what_is_not_reached(python: str, tmp_path: Path) -> None:
    script = write(tmp_path / "shapes.py", PROGRAM)
    assert trace(python, script, at="shapes:unused").reason == "shapes:unused was never called"
    assert trace(python, script, at="shapes.py:21").reason == "line 21 of shapes.py was never reached"
    assert trace(python, script, at="shapes.py:2").reason == "shapes.py has no code that runs on line 2"


def test_a_request(python: str, tmp_path: Path) -> None:
    port = free_port()
    server = write(tmp_path / "server.py", SERVER)
    recorded = trace(python, server, port, at="server:page", requests=(f"http://127.0.0.1:{port}/",))
    assert recorded.reached
    assert recorded.requests[0].status == 200
    assert "ThreadingMixIn.process_request_thread" in [frame.function for frame in recorded.stacks[0].frames]
