"""Gitiles (googlesource.com): `/platform/build/+/<rev>/path#28`. `/+/<rev>` is a commit, `/+/<rev>/` its tree."""

import re

from auditor.model.permalink import ParsedLink, Permalink, View
from auditor.permalinks.address import Address, join_url, quote_path, quote_segment
from auditor.permalinks.anchors import GITILES, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link, clean_repository
from auditor.permalinks.revisions import DEFAULT_BRANCH, ref_prefix, split_revision

_PAGE = re.compile(r"/(?:\+|%2[Bb])([a-z]*)(?:/|$)")
_REPOSITORY = re.compile(r"[A-Za-z0-9_.+~-]{1,255}(?:/[A-Za-z0-9_.+~-]{1,255}){0,30}")
_VIEWS: dict[str, View | None] = {"": None, "show": None, "blame": "blame"}


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page (a range `a..b` of commits too)."""
    page = _PAGE.search(address.path)
    repository = find_repository(address)
    if page is None or repository is None or page[1] not in _VIEWS:
        return None
    rest = address.path[page.end() :]
    name = repository.removeprefix(f"{address.site}/")
    revision, kind, path = split_revision(rest)
    if ".." in revision:
        return None
    if "^!" in revision or (kind is None and "/" not in rest):
        # `^!` asks for the commit's diff (gitrevisions: the commit without its parents).
        return build_commit_link(address, "gitiles", name, revision.partition("^!")[0])
    return build_file_link(address, "gitiles", name, _VIEWS[page[1]], (revision, kind, path), GITILES)


def find_repository(address: Address) -> str | None:
    """The repository that `address` lies in."""
    page = _PAGE.search(address.path)
    name = address.path[: page.start()] if page else address.path.rstrip("/")
    repository = clean_repository(name) if _REPOSITORY.fullmatch(name) else None
    return f"{address.site}/{repository}" if repository else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    revision = f"{ref_prefix(link.revision_kind)}{quote_segment(link.revision or DEFAULT_BRANCH)}"
    if link.view == "commit":
        return join_url(link.site, f"{link.repository}/+/{revision}")
    page = "+blame" if link.view == "blame" else "+"
    place = f"{link.repository}/{page}/{revision}/{quote_path(link.path)}"
    return join_url(link.site, place, "", render_lines(link.anchor, GITILES))
