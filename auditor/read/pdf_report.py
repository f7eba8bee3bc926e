"""The links and frames of a PDF become citations; places are pages and rectangles."""

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.model import Citation, Edits, ParsedLink, Place, Report, Span
from auditor.read.citations import (
    bare_citation,
    frame_of,
    is_placeholder,
    linked_citation,
    parse_differs,
)
from auditor.read.context import Context, plain_text
from auditor.read.documents import ParseLink
from auditor.read.frames import FrameText, find_frames, find_path_lines
from auditor.read.pdf import PdfDocument, PdfLink, PdfPage, read_pdf
from auditor.read.source import Source

_HEAD = 24  # characters of a printed label that are enough to find it in its paragraph
_LINES_ABOVE = 5  # how far above a link its lead-in may stand
_BULLET = re.compile(r"^\W*(?:\d{1,3}[.)]\s+)?")


def read_pdf_report(data: bytes, name: str, parse: ParseLink) -> Report:
    """Read a PDF. Raises DocumentError when it cannot be opened."""
    document = read_pdf(data, name)
    citations: list[Citation] = []
    stack = 0
    before: tuple[str, ...] = ()
    for page in document.pages:
        found = list(_page_citations(name, document, page, before, parse, stack))
        before = tuple(page.text.splitlines()[-_LINES_ABOVE:])
        # A stack may run on over the end of a page; a page without frames ends it.
        stack += not any(citation.frame for citation in found)
        citations += found
    return Report(name, "pdf", tuple(citations), document.date, document.troubles)


def _page_citations(
    name: str, document: PdfDocument, page: PdfPage, before: tuple[str, ...], parse: ParseLink, stack: int
) -> Iterator[Citation]:
    """The citations of a page; `before` holds the last lines of the page before it."""
    source = Source(name, page.text)
    frames = list(find_frames(page.text))
    used: set[int] = set()
    covered: list[Span] = []
    found: list[tuple[int, Citation]] = []
    for link in (link for link in document.links if link.page == page.number):
        parsed = parse(link.url)
        span = source.span(link.line, link.column, link.end_line, link.end_column)
        covered.append(span)
        if parsed is None or is_placeholder(parsed.link):
            continue
        link = replace(link, printed=link.printed if link.printed and parse(link.printed) else None)
        index = frame_of(page.text, span, None, frames, "pdf")
        frame = frames[index] if index is not None else None
        if index is not None:
            used.add(index)
        context = _context(source, before, link, span) if frame is None else Context("", "", "", "paragraph")
        found.append((span.start, _citation(source, link, parsed, context, frame, stack if frame else None)))
    covered.sort(key=lambda span: span.start)
    rest = [f for i, f in enumerate(frames) if i not in used] + list(find_path_lines(page.text))
    for mention in rest:
        span = Span(mention.start, mention.end)
        if not any(other.start < span.end and span.start < other.end for other in covered):
            covered.append(span)
            bare = bare_citation(source, mention, stack if mention.kind == "frame" else None)
            found.append((span.start, replace(bare, place=replace(bare.place, page=page.number))))
    yield from (citation for _, citation in sorted(found, key=lambda item: item[0]))


def _citation(
    source: Source, link: PdfLink, parsed: ParsedLink, context: Context, frame: FrameText | None, stack: int | None
) -> Citation:
    place = Place(
        source.name, link.line, link.column, link.end_line, link.end_column, page=link.page, rectangle=link.rectangle
    )
    printed = link.printed if link.printed and parse_differs(link.printed, link.url) else None
    return linked_citation(source, place, parsed, context, frame, stack, url=link.url, printed=printed, edits=Edits())


def _context(source: Source, before: tuple[str, ...], link: PdfLink, span: Span) -> Context:
    """The paragraph, taken apart at the link. What is printed as a URL is no label."""
    label = " ".join(source.text[span.start : span.end].split())
    at = link.context.find(label[:_HEAD]) if label else -1
    if at < 0:
        return Context("", _clean(link.context), "", "paragraph")
    head, tail = link.context[:at], link.context[at + len(label) :]
    printed_url = re.match(r"(?:https?://|www\.|github\.com)", label) is not None
    shown = "" if printed_url else label
    context = Context(shown, _BULLET.sub("", _clean(head)), _clean(tail), "paragraph")
    if not context.alone:
        return context
    lead = _line_above((*before, *source.text.splitlines()[: link.line - 1]))
    return replace(context, lead=lead, lead_kind="paragraph")


def _clean(text: str) -> str:
    return plain_text(text, "pdf")


def _line_above(lines: tuple[str, ...]) -> str:
    """The nearest line above that is no URL: in a PDF nothing marks a heading, and a page may end in between."""
    for line in reversed(lines[-_LINES_ABOVE:]):
        said = _BULLET.sub("", _clean(line))
        if re.search(r"[A-Za-z]", said):
            return said
    return ""
