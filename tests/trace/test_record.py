"""A program is run, and the way to a target in it is recorded."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from programs import PYTHON, lines, trace, write

from auditor.errors import UsageError
from auditor.trace import print_trace

NESTED = """
    import functools

    def decorated(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            return function(*arguments)
        return wrapper

    class Shape:
        @decorated
        def area(self, side):
            return side * side

        @property
        def size(self):
            return 1

    class Square(Shape):
        pass

    def outer():
        def inner():
            return Square().area(
                side()
            )
        return inner()

    def side():
        return 3

    def count():
        yield 1
        yield 2

    alias = side
    print(outer(), list(count()), Square().size)
"""


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "app.py", NESTED)


def test_the_way_to_a_function_of_a_script(script: Path) -> None:
    recorded = trace(script, at="app:side")
    assert recorded.reached
    assert recorded.exit_status == 0
    assert recorded.reason == ""
    assert lines(recorded) == [
        "<module> app.py:36",
        "outer app.py:26",
        "outer.inner app.py:24",
        "side app.py:28",
    ]
    module, _, inner, side = recorded.stacks[0].frames
    assert (module.text, module.call) == ("print(outer(), list(count()), Square().size)", "outer()")
    assert (inner.text, inner.call, inner.definition) == ("side()", "side()", 22)
    assert (side.text, side.call, side.definition, side.module) == ("def side():", "", 28, "__main__")
    assert {frame.thread for frame in recorded.stacks[0].frames} == {"MainThread"}


@pytest.mark.parametrize(
    "target", ["app:Shape.area", "__main__:Shape.area", "app:outer.inner", "app:outer.<locals>.inner", "app:Shape.size"]
)
def test_a_method_a_property_and_an_inner_function(script: Path, target: str) -> None:
    recorded = trace(script, at=target)
    assert recorded.reached
    assert recorded.stacks[0].frames[-1].function == target.partition(":")[2].replace(".<locals>", "")


def test_what_is_decorated_is_shown_at_its_def_and_below_its_wrapper(script: Path) -> None:
    recorded = trace(script, at="app:Shape.area")
    assert lines(recorded)[-3:] == ["outer.inner app.py:23", "decorated.wrapper app.py:6", "Shape.area app.py:11"]
    inner = recorded.stacks[0].frames[-3]
    assert inner.call == "Square().area( side() )"  # the whole of it, which stands on three lines


def test_a_line(script: Path) -> None:
    recorded = trace(script, at="app.py:12")
    assert lines(recorded)[-1] == "Shape.area app.py:12"
    assert recorded.stacks[0].frames[-1].text == "return side * side"


def test_a_generator_that_goes_on_is_not_called_again(script: Path) -> None:
    assert len(trace(script, at="app:count", limit=5).stacks) == 1


def test_the_first_so_many_ways(tmp_path: Path) -> None:
    script = write(tmp_path / "many.py", "def f(): pass\nfor _ in range(5): f()\n")
    assert len(trace(script, at="many:f", limit=3).stacks) == 3
    assert len(trace(script, at="many.py:1", limit=2).stacks) == 2


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("app:Square.area", "inherited; name __main__:Shape.area"),
        ("app:alias", "another name of side"),
        ("app:Shape", "a class; name a function, perhaps app:Shape.__init__"),
        ("app:nothing", "app has no nothing"),
        ("app:Shape.nothing", "app has no Shape.nothing"),
        ("no_such_module:f", "module no_such_module was never imported"),
        ("time:sleep", "time:sleep is not a function written in Python"),
        ("app:decorated.nothing", "was never called"),
        ("app.py:3", "app.py was never reached"),
        ("app.py:8", "app.py has no code that runs on line 8"),
        ("other.py:1", "no code of other.py was run"),
    ],
)
def test_why_a_target_was_not_reached(script: Path, target: str, reason: str) -> None:
    if target == "app.py:3":
        write(script, "if len('a') > 1:\n\n    never()\n")
    recorded = trace(script, at=target)
    assert not recorded.reached
    assert reason in recorded.reason
    assert recorded.stacks == ()


def test_a_name_that_is_imported_from_elsewhere(tmp_path: Path) -> None:
    write(tmp_path / "package/__init__.py", "from package.core import work\n")
    write(tmp_path / "package/core.py", "def work(): return 1\n")
    script = write(tmp_path / "run.py", "import package\npackage.work()\n")
    assert lines(trace(script, at="package:work"))[-1] == "work package/core.py:1"


def test_threads_begin_where_they_were_started(tmp_path: Path) -> None:
    source = """
        import threading

        def start():
            threading.Thread(target=work, name="worker").start()

        def work():
            threading.Thread(target=inner, name="inner").start()

        def inner():
            pass

        start()
    """
    recorded = trace(write(tmp_path / "threads.py", source), at="threads:inner")
    names = [(frame.thread, frame.function) for frame in recorded.stacks[0].frames]
    assert names[:2] == [("MainThread", "<module>"), ("MainThread", "start")]
    assert ("worker", "work") in names
    assert names[-1] == ("inner", "inner")
    assert all(frame.function != "noting" for frame in recorded.stacks[0].frames)
    assert {frame.origin.kind for frame in recorded.stacks[0].frames if "Thread." in frame.function} == {"stdlib"}


def test_recursion_is_folded_and_a_very_long_path_has_a_gap(tmp_path: Path) -> None:
    source = """
        import sys
        sys.setrecursionlimit(20000)

        def down(n):
            return down(n - 1) if n else end()

        def ping(n):
            return pong(n - 1)

        def pong(n):
            return ping(n - 1) if n else end()

        def end():
            return 0

        down(500)
        ping(5001)
    """
    recorded = trace(write(tmp_path / "deep.py", source), at="deep:end", limit=2)
    folded = recorded.stacks[0].frames
    assert [(frame.function, frame.repeated) for frame in folded] == [
        ("<module>", 0), ("down", 499), ("down", 0), ("end", 0),
    ]  # fmt: skip
    assert len(recorded.stacks[1].frames) == 2000
    assert [frame.gap for frame in recorded.stacks[1].frames].count(True) == 1


def test_every_function_of_a_package_once(tmp_path: Path) -> None:
    write(tmp_path / "pack/__init__.py", "")
    write(
        tmp_path / "pack/core.py",
        "class A:\n    x = [n for n in range(2)]\n    def f(self): return g()\ndef g(): pass\n",
    )
    script = write(tmp_path / "run.py", "from pack.core import A\ndef go():\n    A().f()\ngo()\ngo()\n")
    recorded = trace(script, packages=("pack",))
    assert [(one.function.function, one.caller and one.caller.function) for one in recorded.calls] == [
        ("A.f", "go"),
        ("g", "A.f"),
    ]
    assert recorded.calls[0].function.line == 3
    assert recorded.calls[0].caller is not None
    assert (recorded.calls[0].caller.line, recorded.calls[0].caller.call) == (3, "A().f()")
    assert trace(script, packages=("pack.other",)).reason == "no function of the packages was called"


def test_a_module_and_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "pack/__main__.py", "from pack.core import work\nwork()\n")
    write(tmp_path / "pack/core.py", "def work(): pass\n")
    assert lines(trace(PYTHON, "-m", "pack", at="pack.core:work")) == [
        "<module> pack/__main__.py:2",
        "work pack/core.py:1",
    ]
    recorded = trace("-c", "from pack.core import work; work()", at="pack.core:work")
    assert [frame.origin.kind for frame in recorded.stacks[0].frames] == ["generated", "project"]


@pytest.mark.parametrize("flags", [[], ["-I"], ["-P", "-B"]])
@pytest.mark.parametrize("name", ["see.py", "see/__main__.py"])
def test_a_program_sees_what_it_would_see_alone(tmp_path: Path, flags: list[str], name: str) -> None:
    source = """
        import json, sys
        main = sys.modules["__main__"]
        seen = [sys.argv, sys.path, sorted(vars(main)), __name__, __file__, str(__spec__)[:20], __package__]
        seen += [str(__loader__)[:40]]
        seen += [sorted(name for name in sys.modules if "auditor" in name), vars(main) is globals()]
        print(json.dumps(seen))
    """
    script = write(tmp_path / name, source)
    script = Path(os.path.relpath(script.parent)) if script.name == "__main__.py" else script
    alone = subprocess.run([PYTHON, *flags, script, "a", "-b"], capture_output=True, text=True, check=True).stdout
    with open(tmp_path / "out", "w+") as out:
        trace(PYTHON, *flags, script, "a", "-b", at="see:f", output=out.fileno())
        out.seek(0)
        assert json.loads(out.read()) == json.loads(alone)


def test_a_traceback_looks_as_it_would_alone(tmp_path: Path) -> None:
    script = write(tmp_path / "fails.py", "def f():\n    raise ValueError('no')\nf()\n")
    alone = subprocess.run([PYTHON, script], capture_output=True, text=True, check=False).stderr
    with open(tmp_path / "out", "w+") as out:
        recorded = trace(script, at="fails:g", output=out.fileno())
        out.seek(0)
        assert out.read() == alone
    assert recorded.exit_status == 1
    assert recorded.reason == "fails has no g; the program failed with exit status 1"


def test_a_program_that_kills_itself(tmp_path: Path) -> None:
    script = write(tmp_path / "dies.py", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    recorded = trace(script, at="dies:f")
    assert (recorded.exit_status, recorded.reason) == (
        -11,
        "dies:f was not reached; the program was ended by SIGSEGV",
    )


def test_what_was_seen_survives_a_crash(tmp_path: Path) -> None:
    script = write(tmp_path / "dies.py", "import os\ndef f(): os._exit(7)\nf()\n")
    recorded = trace(script, at="dies:f")
    assert (recorded.reached, recorded.exit_status) == (True, 7)


def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    source = """
        import signal, subprocess, sys, time
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        open(sys.argv[1], "w").write(str(child.pid))
        while True:
            time.sleep(0.1)
    """
    script = write(tmp_path / "stays.py", source)
    before = time.monotonic()
    recorded = trace(script, tmp_path / "pid", at="stays:f", timeout=1.5)
    assert time.monotonic() - before < 12
    assert recorded.reason == "stays:f was not reached; the program was stopped after 1.5 s"
    assert recorded.exit_status is None
    left = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 5
    while _lives(left) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(left)


def test_a_forked_process_is_recorded_too(tmp_path: Path) -> None:
    source = """
        import os
        def work(): pass
        if os.fork() == 0:
            work()
            os._exit(0)
        os.wait()
    """
    assert trace(write(tmp_path / "forks.py", source), at="forks:work").reached


def test_megabytes_of_output_pass_through(tmp_path: Path) -> None:
    script = write(tmp_path / "prints.py", "def f(): print('x' * 99, flush=False)\nfor _ in range(50_000): f()\n")
    with open(tmp_path / "out", "wb+") as out:
        assert trace(script, at="prints:f", output=out.fileno()).reached
    assert (tmp_path / "out").stat().st_size == 5_000_000


def test_an_interrupt_ends_the_program(tmp_path: Path) -> None:
    write(tmp_path / "waits.py", "import sys, time\nopen(sys.argv[1], 'w').close()\ntime.sleep(60)\n")
    source = f"""
        from auditor.trace import TraceOptions, record_command
        record_command([{str(tmp_path / "waits.py")!r}, {str(tmp_path / "ready")!r}], TraceOptions(at="waits:f"))
    """
    with subprocess.Popen([PYTHON, write(tmp_path / "outer.py", source)], stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 20
        while not (tmp_path / "ready").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=15)
    assert b"KeyboardInterrupt" in errors
    assert not [one for one in _commands() if str(tmp_path / "waits.py") in one]


def test_the_trace_file_names_no_place_of_this_machine(script: Path) -> None:
    printed = print_trace(trace(script, at=f"{script}:28")).decode()
    assert str(script.parent) not in printed
    assert sys.prefix not in printed
    assert json.loads(printed)["target"] == "app.py:28"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "nothing to record"),
        ({"at": "app"}, "is no target"),
        ({"at": "app:f:g"}, "is no target"),
        ({"at": "app.py:0"}, "is no target"),
        ({"at": "app:f", "limit": 0}, "must be above 0"),
        ({"packages": ("a b",)}, "is no name of a package"),
        ({"at": "app:f", "requests": ("http://example.org/",)}, "this machine only"),
        ({"at": "app:f", "requests": ("ftp://127.0.0.1/",)}, "no URL of http"),
        ({"at": "app:f", "requests": ("http://[::1/",)}, "is no URL"),
    ],
)
def test_options_that_are_of_no_use(script: Path, options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        trace(script, **options)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def _commands() -> list[str]:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
