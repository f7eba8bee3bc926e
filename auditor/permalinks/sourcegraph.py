"""Sourcegraph: `/github.com/golang/go@<rev>/-/blob/path#L123-125`, a view of a repository that another host keeps.

The link is understood as one to that host (GitHub or GitLab), so that `Permalink.repository_url` is the true
repository. Without a revision the default branch is shown, which both hosts call HEAD.
"""

import re
from urllib.parse import unquote

from auditor.model.permalink import Anchor, ParsedLink
from auditor.permalinks import github, gitlab
from auditor.permalinks.address import Address, quote_segment
from auditor.permalinks.anchors import GITHUB, GITLAB, render_lines
from auditor.permalinks.hosts import Hosts
from auditor.permalinks.revisions import DEFAULT_BRANCH

_NUMBER = "[0-9]{1,99}"
_LINES = re.compile(rf"L({_NUMBER})(?::({_NUMBER}))?(?:-L?({_NUMBER})(?::({_NUMBER}))?)?")


def parse(address: Address) -> ParsedLink | None:
    """The link to code at `address`, or None for every other page and for repositories on other hosts."""
    name, _, page = address.path.partition("/-/")
    name, _, revision = name.partition("@")
    view, _, path = page.partition("/")
    if view not in ("blob", "tree", "raw") or not path:
        return None
    anchor = _find_anchor(address)
    place = f"{view}/{quote_segment(unquote(revision)) or DEFAULT_BRANCH}/{path}"
    host, grammar, repository = _split(name)
    if grammar == "github":
        lines = render_lines(anchor, GITHUB)
        return github.parse(Address("https", host, f"{repository}/{place}", "", lines, address.defects))
    if grammar == "gitlab":
        lines = render_lines(anchor, GITLAB)
        return gitlab.parse(Address("https", host, f"{repository}/-/{place}", "", lines, address.defects))
    return None


def find_repository(address: Address) -> str | None:
    """The repository that is shown, on the host that keeps it."""
    host, grammar, repository = _split(address.path.partition("/-/")[0].partition("@")[0])
    if grammar == "github":
        return github.find_repository(Address("https", host, repository))
    return gitlab.find_repository(Address("https", host, repository)) if grammar == "gitlab" else None


def _split(name: str) -> tuple[str, str | None, str]:
    host, _, repository = name.partition("/")
    host = host.lower()
    return host, Hosts.default().find_grammar(host), repository


def _find_anchor(address: Address) -> Anchor | None:
    """Lines, and columns after a colon, from the fragment (`#L306:15`) or the query (`?L20-21`)."""
    for part in (*address.fragment.split("&"), *address.query.split("&")):
        if match := _LINES.fullmatch(part):
            start, start_column, end, end_column = (int(number) if number else None for number in match.groups())
            return None if start is None else Anchor(start, end, start_column, end_column)
    return None
