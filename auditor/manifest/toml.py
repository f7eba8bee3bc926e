"""A TOML text with the places of its values; bounded, because whoever wrote it may be a stranger."""

import re
import tomllib
from bisect import bisect_right
from typing import Any

from auditor.manifest.positions import Path, Spans, find_spans
from auditor.model.report import Place, Span

# tomllib's time grows with the square of the parts of a dotted key, about a second for what is allowed here. Lines of
# few dots do not count, and no real file has many others: the dots of versions and URLs stand in quotes.
_DOTS = 4
_MOST_SQUARES = 2_000_000
# Tables of a line each take tomllib 5 kB of memory apiece; the largest lock files have a third of these lines.
_MOST_LINES = 300_000
_QUOTED = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class TomlTrouble(ValueError):
    """The text cannot be read; `line` is one-based, 1 where it is not known."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Toml:
    """A text and what it says: `top` is the outermost table. Raises TomlTrouble."""

    def __init__(self, document: str, data: bytes, longest: int) -> None:
        self._document = document
        self._text = _decode(data, longest)
        self.top = _parse(self._text)
        self._spans: Spans | None = None
        self._starts: list[int] | None = None

    def place(self, path: Path) -> Place:
        """Where a value is written; for a table its header. Of what is not written, where it would belong."""
        spans = self._found().values
        while path and path not in spans:
            path = path[:-1]
        return self._place(spans.get(path, Span(0, 1)))

    def key_place(self, path: Path) -> Place:
        """Where a key itself is written."""
        return self._place(self._found().keys[path])

    def entry_lines(self, key: str) -> list[int]:
        """The lines at which the tables of the outermost array `key` begin.

        Their headers are looked for first: a lock file is long, and only a text in it can look like a header.
        """
        entries = self.top.get(key)
        count = len(entries) if isinstance(entries, list) else 0
        headers = re.finditer(rf"^[ \t]*+\[\[[ \t]*+{re.escape(key)}[ \t]*+\]\]", self._text, re.MULTILINE)
        offsets = [header.start() for header in headers]
        if len(offsets) != count:
            values = self._found().values
            offsets = [values[key, index].start for index in range(count)]
        return [self._position(offset)[0] for offset in offsets]

    def _found(self) -> Spans:
        if self._spans is None:
            try:
                self._spans = find_spans(self._text)
            except (RecursionError, ValueError, IndexError):
                raise TomlTrouble("is nested too deeply") from None
        return self._spans

    def _place(self, span: Span) -> Place:
        line, column = self._position(span.start)
        return Place(self._document, line, column, *self._position(max(span.start, span.end - 1)))

    def _position(self, offset: int) -> tuple[int, int]:
        if self._starts is None:
            self._starts = [0, *(match.end() for match in re.finditer("\n", self._text))]
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _decode(data: bytes, longest: int) -> str:
    if len(data) > longest:
        raise TomlTrouble(f"is too large ({len(data):,} bytes; at most {longest:,} are read)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlTrouble("is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None


def _parse(text: str) -> dict[str, Any]:
    if (lines := text.count("\n")) > _MOST_LINES:
        raise TomlTrouble(f"is too large ({lines:,} lines; at most {_MOST_LINES:,} are read)")
    squares = 0
    for number, written in enumerate(text.split("\n"), start=1):
        if written.count(".") > _DOTS and (dots := _QUOTED.sub("", written).count(".")) > _DOTS:
            squares += dots * dots
            if squares > _MOST_SQUARES:
                raise TomlTrouble("has lines that cannot be read safely: too many dots", number)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlTrouble("is nested too deeply") from None
    except ValueError as error:  # also integers of more digits than Python converts
        said = str(error)[:200]
        found = _LINE.search(said)
        line = int(found[1]) if found else text.count("\n") + 1 if "end of document" in said else 1
        raise TomlTrouble(f"is not TOML: {_LINE.sub('', said).strip()}", line) from None
