"""What a written revision claims to be, and the slice of a path that holds one."""

import re
from urllib.parse import unquote

from auditor.model.permalink import Defect, RevisionKind

# What stands for the default branch where a URL names no revision and need not (gitglossary, "HEAD").
DEFAULT_BRANCH = "HEAD"

# SHA-1 and SHA-256 object names (gitglossary, "object name"; hash-function-transition).
_OBJECT_ID = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_OVERLONG = re.compile(r"[0-9a-fA-F]{41,63}")

# The spelled-out namespaces of refs; `refs/heads/release/v2` is cut at the first slash like any other branch.
_NAMESPACES: dict[str, RevisionKind] = {"heads": "branch", "tags": "tag"}
_EXPLICIT = re.compile(r"refs/(heads|tags)/([^/]+)(?:/(.*))?", re.DOTALL)


def revision_kind(revision: str) -> RevisionKind:
    """A full object id is a commit. Shorter hexadecimal text may be an abbreviation or a branch: "any"."""
    return "commit" if len(revision) in (40, 64) and _OBJECT_ID.fullmatch(revision) else "any"


def revision_defects(revision: str) -> tuple[Defect, ...]:
    """ "overlong-commit" for 41 to 63 hexadecimal digits, which no object id has."""
    if len(revision) <= 40 or not _OVERLONG.fullmatch(revision):
        return ()
    return (Defect("overlong-commit", f"a commit id has 40 digits, this one {len(revision)}"),)


def split_revision(text: str) -> tuple[str, RevisionKind | None, str]:
    """Cut `<revision>/<path>` and decode both; the kind is None unless `refs/heads/…` or `refs/tags/…` says it.

    Where a branch or tag with a slash ends cannot be seen; the first segment is taken, unless it is written `%2F`.
    """
    if text.startswith("refs/") and (match := _EXPLICIT.fullmatch(text)):
        return unquote(match[2]), _NAMESPACES[match[1]], unquote(match[3] or "")
    revision, _, path = text.partition("/")
    revision, path = unquote(revision), unquote(path)
    # The same form, percent-encoded where nobody needs to (`refs/%68eads/x`): must not mean something else.
    if revision == "refs" and (match := _EXPLICIT.fullmatch(f"refs/{path}")):
        return match[2], _NAMESPACES[match[1]], match[3] or ""
    return revision, None, path


def ref_prefix(kind: RevisionKind) -> str:
    """What to write before a revision so that its kind can be read back by `split_revision`."""
    return {"branch": "refs/heads/", "tag": "refs/tags/"}.get(kind, "")
