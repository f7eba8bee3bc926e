"""Gists: `gist.github.com/user/<id>/<rev>#file-name-py-L10-L20`.

The fragment names the file by a slug ("name-py" for `name.py`), from which the name cannot be read back; `path` is
that slug for the view "gist", and must be matched against the slugs of the gist's files. In a raw file's URL
`path` is the true name.
"""

import re
from urllib.parse import unquote

from auditor.model.permalink import ParsedLink, Permalink, RevisionKind
from auditor.permalinks.address import Address, join_url, quote_segment
from auditor.permalinks.anchors import GITHUB, parse_lines, render_lines
from auditor.permalinks.revisions import DEFAULT_BRANCH

_GIST = re.compile(r"((?:[A-Za-z0-9_.-]{1,100}/)?(?:[0-9a-f]{20,40}|[0-9]{1,19}))(?:\.git)?(?:/(.*))?", re.DOTALL)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_RAW = re.compile(r"raw/(?:([0-9a-f]{40})/)?([^/]+)")  # a gist has no directories
_SLUG = re.compile(r"file-([\w%.-]+)")
_LINES = re.compile(r"-(L[0-9]{1,99}(?:-L?[0-9]{1,99})?)$")


def parse(address: Address) -> ParsedLink | None:
    """The file or revision of a gist at `address`; None for the plain page."""
    match = _GIST.fullmatch(address.path)
    if match is None:
        return None
    site = _site(address)
    rest = (match[2] or "").rstrip("/")
    if raw := _RAW.fullmatch(rest):
        kind: RevisionKind = "commit" if raw[1] else "any"
        link = Permalink("gist", site, match[1], "raw", raw[1] or DEFAULT_BRANCH, kind, unquote(raw[2]))
        return ParsedLink(link, address.defects)
    slug, lines = _split_fragment(address.fragment)
    if (rest and not _COMMIT.fullmatch(rest)) or not (rest or slug):
        return None
    anchor, defects = parse_lines(lines, GITHUB)
    kind = "commit" if rest else "any"
    link = Permalink("gist", site, match[1], "gist", rest or DEFAULT_BRANCH, kind, slug, anchor)
    return ParsedLink(link, address.defects + defects)


def find_repository(address: Address) -> str | None:
    """`https://gist.github.com/user/<id>`."""
    match = _GIST.fullmatch(address.path)
    return f"{_site(address)}/{match[1]}" if match else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    revision = "" if link.revision in (None, DEFAULT_BRANCH) else f"/{quote_segment(link.revision)}"
    if link.view == "raw":
        return join_url(link.site, f"{link.repository}/raw{revision}/{quote_segment(link.path)}")
    lines = f"-{render_lines(link.anchor, GITHUB)}" if link.anchor else ""
    return join_url(link.site, f"{link.repository}{revision}", "", f"file-{link.path}{lines}" if link.path else "")


def clone_url(link: Permalink) -> str:
    """A gist is fetched without its owner: `https://gist.github.com/<id>`."""
    return f"{link.site}/{link.repository.rpartition('/')[2]}"


def _site(address: Address) -> str:
    return address.site.replace("gist.githubusercontent.com", "gist.github.com")


def _split_fragment(fragment: str) -> tuple[str, str]:
    """The file's slug and the lines of `file-name-py-L10-L20`; two empty texts for any other fragment."""
    found = _SLUG.fullmatch(fragment)
    if found is None:
        return "", ""
    slug = found[1]
    if match := _LINES.search(slug, 1):
        return slug[: match.start()], match[1]
    return slug, ""
