"""What a traced program leaves behind, also where it has written there itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.trace.records import make_trace, read_records

START = {"kind": "start", "version": "3.11.7", "library": "/lib", "folder": "/project", "path": ["/project"]}
FRAME = {
    "file": "<string>", "function": "f", "name": "f", "first": 1, "line": 1, "positions": None, "module": "m",
    "thread": "MainThread", "repeated": 0, "gap": False,
}  # fmt: skip


def _read(tmp_path: Path, *lines: Any) -> Path:
    rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (tmp_path / "records").write_text("\n".join(rows))
    return tmp_path / "records"


@pytest.mark.parametrize(
    "damaged",
    [
        "", "nonsense", "3", "null", "[1]", '{"kind": "stack"', "[" * 100_000, {"kind": "start"}, {"kind": 3},
        {"kind": "stack"}, {"kind": "stack", "frames": 3}, {"kind": "stack", "frames": [{}]},
        {"kind": "stack", "frames": [{**FRAME, "line": "x"}]}, {"kind": "call", "function": 3, "caller": None},
        {"kind": "stack", "frames": [FRAME], "path": 3},
    ],
)  # fmt: skip
def test_a_damaged_record_is_left_out(tmp_path: Path, damaged: Any) -> None:
    good = {"kind": "stack", "frames": [FRAME], "path": []}
    records = read_records(_read(tmp_path, damaged, START, damaged, good, damaged))
    trace = make_trace(records, "m:f", 1)
    assert trace.reached
    assert trace.python == "3.11.7"
    assert [frame.function for frame in trace.stacks[0].frames] == ["f"]


def test_a_program_that_was_never_started(tmp_path: Path) -> None:
    records = read_records(_read(tmp_path))
    assert records.facts is None
    with pytest.raises(ValueError, match="not started"):
        make_trace(records, "m:f", 1)
