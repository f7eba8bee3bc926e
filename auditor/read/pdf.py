"""Reads the links of a PDF: what its annotations point to, and URLs that are only printed.

An annotation holds the whole URL even where the printed one is broken over lines or hidden
behind other words, so it goes before the print. Glyph positions tell which text lies under it.
pdfminer.six gives every glyph its box; pypdf, as fast on real reports, gives positions of whole pieces of text only.
"""

import datetime
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from auditor.errors import DocumentError

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage

    from auditor.read.pdf_lines import PageReader


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link in a PDF.

    `page` is one-based, `rectangle` is (left, bottom, right, top) in points of the page's own coordinates and
    encloses all parts of the link. Lines and columns (one-based, inclusive) count in the page's text; all are 1 when
    no text belongs to the link. `printed` is the URL that a reader sees there if it is not the one the link opens.
    `context` is the text of the paragraph around the link, on one line.
    """

    url: str
    page: int
    rectangle: tuple[float, float, float, float] | None
    source: Literal["annotation", "text"]
    line: int
    column: int
    end_line: int
    end_column: int
    printed: str | None
    context: str


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The text of a page; `number` is one-based."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """Pages and links in reading order. `date` is when the file says it was last changed (ISO 8601).

    `troubles` says in plain words what could not be read.
    """

    pages: tuple[PdfPage, ...]
    links: tuple[PdfLink, ...]
    date: str | None
    troubles: tuple[str, ...]


def read_pdf(data: bytes, name: str) -> PdfDocument:
    """Read a PDF from its bytes; `name` is shown to the user.

    Raises DocumentError when the bytes are no PDF, need a password, or hold no page that can be found.
    """
    _silence()
    document = _open(data, name)
    from pdfminer.pdfpage import PDFPage

    from auditor.read.pdf_lines import PageReader
    from auditor.read.pdf_streams import page_objects

    reader = PageReader()
    pages: list[PdfPage] = []
    links: list[PdfLink] = []
    troubles: list[str] = []
    for number, (identity, attributes) in enumerate(page_objects(document, troubles), start=1):
        text, found = "", list[PdfLink]()
        try:
            text, found = _read_page(reader, PDFPage(document, identity, attributes, None), number, troubles)
        except Exception as error:
            # Damaged pages raise nearly anything in the library; one must not cost the others.
            troubles.append(f"page {number} could not be read: {_reason(error)}")
        pages.append(PdfPage(number, text))
        links += found
    if not pages:
        raise DocumentError(f"{name}: no page can be found, the file is damaged or cut off; export it again")
    announced = _announced(document)
    if announced > len(pages):
        troubles.append(f"{len(pages)} of {announced} pages could be found")
    if not links and not any(page.text for page in pages):
        troubles.append("no text layer: the pages hold pictures only; run text recognition on the file first")
    return PdfDocument(tuple(pages), tuple(links), _date(document), tuple(troubles))


def _silence() -> None:
    """Keep the library's remarks off standard error, where Python prints what no handler takes."""
    logger = logging.getLogger("pdfminer")
    logger.setLevel(logging.CRITICAL)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _open(data: bytes, name: str) -> "PDFDocument":
    # Readers accept the header anywhere in the first 1,024 bytes (PDF 1.7, implementation note 13).
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(f"{name}: not a PDF; give the file the ending of its real format")
    from pdfminer.pdfdocument import PDFEncryptionError

    from auditor.read.pdf_streams import open_document

    try:
        return open_document(data)
    except PDFEncryptionError as error:
        raise DocumentError(f"{name}: the PDF is encrypted; save a copy without a password") from error
    except Exception as error:
        raise DocumentError(f"{name}: damaged or cut off ({_reason(error)}); export the PDF again") from error


def _read_page(reader: "PageReader", page: "PDFPage", number: int, troubles: list[str]) -> tuple[str, list[PdfLink]]:
    """Text and links of a page, as far as they can be read; the rest becomes a trouble."""
    from auditor.read.pdf_links import count_left_out, page_links
    from auditor.read.pdf_page import PageText

    try:
        lines, matrix = reader.read_lines(page)
    except Exception as error:
        troubles.append(f"page {number} could not be read: {_reason(error)}")
        lines, matrix = [], (1, 0, 0, 1, 0, 0)
    text = PageText(lines)
    try:
        links = page_links(page, text, matrix, number)
        if left_out := count_left_out(page):
            troubles.append(f"page {number} has too many annotations, {left_out} were not read")
    except Exception as error:
        troubles.append(f"links of page {number} could not be read: {_reason(error)}")
        links = page_links(None, text, matrix, number)
    return text.text, links


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())[:200]
    return "nested too deeply" if isinstance(error, RecursionError) else text or type(error).__name__


def _announced(document: "PDFDocument") -> int:
    from pdfminer.pdftypes import resolve1

    try:
        count = resolve1(resolve1(document.catalog["Pages"])["Count"])
    except Exception:
        return 0
    return count if isinstance(count, int) else 0


# PDF 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm, everything after the year may be missing.
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?")


def _date(document: "PDFDocument") -> str | None:
    from pdfminer.pdftypes import resolve1

    for key in ("ModDate", "CreationDate"):
        for info in document.info:
            try:
                if date := _iso_date(resolve1(info.get(key))):
                    return date
            except Exception:
                continue
    return None


def _iso_date(value: Any) -> str | None:
    """The date as ISO 8601; what is missing is taken as the earliest. None if it is no date."""
    match = _DATE.match(value.decode("latin-1")) if isinstance(value, bytes) else None
    if match is None:
        return None
    year, month, day, hour, minute, second, utc, hours, minutes = match.groups()
    zone = "+00:00" if utc else f"{hours}:{minutes or '00'}" if hours else ""
    written = f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"
    try:
        return datetime.datetime.fromisoformat(written).isoformat()
    except ValueError:
        return None
