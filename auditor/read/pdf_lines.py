"""Text of a PDF page as lines of glyphs with their places, in the order in which they are drawn.

A PDF holds glyphs at positions, no lines and often no spaces; lines are put together here from
baselines and gaps. Drawing order keeps columns apart and is reading order in what word
processors, browsers and TeX write. Imported only when a PDF is read.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Line:
    """Glyphs on one baseline. Each character of `text` belongs to the glyph of the same index in `glyphs`.

    A space that was not drawn carries the glyph before it.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    text: str = ""

    def add(self, glyph: Glyph) -> None:
        if self.glyphs and glyph.left - self.glyphs[-1].right > _SPACE * glyph.size:
            self._append(" " if not self.text.endswith(" ") and glyph.text != " " else "", self.glyphs[-1])
        self._append(glyph.text, glyph)

    def _append(self, text: str, glyph: Glyph) -> None:
        self.text += text
        self.glyphs.extend([glyph] * len(text))

    def continues_with(self, glyph: Glyph) -> bool:
        last = self.glyphs[-1]
        size = max(last.size, glyph.size)
        level = abs(glyph.baseline - last.baseline) <= _SAME_BASELINE * size
        return level and -0.5 * size <= glyph.left - last.right <= _COLUMN * size


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
        if text := _text_of(font, cid, advance):
            descent = font.get_descent() * fontsize + rise
            box = apply_matrix_rect(matrix, (0, descent, advance, descent + fontsize))
            left, bottom, right, top = box
            baseline = apply_matrix_pt(matrix, (0, rise))[1]
            self.glyphs.append(Glyph(text, min(left, right), min(bottom, top), max(left, right), max(bottom, top), baseline))
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
    line = Line()
    for glyph in glyphs:
        if line.glyphs and not line.continues_with(glyph):
            yield from _finished(line)
            line = Line()
        line.add(glyph)
    yield from _finished(line)


def _finished(line: Line) -> Iterator[Line]:
    text = line.text.rstrip()
    if not text.strip():
        return
    if text.endswith("\xad"):
        # Set where a word was broken; it is no part of the word.
        text = text[:-1]
    # A line feed in a glyph's own text would shift every line that follows.
    text = "".join(" " if character.isspace() else character for character in text.replace("\xad", "-"))
    lead = len(text) - len(text.lstrip())
    yield Line(line.glyphs[lead : len(text)], text[lead:])


def split_paragraphs(lines: Sequence[Line]) -> list[range]:
    """Ranges of indices into `lines` that are set together: same size, usual distance, no list mark within."""
    gaps = [gap for one, two in zip(lines, lines[1:], strict=False) if 0 < (gap := _distance(one, two)) < 3 * _size(two)]
    usual = statistics.median_low(gaps) if gaps else 0.0
    starts = [0] if lines else []
    for index in range(1, len(lines)):
        gap, size = _distance(lines[index - 1], lines[index]), _size(lines[index])
        resized = abs(size - _size(lines[index - 1])) > 0.15 * size
        if gap <= 0 or gap > 1.3 * usual or resized or _LIST_MARK.match(lines[index].text):
            starts.append(index)
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _distance(one: Line, two: Line) -> float:
    return one.glyphs[0].baseline - two.glyphs[0].baseline


def _size(line: Line) -> float:
    return line.glyphs[0].size
