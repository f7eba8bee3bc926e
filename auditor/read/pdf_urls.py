"""URLs printed on a PDF page, put together over line ends.

A line end may stand anywhere in a printed URL, and a word may follow a URL that happens to end a
line. What decides is whether the URL still lacks its line anchor, what the next line begins
with, and whether the line was filled to the margin.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from auditor.read.pdf_page import PageText

_START = re.compile(r"https?://|(?<![\w@./:-])(?:www\.)?github\.com/", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s<>\"`|{}^\u201c\u201d]+")
_CODE_VIEW = re.compile(r"/(?:blob|tree|blame|raw|src|commit|pull)/")
_TRAILING = ".,;:!?'*\u2019\u00bb\u2026"
_CLOSERS = {")": "(", "]": "["}
# An anchor that is cut: `#`, `#L`, `#L12-`, `#L12-L`.
_CUT_ANCHOR = re.compile(r"#(?:L|lines-)?$|#L?\d+(?:C\d+)?[-:]#?L?$")
_ANCHOR_REST = re.compile(r"#?L?\d")
_WHOLE_ANCHOR = re.compile(r"#(?:L|lines-)?\d")
# The rest of a whole-looking anchor: more digits, or the end of a range.
_MORE_ANCHOR = re.compile(r"(?:\d{1,5}(?:-#?L?\d+)?|-#?L?\d+)[).,;:\]]*$")
# Part of a path: it has a slash, an anchor, or the end of a file name; or it is part of a commit id.
_PATH_PART = re.compile(r"[\w.%@+~=&?-]*(?:[/#]|\.[A-Za-z]\w{0,4}[).,;:]*$)|[0-9a-f]{7,40}$")
_MAX_LINES = 8
_LONGEST_URL = 2000


@dataclass(frozen=True, slots=True)
class PrintedUrl:
    """A URL in the text of a page; `start` and `end` are offsets in `PageText.text`, line ends included."""

    url: str
    start: int
    end: int


def find_printed(page: PageText) -> list[PrintedUrl]:
    """Every URL printed on the page, in the order of its text; none overlaps another."""
    found: list[PrintedUrl] = []
    position = 0
    while match := _START.search(page.text, position):
        end = _end(page, match.start())
        url = page.text[match.start() : end].replace("\n", "")
        trimmed = trim(url)
        for _ in range(len(url) - len(trimmed)):
            end -= 2 if page.text[end - 2] == "\n" else 1
        if len(trimmed) > len(match[0]):
            found.append(PrintedUrl(trimmed, match.start(), end))
        position = max(end, match.end())
    return found


def begins_url(page: PageText, offset: int) -> bool:
    """Whether a URL starts at that offset of the page's text."""
    return _START.match(page.text, offset) is not None


def trim(url: str) -> str:
    """The URL without the punctuation of the sentence around it."""
    while url:
        last = url[-1]
        opener = _CLOSERS.get(last)
        if last not in _TRAILING and not (opener and url.count(last) > url.count(opener)):
            break
        url = url[:-1]
    return url


def differs(printed: str, target: str) -> bool:
    """Whether a reader of `printed` is sent elsewhere by `target`; a shortened form of it is no difference."""
    shown, meant = _comparable(printed), _comparable(target)
    if shown == meant or "..." in shown or "\u2026" in shown:
        return False
    if meant.startswith(shown):
        return "#" in shown
    if shown.startswith(meant):
        return "#" not in meant and "#" in shown
    return True


def _comparable(url: str) -> str:
    plain = re.sub(r"\s+", "", unquote(url))
    authority, slash, rest = re.sub(r"^https?://(?:www\.)?|^www\.", "", plain, flags=re.IGNORECASE).partition("/")
    return (authority.lower() + slash + rest).rstrip("/")


def _end(page: PageText, start: int) -> int:
    """Where the URL that starts there ends, before its trailing punctuation is taken off."""
    end, url = start, ""
    for _ in range(_MAX_LINES):
        token = _TOKEN.match(page.text, end, start + _LONGEST_URL)
        if token is None:
            break
        url += token[0]
        if page.text[token.end() : token.end() + 1] != "\n" or not _continues(page, url, token.end()):
            return token.end()
        end = token.end() + 1
    return max(end - 1, start) if page.text[end - 1 : end] == "\n" else end


def _continues(page: PageText, url: str, line_end: int) -> bool:
    """Whether the line after the one that ends there begins with the rest of `url`."""
    rest = _TOKEN.match(page.text, line_end + 1)
    if rest is None or _START.match(rest[0]) or not page.is_next(line_end):
        return False
    tail = url[len(trim(url)) :]
    if tail and not (tail == "." and re.match(r"[a-z]{1,5}(?:#|$)", rest[0])):
        return False
    if _CUT_ANCHOR.search(url):
        return _ANCHOR_REST.match(rest[0]) is not None
    full = page.is_full(line_end)
    if _WHOLE_ANCHOR.search(url):
        return (full or rest[0].startswith("-")) and _MORE_ANCHOR.match(rest[0]) is not None
    if url[-1] in "-_=%&?":
        # No URL ends so, but many are broken after a hyphen.
        return True
    return (full or _CODE_VIEW.search(url) is not None) and _PATH_PART.match(rest[0]) is not None
