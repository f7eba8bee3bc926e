"""Where the values of a TOML text stand, which Python's reader does not tell.

The text has been read by `tomllib` before, so that nothing is checked here: this only follows its outline.
Key paths are tuples of keys and, inside arrays, of indexes from 0: `("dependency", 0, "name")`.
"""

import re
import tomllib
from dataclasses import dataclass, field

from auditor.model.report import Span

Path = tuple[str | int, ...]

# Quantifiers are possessive: what was taken is never given back, so that no text can make them slow.
_BLANK = re.compile(r"[ \t\r\n]*+(?:#[^\n]*+[ \t\r\n]*+)*+")
_PART = re.compile(r'"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'|[A-Za-z0-9_-]++')
_SCALAR = re.compile(
    r'"""(?:[^"\\]++|\\.|""?(?!"))*+"""(?:""?)?'  # up to two quotes may stand before the three that close (TOML 1.0)
    r"|'''(?:[^']++|''?(?!'))*+'''(?:''?)?"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9][0-9:.Zz+-]*+"  # a date and a time may be separated by a space
    r"|[^\s,\]}#]++",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Spans:
    """The characters of every key and of every value, by path. A table that has a header stands where that is."""

    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)


def find_spans(text: str) -> Spans:
    """Where everything stands in a text that `tomllib` accepts.

    Raises ValueError or IndexError for one that it does not accept, RecursionError for very deep nesting.
    """
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.spans


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lengths: dict[Path, int] = {}  # of the arrays of tables so far
        self.spans = Spans()

    def scan(self) -> None:
        table: Path = ()
        self._blank()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._blank()

    def _header(self) -> Path:
        start = self._at
        brackets = 2 if self._text.startswith("[[", start) else 1
        self._at += brackets
        self._blank()
        parts = [part for part, _ in self._key()]
        self._at += brackets
        path: Path = ()
        for number, part in enumerate(parts, start=1):
            path = (*path, part)
            if number == len(parts) and brackets == 2:
                self._lengths[path] = self._lengths.get(path, 0) + 1
            self._put(path, Span(start, self._at))
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
                self._put(path, Span(start, self._at))
        # The header of a table counts for more than that of a table inside it, even when it comes later.
        self.spans.keys[path] = self.spans.values[path] = Span(start, self._at)
        return path

    def _pair(self, table: Path) -> None:
        parts = self._key()
        path = table
        for part, span in parts:
            path = (*path, part)
            self._put(path, span)
        self._at += 1  # the equals sign
        self._blank()
        self._value(path)

    def _key(self) -> list[tuple[str, Span]]:
        """A dotted key and the space behind it."""
        parts = []
        while True:
            start, written = self._at, self._take(_PART)
            parts.append((_plain(written), Span(start, self._at)))
            self._blank()
            if self._text[self._at] != ".":
                return parts
            self._at += 1
            self._blank()

    def _value(self, path: Path) -> None:
        start = self._at
        if self._text[start] == "[":
            self._array(path)
        elif self._text[start] == "{":
            self._inline_table(path)
        else:
            self._take(_SCALAR)
        self.spans.values[path] = Span(start, self._at)

    def _array(self, path: Path) -> None:
        self._next()
        index = 0
        while self._text[self._at] != "]":
            start = self._at
            self._value((*path, index))
            self.spans.keys[(*path, index)] = Span(start, self._at)
            self._comma()
            index += 1
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._next()
        while self._text[self._at] != "}":
            self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        self._blank()
        if self._text[self._at] == ",":
            self._next()

    def _next(self) -> None:
        self._at += 1
        self._blank()

    def _blank(self) -> None:
        self._take(_BLANK)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(f"not TOML at character {self._at}")
        self._at = match.end()
        return match[0]

    def _put(self, path: Path, span: Span) -> None:
        self.spans.keys.setdefault(path, span)
        self.spans.values.setdefault(path, span)


def _plain(written: str) -> str:
    """A key without its quotes and escapes."""
    if written[0] == "'":
        return written[1:-1]
    return str(tomllib.loads(f"key = {written}")["key"]) if written[0] == '"' else written
