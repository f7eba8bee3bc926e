"""GitHub and GitHub Enterprise: `/owner/repo/blob/<rev>/path#L10-L20`, commits, pull requests, raw files.

A file on raw.githubusercontent.com is the same as `/raw/` on github.com, and becomes that.
"""

import re
from dataclasses import replace
from typing import Literal
from urllib.parse import unquote

from auditor.model.permalink import Anchor, Defect, ParsedLink, Permalink, View
from auditor.permalinks.address import Address, join_url, quote_path, quote_segment
from auditor.permalinks.anchors import GITHUB, parse_lines, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link, clean_repository
from auditor.permalinks.pages import NO_OWNERS, PAGES, SOURCE_ENDINGS
from auditor.permalinks.revisions import ref_prefix, revision_defects, revision_kind, split_revision

_REPOSITORY = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_.-]{0,99})/([A-Za-z0-9_.-]{1,100})(?:/(.*))?", re.DOTALL)
_VIEWS: dict[str, View] = {"blob": "blob", "tree": "tree", "raw": "raw", "blame": "blame", "edit": "edit"}
_PULL = re.compile(r"([0-9]{1,18})(?:/(files|changes|commits)(?:/([^/]+))?)?/?")
_NUMBER = "[0-9]{1,99}"
# The digest is that of the path: SHA-256, before 2020 MD5.
_DIFF = re.compile(
    rf"diff-([0-9a-f]{{64}}|[0-9a-f]{{32}})(?:L({_NUMBER}))?(?:R({_NUMBER}))?(?:-(?:L({_NUMBER}))?(?:R({_NUMBER}))?)?"
)


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page."""
    found = _split(address)
    if found is None:
        return None
    repository, rest = found
    first, _, more = rest.partition("/")
    if view := _VIEWS.get(first):
        return build_file_link(address, "github", repository, view, split_revision(more), GITHUB) or _parse_bare(
            address, repository, more.lstrip("/")
        )
    if first == "commit":
        return _parse_commit(address, repository, more)
    if first == "pull":
        return _parse_pull(address, repository, more)
    return _parse_bare(address, repository, rest)


def parse_raw(address: Address) -> ParsedLink | None:
    """The link to code at an address of raw.githubusercontent.com."""
    found = _split(address)
    if found is None or found[0].startswith("wiki/"):
        return None
    site = replace(address, name="github.com")
    return build_file_link(site, "github", found[0], "raw", split_revision(found[1]), GITHUB)


def find_repository(address: Address) -> str | None:
    """`https://github.com/owner/repo` for any address inside a repository."""
    found = _split(address)
    return f"{address.site}/{found[0]}" if found else None


def find_raw_repository(address: Address) -> str | None:
    """The repository on github.com of an address of raw.githubusercontent.com."""
    return find_repository(replace(address, name="github.com"))


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    if link.view == "commit":
        return join_url(link.site, f"{link.repository}/commit/{quote_segment(link.revision or '')}", "", _diff(link))
    if link.view == "pull":
        tab = f"commits/{quote_segment(link.revision)}" if link.revision else "files"
        return join_url(link.site, f"{link.repository}/pull/{link.number}/{tab}", "", _diff(link))
    place = quote_path(link.path)
    if link.revision:
        revision = f"{link.view}/{ref_prefix(link.revision_kind)}{quote_segment(link.revision)}"
        place = f"{revision}/{place}" if place else revision
    return join_url(link.site, f"{link.repository}/{place}", "", render_lines(link.anchor, GITHUB))


def _split(address: Address) -> tuple[str, str] | None:
    """Repository (`owner/repo`, without `.git`) and the rest of the path."""
    match = _REPOSITORY.fullmatch(address.path)
    if match is None or match[1] in NO_OWNERS:
        return None
    repository = clean_repository(f"{match[1]}/{match[2]}")
    return (repository, match[3] or "") if repository else None


def _parse_bare(address: Address, repository: str, rest: str) -> ParsedLink | None:
    """`owner/repo/file.py#L97`: a file without `blob` and revision, if it is clearly no other page."""
    path = unquote(rest).rstrip("/")
    if not path or path.partition("/")[0] in PAGES:
        return None
    anchor, defects = parse_lines(address.fragment, GITHUB)
    if anchor is None and path.rpartition(".")[2].lower() not in SOURCE_ENDINGS:
        return None
    missing = Defect("missing-revision", "blob and the revision are missing between repository and path")
    link = Permalink("github", address.site, repository, "blob", path=path, anchor=anchor)
    return ParsedLink(link, (*address.defects, missing, *defects))


def _parse_commit(address: Address, repository: str, rest: str) -> ParsedLink | None:
    revision = unquote(rest.partition("/")[0]).partition(".patch")[0].partition(".diff")[0]
    parsed = build_commit_link(address, "github", repository, revision)
    return parsed and replace(parsed, link=_with_diff(parsed.link, address.fragment))


def _parse_pull(address: Address, repository: str, rest: str) -> ParsedLink | None:
    """Only a pull request's changes are code; its conversation is not."""
    match = _PULL.fullmatch(rest)
    if match is None:
        return None
    revision = unquote(match[3] or "").rpartition("..")[2]
    link = Permalink("github", address.site, repository, "pull", number=int(match[1]))
    if revision:
        link = replace(link, revision=revision, revision_kind=revision_kind(revision))
    link = _with_diff(link, address.fragment)
    if link.diff is None and (match[2] is None or (match[2] == "commits" and not revision)):
        return None
    return ParsedLink(link, address.defects + revision_defects(revision))


def _with_diff(link: Permalink, fragment: str) -> Permalink:
    """The link with the file and lines of `#diff-…R10-R12`.

    A context line is written with both its numbers (`L10R12`), a range may span both sides: the new side counts.
    """
    match = _DIFF.fullmatch(fragment)
    if match is None:
        return link
    digest, left, right, last_left, last_right = match.groups()
    side: Literal["L", "R"] = "R" if right or (last_right and not last_left) else "L"
    start, end = (right, last_right) if side == "R" else (left, last_left)
    if start is None:
        start, end = end, None
    if start is None:
        return replace(link, diff=digest)
    return replace(link, diff=digest, side=side, anchor=Anchor(int(start), int(end) if end else None))


def _diff(link: Permalink) -> str:
    if link.diff is None:
        return ""
    if link.anchor is None or link.side is None:
        return f"diff-{link.diff}"
    end = "" if link.anchor.end is None else f"-{link.side}{link.anchor.end}"
    return f"diff-{link.diff}{link.side}{link.anchor.start}{end}"
