"""The text of one PDF page as one string, with the way back to lines and places."""

import bisect
import re
from collections.abc import Iterator, Sequence

from auditor.read.pdf_lines import Line, split_paragraphs

Rectangle = tuple[float, float, float, float]
Span = tuple[int, int]

# A link of real documents covers some hundred characters; a page has some thousand and some tens of links.
MAX_COVERED = 2000
_MAX_COMPARISONS = 2_000_000
_NEIGHBOURHOOD = 40
_CONTEXT = 600
# Further away no URL can reach into the context: one is at most 2,000 characters long.
_REACH = 3000
# A word that says something about a link, unlike "Link:", a list mark or a line number.
_WORD = re.compile(r"\b(?!(?:link|url|line|code|file|here|see|source)s?\b)[^\W\d_]{2,}", re.IGNORECASE)
_SPACE = re.compile(r"\s")


class PageText:
    """Lines joined by line feeds. Offsets count characters of `text`; lines and columns are one-based."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text for line in lines)
        self._starts = [0] * len(lines)
        for index in range(1, len(lines)):
            self._starts[index] = self._starts[index - 1] + len(lines[index - 1].text) + 1
        self._comparisons = 0
        self._paragraphs = split_paragraphs(lines)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character."""
        index = self._index(offset)
        return index + 1, offset - self._starts[index] + 1

    def covered(self, rectangles: Sequence[Rectangle]) -> list[int]:
        """Offsets of the characters whose middle lies within any of the rectangles, in order.

        None when they are more than `MAX_COVERED`: then it is an area of the page that is clicked, not words. None
        either once a page has cost more comparisons than any honest one.
        """
        found: set[int] = set()
        for left, bottom, right, top in rectangles:
            self._comparisons += len(self.lines)
            for start, line in zip(self._starts, self.lines, strict=True):
                if self._comparisons > _MAX_COMPARISONS or len(found) > MAX_COVERED:
                    return []
                if bottom - line.size <= line.baseline <= top + line.size and line.right >= left and line.left <= right:
                    self._comparisons += len(line.glyphs)
                    for column, glyph in enumerate(line.glyphs):
                        across, up = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
                        if left <= across <= right and bottom <= up <= top:
                            found.add(start + column)
        return sorted(offset for offset in found if self.text[offset] != " ")

    def before(self, rectangle: Rectangle) -> int:
        """An offset that puts something without text of its own into reading order: the end of the text above it."""
        above = [index for index, line in enumerate(self.lines) if line.baseline >= (rectangle[1] + rectangle[3]) / 2]
        return self._starts[above[-1]] + len(self.lines[above[-1]].text) if above else 0

    def is_next(self, line_end: int) -> bool:
        """Whether the line after the one that ends there stands right below it."""
        index = self._index(line_end)
        one, two = self.lines[index], self.lines[index + 1]
        return 0 < one.baseline - two.baseline <= 2.5 * max(one.size, two.size) and two.left < one.right

    def is_full(self, line_end: int) -> bool:
        """Whether the line that ends there has no room for one more character."""
        index = self._index(line_end)
        line = self.lines[index]
        near = self.lines[max(0, index - _NEIGHBOURHOOD) : index + _NEIGHBOURHOOD]
        margin = max(other.right for other in near if other.left < line.right and line.left < other.right)
        last = line.glyphs[-1]
        return margin - line.right < 1.2 * max(last.right - last.left, 0.3 * last.size)

    def context(self, start: int, end: int, urls: Sequence[Span]) -> str:
        """The paragraph around some characters, some 600 characters of it at most, its lines joined by spaces.

        A paragraph without words of its own (a bare URL) belongs to the one before it, which is then included.
        `urls` are the start and end offsets of all URLs on the page, in order and apart: line ends within them are
        taken out, and none is cut.
        """
        room = max(0, _CONTEXT - (end - start)) // 2
        near = urls[bisect.bisect(urls, (start - _REACH, 0)) : bisect.bisect(urls, (end + _REACH, 0))]
        paragraph = self._paragraph(start)
        begin, stop = self._starts[self._paragraphs[paragraph].start], self._stop(max(start, end - 1))
        if paragraph and not self._has_words(max(begin, start - room), min(stop, end + room), near):
            begin = self._starts[self._paragraphs[paragraph - 1].start]
        if begin < start - room:
            begin = self._whole_word(start - room, start, near)
        if stop > end + room:
            stop = self._whole_word(end + room, stop, near)
        return "".join(
            self.text[one:two].replace("\n", "" if is_url else " ") for one, two, is_url in _pieces(begin, stop, near)
        ).strip()

    def _has_words(self, start: int, end: int, urls: Sequence[Span]) -> bool:
        pieces = _pieces(start, end, urls)
        return any(_WORD.search(self.text[one:two]) for one, two, is_url in pieces if not is_url)

    def _whole_word(self, offset: int, limit: int, urls: Sequence[Span]) -> int:
        """The first end of a word or URL at or after `offset`, at most `limit`."""
        offset = next((two for one, two in urls if one < offset < two), offset)
        space = _SPACE.search(self.text, offset, limit)
        return space.start() if space else limit

    def _stop(self, offset: int) -> int:
        """The end of the paragraph that holds the character."""
        last = self._paragraphs[self._paragraph(offset)].stop - 1
        return self._starts[last] + len(self.lines[last].text)

    def _paragraph(self, offset: int) -> int:
        return bisect.bisect_right(self._paragraphs, self._index(offset), key=lambda lines: lines.start) - 1

    def _index(self, offset: int) -> int:
        return max(bisect.bisect_right(self._starts, offset) - 1, 0)


def _pieces(start: int, end: int, urls: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """The characters from `start` to `end` in pieces that are a URL, or are none."""
    for one, two in urls:
        if start < two and one < end:
            yield start, max(one, start), False
            yield max(one, start), min(two, end), True
            start = min(two, end)
    yield start, end, False
