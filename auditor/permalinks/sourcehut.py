"""SourceHut: `/~user/repo/tree/<rev>/item/path#L10`. Before 2020 the word `item` was not there."""

import re
from urllib.parse import unquote

from auditor.model.permalink import ParsedLink, Permalink, View
from auditor.permalinks.address import Address, join_url, quote_path, quote_segment
from auditor.permalinks.anchors import SOURCEHUT, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link, clean_repository
from auditor.permalinks.revisions import DEFAULT_BRANCH

_REPOSITORY = re.compile(r"((?:~|%7[Ee])[A-Za-z0-9_.-]{1,100})/([A-Za-z0-9_.-]{1,100})(?:/(.*))?", re.DOTALL)
_VIEWS: dict[str, View | None] = {"tree": None, "blob": "raw", "blame": "blame"}
_PAGES = {"blob": "tree", "tree": "tree", "raw": "blob", "blame": "blame"}


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page."""
    found = _split(address)
    if found is None:
        return None
    repository, rest = found
    page, _, more = rest.partition("/")
    if page == "commit":
        revision = unquote(more.partition("/")[0]).partition(".patch")[0]
        return build_commit_link(address, "sourcehut", repository, revision)
    if page not in _VIEWS:
        return None
    revision, item, path = more.partition("/item/") if page == "tree" else more.partition("/")
    if not item:
        revision, _, path = more.removesuffix("/item").partition("/")
    place = (unquote(revision), None, unquote(path))
    return build_file_link(address, "sourcehut", repository, _VIEWS[page], place, SOURCEHUT)


def find_repository(address: Address) -> str | None:
    """The repository that `address` lies in."""
    found = _split(address)
    return f"{address.site}/{found[0]}" if found else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    revision = quote_segment(link.revision or DEFAULT_BRANCH)
    if link.view == "commit":
        return join_url(link.site, f"{link.repository}/commit/{revision}")
    page = _PAGES[link.view]
    item = "/item" if page == "tree" else ""
    path = f"{item}/{quote_path(link.path)}" if link.path else ""
    place = f"{link.repository}/{page}/{revision}{path}"
    return join_url(link.site, place, "", render_lines(link.anchor, SOURCEHUT))


def _split(address: Address) -> tuple[str, str] | None:
    match = _REPOSITORY.fullmatch(address.path)
    if match is None:
        return None
    repository = clean_repository(f"~{unquote(match[1])[1:]}/{match[2]}")
    return (repository, match[3] or "") if repository else None
