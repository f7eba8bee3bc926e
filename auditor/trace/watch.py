"""Inside the traced program: how Python is made to tell a recorder what runs, at the least cost.

From Python 3.12 on, `sys.monitoring` (PEP 669) tells of each code once, and what is not looked for is then switched
off: it costs nothing. Before, `sys.settrace` tells of every call until the recorder is idle: a request to Flask then
takes 2.5 times as long. `sys.setprofile`, which tells of what is written in C, too, takes up to 5 times as long on
Python 3.8 to 3.10; it is used where a debugger or a coverage tool has taken the other.
"""

from __future__ import annotations

import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType
    from typing import Any

    from auditor.trace.recorder import Recorder


class CannotWatch(Exception):
    """Something else already uses what Python offers for this; the text says what."""


def watch(recorder: Recorder) -> None:
    """From now on the recorder is told of what runs in every thread. Raises CannotWatch."""
    monitoring = getattr(sys, "monitoring", None)
    if monitoring:
        _monitor(recorder, monitoring)
    elif not sys.gettrace():
        _tell_of_calls(recorder, sys.settrace, threading.settrace)
    elif recorder.file:
        raise CannotWatch("a debugger or a coverage tool is at work already (sys.settrace); name a function instead")
    elif sys.getprofile():
        raise CannotWatch("a profiler is at work already (sys.setprofile)")
    else:
        _tell_of_calls(recorder, sys.setprofile, threading.setprofile)


def _tell_of_calls(recorder: Recorder, install: Callable[[Any], None], install_for_new: Callable[[Any], None]) -> None:
    """Python 3.11 and older: every call in this thread, and in those that `threading` starts from now on."""
    boring: dict[int, CodeType] = {}  # by id: to compare codes takes longer than a call

    def told(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if id(code) in boring or event != "call":
            return None
        if recorder.idle():
            install(None)
            install_for_new(None)
            boring.clear()  # so that the other threads come here
            return None
        if holds_line := recorder.left > 0 and recorder.file and recorder.holds_line(code):
            recorder.entered(frame)
        elif recorder.entered(frame):
            boring[id(code)] = code
        return told_line if holds_line else None

    def told_line(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line" and frame.f_lineno == recorder.line and recorder.left > 0:
            recorder.hit(frame)
        return told_line if recorder.left > 0 else None

    install_for_new(told)
    install(told)


def _monitor(recorder: Recorder, monitoring: Any) -> None:
    """Python 3.12 and newer: the start of each code, until it is known to be of no interest."""
    start, line_event = monitoring.events.PY_START, monitoring.events.LINE
    # 0 to 2 and 5 are meant for debuggers, coverage tools, profilers and optimisers.
    tool = next((tool for tool in (4, 3) if monitoring.get_tool(tool) is None), None)
    if tool is None:
        raise CannotWatch("other tools are at work already (sys.monitoring)")

    def started(code: CodeType, offset: int) -> Any:
        if recorder.idle():
            monitoring.set_events(tool, 0)
            return monitoring.DISABLE
        if recorder.file and recorder.left > 0 and recorder.holds_line(code):
            monitoring.set_local_events(tool, code, line_event)
        return monitoring.DISABLE if recorder.entered(sys._getframe(1)) else None

    def at_line(code: CodeType, line: int) -> Any:
        if line == recorder.line and recorder.left > 0:
            recorder.hit(sys._getframe(1))
        return monitoring.DISABLE if line != recorder.line or recorder.left <= 0 else None

    monitoring.use_tool_id(tool, "auditor")
    monitoring.register_callback(tool, start, started)
    monitoring.register_callback(tool, line_event, at_line)
    monitoring.set_events(tool, start)
