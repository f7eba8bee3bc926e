"""What the traced program wrote down becomes frames: with their file's origin and the text of what ran."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from auditor.model.trace import FirstCall, Stack, TraceFrame
from auditor.trace.origins import File, Origins

_CHANGED = "the file does not show this code: edited since it was loaded, or made at run time"


def make_stack(record: Mapping[str, Any], origins: Origins) -> Stack:
    """Raises KeyError, TypeError or ValueError where the record is damaged."""
    return Stack(tuple(_frame(raw, origins) for raw in record["frames"]))


def make_call(record: Mapping[str, Any], origins: Origins) -> FirstCall:
    """Raises KeyError, TypeError or ValueError where the record is damaged."""
    caller = record["caller"]
    return FirstCall(_frame(record["function"], origins), _frame(caller, origins) if caller else None)


def _frame(raw: Mapping[str, Any], origins: Origins) -> TraceFrame:
    file = origins.file(str(raw["file"]))
    plain = TraceFrame(
        str(raw["function"]).replace(".<locals>", ""),
        file.path,
        int(raw["line"]),
        file.origin,
        str(raw["module"]),
        thread=str(raw["thread"]),
        edited=file.edited,
        repeated=int(raw["repeated"]),
        gap=bool(raw["gap"]),
    )
    return _with_source(plain, raw, file)


def _with_source(frame: TraceFrame, raw: Mapping[str, Any], file: File) -> TraceFrame:
    name, first, source = str(raw["name"]), int(raw["first"]), file.source
    if source is None:
        return frame
    shown = source.shows(name, first, frame.line)
    # A newer Python's syntax may be unknown here; but a template that is no Python is not what ran.
    if shown is False or (shown is None and not file.path.endswith((".py", ".pyw"))):
        return replace(frame, origin=replace(frame.origin, note=_CHANGED))
    definition = source.definition(name, first)
    # Code begins at its first decorator, and a path to a function ends there; what is meant is the `def`.
    line = max(frame.line, definition.line) if definition else frame.line
    return replace(
        frame,
        function=definition.name if definition and "." not in frame.function else frame.function,
        line=line,
        definition=definition.line if definition else None,
        text=source.line(line),
        call=source.expression(raw["positions"] or ()),
        blob=source.blob,
    )
