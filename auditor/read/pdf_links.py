"""Links of one PDF page: annotations first, then the printed URLs that none of them covers."""

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import LIT
from pdfminer.utils import Matrix

from auditor.read.pdf import PdfLink
from auditor.read.pdf_lines import transform
from auditor.read.pdf_page import MAX_COVERED, PageText, Rectangle, Span
from auditor.read.pdf_urls import PrintedUrl, begins_url, differs, find_printed

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage

# A page of real documents has some tens; the bound keeps the time for a hostile one small.
MAX_ANNOTATIONS = 2000
_SCHEMES = ("http://", "https://", "github.com/", "www.github.com/")


@dataclass(frozen=True, slots=True)
class _Target:
    """An annotation, or several that are one link: URL, enclosing rectangle, offsets of the text under it."""

    url: str
    rectangle: Rectangle
    offsets: tuple[int, ...]
    order: int


def page_links(page: "PDFPage | None", text: PageText, matrix: Matrix, number: int) -> list[PdfLink]:
    """The links of page `number` in reading order; `matrix` leads from the page's coordinates to the text's.

    Without `page` only the printed ones. Raises what pdfminer.six raises on damaged annotations.
    """
    printed = find_printed(text)
    targets = _merged(sorted(_targets(page, text, matrix), key=lambda target: target.order), text) if page else []
    spans = _urls(printed, targets, text)
    taken = {offset for target in targets for offset in target.offsets}
    links = [(target.order, _annotation_link(target, text, printed, spans, number)) for target in targets]
    for url in printed:
        if taken.isdisjoint(range(url.start, url.end)):
            context = text.context(url.start, url.end, spans)
            place = (*text.place(url.start), *text.place(url.end - 1))
            links.append((url.start, PdfLink(url.url, number, None, "text", *place, None, context)))
    return [link for _, link in sorted(links, key=lambda item: item[0])]


def count_left_out(page: "PDFPage") -> int:
    """How many annotations of the page are beyond `MAX_ANNOTATIONS` and not read."""
    return max(0, len(_annotations(page)) - MAX_ANNOTATIONS)


def _annotations(page: "PDFPage") -> list[object]:
    found = resolve1(page.annots)
    return found if isinstance(found, list) else []


def _targets(page: "PDFPage", text: PageText, matrix: Matrix) -> Iterator[_Target]:
    for reference in _annotations(page)[:MAX_ANNOTATIONS]:
        annotation = resolve1(reference)
        if not isinstance(annotation, dict) or not (url := _url(annotation)):
            continue
        rectangle = _rectangle(resolve1(annotation.get("Rect")))
        if rectangle is None:
            continue
        boxes = [transform(matrix, box) for box in _quads(annotation) or [rectangle]]
        offsets = text.covered(boxes)
        order = offsets[0] if offsets else text.before(boxes[0])
        yield _Target(url, rectangle, tuple(offsets), order)


def _url(annotation: dict[str, Any]) -> str | None:
    """The URL that a click opens (PDF 32000-1, 12.6.4.7); None for scripts, places in the document and the like."""
    action = resolve1(annotation.get("A"))
    if not isinstance(action, dict) or resolve1(annotation.get("Subtype")) is not _LINK:
        return None
    uri = resolve1(action.get("URI"))
    if not isinstance(uri, bytes):
        return None
    try:
        written = uri.decode("utf-8-sig")
    except UnicodeDecodeError:
        written = uri.decode("latin-1")
    url = "".join(character for character in written if character.isprintable() and not character.isspace())
    return url if url.lower().startswith(_SCHEMES) else None


_LINK = LIT("Link")


def _rectangle(value: object) -> Rectangle | None:
    if not isinstance(value, list) or len(value) != 4:
        return None
    numbers = [resolve1(number) for number in value]
    if not all(isinstance(number, int | float) for number in numbers):
        return None
    one, two, three, four = (float(number) for number in numbers)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _quads(annotation: dict[str, Any]) -> list[Rectangle]:
    """The boxes of a link over several lines (PDF 32000-1, table 173), if it has them."""
    points = resolve1(annotation.get("QuadPoints"))
    if not isinstance(points, list):
        return []
    numbers = [resolve1(point) for point in points[: 8 * 100]]
    if len(numbers) % 8 or not all(isinstance(number, int | float) for number in numbers):
        return []
    quads = [numbers[index : index + 8] for index in range(0, len(numbers), 8)]
    return [(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])) for quad in quads]


def _merged(targets: Sequence[_Target], text: PageText) -> list[_Target]:
    """One for each link: a link over several lines or styles has one annotation for each part."""
    merged: list[_Target] = []
    for target in targets:
        if merged and _is_continued(merged[-1], target, text):
            before = merged.pop()
            boxes = tuple(zip(before.rectangle, target.rectangle, strict=True))
            enclosing = (min(boxes[0]), min(boxes[1]), max(boxes[2]), max(boxes[3]))
            offsets = tuple(sorted({*before.offsets, *target.offsets}))
            target = _Target(before.url, enclosing, offsets, before.order)
        merged.append(target)
    return merged


def _is_continued(one: _Target, two: _Target, text: PageText) -> bool:
    """Whether `two` is the next part of `one`: same URL, no text between, and not the same words again."""
    if one.url != two.url or len(one.offsets) > MAX_COVERED:
        return False
    if not one.offsets or not two.offsets:
        return one.offsets == two.offsets and one.rectangle[1] - 2 <= two.rectangle[3] <= one.rectangle[3] + 2
    if two.offsets[0] <= one.offsets[-1]:
        return True
    between = text.text[one.offsets[-1] + 1 : two.offsets[0]]
    return not between.strip() and not begins_url(text, two.offsets[0]) and _words(one, text) != _words(two, text)


def _urls(printed: Sequence[PrintedUrl], targets: Sequence[_Target], text: PageText) -> list[Span]:
    """Where URLs stand in the text, in order and apart; an annotation shows the whole extent of a broken one."""
    spans = [(url.start, url.end) for url in printed]
    spans += [(target.offsets[0], target.offsets[-1] + 1) for target in targets
              if target.offsets and begins_url(text, target.offsets[0])]  # fmt: skip
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _words(target: _Target, text: PageText) -> str:
    return "".join(text.text[offset] for offset in target.offsets)


def _annotation_link(
    target: _Target, text: PageText, printed: Sequence[PrintedUrl], spans: Sequence[Span], number: int
) -> PdfLink:
    if not target.offsets:
        return PdfLink(target.url, number, target.rectangle, "annotation", 1, 1, 1, 1, None, "")
    start, end = target.offsets[0], target.offsets[-1] + 1
    place = (*text.place(start), *text.place(end - 1))
    shown = _shown(target, text, printed)
    context = text.context(start, end, spans)
    return PdfLink(target.url, number, target.rectangle, "annotation", *place, shown, context)


def _shown(target: _Target, text: PageText, printed: Sequence[PrintedUrl]) -> str | None:
    """The URL printed under the annotation if it is another one than its target."""
    same_words = not differs(_words(target, text), target.url)
    under = set(target.offsets)
    for index, covered in sorted(_printed_under(target, printed).items()):
        url = printed[index]
        # Less than half of a URL under a rectangle is a neighbour that is grazed, unless it is where the URL begins.
        if 2 * covered < len(url.url) and url.start not in under:
            continue
        # Where the words under the annotation are the target itself, the URL read here can only be a part of it,
        # or go on after the annotation's end: then the target was cut.
        if same_words and len(url.url) <= len(target.url):
            continue
        if differs(url.url, target.url):
            return url.url
    return None


def _printed_under(target: _Target, printed: Sequence[PrintedUrl]) -> Counter[int]:
    """How many characters of which printed URL lie under the annotation."""
    covered: Counter[int] = Counter()
    for offset in target.offsets:
        index = bisect.bisect_right(printed, offset, key=lambda url: url.start) - 1
        if index >= 0 and offset < printed[index].end:
            covered[index] += 1
    return covered
