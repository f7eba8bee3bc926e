"""The trace file, written and read back."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.errors import DocumentError
from auditor.model.trace import Answer, FirstCall, Origin, Stack, Trace, TraceFrame
from auditor.trace import parse_trace, print_trace, read_trace, write_trace

FRAME = TraceFrame(
    "Flask.__call__", "flask/app.py", 2548, Origin("distribution", "Flask", "2.2.2"), "flask.app", 2543, "return …",
    "self.wsgi_app()", "MainThread", "db442c9e" * 5, True, 3, True,
)  # fmt: skip
PLAIN = TraceFrame("f", "a.py", 1, Origin("unknown", note="why"))
TRACE = Trace(
    "flask.app:Flask.wsgi_app",
    True,
    (Stack((FRAME, PLAIN), "ValueError"), Stack(())),
    (FirstCall(PLAIN, None), FirstCall(FRAME, PLAIN)),
    "",
    "3.11.7",
    (Answer("http://127.0.0.1/", 200), Answer("http://127.0.0.1/2", None, "no answer")),
    -9,
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_trace(TRACE, tmp_path / "trace.json")
    assert read_trace(tmp_path / "trace.json") == TRACE
    missed = Trace("a:f", False, reason="a:f was never called")
    assert parse_trace(print_trace(missed), "x") == missed


def test_the_file_is_sorted_and_leaves_out_what_says_nothing() -> None:
    printed = print_trace(TRACE)
    assert printed == print_trace(parse_trace(printed, "x"))
    value = json.loads(printed)
    assert value["trace"] == 1
    assert list(value) == sorted(value)
    assert value["stacks"][0]["frames"][1] == {
        "function": "f", "path": "a.py", "line": 1, "origin": {"kind": "unknown", "note": "why"},
    }  # fmt: skip


def test_a_pasted_traceback_in_place_of_a_trace_file(tmp_path: Path) -> None:
    (tmp_path / "pasted.txt").write_text(
        'Traceback (most recent call last):\n  File "a.py", line 3, in f\nKeyError: 1\n'
    )
    assert read_trace(tmp_path / "pasted.txt").stacks[0].exception == "KeyError"


def _changed(**changes: Any) -> bytes:
    value = json.loads(print_trace(TRACE))
    for path, new in changes.items():
        place = value
        *parts, last = path.split("__")
        for part in parts:
            place = place[int(part)] if part.isdigit() else place[part]
        if new is KeyError:
            del place[last]
        else:
            place[last] = new
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "trace.json: this is no JSON"),
        (b'{"a":' * 100_000, "trace.json: this is no JSON"),
        (b"hello", "neither a trace file nor a traceback"),
        (b"", "neither a trace file nor a traceback"),
        (b"\0\1\2" * 100, "binary data"),
        (b"{}", "trace must be one of 1"),
        (_changed(trace=2), "trace must be one of 1"),
        (_changed(target=3), "target must be a text"),
        (_changed(reached="yes"), "reached must be true or false"),
        (_changed(stacks={}), "stacks must be a list"),
        (_changed(stacks=[3]), r"stacks\[0\] must be an object"),
        (
            _changed(stacks__0__frames__1__line=0),
            r"stacks\[0\]\.frames\[1\]\.line must be a whole number of at least 1",
        ),
        (_changed(stacks__0__frames__1__line=True), r"frames\[1\]\.line must be a whole number"),
        (_changed(stacks__0__frames__1__path=KeyError), r"frames\[1\]\.path must be a text"),
        (_changed(stacks__0__frames__0__origin__kind="x"), r"frames\[0\]\.origin\.kind must be one of distribution"),
        (_changed(stacks__0__frames__0__origin__kind=[]), r"frames\[0\]\.origin\.kind must be one of distribution"),
        (_changed(stacks__0__frames__0__origin=None), r"frames\[0\]\.origin must be an object"),
        (_changed(calls__0__function=KeyError), r"calls\[0\]\.function must be an object"),
        (_changed(requests__0__status="200"), r"requests\[0\]\.status must be a whole number"),
    ],
)
def test_a_damaged_file_is_said_by_its_key(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "trace.json").write_bytes(data)
    with pytest.raises(DocumentError, match=message):
        read_trace(tmp_path / "trace.json")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read: No such file"):
        read_trace(tmp_path / "trace.json")


def test_a_key_of_a_later_version_is_passed_over() -> None:
    assert parse_trace(_changed(later=1), "x") == TRACE
