"""Cuts a document into the blocks that a reader sees: headings, list items, paragraphs, rows, code.

Names near a citation are looked for in its block, so a block must never be larger than
what a reader takes as one thing. Blocks follow each other and cover the text.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from auditor.model import Format

BlockKind = Literal["heading", "item", "paragraph", "row", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """Characters `start` to `end` (exclusive) of the document; `level` is a heading's depth, else 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HASH_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+\S")
_UNDERLINE = re.compile(r"[ \t]{0,3}([=\-~^\"'*+#`.:_])\1{2,}[ \t]*$")
_ITEM = re.compile(r"[ \t>]*(?:[-*+•●○▪◦‣·–]|\(?\d{1,4}[.)]|#\.|[a-zA-Z][.)])[ \t]+\S")
_ROW = re.compile(r"[ \t>]*\|")
_BLANK = re.compile(r"[ \t>]*$")

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_BLOCK_TAGS = frozenset(
    (
        "p li ul ol dl dt dd div td th tr table h1 h2 h3 h4 h5 h6 pre br hr section article blockquote header "
        "footer nav main aside figure figcaption details summary body html"
    ).split()
)
_HTML_KINDS: dict[str, BlockKind] = {"li": "item", "dd": "item", "dt": "item", "tr": "row", "td": "row", "pre": "code"}


def split_blocks(text: str, form: Format) -> tuple[Block, ...]:
    """The blocks of a document in order."""
    return tuple(_html_blocks(text) if form == "html" else _line_blocks(text, form))


def block_at(blocks: tuple[Block, ...], offset: int) -> int:
    """The index of the block that holds the character at `offset`; -1 when there are no blocks."""
    return bisect.bisect_right(blocks, offset, key=lambda block: block.start) - 1


def _line_blocks(text: str, form: Format) -> Iterator[Block]:
    kind: BlockKind = "paragraph"
    start: int | None = None
    fence = ""
    for match in _LINE.finditer(text):
        line, at = match[0].rstrip("\r\n"), match.start()
        if not match[0]:
            break
        if fence:
            if line.strip(" \t>").startswith(fence):
                yield Block("code", start or 0, match.end())
                fence, start = "", None
            continue
        shape = _line_shape(line, form)
        if shape == "underline" and start is not None and kind == "paragraph":
            yield Block("heading", start, match.end(), 1)
            start = None
        elif shape in ("blank", "heading", "item", "row", "fence"):
            if start is not None:
                yield Block(kind, start, at)
            start = None if shape == "blank" else at
            if shape == "heading":
                yield Block("heading", at, match.end(), _level(line))
                start = None
            elif shape == "fence":
                fence = _fence_of(line)
            elif shape != "blank":
                kind = "item" if shape == "item" else "row"
        elif start is None:
            start, kind = at, "paragraph"
    if start is not None:
        yield Block("code" if fence else kind, start, len(text))


def _line_shape(line: str, form: Format) -> str:
    if _BLANK.match(line):
        return "blank"
    if form == "markdown":
        if _FENCE.match(line):
            return "fence"
        if _HASH_HEADING.match(line):
            return "heading"
        if _ROW.match(line):
            return "row"
    if form in ("markdown", "rst") and _UNDERLINE.match(line):
        return "underline"
    return "item" if _ITEM.match(line) else "text"


def _level(line: str) -> int:
    match = _HASH_HEADING.match(line)
    return len(match[1]) if match else 1


def _fence_of(line: str) -> str:
    match = _FENCE.match(line)
    return match[1] if match else "```"


def _html_blocks(text: str) -> Iterator[Block]:
    start, kind, level = 0, "paragraph", 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name not in _BLOCK_TAGS:
            continue
        if text[start : match.start()].strip():
            yield Block(kind, start, match.start(), level)  # type: ignore[arg-type]  # kinds come from the table
        start = match.end()
        heading = not match[1] and len(name) == 2 and name[0] == "h" and name[1].isdigit()
        kind = "heading" if heading else "paragraph" if match[1] else _HTML_KINDS.get(name, "paragraph")
        level = int(name[1]) if heading else 0
    if text[start:].strip():
        yield Block(kind, start, len(text), level)  # type: ignore[arg-type]  # kinds come from the table
