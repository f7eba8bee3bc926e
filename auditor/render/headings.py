"""An author's headings take their places below those of the report, in Markdown and in HTML alike."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_DEEPEST = 6  # levels that HTML has
_SIGNS = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A heading of a Markdown text that stands in no list or quotation: its lines, zero-based, `end` exclusive."""

    level: int
    start: int
    end: int


def settled_levels(levels: Iterable[int], top: int) -> Iterator[int]:
    """The levels of headings in a report in which the highest of them are to be of level `top`.

    None is skipped on the way down: whoever has a page read out to them goes by the levels (WCAG technique G141).
    """
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield min(top + len(above) - 1, _DEEPEST)


def move_headings(text: str, headings: Iterable[SourceHeading], top: int) -> str:
    """A Markdown text (LF at its line ends) whose headings begin at level `top`; all else stays as it is."""
    headings = tuple(headings)
    lines, moved, at = text.split("\n"), [], 0
    for heading, level in zip(headings, settled_levels((one.level for one in headings), top), strict=True):
        moved += lines[at : heading.start]
        at = heading.end
        if _SIGNS.match(lines[heading.start]):
            moved.append(_SIGNS.sub("#" * level, lines[heading.start], count=1))
        else:  # underlined: its lines become one, and the underline goes
            words = " ".join(line.strip() for line in lines[heading.start : heading.end - 1])
            moved.append(f"{'#' * level} {words}")
    return "\n".join([*moved, *lines[at:]])
