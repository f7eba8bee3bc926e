"""Text of a PDF page as lines of glyphs with their places, in the order in which they are drawn.

A PDF holds glyphs at positions, no lines and often no spaces; lines are put together here from
baselines and gaps. Drawing order keeps columns apart and is reading order in what word
processors, browsers and TeX write. Imported only when a PDF is read.
"""

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.utils import Matrix, Rect, apply_matrix_pt, apply_matrix_rect

from auditor.read.pdf_streams import TooLarge

# Bounds for hostile documents; a dense page has 10,000 glyphs and 200 kB of instructions.
MAX_GLYPHS = 200_000
MAX_INSTRUCTIONS = 64 * 1024 * 1024

# In parts of the glyph size: what still is one baseline, what is a space, what starts another column.
_SAME_BASELINE, _SPACE, _COLUMN = 0.3, 0.15, 4.0
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st",
              "\ufb06": "st", "\xa0": " ", "\u2007": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-"}  # fmt: skip
# Word sets second-level bullets as the letter o.
LIST_MARK = re.compile(r"(?:[-*o\u2022\u25cf\u25cb\u25aa\u25a0\u25e6\u2013]|\(?(?:\d{1,3}|[a-z])[.)]) ")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\x00")


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one drawn glyph says, and its box and baseline in points of the upright page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    baseline: float

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one baseline; the character at an index was drawn by the glyph at the same index.

    A space that was not drawn carries the glyph before it. There is at least one character, none of them a line end.
    """

    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        return self.glyphs[0].size

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right


class PageReader:
    """Draws pages of one document onto nothing and keeps their glyphs. Fonts are read once."""

    def __init__(self) -> None:
        manager = PDFResourceManager()
        self._device = _GlyphDevice(manager)
        self._interpreter = _Interpreter(manager, self._device)

    def read_lines(self, page: PDFPage) -> tuple[list[Line], Matrix]:
        """The lines of a page and the matrix from its own coordinates to the upright page's.

        Raises `TooLarge` and whatever pdfminer.six does on damaged pages.
        """
        self._device.start()
        self._interpreter.process_page(page)
        return list(_lines(self._device.glyphs)), self._device.matrix


def transform(matrix: Matrix, rectangle: Rect) -> Rect:
    """`rectangle` on the upright page."""
    return apply_matrix_rect(matrix, rectangle)


class _Interpreter(PDFPageInterpreter):
    def execute(self, streams: Sequence[object]) -> None:
        # A form can be drawn by forms that are drawn by forms …: what counts is what is executed, not what is stored.
        assert isinstance(self.device, _GlyphDevice)
        self.device.spend(sum(len(stream_value(stream).get_data()) + 1000 for stream in streams))
        super().execute(streams)


class _GlyphDevice(PDFTextDevice):
    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self._instructions = 0
        self.start()

    def start(self) -> None:
        self.glyphs: list[Glyph] = []
        self.matrix: Matrix = (1, 0, 0, 1, 0, 0)

    def spend(self, instructions: int) -> None:
        self._instructions += instructions
        if self._instructions > MAX_INSTRUCTIONS:
            raise TooLarge(f"the document has more than {MAX_INSTRUCTIONS >> 20} MiB of drawing instructions")

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self.matrix = ctm

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        advance = font.char_width(cid) * fontsize * scaling
        if len(self.glyphs) >= MAX_GLYPHS:
            raise TooLarge(f"more than {MAX_GLYPHS:,} glyphs")
        # One without text (a zero-width space) is kept too: its width is no gap.
        descent = font.get_descent() * fontsize + rise
        left, bottom, right, top = apply_matrix_rect(matrix, (0, descent, advance, descent + fontsize))
        baseline = apply_matrix_pt(matrix, (0, rise))[1]
        box = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        self.glyphs.append(Glyph(_text_of(font, cid, advance), *box, baseline))
        return advance


def _text_of(font: PDFFont, cid: int, advance: float) -> str:
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        return "\ufffd"
    if text == "\xad":
        # Fonts often call their hyphen a soft one; a drawn one that ends no line is a hyphen.
        return "\xad" if advance else ""
    return "".join(_LIGATURES.get(character, character) for character in text if character not in _INVISIBLE)


def _lines(glyphs: list[Glyph]) -> Iterator[Line]:
    drawn: list[tuple[str, Glyph]] = []
    for index, glyph in enumerate(glyphs):
        last = glyphs[index - 1] if index else glyph
        if not _on_one_line(last, glyph):
            yield from _finished(drawn)
            drawn = []
        elif index and glyph.left - last.right > _SPACE * glyph.size:
            drawn.append((" ", last))
        drawn.extend((character, glyph) for character in glyph.text)
    yield from _finished(drawn)


def _on_one_line(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    level = abs(glyph.baseline - last.baseline) <= _SAME_BASELINE * size
    return level and -0.5 * size <= glyph.left - last.right <= _COLUMN * size


def _finished(drawn: list[tuple[str, Glyph]]) -> Iterator[Line]:
    """The line without space around it and with single spaces in it; nothing if it is empty."""
    while drawn and (drawn[-1][0].isspace() or drawn[-1][0] == "\xad"):
        # A soft hyphen at the end stands where a word was broken; it is no part of the word.
        drawn.pop()
    characters: list[str] = []
    kept: list[Glyph] = []
    for character, glyph in drawn:
        # White space of any kind becomes a space: a line feed here would shift every line that follows.
        plain = " " if character.isspace() else "-" if character == "\xad" else character
        if plain != " " or (characters and characters[-1] != " "):
            characters.append(plain)
            kept.append(glyph)
    if characters:
        yield Line("".join(characters), tuple(kept))


def split_paragraphs(lines: Sequence[Line]) -> list[range]:
    """Ranges of indices into `lines` that are set together: same size, usual distance, no list mark within."""
    if not lines:
        return []
    steps = list(itertools.pairwise(lines))
    gaps = [gap for one, two in steps if 0 < (gap := one.baseline - two.baseline) < 3 * two.size]
    usual = statistics.median_low(gaps) if gaps else 0.0
    starts = [0]
    for index, (one, two) in enumerate(steps, start=1):
        gap = one.baseline - two.baseline
        if not 0 < gap <= 1.3 * usual or abs(one.size - two.size) > 0.15 * two.size or LIST_MARK.match(two.text):
            starts.append(index)
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
