"""Rows and fields about licences and repositories: table rows, definition lists, `Label: value`, label above value.

Only the places are found here; which repository a field is about is decided in `statement_subjects`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Literal

from auditor.model import Format, Span
from auditor.read.blocks import Block, block_at

FieldKind = Literal["license", "conditions", "repository", "other"]

_LABELS: dict[FieldKind, re.Pattern[str]] = {
    "license": re.compile(
        r"(?:spdx[ -])?(?:open[ -]source |software )?licen[sc](?:e|es|e\(s\)|ing)(?: (?:type|name|id|identifier|used))?"
        r"|type of licen[sc]e|spdx(?: (?:id|identifier|expression|licen[sc]e expression))?"
    ),
    "conditions": re.compile(
        r"licen[sc]e (?:restrictions?|conditions?|terms|text|requirements?|obligations?)|restrictions|conditions"
    ),
    "repository": re.compile(
        r"(?:code |source |source code |git |github |gitlab )?(?:repository|repo)(?: (?:url|link))?"
        r"|source(?: code)?|upstream|github|project url"
    ),
    "other": re.compile(r"licen[sc]e (?:description|url|file|link)|copyright|magic.*|purpose|who worked with this"),
}
# A label that only a form about somebody's software has.
_SURE = re.compile(r"(?:licen[sc]e (?:type|name|id|identifier)|type of licen[sc]e|spdx.*)")
_MARK = r"(?:[*_`]|</?[a-zA-Z][^<>\n]{0,200}>|[ \t])*"
_LABEL = re.compile(  # `:` before it: a field of reStructuredText
    rf"[ \t>]*(?:(?:[-+•●○▪◦‣·–*]|#{{1,6}}|\d{{1,3}}[.)])[ \t]+)?{_MARK}:?"
    rf"(?P<label>[A-Za-z][A-Za-z ()-]{{2,30}}?)\??{_MARK}(?P<separator>[:：\t]|(?=[\r\n]|$))"
)
# Text taken out of a PDF has no more than a space between the cells of a form.
_FORM_LABEL = re.compile(  # `:` before it: a field of reStructuredText
    r"[ \t]*(?P<label>Licen[sc]e (?:Type|Description|Restrictions)|Type of Licen[sc]e|Code Repository)[ \t]+(?=\S)"
)
_HINT = re.compile(r"licen|spdx|repo|source|restrictions|conditions|upstream|github|url|copyright|magic|purpose|worked")
_LINE = re.compile(r"[^\r\n]+")
_DELIMITER = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")
_TAG = re.compile(r"<(/?)(tr|td|th|dt|dd|table|dl)\b[^<>]{0,2000}>", re.IGNORECASE)
_LIST_TABLE = re.compile(r"[ \t]*\* - |[ \t]+- ")
# What may go on under a label: more URLs, and licences by name ("• Flask: BSD-3-Clause").
_URL_LINE = re.compile(r"[ \t]*(?:[-*+•●○▪◦‣·–][ \t]+)?(?:[\w .-]{1,40}:[ \t]+)?https?://")
_LISTED_LINE = re.compile(r"[ \t]*[-*+•●○▪◦‣·–][ \t]+[\w .-]{1,40}:[ \t]+\S")
_MOST_BELOW = 10  # lines
_MOST_CELLS = 40
_LONGEST_LABEL = 120  # characters, with all markup


@dataclass(frozen=True, slots=True)
class Field:
    """A label and where its value stands; `sure` labels belong to a form on somebody's software.

    `row` is what a reader sees beside it in a table that lists one thing per row; its first cell names the thing.
    """

    kind: FieldKind
    value: Span
    sure: bool
    row: tuple[Span, ...] = ()


def find_fields(text: str, form: Format, blocks: tuple[Block, ...]) -> Iterator[Field]:
    """Every field of a document, tables first. Code is not looked into: there, a label is somebody's program."""
    rows: list[tuple[int, tuple[Span, ...]]] = []
    if form in ("html", "markdown") and "<" in text:
        rows += _tag_rows(text, blocks)
    if form in ("markdown", "text", "pdf"):
        rows += _pipe_rows(text, blocks)
    if form == "rst":
        rows += _list_rows(text)
    yield from _table_fields(text, rows)
    if form == "html":
        spans = [Span(block.start, block.end) for block in blocks if block.kind != "code"]
    else:
        spans = [Span(*match.span()) for match in _LINE.finditer(text)]
    yield from _line_fields(text, blocks, spans)


def label_kind(text: str, start: int, end: int) -> tuple[FieldKind, bool] | None:
    """What a cell labels, and whether surely so; None for a cell that is no label."""
    if end - start > _LONGEST_LABEL:
        return None
    said = re.sub(r"<[^<>]{0,200}>|[*_`\[\]]", "", text[start:end])
    said = " ".join(said.lower().rstrip(" :?\t\r\n").split())
    for kind, pattern in _LABELS.items():
        if pattern.fullmatch(said):
            return kind, _SURE.fullmatch(said) is not None
    return None


def behind_label(text: str, start: int, end: int) -> int | None:
    """Where the value begins in the line that begins at `start`; None for a line without a label."""
    found = _line_field(text, Span(start, end))
    return found.value.start if found else None


def _line_fields(text: str, blocks: tuple[Block, ...], lines: list[Span]) -> Iterator[Field]:
    for index, line in enumerate(lines):
        found = _line_field(text, line)
        if found is None or _kind_at(blocks, line.start) == "code":
            continue
        below = lines[index + 1 : index + 1 + _MOST_BELOW]
        if found.kind == "repository":
            more = list(takewhile(lambda one: _URL_LINE.match(text, one.start, one.end), below))
            yield Field("repository", Span(found.value.start, more[-1].end if more else line.end), found.sure)
        elif text[found.value.start : found.value.end].strip():
            yield found
        elif below and _is_next(text, line, below[0]) and _line_field(text, below[0]) is None:
            yield Field(found.kind, below[0], found.sure)
            for one in takewhile(lambda one: _LISTED_LINE.match(text, one.start, one.end), below[1:]):
                yield Field(found.kind, one, found.sure)


def _line_field(text: str, line: Span) -> Field | None:
    head = text[line.start : min(line.end, line.start + _LONGEST_LABEL)].lower()
    if not _HINT.search(head):
        return None
    for pattern in (_LABEL, _FORM_LABEL):
        match = pattern.match(text, line.start, line.end)
        known = label_kind(text, *match.span("label")) if match else None
        if match and known:
            return Field(known[0], Span(match.end(), line.end), known[1])
    return None


def _is_next(text: str, line: Span, below: Span) -> bool:
    """Whether nothing but one blank line may lie between."""
    gap = text[line.end : below.start]
    return len(gap) <= 8 and gap.count("\n") <= 2


def _table_fields(text: str, rows: list[tuple[int, tuple[Span, ...]]]) -> Iterator[Field]:
    """Fields of rows that are given with the number of their table: labels in the first cell or in the first row."""
    header: tuple[int, int, bool] | None = None  # table, column, sure
    table = None
    for number, cells in rows:
        if number != table:
            table, header = number, _header(text, number, cells)
        known = label_kind(text, cells[0].start, cells[0].end)
        if known is not None and len(cells) == 2:
            yield Field(known[0], cells[1], known[1])
        elif header is not None and header[0] == number and header[1] < len(cells):
            yield Field("license", cells[header[1]], header[2], cells)


def _header(text: str, number: int, cells: tuple[Span, ...]) -> tuple[int, int, bool] | None:
    """The column whose heading is a licence's label, for a table of at least two columns."""
    for column, cell in enumerate(cells):
        known = label_kind(text, cell.start, cell.end)
        if known is not None and known[0] == "license" and (column or len(cells) > 2):
            return number, column, known[1]
    return None


def _pipe_rows(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, tuple[Span, ...]]]:
    number, in_table, before = 0, False, 0
    for match in _LINE.finditer(text):
        apart = "\n" in text[before + 1 : match.start()] or not before
        before = match.end()
        pipes = match[0].count("|")
        if not pipes or pipes > _MOST_CELLS or apart:
            number, in_table = number + 1, False
        if not pipes or pipes > _MOST_CELLS:
            continue
        piped = match[0].lstrip(" \t>").startswith("|")
        if _DELIMITER.fullmatch(match[0]):
            in_table = True
        elif (piped or in_table or _heads_table(text, match.end())) and _kind_at(blocks, match.start()) != "code":
            yield number, _cells(text, match.start(), match.end())


def _heads_table(text: str, line_end: int) -> bool:
    """Whether the line behind this one is the row of dashes of a table."""
    below = _LINE.search(text, line_end, line_end + 400)
    return below is not None and "|" in below[0] and _DELIMITER.fullmatch(below[0]) is not None


def _cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    cuts = [start - 1, *(pipe.start() for pipe in _PIPE.finditer(text, start, end)), end]
    spans = [Span(left + 1, right) for left, right in pairwise(cuts)]
    if len(spans) > 2 and not text[spans[0].start : spans[0].end].strip(" \t>"):
        spans = spans[1:]
    if len(spans) > 2 and not text[spans[-1].start : spans[-1].end].strip():
        spans = spans[:-1]
    return tuple(spans)


def _tag_rows(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Rows of HTML tables and pairs of definition lists, closing tags present or not."""
    number, cells, opened = 0, list[Span](), -1
    for match in _TAG.finditer(text):
        closing, name = bool(match[1]), match[2].lower()
        if opened >= 0:
            cells.append(Span(opened, match.start()))
            opened = -1
        ends_row = name in ("tr", "table", "dl") or (name == "dt" and not closing)
        if ends_row or (name == "dd" and closing):
            if 1 < len(cells) <= _MOST_CELLS and _kind_at(blocks, match.start()) != "code":
                yield number, tuple(cells)
            cells = []
        if name in ("table", "dl"):
            number -= 1  # pipe tables count upwards
        if not closing and name in ("td", "th", "dt", "dd"):
            opened = match.end()


def _list_rows(text: str) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Rows of a `list-table` of reStructuredText: `* - cell`, then `- cell` for the others."""
    number, cells = 0, list[Span]()
    for match in _LINE.finditer(text):
        marker = _LIST_TABLE.match(match[0])
        if marker is None or "*" in marker[0]:
            if 1 < len(cells) <= _MOST_CELLS:
                yield number, tuple(cells)
            cells = []
        if marker is None:
            number += ".." in match[0][:10]
        else:
            cells.append(Span(match.start() + marker.end(), match.end()))
    if 1 < len(cells) <= _MOST_CELLS:
        yield number, tuple(cells)


def _kind_at(blocks: tuple[Block, ...], offset: int) -> str:
    index = block_at(blocks, offset)
    return blocks[index].kind if index >= 0 and offset < blocks[index].end else ""
