"""Tracebacks that were pasted as text."""

import random
import subprocess
import time
from pathlib import Path
from textwrap import dedent

import pytest
from programs import PYTHON, write

from auditor.model.trace import Stack
from auditor.trace import parse_traceback

SIMPLE = """\
Traceback (most recent call last):
  File "/home/al/.venv/lib/python3.9/site-packages/werkzeug/serving.py", line 335, in run_wsgi
    execute(self.server.app)
  File "/usr/lib/python3.9/threading.py", line 930, in _bootstrap
    self._bootstrap_inner()
  File "/home/al/shop/shop/views.py", line 3, in <lambda>
    return 1 / 0
           ~~^~~
  File "/home/al/shop/shop/core/db.py", line 7, in query
ZeroDivisionError: division by zero
"""


def _shown(stack: Stack) -> list[tuple[str, str, int, str]]:
    return [(frame.function, frame.path, frame.line, frame.text) for frame in stack.frames]


def _only(text: str) -> Stack:
    (stack,) = parse_traceback(text).stacks
    return stack


EXPECTED = [
    ("run_wsgi", "werkzeug/serving.py", 335, "execute(self.server.app)"),
    ("_bootstrap", "threading.py", 930, "self._bootstrap_inner()"),
    ("<lambda>", "views.py", 3, "return 1 / 0"),
    ("query", "core/db.py", 7, ""),
]


def test_a_traceback() -> None:
    trace = parse_traceback(SIMPLE)
    (stack,) = trace.stacks
    assert (trace.reached, trace.target, trace.python) == (True, "", None)
    assert _shown(stack) == EXPECTED
    assert stack.exception == "ZeroDivisionError"
    assert [(frame.origin.kind, frame.origin.version) for frame in stack.frames] == [
        ("distribution", None), ("stdlib", "3.9"), ("unknown", None), ("unknown", None),
    ]  # fmt: skip
    assert not any(frame.gap for frame in stack.frames)


@pytest.mark.parametrize(
    "change",
    [
        lambda line: f"> {line}",
        lambda line: f"web_1  | {line}",
        lambda line: f"2024-01-01 12:00:00,{len(line):03} ERROR [app] {line}",
        lambda line: f"\x1b[31m{line}\x1b[0m",
        lambda line: line.replace("File", "\x1b[35mFile").replace("line", "\x1b[1;35mline\x1b[0m"),
        lambda line: f"    {line}\r",
        lambda line: f"{line}   ",
        lambda line: f"\x1b]8;;file:///home/al\x1b\\{line}\x1b]8;;\x1b\\",
    ],
)
def test_what_stands_around_a_traceback(change: object) -> None:
    assert callable(change)
    stack = _only("\n".join(change(line) for line in SIMPLE.splitlines()))
    assert _shown(stack) == EXPECTED
    assert stack.exception == "ZeroDivisionError"


def test_a_chain_has_all_its_stacks_the_last_one_last() -> None:
    between = "\nDuring handling of the above exception, another exception occurred:\n\n"
    trace = parse_traceback(SIMPLE + between + SIMPLE.replace("ZeroDivisionError: division by zero", "app.errors.Lost"))
    assert [stack.exception for stack in trace.stacks] == ["ZeroDivisionError", "app.errors.Lost"]
    assert [_shown(stack) for stack in trace.stacks] == [EXPECTED, EXPECTED]


def test_a_group_of_exceptions_that_python_printed(tmp_path: Path) -> None:
    source = """
        def fail(kind):
            raise kind("no")

        def collect():
            found = []
            for kind in (ValueError, KeyError):
                try:
                    fail(kind)
                except Exception as error:
                    found.append(error)
            raise ExceptionGroup("all", found)

        collect()
    """
    script = write(tmp_path / "group.py", source)
    printed = subprocess.run([PYTHON, script], capture_output=True, text=True, check=False).stderr
    trace = parse_traceback(printed)
    assert [stack.exception for stack in trace.stacks] == ["ExceptionGroup", "ValueError", "KeyError"]
    assert _shown(trace.stacks[1]) == [
        ("collect", "group.py", 8, "fail(kind)"),
        ("fail", "group.py", 2, 'raise kind("no")'),
    ]


def test_recursion_that_python_printed(tmp_path: Path) -> None:
    script = write(tmp_path / "deep.py", "def down():\n    down()\ndown()\n")
    printed = subprocess.run([PYTHON, script], capture_output=True, text=True, check=False).stderr
    stack = _only(printed)
    assert stack.exception == "RecursionError"
    assert [frame.repeated > 900 for frame in stack.frames] == [False, False, False, True]


@pytest.mark.parametrize("cut", ["  ...", "[...]", '  File "/usr/lib/pyth', '  File "/usr/lib/x.py", line 1'])
def test_a_traceback_that_was_cut(cut: str) -> None:
    rows = SIMPLE.splitlines()
    stack = _only("\n".join([*rows[:3], cut, *rows[5:]]))
    gaps = [frame.gap for frame in stack.frames]
    # Of a frame without a function, Python shows where a text could not be parsed.
    assert gaps == [False, not cut.endswith("line 1"), False]
    assert [frame.gap for frame in _only("\n".join(rows[1:5])).frames] == [True, False]
    assert _only("\n".join(rows[:4])).exception == ""


def test_a_syntax_error() -> None:
    text = """\
        Traceback (most recent call last):
          File "a.py", line 1, in <module>
            import b
          File "/x/b.py", line 1
            x = = 1
                ^
        SyntaxError: invalid syntax
    """
    stack = _only(dedent(text))
    assert _shown(stack) == [("<module>", "a.py", 1, "import b")]
    assert stack.exception == "SyntaxError"


def test_what_faulthandler_prints_is_innermost_first() -> None:
    text = """\
        Fatal Python error: Segmentation fault

        Thread 0x00007f2c (most recent call first):
          File "/usr/lib/python3.11/threading.py", line 320 in wait

        Current thread 0x00007f2d (most recent call first):
          File "/opt/cpython-3.11.7-linux/lib/python3.11/ctypes/__init__.py", line 519 in string_at
          File "<stdin>", line 1 in <module>
    """
    trace = parse_traceback(dedent(text))
    assert [[frame.function for frame in stack.frames] for stack in trace.stacks] == [
        ["wait"], ["<module>", "string_at"],
    ]  # fmt: skip
    assert trace.python == "3.11.7"
    assert trace.stacks[1].frames[0].origin.kind == "generated"


@pytest.mark.parametrize(
    ("file", "kind", "version", "path"),
    [
        ("<frozen importlib._bootstrap>", "stdlib", None, "importlib/_bootstrap.py"),
        ("<string>", "generated", None, "<string>"),
        ("<attrs generated init /home/al/x>", "generated", None, "<generated>"),
        (r"C:\Users\al\Python39\lib\http\server.py", "stdlib", "3.9", "http/server.py"),
        (r"C:\Users\al\venv\Lib\site-packages\flask\app.py", "distribution", None, "flask/app.py"),
        ("/root/.pyenv/versions/3.12.1/lib/python3.12/json/__init__.py", "stdlib", "3.12.1", "json/__init__.py"),
        ("/Library/Python.framework/Versions/3.9/lib/python3.9/re.py", "stdlib", "3.9", "re.py"),
        ("/usr/lib/python3/dist-packages/yaml/_yaml.pyx", "distribution", None, "yaml/_yaml.pyx"),
        ("lxml/etree.pyx", "compiled", None, "etree.pyx"),
        ("./app/views.py", "unknown", None, "app/views.py"),
        ("../../app/views.py", "unknown", None, "app/views.py"),
        ("/secret/place/views.py", "unknown", None, "views.py"),
    ],
)
def test_what_a_path_tells(file: str, kind: str, version: str | None, path: str) -> None:
    (frame,) = _only(f'Traceback (most recent call last):\n  File "{file}", line 3, in f\nE: x').frames
    assert (frame.origin.kind, frame.origin.version, frame.path) == (kind, version, path)


def test_files_of_several_places_show_none() -> None:
    text = 'File "/home/al/a.py", line 3, in f\nFile "/srv/b.py", line 3, in g\n'
    assert [frame.path for frame in _only(text).frames] == ["a.py", "b.py"]


@pytest.mark.parametrize(
    "text", ["", "no trace", 'File "', 'see File "x", line 3, in', 'File "x", line 0, in f', "\x1b[" * 9]
)
def test_what_is_no_traceback(text: str) -> None:
    assert parse_traceback(text).stacks == ()


HOSTILE = [
    'File "' * 100_000,
    '  File "x", line 1, in f\n' * 20_000,
    '  File "x", line 1, in f' + " " * 500_000,
    '  File "x", line 1, in f\n' + "~" * 500_000,
    "\x1b[" * 250_000,
    "\x1b]" * 250_000,
    'File "x", line 1, in f\n' + "a." * 250_000,
    "Traceback (most recent call last):\n" * 15_000,
    'File "/' + "a/" * 250_000 + '", line 1, in f\n',
    "\n" * 500_000,
    "[Previous line repeated " * 20_000,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_takes_linear_time(number: int) -> None:
    start = time.process_time()
    parse_traceback(HOSTILE[number])
    assert time.process_time() - start < 3


def test_any_part_of_a_traceback_is_read() -> None:
    chance = random.Random(7)
    for _ in range(300):
        low, high = sorted(chance.sample(range(len(SIMPLE)), 2))
        for stack in parse_traceback(SIMPLE[low:high]).stacks:
            assert stack.frames
            assert all("/home/al" not in frame.path for frame in stack.frames)
