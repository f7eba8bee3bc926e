"""A decoded document with its positions: character offsets to lines and columns."""

import bisect
import re

from auditor.model import Place, Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_EXCERPT = 160


class Source:
    """The text of a document under its name. Lines and columns are one-based; columns count characters."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def line_of(self, offset: int) -> int:
        """The one-based line that holds the character at `offset`."""
        return bisect.bisect_right(self._starts, offset)

    def place(self, span: Span) -> Place:
        """Where `span` stands; its last character is included."""
        last = max(span.start, span.end - 1)
        first_line, last_line = self.line_of(span.start), self.line_of(last)
        return Place(
            self.name,
            first_line,
            span.start - self._starts[first_line - 1] + 1,
            last_line,
            last - self._starts[last_line - 1] + 1,
        )

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """The characters from one place to another, the last one included; the inverse of `place`."""
        return Span(self._offset(line, column), self._offset(end_line, end_column) + 1)

    def _offset(self, line: int, column: int) -> int:
        start = self._starts[max(0, min(line, len(self._starts)) - 1)]
        return min(start + column - 1, len(self.text))

    def excerpt(self, span: Span) -> str:
        """The line that `span` begins in, cut to a readable length around it."""
        line = self.line_of(span.start)
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        if end - start > _EXCERPT:
            start = max(start, span.start - 40)
            end = min(end, start + _EXCERPT)
        return self.text[start:end].strip()
