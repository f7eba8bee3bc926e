"""From the decoded parts of a URL to a `ParsedLink`, alike for every host that names a revision and a path."""

import re

from auditor.model.permalink import Defect, ParsedLink, Permalink, RevisionKind, View
from auditor.permalinks.address import Address
from auditor.permalinks.anchors import LineStyle, parse_lines
from auditor.permalinks.revisions import revision_defects, revision_kind

# Shown as a page whose headings are anchors; its lines have none.
_RENDERED = (".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb")
_CUT_COMMIT = re.compile(r"[0-9a-f]{7,39}")
_TRUNCATED = Defect("truncated", "the URL ends before the path")


def build_file_link(
    address: Address,
    host: str,
    repository: str,
    view: View | None,
    place: tuple[str, RevisionKind | None, str],
    style: LineStyle,
) -> ParsedLink | None:
    """A link to a file or directory; `place` is revision, its kind if the form says it, and path, all decoded.

    None without a revision. A slash at the end of the path goes: git knows none there. `view` None stands for a host
    that shows files and directories under one name: "tree" for the root, else "blob". Every other view but "tree"
    shows a file; without a path it is "truncated" if the revision is a commit id cut short (hosts show the root else).
    """
    revision, kind, path = place
    if not revision:
        return None
    path = path.rstrip("/")
    anchor, defects = parse_lines(address.fragment, style) if address.fragment else (None, ())
    if path.lower().endswith(_RENDERED) and any(defect.kind == "missing-l" for defect in defects):
        anchor, defects = None, ()  # a heading of numbers, as `## 1.1.1` in a changelog
    defects = address.defects + revision_defects(revision) + defects
    if view is None:
        view = "blob" if path else "tree"
    elif not path and view != "tree" and _CUT_COMMIT.fullmatch(revision):
        defects = (*defects, _TRUNCATED)
    kind = kind or revision_kind(revision)
    return ParsedLink(Permalink(host, address.site, repository, view, revision, kind, path, anchor), defects)


def build_commit_link(address: Address, host: str, repository: str, revision: str) -> ParsedLink | None:
    """A link to a whole commit, `revision` decoded. None without one."""
    if not revision:
        return None
    link = Permalink(host, address.site, repository, "commit", revision, revision_kind(revision))
    return ParsedLink(link, address.defects + revision_defects(revision))


def clean_repository(repository: str) -> str | None:
    """The repository's path without `.git`; None when a part of it is empty, `.` or `..`."""
    while repository.endswith(".git"):
        repository = repository[:-4]
    return repository if is_plain(repository) else None


def is_plain(repository: str) -> bool:
    """Whether no part of a repository's path is empty, `.` or `..`, which a browser or git would resolve."""
    return not any(part in ("", ".", "..") for part in repository.split("/"))
