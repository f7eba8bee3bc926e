"""cgit: `<repository>/tree/net/x.c?id=<sha>#n60`; `?h=` names a branch or tag, without either it is the default branch.

A repository's path has any depth and often ends in `.git`, which belongs to it here.
"""

import re
from dataclasses import replace
from urllib.parse import unquote

from auditor.model.permalink import ParsedLink, Permalink, RevisionKind, View
from auditor.permalinks.address import Address, join_url, parse_query, quote_path, quote_segment
from auditor.permalinks.anchors import CGIT, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link, is_plain
from auditor.permalinks.revisions import DEFAULT_BRANCH

_PAGE = re.compile(
    r"/(?:about|atom|blame|commit|diff|log|patch|plain|rawdiff|refs|snapshot|stats|summary|tag|tree)(?=/|$)"
)
_REPOSITORY = re.compile(r"[A-Za-z0-9_.+~-]{1,255}(?:/[A-Za-z0-9_.+~-]{1,255}){0,30}")
_OBJECT_NAME = re.compile(r"[0-9a-fA-F]{4,64}")
_VIEWS: dict[str, View | None] = {"tree": None, "plain": "raw", "blame": "blame"}
_PAGES = {"blob": "tree", "tree": "tree", "raw": "plain", "blame": "blame"}


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page."""
    repository, rest = _split(address.path)
    if repository is None:
        return None
    page, _, path = rest.partition("/")
    revision, kind = _read_revision(address.query)
    if page == "commit" and revision != DEFAULT_BRANCH:
        parsed = build_commit_link(address, "cgit", repository, revision)
        return parsed and replace(parsed, link=replace(parsed.link, revision_kind=kind or parsed.link.revision_kind))
    if page not in _VIEWS:
        return None
    return build_file_link(address, "cgit", repository, _VIEWS[page], (revision, kind, unquote(path)), CGIT)


def find_repository(address: Address) -> str | None:
    """The repository that `address` lies in; a plain page only if its path ends in `.git`."""
    repository, _ = _split(address.path)
    return f"{address.site}/{repository}" if repository else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    query = ""
    if link.revision and link.revision != DEFAULT_BRANCH:
        query = f"{'id' if link.revision_kind == 'commit' else 'h'}={quote_segment(link.revision)}"
    if link.view == "commit":
        return join_url(link.site, f"{link.repository}/commit/", query)
    place = f"{link.repository}/{_PAGES[link.view]}/{quote_path(link.path)}"
    return join_url(link.site, place, query, render_lines(link.anchor, CGIT))


def clone_url(link: Permalink) -> str:
    """The repository's page, except on Savannah, which serves git under `/git/` instead of `/cgit/`."""
    if "//git.savannah." in link.site and link.repository.startswith("cgit/"):
        return f"{link.site}/git/{link.repository.removeprefix('cgit/')}"
    return link.repository_url


def _split(path: str) -> tuple[str | None, str]:
    """The repository, None where there is none, and what follows it."""
    page = _PAGE.search(path)
    end = page.start() if page else -1
    suffix = f"{path}/".find(".git/")
    if suffix >= 0 and (page is None or suffix < end):
        end = suffix + len(".git")
    repository = path[: max(end, 0)]
    if not _REPOSITORY.fullmatch(repository) or not is_plain(repository):
        return None, ""
    return repository, path[end + 1 :]


def _read_revision(query: str) -> tuple[str, RevisionKind | None]:
    """`id` is an object name, but cgit takes any name there; `h` is a branch or, as widely used, a tag."""
    fields = parse_query(query)
    if name := fields.get("id"):
        return name, "commit" if _OBJECT_NAME.fullmatch(name) else None
    return fields.get("h") or DEFAULT_BRANCH, None
