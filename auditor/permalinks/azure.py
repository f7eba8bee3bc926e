"""Azure DevOps: `/org/project/_git/repo?path=/x.go&version=GBmaster&line=92&lineEnd=99&…`.

`version` is GB and a branch, GT and a tag or GC and a commit; without it the default branch is meant. A selection of
whole lines is written up to column 1 of the line *after* the last one: `line=71&lineEnd=72&lineEndColumn=1` is line
71. Read so, and written so; a selection that ends inside a line keeps its line and columns as written.
"""

import re
from urllib.parse import unquote

from auditor.model.permalink import Anchor, ParsedLink, Permalink, RevisionKind
from auditor.permalinks.address import Address, join_url, parse_query, quote_path, quote_segment
from auditor.permalinks.build import build_commit_link, is_plain
from auditor.permalinks.revisions import DEFAULT_BRANCH, revision_defects

_REPOSITORY = re.compile(r"((?:[^/]+/){0,3}?_git/[^/]+)(?:/(.*))?", re.DOTALL)
_NUMBER = re.compile("[0-9]{1,99}")
_KINDS: dict[str, RevisionKind] = {"GB": "branch", "GT": "tag", "GC": "commit"}
_PREFIXES: dict[RevisionKind, str] = {"branch": "GB", "tag": "GT", "commit": "GC", "any": "GB"}


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page."""
    repository, rest = _split(address.path)
    if repository is None:
        return None
    page, _, more = rest.partition("/")
    if page == "commit":
        return build_commit_link(address, "azure", repository, unquote(more.partition("/")[0]))
    fields = parse_query(address.query)
    kind = _KINDS.get(fields.get("version", "")[:2])
    revision = fields.get("version", "")[2:] if kind else ""
    kind = kind if kind and revision else "any"
    path = fields.get("path", "").removeprefix("/").rstrip("/")
    if page or not (path or revision):
        return None
    link = Permalink(
        "azure",
        address.site,
        repository,
        "blob" if path else "tree",
        revision or DEFAULT_BRANCH,
        kind,
        path,
        _read_lines(fields),
    )
    return ParsedLink(link, address.defects + revision_defects(revision))


def find_repository(address: Address) -> str | None:
    """The repository that `address` lies in."""
    repository, _ = _split(address.path)
    return f"{address.site}/{repository}" if repository else None


def render(link: Permalink) -> str:
    """The canonical URL of `link`."""
    if link.view == "commit":
        return join_url(link.site, f"{link.repository}/commit/{quote_segment(link.revision or '')}")
    query = f"path=/{quote_path(link.path)}"
    if link.revision and (link.revision, link.revision_kind) != (DEFAULT_BRANCH, "any"):
        query = f"{query}&version={_PREFIXES[link.revision_kind]}{quote_segment(link.revision)}"
    if link.anchor:
        query = f"{query}&{_write_lines(link.anchor)}&lineStyle=plain&_a=contents"
    return join_url(link.site, link.repository, query)


def _split(path: str) -> tuple[str | None, str]:
    """The repository, canonically encoded (a project's name may hold spaces), and what follows it."""
    match = _REPOSITORY.fullmatch(path)
    if match is None:
        return None, ""
    parts = [unquote(part) for part in match[1].split("/")]
    if not is_plain("/".join(parts)):
        return None, ""
    return "/".join(quote_segment(part) for part in parts), match[2] or ""


def _read_lines(fields: dict[str, str]) -> Anchor | None:
    start, end = _number(fields, "line"), _number(fields, "lineEnd")
    first, last = _number(fields, "lineStartColumn"), _number(fields, "lineEndColumn")
    if start is None:
        return None
    if end is None:
        last = None
    elif last == 1 and end >= start:
        end, last = max(end - 1, start), None
    if last is None:
        first = None if first == 1 else first
        end = None if end == start else end
    return Anchor(start, end, first, last)


def _number(fields: dict[str, str], key: str) -> int | None:
    text = fields.get(key, "")
    return int(text) if _NUMBER.fullmatch(text) else None


def _write_lines(anchor: Anchor) -> str:
    last, start_column, end_column = anchor.last, anchor.start_column, anchor.end_column
    if end_column is None and not anchor.inverted:
        last, start_column, end_column = last + 1, start_column or 1, 1
    written = {"line": anchor.start, "lineEnd": last, "lineStartColumn": start_column, "lineEndColumn": end_column}
    return "&".join(f"{key}={value}" for key, value in written.items() if value is not None)
