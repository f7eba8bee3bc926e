"""Links of PDFs; every document is written here, byte by byte."""

import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import DocumentError
from auditor.read.pdf import PdfDocument, PdfLink, read_pdf

BLOB = "https://github.com/pallets/flask/blob/066a35dd322f689ec07d7c0e82b19eacadac3c6b"
URL = f"{BLOB}/src/flask/app.py#L2546"


@dataclass(frozen=True)
class Page:
    """Lines of text (left, baseline, text) in ten-point Courier, six points a character, and link annotations."""

    lines: Sequence[tuple[float, float, str]] = ()
    links: Sequence[tuple[tuple[float, float, float, float], str]] = ()
    extra: str = ""
    content: bytes | None = None
    annotations: Sequence[str] = field(default=())

    def stream(self) -> bytes:
        if self.content is not None:
            return self.content
        shown = (f"1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj" for x, y, text in self.lines)
        return ("BT /F1 10 Tf " + "\n".join(shown) + " ET").encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def write_pdf(*pages: Page, info: str = "", trailer: str = "") -> bytes:
    """A PDF of these pages, with a correct cross-reference table."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 4: f"<< {info} >>".encode()}
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
    kids = [10 + 2 * index for index in range(len(pages))]
    for number, page in zip(kids, pages, strict=True):
        links = [f"<< /Type /Annot /Subtype /Link /Rect [{' '.join(map(str, rectangle))}] "
                 f"/A << /S /URI /URI ({_escaped(url)}) >> >>" for rectangle, url in page.links]  # fmt: skip
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {number + 1} 0 R /Annots [{' '.join([*links, *page.annotations])}] {page.extra} >>"
        ).encode("latin-1")
        stream = page.stream()
        objects[number + 1] = b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream)
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[2] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return write_objects(objects, f"/Root 1 0 R /Info 4 0 R {trailer}")


def write_objects(objects: dict[int, bytes], trailer: str) -> bytes:
    """A PDF of numbered objects."""
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += b"%010d %05d %s \n" % (offsets.get(number, 0), 0, b"n" if number in offsets else b"f")
    return bytes(out) + f"trailer << /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def read(*pages: Page) -> PdfDocument:
    return read_pdf(write_pdf(*pages), "report.pdf")


def only(document: PdfDocument) -> PdfLink:
    (link,) = document.links
    return link


def box(x: float, y: float, characters: int) -> tuple[float, float, float, float]:
    """The rectangle around so many characters."""
    return (x, y - 3, x + 6 * characters, y + 8)


def test_annotation_behind_words() -> None:
    document = read(Page([(50, 700, "The method wsgi_app runs here.")], [(box(50 + 4 * 6, 700, 15), URL)]))
    link = only(document)
    assert (link.url, link.page, link.source, link.printed) == (URL, 1, "annotation", None)
    assert (link.line, link.column, link.end_line, link.end_column) == (1, 5, 1, 19)
    assert link.rectangle == (74, 697, 164, 708)
    assert link.context == "The method wsgi_app runs here."
    assert document.pages[0].text == "The method wsgi_app runs here."
    assert document.troubles == ()


def test_broken_url_with_two_annotations_is_one_link() -> None:
    first, second = URL[:70], URL[70:]
    page = Page(
        [(50, 712, "Read __call__ in"), (50, 700, first), (50, 688, second + " for more.")],
        [(box(50, 700, 70), URL), (box(50, 688, len(second)), URL)],
    )
    link = only(read(page))
    assert (link.line, link.column, link.end_line, link.end_column) == (2, 1, 3, len(second))
    assert link.rectangle == (50, 685, 50 + 420, 708)
    assert link.context == f"Read __call__ in {URL} for more."
    assert link.printed is None


def test_same_target_at_different_places_is_several() -> None:
    page = Page(
        [(50, 700, "wsgi_app is called"), (50, 600, "again, wsgi_app")],
        [(box(50, 700, 8), URL), (box(50 + 7 * 6, 600, 8), URL)],
    )
    assert [(link.line, link.column) for link in read(page).links] == [(1, 1), (2, 8)]


def test_same_url_printed_twice_in_a_row_is_two() -> None:
    short = "https://github.com/o/r/blob/main/a.py#L1"
    lines = [(50, 700.0, short), (50, 688.0, short)]
    page = Page(lines, [(box(x, y, len(short)), short) for x, y, _ in lines])
    assert [link.line for link in read(page).links] == [1, 2]


def test_one_annotation_with_quads() -> None:
    quads = "/QuadPoints [470 708 494 708 470 697 494 697 50 696 80 696 50 685 80 685]"
    action = f"/A << /S /URI /URI ({URL}) >>"
    annotation = f"<< /Type /Annot /Subtype /Link /Rect [50 685 494 708] {quads} {action} >>"
    page = Page([(50, 700, "x" * 69 + " see"), (50, 688, "class App" + " y" * 20)], annotations=[annotation])
    link = only(read(page))
    assert (link.line, link.column, link.end_line, link.end_column) == (1, 71, 2, 5)


def test_printed_line_differs_from_target() -> None:
    shown = "https://github.com/o/r/blob/main/server.py#L159"
    target = shown.replace("159", "157")
    link = only(read(Page([(50, 700, f"(link: {shown} ).")], [(box(50 + 42, 700, len(shown)), target)])))
    assert (link.url, link.printed) == (target, shown)


@pytest.mark.parametrize(
    ("shown", "target"),
    [
        ("https://github.com/o/r/blob/main/a.py#L15", "https://github.com/o/r/blob/main/a.py#L15"),
        ("github.com/o/r/blob/main/a.py#L15", "https://github.com/o/r/blob/main/a.py#L15"),
        ("https://www.github.com/o/r/blob/main/a.py#L15", "http://github.com/o/r/blob/main/a.py#L15"),
        ("https://github.com/o/r/blob/main/a.py", "https://github.com/o/r/blob/main/a.py#L15"),
        ("https://github.com/.../a.py#L15", "https://github.com/o/r/blob/main/a.py#L15"),
        ("https://github.com/o/r/blob/main/@a.py", "https://github.com/o/r/blob/main/%40a.py"),
        ("https://github.com/o/r/", "https://github.com/o/r"),
    ],
)
def test_printed_form_of_the_same_target(shown: str, target: str) -> None:
    assert only(read(Page([(50, 700, shown)], [(box(50, 700, len(shown)), target)]))).printed is None


def test_printed_prefix_of_a_line_number_is_another_line() -> None:
    shown = "https://github.com/o/r/blob/main/a.py#L15"
    assert only(read(Page([(50, 700, shown)], [(box(50, 700, len(shown)), shown + "9")]))).printed == shown


def test_target_cut_at_the_line_end_keeps_the_printed_rest() -> None:
    page = Page([(50, 700, URL[:70]), (50, 688, URL[70:])], [(box(50, 700, 70), URL[:70])])
    link = only(read(page))
    assert (link.url, link.printed) == (URL[:70], URL)


def test_neighbouring_line_is_not_printed_under_the_link() -> None:
    other = "https://github.com/o/r/blob/main/b.py#L2"
    page = Page([(50, 700, "see write()"), (50, 690, other)], [((50, 694, 116, 708), URL)])
    first, second = read(page).links
    assert (first.url, first.printed) == (URL, None)
    assert (second.url, second.source) == (other, "text")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([f"See {URL}."], [URL]),
        ([f"({URL})"], [URL]),
        ([f"See {URL[:66]}", f"{URL[66:]} which runs"], [URL]),
        ([URL[:50], URL[50:80], URL[80:]], [URL]),
        ([f"{BLOB}/src/flask/app.py#", "L10-L20"], [f"{BLOB}/src/flask/app.py#L10-L20"]),
        ([f"{BLOB}/src/flask/app.py#L10-", "L20."], [f"{BLOB}/src/flask/app.py#L10-L20"]),
        (["https://github.com/maxcountryman/flask-", "login/blob/main/utils.", "py#L169"],
         ["https://github.com/maxcountryman/flask-login/blob/main/utils.py#L169"]),
        (["https://github.com/pallets/flask", "app.py is the file"], ["https://github.com/pallets/flask"]),
        ([f"in {URL}", "20 times"], [URL]),
        ([f"in {BLOB}/app.py,", "src/other.py too"], [f"{BLOB}/app.py"]),
        ([f"{BLOB}/app.py", "which runs"], [f"{BLOB}/app.py"]),
        ([URL, URL], [URL, URL]),
        (["at github.com/o/r/blob/main/a.py#L1 now"], ["github.com/o/r/blob/main/a.py#L1"]),
        (["javascript:alert(1) mailto:a@b.org ftp://x/y"], []),
    ],
)  # fmt: skip
def test_printed_urls(lines: list[str], expected: list[str]) -> None:
    # A wide line below sets the margin, so that no line of the example is full.
    page = Page([*((50, 700 - 12 * row, text) for row, text in enumerate(lines)), (50, 400, "x" * 120)])
    links = read(page).links
    assert [(link.url, link.source, link.rectangle) for link in links] == [(url, "text", None) for url in expected]


def test_digits_are_joined_only_when_the_line_is_full() -> None:
    start = "https://github.com/o/r/blob/main/a.py#L15"
    assert only(read(Page([(50, 700, start), (50, 688, "9 and more")]))).url == start + "9"
    wide = Page([(50, 700, start), (50, 688, "9 and more"), (50, 676, "x" * 60)])
    assert only(read(wide)).url == start


def test_printed_place() -> None:
    link = only(read(Page([(50, 712, "Heading"), (50, 700, f"See {URL[:66]}"), (50, 688, URL[66:])])))
    assert (link.line, link.column, link.end_line, link.end_column) == (2, 5, 3, len(URL) - 66)


# Codes that no text uses, and what the font says they mean.
MEANINGS = {1: "\u00ad", 2: "\ufb01", 3: "\u200b", 4: "\u00a0", 5: "\u2011"}


def read_with_odd_font(*lines: bytes) -> PdfDocument:
    """One page in a font whose characters are all 600 units wide and whose codes 1 to 5 mean `MEANINGS`."""
    pairs = "".join(f"<{code:02x}> <{ord(text):04x}>\n" for code, text in MEANINGS.items())
    # Codes that are not listed mean themselves.
    listed = f"1 beginbfrange <20> <7e> <0020> endbfrange {len(MEANINGS)} beginbfchar {pairs} endbfchar".encode()
    content = b"BT /F1 10 Tf 12 TL 1 0 0 1 50 700 Tm " + b"".join(b"(%s) Tj T* " % line for line in lines) + b"ET"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
        3: b"<< /Type /Font /Subtype /TrueType /BaseFont /Odd /FirstChar 0 /LastChar 126 /Widths [%s] /ToUnicode 4 0 R"
            b" /FontDescriptor << /Type /FontDescriptor /Flags 32 /Ascent 800 /Descent -200 >> >>" % (b"600 " * 127),
        4: b"<< /Length %d >> stream\n%s\nendstream" % (len(listed), listed),
        10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>",
        11: b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
    }  # fmt: skip
    return read_pdf(write_objects(objects, "/Root 1 0 R"), "report.pdf")


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ([b"see\x04%s/my\x01app.py#L1\x04now"], "/my-app.py#L1"),
        ([b"see %s/\x02le.py#L1 now"], "/file.py#L1"),
        ([b"see %s/\x03src/\x03a.py#L1 now"], "/src/a.py#L1"),
        ([b"see %s/my\x05app.py#L1 now"], "/my-app.py#L1"),
        ([b"see %s/src/applica\x01", b"tion/a.py#L1 now"], "/src/application/a.py#L1"),
        ([b"see %s/src/my-", b"app/a.py#L1 now"], "/src/my-app/a.py#L1"),
    ],
)
def test_odd_characters_in_a_printed_url(lines: list[bytes], path: str) -> None:
    document = read_with_odd_font(lines[0].replace(b"%s", BLOB.encode()), *lines[1:])
    assert only(document).url == BLOB + path


def test_context_is_the_paragraph() -> None:
    target = "https://github.com/o/r/blob/main/a.py#L1"
    lines = [(50, 750, "Another paragraph."), (50, 700, "- first item"), (50, 688, "- handle() is"),
             (62, 676, f"in {target} and"), (62, 664, "returns."), (50, 652, "- third item")]  # fmt: skip
    assert only(read(Page(lines))).context == f"- handle() is in {target} and returns."


def test_bare_url_takes_the_paragraph_before() -> None:
    target = "https://github.com/o/r/blob/main/a.py#L1"
    lines = [(50, 724, "Far away."), (50, 700, "- handle() reads:"), (62, 688, f"- {target}"), (50, 676, "- next")]
    assert only(read(Page(lines))).context == f"- handle() reads: - {target}"


def test_context_is_bounded_and_cuts_no_url() -> None:
    target = "https://github.com/o/r/blob/main/a.py#L1"
    lines = [(50, 800 - 12 * row, "word " * 15 + (target if row == 20 else "")) for row in range(40)]
    context = only(read(Page(lines))).context
    assert target in context
    assert 500 < len(context) < 700
    assert set(context.split()) == {"word", target}


def test_links_are_in_reading_order() -> None:
    one, two = "https://github.com/o/r/blob/main/a.py#L1", "https://github.com/o/r/blob/main/b.py#L2"
    page = Page([(50, 700, one), (50, 640, "second"), (50, 580, two)], [(box(50, 640, 6), URL)])
    assert [link.url for link in read(page, page).links] == [one, URL, two] * 2
    assert [link.page for link in read(page, page).links] == [1] * 3 + [2] * 3


def test_annotation_without_text() -> None:
    link = only(read(Page(links=[((10, 10, 50, 50), URL)])))
    assert (link.line, link.column, link.end_line, link.end_column, link.context) == (1, 1, 1, 1, "")


@pytest.mark.parametrize("extra", ["/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox [10 10 500 800]"])
def test_rotated_page(extra: str) -> None:
    # The text runs against the rotation, so that it is upright on the screen.
    matrix = {"/Rotate 90": "0 1 -1 0 300 100", "/Rotate 180": "-1 0 0 -1 300 100", "/Rotate 270": "0 -1 1 0 300 600"}
    rectangle = {"/Rotate 90": (292, 100, 303, 154), "/Rotate 180": (246, 92, 300, 103),
                 "/Rotate 270": (297, 546, 308, 600)}  # fmt: skip
    content = f"BT /F1 10 Tf {matrix.get(extra, '1 0 0 1 300 100')} Tm (see write now) Tj ET".encode()
    page = Page(content=content, links=[(rectangle.get(extra, (300, 97, 354, 108)), URL)], extra=extra)
    link = only(read(page))
    assert (link.line, link.column, link.end_column) == (1, 1, 9)


@pytest.mark.parametrize("uri", ["javascript:alert(1)", "mailto:a@b.org", "file:///etc/passwd", ""])
def test_other_targets_are_ignored(uri: str) -> None:
    document = read(Page([(50, 700, "press here")], [(box(50, 700, 10), uri)]))
    assert document.links == ()
    assert document.troubles == ()


@pytest.mark.parametrize(
    ("info", "date"),
    [
        ("/CreationDate (D:20230407163238-04'00')", "2023-04-07T16:32:38-04:00"),
        ("/CreationDate (D:2020) /ModDate (D:20230407163238Z)", "2023-04-07T16:32:38+00:00"),
        ("/CreationDate (D:202304) /ModDate (yesterday)", "2023-04-01T00:00:00"),
        ("/CreationDate (D:20231399)", None),
        ("/CreationDate 12", None),
        ("", None),
    ],
)
def test_date(info: str, date: str | None) -> None:
    assert read_pdf(write_pdf(Page([(50, 700, "text")]), info=info), "report.pdf").date == date


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a PDF"),
        (b"PK\x03\x04" + b"x" * 2000, "not a PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged or cut off"),
        (write_pdf(Page([(50, 700, "text")]))[:100], "damaged or cut off"),
        (write_objects({1: b"<< /Type /Catalog >>"}, "/Root 1 0 R"), "no page"),
    ],
)
def test_unusable_document(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read_pdf(data, "docs/report.pdf")
    assert str(caught.value).startswith("docs/report.pdf: ")
    assert "\n" not in str(caught.value)


def test_password_is_needed() -> None:
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
    with pytest.raises(DocumentError, match="encrypted"):
        read_pdf(write_pdf(Page([(50, 700, "text")]), trailer=encrypt), "report.pdf")


def test_pictures_only() -> None:
    (trouble,) = read(Page(content=b"0 0 10 10 re f")).troubles
    assert trouble.startswith("no text layer")


def _with_stream(stream: bytes, dictionary: str) -> bytes:
    """Two pages; the content of the first is that stream."""
    data = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [10 0 R 12 0 R] /Count 2 >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R >>",
        11: b"<< /Length %d %s >> stream\n%s\nendstream" % (len(stream), dictionary.encode(), stream),
        12: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 13 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>",
        13: b"<< /Length 60 >> stream\nBT /F1 10 Tf 1 0 0 1 50 700 Tm (still read) Tj ET             \nendstream",
    }  # fmt: skip
    return write_objects(data, "/Root 1 0 R")


BOMB = zlib.compress(b"q Q " * (12 << 20))


@pytest.mark.parametrize(
    ("stream", "dictionary"),
    [
        (BOMB, "/Filter /FlateDecode"),
        (zlib.compress(BOMB), "/Filter [/FlateDecode /FlateDecode]"),
        (b"\x80\x0b" * 60_000, "/Filter /LZWDecode"),
        (b"x", "/Filter /Nonsense"),
        (zlib.compress(b"\x02" * 100), "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 999999999 >>"),
    ],
)
def test_page_that_cannot_be_read_costs_no_other(stream: bytes, dictionary: str) -> None:
    begun = time.process_time()
    document = read_pdf(_with_stream(stream, dictionary), "report.pdf")
    assert [page.text for page in document.pages] == ["", "still read"]
    (trouble,) = document.troubles
    assert trouble.startswith("page 1 could not be read: ")
    assert time.process_time() - begun < 10


def test_many_bombs_share_one_budget() -> None:
    # Each stream stays below the limit for one; together they would take a gigabyte.
    stream = zlib.compress(b" " * (30 << 20))
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for number in range(10, 80, 2):
        objects[number] = b"<< /Type /Page /MediaBox [0 0 9 9] /Contents %d 0 R >>" % (number + 1)
        objects[number + 1] = b"<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (len(stream), stream)
    objects[2] = b"<< /Type /Pages /Kids [%s] >>" % b" ".join(b"%d 0 R" % number for number in range(10, 80, 2))
    document = read_pdf(write_objects(objects, "/Root 1 0 R"), "report.pdf")
    assert len(document.pages) == 35
    assert any("the document unpacks to more than 256 MiB" in trouble for trouble in document.troubles)


def test_damaged_stream_is_read_as_far_as_it_goes() -> None:
    whole = zlib.compress(b"BT /F1 10 Tf 1 0 0 1 50 700 Tm (readable) Tj ET " + bytes(range(256)) * 8)
    stream = whole[:-6]
    data = write_objects(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
            10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R /Resources << /Font << /F1 "
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> >>",
            11: b"<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (len(stream), stream),
        },
        "/Root 1 0 R",
    )  # fmt: skip
    assert read_pdf(data, "report.pdf").pages[0].text == "readable"


def test_forms_that_draw_forms_end() -> None:
    # Ten levels of a form that draws the next one ten times: ten thousand million drawings.
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"}
    objects[3] = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
                  b" /Resources << /XObject << /X 10 0 R >> >> >>")  # fmt: skip
    objects[4] = b"<< /Length 5 >> stream\n/X Do\nendstream"
    for level in range(10, 20):
        objects[level] = (
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 60 "
            b"/Resources << /XObject << /X %d 0 R >> >> >> stream\n%s\nendstream" % (level + 1, b"/X Do " * 10)
        )
    objects[20] = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 3 >> stream\nq Q\nendstream"
    begun = time.process_time()
    document = read_pdf(write_objects(objects, "/Root 1 0 R"), "report.pdf")
    assert any("drawing instructions" in trouble for trouble in document.troubles)
    assert time.process_time() - begun < 30


def test_page_tree_loop() -> None:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [10 0 R 2 0 R 11 0 R] /Count 9 >>",
        10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        11: b"<< /Type /Pages /Kids [2 0 R 10 0 R] >>",
    }
    document = read_pdf(write_objects(objects, "/Root 1 0 R"), "report.pdf")
    assert len(document.pages) == 1
    assert "1 of 9 pages could be found" in document.troubles


def test_deep_page_tree() -> None:
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for number in range(2, 5000):
        objects[number] = b"<< /Type /Pages /Kids [10000 0 R %d 0 R] >>" % (number + 1)
    objects[10000] = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
    assert len(read_pdf(write_objects(objects, "/Root 1 0 R"), "report.pdf").pages) == 1


@pytest.mark.parametrize(
    "annotations", ["12", "[12 (x) null [] << >> 99 0 R]", "[<< /Subtype /Link /A 3 >>]", "99 0 R"]
)
def test_nonsense_annotations(annotations: str) -> None:
    page = Page([(50, 700, URL)], extra=f"/Annots {annotations}")
    assert [link.url for link in read(page).links] == [URL]


def test_thousand_pages() -> None:
    pages = [
        Page([(50, 800 - 12 * row, f"{row} {URL}" if row == 5 else "some words " * 6) for row in range(10)])
    ] * 1000
    begun = time.process_time()
    document = read(*pages)
    assert time.process_time() - begun < 30
    assert [link.page for link in document.links] == list(range(1, 1001))


@pytest.mark.parametrize("text", ["http://a ", "https://", "github.com/", "(", "https://github.com/a/blob/-\\n"])
def test_hostile_text_takes_linear_time(text: str) -> None:
    shown = [f"1 0 0 1 50 {800 - row * 0.1:.1f} Tm ({_escaped(text * (100 // len(text)))}) Tj" for row in range(1000)]
    content = f"BT /F1 0.09 Tf {' '.join(shown)} ET".encode()
    begun = time.process_time()
    assert len(read(Page(content=content)).pages[0].text) > 50_000
    assert time.process_time() - begun < 15


def test_page_with_nonsense_attributes_costs_no_other() -> None:
    document = read(Page([(50, 700, "x")], extra="/CropBox 3"), Page([(50, 700, "still read")]))
    assert [page.text for page in document.pages] == ["", "still read"]
    assert [trouble.split(":")[0] for trouble in document.troubles] == ["page 1 could not be read"]


def test_area_of_a_page_has_no_words() -> None:
    lines = [(50, 800 - 12 * row, "many words " * 8) for row in range(40)]
    document = read(Page(lines, [((0, 0, 595, 842), URL)]))
    link = only(document)
    assert (link.url, link.line, link.end_line, link.context) == (URL, 1, 1, "")


def test_annotations_that_are_left_out_are_counted() -> None:
    document = read(Page([(50, 700, "words")], [((10, 10, 20, 20), f"{URL}{number}") for number in range(2003)]))
    assert len(document.links) == 2000
    assert document.troubles == ("page 1 has too many annotations, 3 were not read",)


@pytest.mark.parametrize("rectangle", [(50, 0, 500, 842), (50, 0, 57, 842), (50, 400, 500, 403)])
@pytest.mark.parametrize("text", ["http://a ", "words here and "])
def test_many_large_annotations_take_bounded_time(rectangle: tuple[float, float, float, float], text: str) -> None:
    lines = [(50, 800 - row * 0.4, text * 5) for row in range(1500)]
    page = Page(lines, [(rectangle, f"{URL}{number % 3}") for number in range(1900)])
    begun = time.process_time()
    links = read(page).links
    assert {link.url for link in links if link.source == "annotation"} <= {f"{URL}{number}" for number in range(3)}
    assert any(link.source == "annotation" for link in links)
    assert time.process_time() - begun < 20


def test_nothing_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    page = Page(content=b"BT /F9 1 Tf (x) Tj /F1 10 Tf (a) Tj <zz> ] >> ET", extra="/Rotate (a)")
    assert len(read(page).pages) == 1
    assert capfd.readouterr() == ("", "")


WHOLE = write_pdf(
    Page([(50, 700, f"See {URL[:66]}"), (50, 688, URL[66:])], [(box(74, 700, 66), URL), (box(50, 688, 20), URL)]),
    Page([(50, 700, "text")], extra="/Rotate 90"),
    info="/ModDate (D:20230407163238-04'00')",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12), st.integers(0, 400))
def test_damaged_bytes_raise_nothing_unexpected(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(WHOLE)
    for position, value in changes:
        data[position] = value
    try:
        document = read_pdf(bytes(data[: len(data) - cut]), "report.pdf")
    except DocumentError:
        return
    assert document.pages
