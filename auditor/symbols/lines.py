"""A source text whose comments can be blanked out, and questions about its lines."""

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from tree_sitter import Node

# Every byte but the line feed becomes a space, so that positions and lines stay.
_BLANK = bytes(byte if byte == 0x0A else 0x20 for byte in range(256))
_WORD = re.compile(rb"\S")


class Text:
    """The text of one file; comments and docstrings are blanked first, the questions come after."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self._uncommented = bytearray(source)
        if source.startswith(BOM_UTF8):
            self._uncommented[: len(BOM_UTF8)] = b" " * len(BOM_UTF8)
        self._docstrings: list[Node] = []

    def blank_comments(self, nodes: Iterable[Node]) -> None:
        """Comments neither count as code nor as part of the definition they trail."""
        _blank(self._uncommented, nodes)

    def blank_docstrings(self, nodes: Iterable[Node]) -> None:
        """Docstrings do not count as code but belong to their definition."""
        self._docstrings += nodes

    @cached_property
    def code(self) -> list[bool]:
        """For each line, first to last, whether code stands on it."""
        code = bytearray(self._uncommented)
        _blank(code, self._docstrings)
        return _filled(code)

    @cached_property
    def _last_filled(self) -> list[int]:
        lines = (number if filled else 0 for number, filled in enumerate(_filled(self._uncommented), start=1))
        return list(accumulate(lines, max))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(rb"\n", self.source))]

    def last_filled(self, line: int) -> int:
        """The nearest line at or above `line` that is neither blank nor comment; 0 when there is none."""
        return self._last_filled[line - 1]

    def line_of(self, position: int) -> int:
        """The one-based line of a byte."""
        return bisect_right(self._line_starts, position)

    def prefixed(self, prefixes: Iterable[Node]) -> dict[int, int]:
        """For what follows a run of decorators or attributes: the byte it starts at → the byte the run starts at."""
        starts: dict[int, int] = {}
        for node in sorted(prefixes, key=lambda node: node.start_byte):
            follower = _WORD.search(self._uncommented, node.end_byte)
            if follower:
                starts[follower.start()] = starts.get(node.start_byte, node.start_byte)
        return starts


def _blank(text: bytearray, nodes: Iterable[Node]) -> None:
    for node in nodes:
        extent = slice(node.start_byte, node.end_byte)
        text[extent] = text[extent].translate(_BLANK)


def _filled(text: bytearray) -> list[bool]:
    return [bool(line.strip()) for line in text.split(b"\n")]


def line_ranges(filled: Iterable[bool]) -> tuple[tuple[int, int], ...]:
    """The one-based inclusive (start, end) ranges of neighbouring true lines."""
    ranges: list[tuple[int, int]] = []
    for line, is_filled in enumerate(filled, start=1):
        if is_filled and ranges and ranges[-1][1] == line - 1:
            ranges[-1] = (ranges[-1][0], line)
        elif is_filled:
            ranges.append((line, line))
    return tuple(ranges)
