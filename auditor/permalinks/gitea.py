"""Gitea, Forgejo, Codeberg: `/owner/repo/src/commit/<sha>/path#L22-L33`, `src/branch/…`, `src/tag/…`.

The older `/owner/repo/src/<rev>/path` does not tell what the revision is; Gitea still answers it.
"""

import re
from urllib.parse import unquote

from auditor.model.permalink import ParsedLink, Permalink, RevisionKind, View
from auditor.permalinks.address import Address, join_url, quote_path, quote_segment
from auditor.permalinks.anchors import GITEA, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link, clean_repository
from auditor.permalinks.revisions import DEFAULT_BRANCH

_REPOSITORY = re.compile(r"([A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100})(?:/(.*))?", re.DOTALL)
_VIEWS: dict[str, View | None] = {"src": None, "raw": "raw", "media": "raw", "blame": "blame", "_edit": "edit"}
_PAGES = {"blob": "src", "tree": "src", "raw": "raw", "blame": "blame", "edit": "_edit"}
_KINDS: dict[str, RevisionKind] = {"commit": "commit", "branch": "branch", "tag": "tag"}
# First path segments of a Gitea site that are no account (Gitea, models/user/user.go, reserved names).
_NO_OWNERS = frozenset(
    {"api", "assets", "admin", "attachments", "avatars", "explore", "issues", "notifications", "org", "pulls", "user"}
)


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page."""
    found = _split(address)
    if found is None:
        return None
    repository, rest = found
    page, _, more = rest.partition("/")
    if page == "commit":
        return build_commit_link(address, "gitea", repository, unquote(more.partition("/")[0]))
    if page not in _VIEWS:
        return None
    return build_file_link(address, "gitea", repository, _VIEWS[page], _place(more), GITEA)


def find_repository(address: Address) -> str | None:
    """The repository that `address` lies in."""
    found = _split(address)
    return f"{address.site}/{found[0]}" if found else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    revision = quote_segment(link.revision or DEFAULT_BRANCH)
    if link.view == "commit":
        return join_url(link.site, f"{link.repository}/commit/{revision}")
    kind = "" if link.revision_kind == "any" else f"{link.revision_kind}/"
    path = f"/{quote_path(link.path)}" if link.path else ""
    place = f"{link.repository}/{_PAGES[link.view]}/{kind}{revision}{path}"
    return join_url(link.site, place, "", render_lines(link.anchor, GITEA))


def _split(address: Address) -> tuple[str, str] | None:
    match = _REPOSITORY.fullmatch(address.path)
    if match is None or match[1].partition("/")[0] in _NO_OWNERS:
        return None
    repository = clean_repository(match[1])
    return (repository, match[2] or "") if repository else None


def _place(text: str) -> tuple[str, RevisionKind | None, str]:
    """Revision, kind and path of what follows `src/`; without a kind in the older form."""
    first, _, rest = text.partition("/")
    kind = _KINDS.get(unquote(first)) if rest else None
    if kind:
        first, _, rest = rest.partition("/")
    return unquote(first), kind, unquote(rest)
