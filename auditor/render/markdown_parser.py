"""The one door to markdown-it-py: CommonMark with GitHub's tables and struck-out text, without raw HTML."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from auditor.model.document import Prose
from auditor.render.headings import SourceHeading

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_MOST_CELLS = 50_000  # of all tables of a text; a row of one character can stand for a thousand empty ones
_BEGINNING = 1000  # characters, among which a heading that comes first must be


@cache
def markdown_parser() -> "MarkdownIt":
    """The parser; it keeps nothing of what it has read."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
    return markdown


def find_headings(text: str) -> Iterator[SourceHeading]:
    """The headings of a text, without those in lists and quotations."""
    for token in markdown_parser().parse(text):
        if token.type == "heading_open" and token.level == 0 and token.map:
            yield SourceHeading(int(token.tag[1:]), token.map[0], token.map[1])


def begins_with_heading(prose: Prose) -> bool:
    """Whether an author gives the text a heading, so that it needs none of the report's."""
    tokens = markdown_parser().parse(prose.text.lstrip("\r\n")[:_BEGINNING])
    return bool(tokens) and tokens[0].type == "heading_open"


def _bounded_table(state: "StateBlock", first: int, end: int, silent: bool) -> bool:
    """Markdown's own rule for tables, until there are too many cells; the rest stays text."""
    from markdown_it.rules_block import table

    if state.env.get("cells", 0) > _MOST_CELLS:
        return False
    before = len(state.tokens)
    found = table(state, first, end, silent)
    state.env["cells"] = state.env.get("cells", 0) + (len(state.tokens) - before) // 3  # each opens, holds and closes
    return found
