"""Comments that accept findings where they stand: `<!-- auditor: ignore wrong-symbol – reason -->`.

In Markdown and HTML they are comments of HTML, in reStructuredText `.. auditor: ignore wrong-symbol – reason`. One that
stands alone holds for the next block (paragraph, item, whole table, code), one in a line of text for that line of its
block. In code, which shows how to write them, they are none.
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from auditor.model import Format, Span
from auditor.model.aside import Pragma
from auditor.read.blocks import Block, block_at, split_blocks
from auditor.read.source import Source
from auditor.spelling import edit_distance

MOST_PRAGMAS = 1000  # in one document
_LONGEST = 2000  # characters of one
_VERB = "ignore"
_OPENING = re.compile(r"\s{0,20}auditor:[ \t]{0,20}([a-z]{4,8})\b")
_DASH = re.compile(r"\s(?:--|[–—-])(?:\s|$)")  # before the reason; those in a rule's id have no space before them
_RST_COMMENT = re.compile(r"^([ \t]*)\.\.[ \t]+(auditor:[^\r\n]*(?:\r?\n\1[ \t]+[^\s][^\r\n]*)*)", re.MULTILINE)
_RUN = re.compile(r"[^\s|>*+#=-]\S*")  # text, as opposed to space and the marks of lists, tables and headings


@dataclass(frozen=True, slots=True)
class _Comment:
    """The characters of a comment and those of its content."""

    whole: Span
    body: Span


def may_accept(data: bytes) -> bool:
    """Whether it is worth looking for such comments in a document's bytes, in whatever encoding they are."""
    return b"auditor:" in data.replace(b"\0", b"")


def read_pragmas(text: str, form: Format, document: str) -> tuple[Pragma, ...]:
    """The comments of a decoded document that accept findings, or are meant to, in order; `document` is its name."""
    if form not in ("markdown", "html", "rst") or "auditor:" not in text:
        return ()
    page = _Page(document, text, form)
    found = (pragma for comment in page.comments if (pragma := _pragma(comment, page)) is not None)
    pragmas = tuple(islice(found, MOST_PRAGMAS + 1))
    if len(pragmas) > MOST_PRAGMAS:
        trouble = f"only the first {MOST_PRAGMAS:,} comments of a document are read"
        return (*pragmas[:-1], replace(pragmas[-1], trouble=trouble))
    return pragmas


def _pragma(comment: _Comment, page: "_Page") -> Pragma | None:
    """What a comment says; None for one that is not about findings."""
    body = page.text[comment.body.start : min(comment.body.end, comment.body.start + _LONGEST)]
    opening = _OPENING.match(body)
    if opening is None or edit_distance(opening[1], _VERB, 2) > 2:
        return None
    named, *rest = _DASH.split(body[opening.end() :], maxsplit=1)
    rules = tuple(word for word in re.split(r"[,\s]+", named) if word)
    reason = " ".join("".join(rest).split())
    covered = page.covered(comment)
    covers = page.source.place(covered) if covered else None
    trouble = _trouble(opening[1], rules, reason, covered)
    return Pragma(page.source.place(comment.whole), rules, reason, covers, trouble)


def _trouble(verb: str, rules: Sequence[str], reason: str, covered: Span | None) -> str:
    if verb != _VERB:
        return f"“{verb}” is no word that it may begin with, “{_VERB}” is"
    if not rules:
        return "it names no rule"
    if not reason:
        return "it gives no reason"
    return "" if covered else "nothing follows that it could be about"


class _Page:
    """A document with its comments and blocks, and what each comment can be about."""

    def __init__(self, document: str, text: str, form: Format) -> None:
        self.text = text
        self.source = Source(document, text)
        self._blocks = split_blocks(text, form)
        self.comments = list(_rst_comments(text) if form == "rst" else _html_comments(text, self._blocks))
        runs = [match.span() for match in _RUN.finditer(_without(text, self.comments))]
        self._starts, self._ends = [start for start, _ in runs], [end for _, end in runs]
        self._full = [index for index, block in enumerate(self._blocks) if self._has_text(Span(block.start, block.end))]
        self._spans_end = _ends_with_table(self._blocks) if form == "markdown" else [b.end for b in self._blocks]

    def covered(self, comment: _Comment) -> Span | None:
        """The characters that a comment is about: its line, what follows in its block, or the next block."""
        whole, index = comment.whole, block_at(self._blocks, comment.whole.start)
        block = self._blocks[index] if index >= 0 else Block("paragraph", 0, 0)
        line = Span(max(self._line_start(whole.start), block.start), min(self._line_end(whole.end), block.end))
        rest = Span(whole.end, block.end)
        for span in (line, rest):
            if self._has_text(span):
                return span
        following = bisect.bisect_right(self._full, index)
        while following < len(self._full) and self._blocks[self._full[following]].start < whole.end:
            following += 1  # blocks within the comment itself
        if following == len(self._full):
            return None
        return Span(self._blocks[self._full[following]].start, self._spans_end[self._full[following]])

    def _has_text(self, span: Span) -> bool:
        index = bisect.bisect_right(self._ends, span.start)
        return index < len(self._starts) and self._starts[index] < span.end

    def _line_start(self, offset: int) -> int:
        line = self.source.line_of(offset)
        return self.source.span(line, 1, line, 1).start

    def _line_end(self, offset: int) -> int:
        line = self.source.line_of(max(0, offset - 1)) + 1
        start = self.source.span(line, 1, line, 1).start
        return start if start >= offset else len(self.text)


def _ends_with_table(blocks: Sequence[Block]) -> list[int]:
    """Where each block ends; a row of a table with its last one, as no comment can stand between rows."""
    ends = [block.end for block in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        row, below = blocks[index], blocks[index + 1]
        if row.kind == below.kind == "row" and row.end == below.start:
            ends[index] = ends[index + 1]
    return ends


def _html_comments(text: str, blocks: tuple[Block, ...]) -> Iterator[_Comment]:
    """Comments but those that are shown to readers, in a block of code or between backticks."""
    start = text.find("<!--")
    while start >= 0:
        index = block_at(blocks, start)
        shown = index >= 0 and blocks[index].kind == "code" and start < blocks[index].end
        if shown or text[start - 1 : start] == "`":
            start = text.find("<!--", start + 4)
            continue
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield _Comment(Span(start, end + 3), Span(start + 4, end))
        start = text.find("<!--", end + 3)


def _rst_comments(text: str) -> Iterator[_Comment]:
    for match in _RST_COMMENT.finditer(text):
        yield _Comment(Span(match.start(2) - 3, match.end()), Span(*match.span(2)))


def _without(text: str, comments: Sequence[_Comment]) -> str:
    """The text with spaces in the place of its comments."""
    parts, position = [], 0
    for comment in comments:
        whole = comment.whole
        parts += [text[position : whole.start], " " * (whole.end - whole.start)]
        position = whole.end
    return "".join([*parts, text[position:]])
