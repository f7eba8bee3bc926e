"""TOML with the lines that Python's reader does not give, and Cargo.toml."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from auditor.licenses.metadata.statements import MetadataError, declaration, line_at, pointer, problem, utf8
from auditor.model.license import Declaration

_TABLE = re.compile(r"[ \t]*\[[ \t]*([^\[\]]+?)[ \t]*\]")
# tomllib's time grows with the square of the parts of a dotted key; nothing real comes near this many, outside quotes.
_DOTS = 200
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LONGEST = 1 << 20


class Toml:
    """A parsed TOML text. Raises MetadataError."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise MetadataError(f"is too large ({len(text)} characters)")
        self._lines = text.split("\n")
        self._text = text
        if any(line.count(".") > _DOTS < _QUOTED.sub("", line).count(".") for line in self._lines):
            raise MetadataError("has a line that cannot be read safely")
        try:
            self._top: dict[str, Any] = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            raise MetadataError(f"is not TOML: {str(error)[:200] or 'too deep'}") from None

    def value(self, table: str, key: str) -> Any:
        """What stands at `key` of a table (dotted name), or None."""
        node: Any = self._top
        for name in (*table.split("."), key):
            node = node.get(name) if isinstance(node, dict) else None
        return node

    def line(self, table: str, key: str) -> int | None:
        """The line at which `key` is set below the header of a table; None for other ways to write it."""
        current = ""
        for number, line in enumerate(self._lines, start=1):
            if header := _TABLE.match(line):
                current = header[1]
            elif current == table and re.match(rf"[ \t]*{key}[ \t]*[=.]", line):
                return number
        return None

    def line_of(self, literal: str) -> int | None:
        """The first line that holds a text as a quoted literal."""
        offsets = (self._text.find(quote + literal + quote) for quote in "\"'")
        return line_at(self._text, min((offset for offset in offsets if offset >= 0), default=-1))


def cargo(path: str, data: bytes) -> Iterator[Declaration]:
    """`license` and `license-file` of the package, and of the workspace that its members inherit from."""
    toml = Toml(utf8(data))
    for table in ("package", "workspace.package"):
        line = toml.line(table, "license")
        match toml.value(table, "license"):
            case str(text):
                yield declaration(path, line, text)
            case {"workspace": True} if toml.value("workspace.package", "license") is None:
                yield problem(path, line, "workspace = true", "is stated in the workspace's Cargo.toml")
            case {"workspace": True} | None:
                pass
            case _:
                yield problem(path, line, "license", "is no text")
        if isinstance(file := toml.value(table, "license-file"), str):
            yield pointer(path, toml.line(table, "license-file"), file)
