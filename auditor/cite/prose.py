"""Markdown text -> the stretches of it that are prose, as far as blocks tell: no code, no comment, no raw script.

A document is cut as CommonMark 0.31 cuts it into blocks (its appendix "A parsing strategy", phase 1), line by line and
without building a tree. Code inside a line is left to the reader of the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.cite.line import LINE, Line
from auditor.model.report import Span

_FENCE = re.compile(r"`{3,}(?=[^`]*\Z)|~{3,}")
_MARKER = re.compile(r"([-*+]|\d{1,9}[.)])(?=[ \t]|\Z)")
_BREAK = re.compile(r"([-*_])[ \t]*+(?:\1[ \t]*+){2,}\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|\Z)")
# HTML blocks in which Markdown is not read, even behind a blank line (CommonMark 4.6, kinds 1 to 5), and their ends.
_RAW = re.compile(r"<(?:(script|pre|style|textarea)(?=[ \t>]|\Z)|!--|\?|![A-Za-z]|!\[CDATA\[)", re.IGNORECASE)
_RAW_ENDS = {"<!--": "-->", "<?": "?>", "<![cdata[": "]]>"}
_TAG_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_CODE_INDENT = 4
_MOST_NESTED = 100  # lists and quotations in each other; nobody writes so many, and every line asks each of them
_QUOTE = 0  # in place of an item's width


def prose_spans(text: str) -> Iterator[Span]:
    """The paragraphs, headings, list items and rows of tables in order, each with all of its lines."""
    blocks = _Blocks()
    start: int | None = None
    end = 0
    for match in LINE.finditer(text):
        if not match[0]:
            break
        kind = blocks.read(Line(match[0].rstrip("\r\n")))
        if start is not None and kind != "more":
            yield Span(start, end)
            start = None
        if start is None and kind:
            start = match.start()
        end = match.end()
    if start is not None:
        yield Span(start, end)


@dataclass(frozen=True, slots=True)
class _Code:
    """A block in which no Markdown is read; a fence must begin the line that ends it, the end of HTML need not."""

    ends: re.Pattern[str]
    fenced: bool

    def is_ended_by(self, line: Line) -> bool:
        """Whether it ends with this line."""
        if self.fenced:
            return line.indent < _CODE_INDENT and bool(line.match(self.ends))
        return bool(line.search(self.ends))


@dataclass(slots=True)
class _Blocks:
    """What the lines so far have left open.

    `containers`, outermost first, are quotations and list items, these by the columns that their lines are indented;
    `bare`: the last one is an item without text so far. In the innermost one `code` or a `paragraph` may be open.
    """

    containers: list[int] = field(default_factory=list)
    bare: bool = False
    code: _Code | None = None
    paragraph: bool = False

    def read(self, line: Line) -> str:
        """The kind of a line: "new" and "more" are prose that begins or goes on, "" is none."""
        inside = self._matched(line)
        within = inside == len(self.containers)
        if within and self.code:
            self.code = None if self.code.is_ended_by(line) else self.code
            return ""
        self.code = None  # its container has ended, and it with it
        if line.is_blank():
            self._close(inside)
            return ""
        opened = self._open_containers(line, inside, within)
        inside = len(self.containers) if opened else inside
        goes_on = self.paragraph and not opened  # be it only lazily, without the marks of its containers
        if line.is_blank() or (line.indent >= _CODE_INDENT and not goes_on):
            self._close(inside)
            self.bare = line.is_blank()
            return ""
        if goes_on and within and line.indent < _CODE_INDENT and line.match(_UNDERLINE):
            self._close(inside)
            return ""
        if line.indent < _CODE_INDENT and (leaf := self._leaf(line)):
            self._close(inside)
            kind, self.code = leaf
            return kind
        if not goes_on:
            self._close(inside)
        self.paragraph, self.bare = True, False
        return "more" if goes_on and not line.starts_with("|") else "new"

    def _matched(self, line: Line) -> int:
        """How many of the containers the line stands in; their marks are taken from it."""
        for count, width in enumerate(self.containers):
            is_last = count == len(self.containers) - 1
            if width == _QUOTE:
                if not line.take_quote():
                    return count
            elif line.is_blank():
                if is_last and self.bare:
                    return count
            elif line.indent >= width:
                line.skip(width)
            else:
                return count
        return len(self.containers)

    def _open_containers(self, line: Line, inside: int, within: bool) -> bool:
        """Open the quotations and items that begin on the line, and tell whether there are any."""
        opened = False
        while line.indent < _CODE_INDENT and inside < _MOST_NESTED and not line.match(_BREAK):
            width = _QUOTE
            if not line.take_quote():
                marker = line.match(_MARKER)
                interrupts = self.paragraph and within and not opened
                if marker is None or (interrupts and not _may_interrupt(marker[1], line)):
                    break
                width = line.take_marker(len(marker[1]))
            if not opened:
                self._close(inside)
            self.containers.append(width)
            inside, opened = inside + 1, True
        return opened

    def _leaf(self, line: Line) -> tuple[str, _Code | None] | None:
        """A line that is a block of its own, or begins one: its kind, and the code it begins. None for other text."""
        if fence := line.match(_FENCE):
            return "", _Code(re.compile(rf"{fence[0][0]}{{{len(fence[0])},}}[ \t]*\Z"), fenced=True)
        if raw := line.match(_RAW):
            ends = _TAG_END if raw[1] else re.compile(re.escape(_RAW_ENDS.get(raw[0].lower(), ">")))
            # A comment may end on its line: its own signs are not yet its end.
            return ("new", None) if line.search(ends, len(raw[0])) else ("", _Code(ends, fenced=False))
        if line.match(_BREAK):
            return "", None
        return ("new", None) if line.match(_HEADING) else None

    def _close(self, inside: int) -> None:
        """End what is open but the first containers."""
        del self.containers[inside:]
        self.paragraph = self.bare = False


def _may_interrupt(marker: str, line: Line) -> bool:
    """Whether an item may begin right below a paragraph: not an empty one, nor a number that happens to stand first."""
    return marker in ("-", "*", "+", "1.", "1)") and not line.ends_behind(len(marker))
