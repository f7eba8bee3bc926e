"""Text that goes into Markdown and must not be taken for its signs."""

import re
from collections.abc import Iterable

# What Markdown or GitHub would read as something else than text: markup, mentions, HTML, tables.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@])")
# C0 and C1 controls, and those that change the direction of what follows (Unicode TR 9): a reader cannot see them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TICKS = re.compile(r"`+")
_FEWEST_TICKS = 3  # of a fence


def escape_text(text: str) -> str:
    """The text as Markdown shows it unchanged, on one line."""
    return _SPECIAL.sub(r"\\\1", plain_line(text))


def code_span(text: str) -> str:
    """A code span that the text cannot leave: as many backticks as it takes."""
    text = plain_line(text)
    fence = "`" * (_longest_ticks([text]) + 1)
    space = " " if text[:1] in ("`", " ", "") or text[-1:] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}"


def fenced_lines(lines: Iterable[str], language: str | None) -> list[str]:
    """The lines of a code block that its text cannot leave, with the fences around them."""
    body = [without_controls(line) for line in lines]
    fence = "`" * max(_FEWEST_TICKS, _longest_ticks(body) + 1)
    return [f"{fence}{language or ''}", *body, fence]


def without_controls(text: str) -> str:
    """The text with a visible sign for each invisible control; tabs and line feeds stay."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def plain_line(text: str) -> str:
    """The text on one line, without controls."""
    return without_controls(text.replace("\n", " "))


def _longest_ticks(lines: Iterable[str]) -> int:
    return max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
