"""Finds every URL in a text with its exact extent, and puts together those that were split.

The text is scanned as it stands, markup included, instead of walking a parsed tree:
a citation counts wherever it is written (link targets, link text, autolinks, reference
definitions, code, raw HTML), and parsers of Markdown and HTML keep no position for most of these.
What stands around a URL decides where it ends.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model import Defect, Format, Span

_START = re.compile(
    r"https?://|(?<![\w@./:-])(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/", re.IGNORECASE
)
# A bare URL runs to white space or to a character that no URL holds. A backslash stays in: it may be an escape.
_BARE = re.compile(r"[^\s<>\"`|^\x00-\x1f\x7f]+")
_QUOTED = {'"': re.compile(r'[^"<>]+'), "'": re.compile(r"[^'<>]+")}
_ANGLE = re.compile(r"[^<>\n]+(?:\n[ \t]*[^<>\s]+)?")
_DESTINATION = re.compile(r"(?:\\.|[^\s<>\\])+")
_PARENTHESIS = re.compile(r"[()]")
_SPACE = re.compile(r"\s+")
_TRAILING = ".,;:!?'\"*_~”’»…"
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_WRAPPER = re.compile(r"\$?\s*\\(?:underline|url|href|texttt|nolinkurl)\s*\{$")
_WRAPPER_END = re.compile(r"\}\s*\$?")

# A revision cut short at the end of the URL: 7 to 39 hex digits and nothing after them.
_CUT_COMMIT = re.compile(r"/(?:blob|tree|raw|blame|commit)/([0-9a-f]{7,39})$")
# The rest of such a URL: the missing digits, then a path.
_HEX_REST = re.compile(r"([0-9a-f]{1,33})(/[^\s<>\"`|]+)")
# The rest of a URL that broke before its line anchor: no white space, an anchor at the end.
_ANCHOR_REST = re.compile(r"(?!https?:|www\.)[\w./%@+~=&?-]*\\?#L\d[\w-]*(?:-\\?#?L?\d+)?")
# A URL that ends so is whole but for its anchor; a path on the next line is another mention.
_ENDS_IN_FILE = re.compile(r"/[^/]*\.[A-Za-z][A-Za-z0-9]{0,5}$")
_PATH_REST = re.compile(r"(?!https?:|www\.)[\w.%@+~=&?#/-]+")
_GAP = re.compile(r"[ \t]*(?:\r\n?|\n)?[ \t]*")
_CODE_VIEW = re.compile(r"/(?:blob|tree|blame|raw|src)/")
_LINE_ANCHOR = re.compile(r"#\D{0,6}\d|[?&]line=\d")
_MAX_JOINS = 4


@dataclass(frozen=True, slots=True)
class WrittenUrl:
    """A URL as it stands in a document.

    `span` is the URL's own extent, `url` what it says once white space, references and
    the other half are put right; `closed` is where the construct around it ends.
    `removed` holds the rest of a split URL outside of `span`, and wrappers.
    """

    span: Span
    url: str
    style: str
    closed: int
    defects: tuple[Defect, ...] = ()
    removed: tuple[Span, ...] = ()


def find_urls(text: str, form: Format) -> Iterator[WrittenUrl]:
    """Every URL of `text` in order; none overlaps another. Time is linear in the text."""
    position = 0
    while match := _START.search(text, position):
        written = _read_at(text, match.start(), form)
        yield written
        position = max(written.closed if written.style == "bare" else written.span.end, match.end())


def _read_at(text: str, start: int, form: Format) -> WrittenUrl:
    before = text[max(0, start - 40) : start]
    if form in ("html", "markdown", "text") and re.search(r"=\s*[\"']$", before):
        return _attribute(text, start, before[-1])
    if before.endswith("<"):
        end = _extent(_ANGLE, text, start)
        if text[end : end + 1] == ">":
            if form == "markdown" and before.endswith("](<"):
                return _plain(text, start, end, "angled", end + 1)
            # In reStructuredText a target may be folded: `label <URL>`_ over two lines.
            return _plain(text, start, end, "autolink", end + 1, folded=form == "rst")
    if form == "markdown" and before.endswith("]("):
        return _destination(text, start)
    if wrapper := _WRAPPER.search(before):
        return _wrapped(text, start, start - len(wrapper[0]))
    return _bare(text, start, form)


def _extent(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _plain(text: str, start: int, end: int, style: str, closed: int, folded: bool = False) -> WrittenUrl:
    """A delimited URL: white space within it is a defect, references (`&amp;`) are not."""
    raw = text[start:end]
    url = _SPACE.sub("", html.unescape(raw) if style == "attribute" else raw)
    defects = (Defect("split", "white space splits the URL"),) if _SPACE.search(raw.strip()) and not folded else ()
    return WrittenUrl(Span(start, end), url, style, closed, defects)


def _attribute(text: str, start: int, quote: str) -> WrittenUrl:
    end = _extent(_QUOTED[quote], text, start)
    written = _plain(text, start, end, "attribute", end)
    tag_end = text.find(">", end, end + 2000)
    close = _anchor_end(text, tag_end + 1) if tag_end >= 0 else end
    if not _CUT_COMMIT.search(written.url) or close <= end:
        return written
    rest = _hex_rest(text, close, written.url)
    if rest is None:
        return written
    defect = Defect("split", "the rest of the URL stands outside of the link")
    return WrittenUrl(written.span, written.url + text[rest.start : rest.end].lstrip(), "attribute", end,
                      (*written.defects, defect), (Span(close, rest.end),))  # fmt: skip


def _anchor_end(text: str, start: int) -> int:
    """Just behind the `</a>` that closes the tag whose content begins at `start`; -1 if it is not near."""
    end = text.find("</a>", start, start + 3000)
    return end + 4 if end >= 0 else -1


def _destination(text: str, start: int) -> WrittenUrl:
    """A Markdown link destination: balanced parentheses, backslash escapes allowed."""
    limit = _extent(_DESTINATION, text, start)
    depth, end = 0, limit
    for bracket in _PARENTHESIS.finditer(text, start, limit):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            end = bracket.start()
            break
    url = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text[start:end])
    return WrittenUrl(Span(start, end), html.unescape(url), "destination", end)


def _wrapped(text: str, start: int, wrapper: int) -> WrittenUrl:
    """`$\\underline{URL}$` and its kind: what text recognition makes of an underlined link."""
    end = start + len(_trim(text[start : _extent(_BARE, text, start)].split("}")[0]))
    tail = _WRAPPER_END.match(text, end)
    closed = tail.end() if tail else end
    removed = (Span(wrapper, start), Span(end, closed)) if tail else ()
    defects = (Defect("wrapped", "LaTeX stands around the URL"),) if removed else ()
    return WrittenUrl(Span(start, end), text[start:end], "wrapped", closed, defects, removed)


def _bare(text: str, start: int, form: Format) -> WrittenUrl:
    raw = _trim(text[start : _extent(_BARE, text, start)])
    end = start + len(raw)
    url = html.unescape(raw) if form == "html" else raw
    defects: tuple[Defect, ...] = ()
    for _ in range(_MAX_JOINS):
        joined = _continuation(text, end, url, form)
        if joined is None:
            break
        broken_line = "\n" in text[end : joined.start] or "\r" in text[end : joined.start]
        url += text[joined.start : joined.end]
        end = joined.end
        defects = (Defect("split", f"a {'line break' if broken_line else 'space'} splits the URL"),)
    return WrittenUrl(Span(start, end), url, "bare", end, defects)


def _trim(raw: str) -> str:
    """Without the punctuation of the sentence around it and without brackets that it does not open."""
    raw = _cut_at_stray_bracket(raw)
    while raw and (raw[-1] in _TRAILING or raw[-1] == "\\"):
        raw = raw[:-1]
    return raw


def _cut_at_stray_bracket(raw: str) -> str:
    if not any(closer in raw for closer in _CLOSERS):
        return raw
    open_count = dict.fromkeys("([{", 0)
    for index, character in enumerate(raw):
        if character in open_count:
            open_count[character] += 1
        elif character in _CLOSERS:
            open_count[_CLOSERS[character]] -= 1
            if open_count[_CLOSERS[character]] < 0:
                return raw[:index]
    return raw


def _continuation(text: str, end: int, url: str, form: Format) -> Span | None:
    """The other half of a split URL, where there is no doubt that it is one."""
    if _LINE_ANCHOR.search(url) or not _CODE_VIEW.search(url):
        return None
    if rest := _hex_rest(text, end, url):
        return rest
    gap = _GAP.match(text, end)
    if gap is None or not gap[0]:
        return None
    start = gap.end()
    if _ENDS_IN_FILE.search(url) and text[start : start + 1] not in ("#", "\\"):
        return None
    if anchor := _ANCHOR_REST.match(text, start):
        return Span(start, start + len(_trim(anchor[0])))
    if form in ("text", "pdf") and "\n" in gap[0]:
        return _whole_line_rest(text, start, url)
    return None


def _hex_rest(text: str, end: int, url: str) -> Span | None:
    """The missing digits of a commit id, then its path: exactly as many as make it whole."""
    cut = _CUT_COMMIT.search(url)
    gap = _GAP.match(text, end)
    if cut is None or gap is None or not gap[0]:
        return None
    rest = _HEX_REST.match(text, gap.end())
    if rest is None or len(cut[1]) + len(rest[1]) != 40:
        return None
    return Span(gap.end(), gap.end() + len(_trim(rest[0])))


def _whole_line_rest(text: str, start: int, url: str) -> Span | None:
    """In text pasted from a page: a line that is nothing but the URL's next piece."""
    rest = _PATH_REST.match(text, start)
    if rest is None:
        return None
    ends_line = text[rest.end() : rest.end() + 1] in ("", "\n", "\r")
    in_pieces = url[-1] in "/-_%." or "/" in rest[0] or "#" in rest[0]
    return Span(start, start + len(_trim(rest[0]))) if ends_line and in_pieces else None
