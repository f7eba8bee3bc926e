"""Bitbucket Cloud: `/workspace/repo/src/<rev>/path#lines-10:20`. What `?at=branch` adds for the reader is dropped."""

import re
from urllib.parse import unquote

from auditor.model.permalink import ParsedLink, Permalink, View
from auditor.permalinks.address import Address, join_url, quote_path, quote_segment
from auditor.permalinks.anchors import BITBUCKET, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link, clean_repository
from auditor.permalinks.revisions import DEFAULT_BRANCH

_REPOSITORY = re.compile(r"([A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100})(?:/(.*))?", re.DOTALL)
_VIEWS: dict[str, View | None] = {"src": None, "raw": "raw", "annotate": "blame"}
_PAGES = {"blob": "src", "tree": "src", "raw": "raw", "blame": "annotate", "commit": "commits"}
_NO_WORKSPACES = frozenset({"account", "dashboard", "product", "repo", "site", "snippets", "support"})


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page."""
    found = _split(address)
    if found is None:
        return None
    repository, rest = found
    page, _, more = rest.partition("/")
    revision, _, path = more.partition("/")
    if page == "commits":
        return build_commit_link(address, "bitbucket", repository, unquote(revision))
    if page not in _VIEWS:
        return None
    place = (unquote(revision), None, unquote(path))
    return build_file_link(address, "bitbucket", repository, _VIEWS[page], place, BITBUCKET)


def find_repository(address: Address) -> str | None:
    """The repository that `address` lies in."""
    found = _split(address)
    return f"{address.site}/{found[0]}" if found else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    path = f"/{quote_path(link.path)}" if link.path else ""
    place = f"{link.repository}/{_PAGES[link.view]}/{quote_segment(link.revision or DEFAULT_BRANCH)}{path}"
    return join_url(link.site, place, "", render_lines(link.anchor, BITBUCKET))


def _split(address: Address) -> tuple[str, str] | None:
    match = _REPOSITORY.fullmatch(address.path)
    if match is None or match[1].partition("/")[0] in _NO_WORKSPACES:
        return None
    repository = clean_repository(match[1])
    return (repository, match[2] or "") if repository else None
