"""A URL in its parts, before any host's grammar is asked: site, path, query, fragment.

Percent escapes are left in place here, because `/`, `#` and `?` only mean something before decoding.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from auditor.model.permalink import Defect

# Left bare in a path beside the unreserved characters of RFC 3986, section 2.3. Brackets, quotes and `*` are
# escaped although a path may hold them: the URL has to survive inside Markdown, reStructuredText and HTML.
_PATH_SAFE = "/@+,:="
_SEGMENT_SAFE = "@+,:="

_AUTHORITY = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30})://")
_MARKDOWN_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED_HASH = re.compile(
    r"%23((?:LL?|lines-)[0-9]{1,99}(?:C[0-9]{1,99})?(?:[-:](?:%23)?L{0,2}[0-9]{1,99}(?:C[0-9]{1,99})?)?)$"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a URL points. `scheme` is "" when none is written; `name` is the lower-case host, with a port if any.

    `path` has no leading slash; `query` and `fragment` are as written, a text fragment (`:~:`) cut off.
    """

    scheme: str
    name: str
    path: str
    query: str = ""
    fragment: str = ""
    defects: tuple[Defect, ...] = ()

    @property
    def site(self) -> str:
        """Scheme and authority, as `Permalink.site` wants them."""
        return f"{self.scheme or 'https'}://{self.name}"


def parse_address(url: str) -> Address | None:
    """Split an http(s) URL, or one without a scheme; None for anything else.

    User names and passwords are dropped. Mends what escaping for Markdown or HTML, or percent-encoding the whole
    URL, did to it; that is the defect "escaped".
    """
    text = _unescape(url)
    scheme, rest = "", text
    if match := _SCHEME.match(text):
        scheme, rest = match[1].lower(), text[match.end() :]
        if scheme not in ("http", "https"):
            return None
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    authority, _, path = rest.partition("/")
    name = authority.rpartition("@")[2].lower().removesuffix(":443" if scheme == "https" else ":80")
    if not _AUTHORITY.fullmatch(name):
        return None
    defects = () if text == url else (Defect("escaped", "the URL carries escapes that do not belong to it"),)
    return Address(scheme, name, path.lstrip("/"), query, fragment.partition(":~:")[0], defects)


def _unescape(url: str) -> str:
    """Undo Markdown's backslashes, HTML's `&amp;` and a percent-encoded `#` before line numbers."""
    if "\\" in url:
        url = _MARKDOWN_ESCAPE.sub(r"\1", url)
    if "&amp;" in url:
        url = url.replace("&amp;", "&")
    if "%23" in url and "#" not in url and (match := _ESCAPED_HASH.search(url)):
        url = f"{url[: match.start()]}#{match[1].replace('%23', '#')}"
    return url


def join_url(site: str, path: str, query: str = "", fragment: str = "") -> str:
    """Put a URL together from parts that are already encoded."""
    url = f"{site}/{path}"
    if query:
        url = f"{url}?{query}"
    if fragment:
        return f"{url}#{fragment}"
    # A file whose own name ends like `#L10` would be read as an escaped fragment; an empty one settles it.
    return f"{url}#" if "%23" in url and _ESCAPED_HASH.search(url) else url


def parse_query(query: str) -> dict[str, str]:
    """The decoded fields of a query; of a repeated one the first. A plus sign stays a plus sign."""
    fields: dict[str, str] = {}
    for part in query.split("&"):
        key, _, value = part.partition("=")
        fields.setdefault(unquote(key), unquote(value))
    return fields


@lru_cache(maxsize=1024)  # a report cites few files often
def quote_path(path: str) -> str:
    """Percent-encode a file's path; slashes stay."""
    return quote(path, _PATH_SAFE, errors="replace")


@lru_cache(maxsize=1024)
def quote_segment(text: str) -> str:
    """Percent-encode one path segment, its slashes too: a revision `release/v2` becomes `release%2Fv2`."""
    return quote(text, _SEGMENT_SAFE, errors="replace")
