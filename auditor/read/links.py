"""URLs of a document with the construct each one stands in: label, whole extent, copies in the label."""

import bisect
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.model import Format, Span
from auditor.read.urls import WrittenUrl, find_urls

_TITLE = re.compile(r"""\s*(?:"[^"]{0,300}"|'[^']{0,300}'|\([^()]{0,300}\))?\s*\)""")
_ANCHOR_OPEN = re.compile(r"<[aA]\b[^<>]{0,2000}$")
_MARKDOWN_DEFINITION = re.compile(r"(?:^|[\r\n])[ \t>]{0,20}\[([^\[\]\r\n]{1,200})\]:[ \t]*<?$")
_RST_DEFINITION = re.compile(r"(?:^|[\r\n])[ \t]*\.\.[ \t]+_`?([^`:\r\n]{1,200})`?:[ \t]*$")
_MARKDOWN_USE = re.compile(r"\[([^\[\]]{1,200})\](?:\[([^\[\]]{0,200})\])?(?![(:\[])")
_RST_USE = re.compile(r"`([^`<\r\n]{1,200})`_|(?<![\w`])([A-Za-z0-9][\w.+-]{0,100})_(?!\w)")
_RST_TAIL = re.compile("`__?")  # `label <URL>`_
_HIDDEN_OPEN = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_LABEL_SEARCH = 600
_CLOSE_SEARCH = 3000


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A URL in its construct: `whole` is the construct, `label` the link's own text, if it has one.

    `copies` are places in the label that repeat the URL; `printed` is a URL in the
    label that differs from the target. `context` is where to look for names.
    """

    written: WrittenUrl
    whole: Span
    label: Span | None
    context: Span
    copies: tuple[Span, ...] = ()
    printed: str | None = None


def find_links(text: str, form: Format) -> list[WrittenLink]:
    """Every URL of the document in its construct, in order of the URLs."""
    uses = _Uses(text, form)
    hidden = _hidden_spans(text, form)
    ends = [span.end for span in hidden]
    links = []
    for written in find_urls(text, form):
        index = bisect.bisect_right(ends, written.span.start)
        if index == len(hidden) or written.span.start < hidden[index].start:
            links.append(_in_construct(text, written, form, uses))
    return list(_absorb_labels(links))


def _hidden_spans(text: str, form: Format) -> list[Span]:
    """What no reader sees: HTML comments, scripts and styles."""
    if form not in ("markdown", "html"):
        return []
    spans: list[Span] = []
    end = 0
    for opening in _HIDDEN_OPEN.finditer(text):
        if opening.start() < end:
            continue
        closer = "-->" if opening[0] == "<!--" else f"</{opening[1].lower()}"
        closing = text.find(closer, opening.end())
        if closing < 0 and closer == "-->":
            break  # an unclosed comment hides nothing
        end = closing if closing >= 0 else len(text)
        spans.append(Span(opening.start(), end))
    return spans


def _in_construct(text: str, written: WrittenUrl, form: Format, uses: "_Uses") -> WrittenLink:
    start, closed = written.span.start, written.closed
    whole = Span(min([start, *(span.start for span in written.removed)]), closed)
    if written.style in ("destination", "angled"):
        bracket = start - (2 if written.style == "destination" else 3)  # `](URL)` or `](<URL>)`
        opening = _label_start(text, bracket)
        title = _TITLE.match(text, closed)
        whole = Span(opening, title.end() if title else closed)
        return WrittenLink(written, whole, Span(opening + 1, bracket), whole)
    if written.style == "attribute":
        return _in_anchor(text, written)
    if written.style == "autolink" and form == "rst" and (tail := _RST_TAIL.match(text, closed)):
        opening = text.rfind("`", max(0, start - _LABEL_SEARCH), start)
        if opening >= 0:
            whole = Span(opening, tail.end())
            return WrittenLink(written, whole, Span(opening + 1, start - 1), whole)
    if use := uses.of(start):
        return WrittenLink(written, whole, *use)
    return WrittenLink(written, whole, None, whole)


def _label_start(text: str, closing: int) -> int:
    """The `[` that the `]` at `closing` ends."""
    depth = 0
    for index in range(closing, max(-1, closing - _LABEL_SEARCH), -1):
        if text[index] == "]":
            depth += 1
        elif text[index] == "[":
            depth -= 1
            if depth == 0:
                return index
    return closing - 1 if closing > 0 else 0


def _in_anchor(text: str, written: WrittenUrl) -> WrittenLink:
    """`<a href="URL">label</a>`; other attributes (src, data-…) have no label."""
    opening = _ANCHOR_OPEN.search(text, max(0, written.span.start - 2000), written.span.start)
    tag_end = text.find(">", written.closed, written.closed + 2000)
    closing = text.find("</a>", tag_end + 1, tag_end + _CLOSE_SEARCH) if tag_end >= 0 else -1
    if opening is None or closing < 0:
        return WrittenLink(written, written.span, None, written.span)
    whole = Span(opening.start(), closing + 4)
    return WrittenLink(written, whole, Span(tag_end + 1, closing), whole)


def _absorb_labels(links: list[WrittenLink]) -> Iterator[WrittenLink]:
    """A URL inside another link's label is a copy of its target, or what is printed instead of it."""
    owners = {id(link): link for link in links if link.label and link.context == link.whole}
    by_start = sorted(owners.values(), key=lambda link: link.label.start if link.label else 0)
    starts = [link.label.start if link.label else 0 for link in by_start]
    inside: dict[int, list[WrittenLink]] = {}
    absorbed: set[int] = set()
    for link in links:
        owner = _owner(by_start, starts, link)
        if owner is not None and owner is not link:
            inside.setdefault(id(owner), []).append(link)
            if _same_url(owner, link):
                absorbed.add(id(link))
    for link in links:
        if id(link) in absorbed:
            continue
        within = inside.get(id(link))
        if not within:
            yield link
            continue
        copies = tuple(inner.written.span for inner in within if _same_url(link, inner))
        printed = next((inner.written.url for inner in within if not _same_url(link, inner)), None)
        yield replace(link, copies=copies, printed=printed)


def _owner(by_start: list[WrittenLink], starts: list[int], link: WrittenLink) -> WrittenLink | None:
    index = bisect.bisect_right(starts, link.written.span.start) - 1
    if index < 0:
        return None
    label = by_start[index].label
    return by_start[index] if label and label.end >= link.written.span.end else None


def _same_url(owner: WrittenLink, inner: WrittenLink) -> bool:
    return _bare(owner.written.url).startswith(_bare(inner.written.url))


def _bare(url: str) -> str:
    return html.unescape(re.sub(r"[\s\\]", "", url)).rstrip("/")


class _Uses:
    """Where reference definitions (`[name]: URL`, `.. _name: URL`) are used; built when first asked."""

    def __init__(self, text: str, form: Format) -> None:
        self._text = text
        self._form = form
        self._found: dict[str, tuple[Span, Span]] | None = None

    def of(self, url_start: int) -> tuple[Span, Span] | None:
        """Label and whole extent of the first use of the definition whose URL begins at `url_start`."""
        pattern = {"markdown": _MARKDOWN_DEFINITION, "rst": _RST_DEFINITION}.get(self._form)
        match = pattern.search(self._text, max(0, url_start - 260), url_start) if pattern else None
        if match is None:
            return None
        if self._found is None:
            self._found = self._collect()
        return self._found.get(_fold(match[1]))

    def _collect(self) -> dict[str, tuple[Span, Span]]:
        found: dict[str, tuple[Span, Span]] = {}
        for match in (_MARKDOWN_USE if self._form == "markdown" else _RST_USE).finditer(self._text):
            name = match[2] or match[1]
            label = Span(*match.span(1)) if match[1] else Span(*match.span(2))
            found.setdefault(_fold(name), (label, Span(*match.span())))
        return found


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()
