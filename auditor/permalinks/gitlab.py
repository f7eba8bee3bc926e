"""GitLab: `/group/subgroup/project/-/blob/<rev>/path#L10-20`, and the older form without `/-/`."""

import re
from dataclasses import replace
from urllib.parse import unquote

from auditor.model.permalink import ParsedLink, Permalink, RevisionKind, View
from auditor.permalinks.address import Address, join_url, parse_query, quote_path, quote_segment
from auditor.permalinks.anchors import GITLAB, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link, clean_repository
from auditor.permalinks.revisions import DEFAULT_BRANCH

# A project lies in a group of at most 20 levels (docs.gitlab.com, "Subgroups").
_PROJECT = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}(?:/[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}){1,21}")
_OLD_FORM = re.compile(
    r"([^/]+(?:/[^/]+){1,21}?)/"
    r"((?:blob|tree|raw|blame|edit|commits?|issues|merge_requests|wikis|tags|branches|pipelines|releases)(?:/.*)?)",
    re.DOTALL,
)
_VIEWS: dict[str, View] = {"blob": "blob", "tree": "tree", "raw": "raw", "blame": "blame", "edit": "edit"}
_REF_TYPES: dict[str, RevisionKind] = {"heads": "branch", "tags": "tag"}
_MERGE_REQUEST = re.compile(r"([0-9]{1,18})/diffs/?")
_DIFF = re.compile(r"(?:diff-content-)?([0-9a-f]{40})(?:_[0-9]+_[0-9]+)?")
# First path segments of a GitLab site that are no group.
_NO_GROUPS = frozenset(
    {"admin", "api", "dashboard", "explore", "groups", "help", "projects", "search", "snippets", "users"}
)


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page."""
    project, rest = _split(address)
    if project is None:
        return None
    page, _, more = rest.partition("/")
    if view := _VIEWS.get(page):
        revision, _, path = more.partition("/")
        kind = _REF_TYPES.get(parse_query(address.query).get("ref_type", "")) if address.query else None
        place = (unquote(revision), kind, unquote(path))
        return build_file_link(address, "gitlab", project, view, place, GITLAB)
    if page == "commit":
        parsed = build_commit_link(address, "gitlab", project, unquote(more.partition("/")[0]))
        return parsed and replace(parsed, link=_with_diff(parsed.link, address.fragment))
    if page == "merge_requests" and (match := _MERGE_REQUEST.fullmatch(more)):
        link = Permalink("gitlab", address.site, project, "pull", number=int(match[1]))
        return ParsedLink(_with_diff(link, address.fragment), address.defects)
    return None


def find_repository(address: Address) -> str | None:
    """The project that `address` lies in."""
    project, _ = _split(address)
    return f"{address.site}/{project}" if project else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    if link.view == "pull":
        return join_url(link.site, f"{link.repository}/-/merge_requests/{link.number}/diffs", "", link.diff or "")
    place = f"{link.repository}/-/{link.view}/{quote_segment(link.revision or DEFAULT_BRANCH)}"
    if link.view == "commit":
        return join_url(link.site, place, "", link.diff or "")
    if link.path:
        place = f"{place}/{quote_path(link.path)}"
    query = {"branch": "ref_type=heads", "tag": "ref_type=tags"}.get(link.revision_kind, "")
    return join_url(link.site, place, query, render_lines(link.anchor, GITLAB))


def _split(address: Address) -> tuple[str | None, str]:
    """The project's full path, None where there is none, and what follows it (without `-/`)."""
    project, dash, rest = address.path.partition("/-/")
    if not dash and (old := _OLD_FORM.fullmatch(address.path)):
        project, rest = old[1], old[2]
    project = project.rstrip("/")
    if not _PROJECT.fullmatch(project) or project.partition("/")[0] in _NO_GROUPS:
        return None, ""
    return clean_repository(project), rest


def _with_diff(link: Permalink, fragment: str) -> Permalink:
    """The link with the file of a diff fragment; its lines (`_<old>_<new>`) count both sides and are left out."""
    match = _DIFF.fullmatch(fragment)
    return replace(link, diff=match[1]) if match else link
