"""A plugin for pytest: `pytest --auditor-trace MODULE:FUNCTION` records the call path from a test to a target.

Only calls while a test runs count, its fixtures included. The path begins with the test, or with the fixture.
"""

from itertools import dropwhile
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from auditor.trace.recorder import Recorder

_FILE = "auditor-trace.json"
# The functions of pytest that call what somebody has written: a test, a method of unittest, a fixture.
_CALLERS = frozenset({"pytest_pyfunc_call", "runtest", "call_fixture_func"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("auditor", "the call path to a function")
    group.addoption("--auditor-trace", metavar="TARGET", help="module:function, module:Class.method or file.py:LINE")
    group.addoption("--auditor-trace-file", metavar="FILE", default=_FILE, help=f"the trace to write [{_FILE}]")


def pytest_configure(config: pytest.Config) -> None:
    """Raises pytest.UsageError where the target is none, or tests run in processes of their own."""
    target = config.getoption("auditor_trace")
    if not target or hasattr(config, "workerinput"):
        return
    if config.getoption("numprocesses", None):
        raise pytest.UsageError("--auditor-trace sees one process only; run without -n")
    config.pluginmanager.register(_Tracing(target, config), "auditor-tracing")


class _Tracing:
    """Records while tests run, and writes the trace file at the end of the session."""

    def __init__(self, target: str, config: pytest.Config) -> None:
        from auditor.errors import UsageError
        from auditor.trace.child import facts
        from auditor.trace.records import Records
        from auditor.trace.target import read_target

        self._target, self._file = target, config.getoption("auditor_trace_file")
        self._records = Records()
        self._records.add(facts())
        try:
            self._at = read_target(target)
        except UsageError as error:
            raise pytest.UsageError(f"--auditor-trace: {error}") from error
        self._recorder: Recorder | None = None
        self._message = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> None:
        """The first test starts the recorder: what pytest imports before that is called by no test."""
        if self._recorder is None:
            self._recorder = self._start()

    def pytest_sessionfinish(self) -> None:
        """Write the trace file."""
        from auditor.errors import AuditorError
        from auditor.trace.records import make_trace
        from auditor.trace.tracefile import write_trace

        if self._recorder is None:
            self._message = "no test was run"
            return
        self._records.why = self._recorder.explain()
        self._recorder.left = 0
        trace = make_trace(self._records, self._target, 1)
        try:
            write_trace(trace, self._file)
            self._message = f"call path to {self._target} written to {self._file}" if trace.reached else trace.reason
        except AuditorError as error:
            self._message = str(error)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what became of it."""
        terminalreporter.write_line(f"auditor: {self._message}")

    def _start(self) -> "Recorder":
        from dataclasses import asdict

        from auditor.trace.recorder import Recorder, note_starts
        from auditor.trace.watch import CannotWatch, watch

        recorder = Recorder({"at": asdict(self._at), "packages": (), "limit": 1}, self._add)
        try:
            watch(recorder)
        except CannotWatch as error:
            raise pytest.UsageError(f"--auditor-trace: {error}") from error
        note_starts(recorder)
        return recorder

    def _add(self, record: dict[str, Any]) -> None:
        self._records.add({**record, "frames": _from_test(record["frames"])})


def _from_test(frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The frames below those of pytest that lead to a test or a fixture; all of them where none does."""
    calls = (index for index, one in enumerate(frames) if one["name"] in _CALLERS and _is_pytest(one))
    below = frames[next(calls, len(frames)) :]
    return list(dropwhile(_is_pytest, below)) or frames


def _is_pytest(frame: dict[str, Any]) -> bool:
    return frame["module"].partition(".")[0] in ("_pytest", "pluggy")
