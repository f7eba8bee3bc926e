"""The trace file: a `Trace` as JSON and back. docs/trace.md describes it."""

import json
import os
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from auditor.decode import decode_text
from auditor.errors import DocumentError
from auditor.files import write_atomically
from auditor.model.trace import ORIGIN_KINDS, Answer, FirstCall, Origin, Stack, Trace, TraceFrame
from auditor.trace.pasted import parse_traceback

VERSION = 1
_MOST_BYTES = 64 << 20  # of a trace file; ten thousand calls make 10 MB


def write_trace(trace: Trace, path: str | os.PathLike[str]) -> None:
    """Write a trace file, whole or not at all. Raises DocumentError."""
    write_atomically(path, print_trace(trace))


def print_trace(trace: Trace) -> bytes:
    """The content of a trace file: the same for the same trace, whatever the machine."""
    value = {"trace": VERSION, **_plain(trace)}
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def read_trace(path: str | os.PathLike[str]) -> Trace:
    """Read a trace file, or a traceback that was pasted into a text file. Raises DocumentError naming what is wrong."""
    name = os.fspath(path)
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"{name}: cannot be read: {error.strerror or error}") from error
    if len(data) > _MOST_BYTES:
        raise DocumentError(f"{name}: this is longer than any trace ({_MOST_BYTES >> 20} MB)")
    return parse_trace(data, name)


def parse_trace(data: bytes, name: str) -> Trace:
    """As `read_trace`, from bytes; `name` is for the messages."""
    text = decode_text(data, name).text
    if not text.lstrip().startswith("{"):
        trace = parse_traceback(text)
        if not trace.stacks:
            raise DocumentError(f"{name}: this is neither a trace file nor a traceback of Python")
        return trace
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name}: this is no JSON: {error}") from error
    return _trace(_Table(value, name, ""))


def _plain(value: Any) -> Any:
    """As JSON has it; what has its default is left out."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not is_dataclass(value):
        return value
    pairs = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: _plain(one) for field, one in pairs if field.default is MISSING or one != field.default}


class _Table:
    """An object of the file. Each look-up raises DocumentError where the value is missing or of another type."""

    def __init__(self, value: object, name: str, where: str) -> None:
        self._name, self._where = name, where
        if not isinstance(value, dict):
            raise self._wrong("", "an object")
        self._values = value

    def text(self, key: str, default: str | None = None) -> str:
        value = self._values.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "a text")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self._values.get(key) is None else self.text(key)

    def number(self, key: str, least: int, default: int | None = None) -> int:
        value = self._values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self._wrong(key, f"a whole number of at least {least}")
        return value

    def number_or_none(self, key: str, least: int) -> int | None:
        return None if self._values.get(key) is None else self.number(key, least)

    def flag(self, key: str, default: bool | None = None) -> bool:
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def table(self, key: str) -> "_Table":
        return _Table(self._values.get(key), self._name, self._path(key))

    def table_or_none(self, key: str) -> "_Table | None":
        return None if self._values.get(key) is None else self.table(key)

    def tables(self, key: str) -> list["_Table"]:
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, "a list")
        return [_Table(one, self._name, f"{self._path(key)}[{index}]") for index, one in enumerate(value)]

    def one_of(self, key: str, words: tuple[Any, ...]) -> Any:
        value = self._values.get(key)
        if value not in words:
            raise self._wrong(key, "one of " + ", ".join(str(word) for word in words))
        return value

    def _path(self, key: str) -> str:
        return ".".join(part for part in (self._where, key) if part)

    def _wrong(self, key: str, wanted: str) -> DocumentError:
        return DocumentError(f"{self._name}: {self._path(key) or 'the file'} must be {wanted}")


def _trace(table: _Table) -> Trace:
    table.one_of("trace", (VERSION,))
    return Trace(
        table.text("target"),
        table.flag("reached"),
        tuple(_stack(one) for one in table.tables("stacks")),
        tuple(_call(one) for one in table.tables("calls")),
        table.text("reason", ""),
        table.text_or_none("python"),
        tuple(_answer(one) for one in table.tables("requests")),
        table.number_or_none("exit_status", -1 << 31),
    )


def _stack(table: _Table) -> Stack:
    return Stack(tuple(_frame(one) for one in table.tables("frames")), table.text("exception", ""))


def _call(table: _Table) -> FirstCall:
    caller = table.table_or_none("caller")
    return FirstCall(_frame(table.table("function")), _frame(caller) if caller else None)


def _answer(table: _Table) -> Answer:
    return Answer(table.text("url"), table.number_or_none("status", 100), table.text("error", ""))


def _frame(table: _Table) -> TraceFrame:
    return TraceFrame(
        table.text("function"),
        table.text("path"),
        table.number("line", 1),
        _origin(table.table("origin")),
        table.text_or_none("module"),
        table.number_or_none("definition", 1),
        table.text("text", ""),
        table.text("call", ""),
        table.text("thread", ""),
        table.text_or_none("blob"),
        table.flag("edited", False),
        table.number("repeated", 0, 0),
        table.flag("gap", False),
    )


def _origin(table: _Table) -> Origin:
    return Origin(
        table.one_of("kind", ORIGIN_KINDS),
        table.text_or_none("name"),
        table.text_or_none("version"),
        table.text_or_none("repository"),
        table.text_or_none("commit"),
        table.text("note", ""),
    )
