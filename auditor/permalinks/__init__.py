"""Text to Permalink and back: one grammar per code host, pure (no disk, no network).

Everything here takes URLs as somebody wrote them and never raises on them; what had to be mended to understand
one is listed as defects. Whether the place exists is not asked.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from auditor.model.permalink import Anchor, ParsedLink, Permalink
from auditor.permalinks import azure, bitbucket, cgit, gist, gitea, github, gitiles, gitlab, sourcegraph, sourcehut
from auditor.permalinks.address import Address, parse_address
from auditor.permalinks.guess import guess_grammar
from auditor.permalinks.hosts import Hosts, settle_site

__all__ = ["DEFAULT", "Hosts", "clone_url", "file_link", "parse_link", "parse_repository", "render_link"]

DEFAULT = Hosts.default()


class _Reader(NamedTuple):
    parse: Callable[[Address], ParsedLink | None]
    find_repository: Callable[[Address], str | None]


_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "azure": _Reader(azure.parse, azure.find_repository),
        "bitbucket": _Reader(bitbucket.parse, bitbucket.find_repository),
        "cgit": _Reader(cgit.parse, cgit.find_repository),
        "gist": _Reader(gist.parse, gist.find_repository),
        "gitea": _Reader(gitea.parse, gitea.find_repository),
        "github": _Reader(github.parse, github.find_repository),
        "github-raw": _Reader(github.parse_raw, github.find_raw_repository),
        "gitiles": _Reader(gitiles.parse, gitiles.find_repository),
        "gitlab": _Reader(gitlab.parse, gitlab.find_repository),
        "sourcegraph": _Reader(sourcegraph.parse, sourcegraph.find_repository),
        "sourcehut": _Reader(sourcehut.parse, sourcehut.find_repository),
    }
)

# Raw files and Sourcegraph's pages become links to the repository's own host, so they have no writer.
_WRITERS: Mapping[str, Callable[[Permalink], str]] = MappingProxyType(
    {
        "azure": azure.render,
        "bitbucket": bitbucket.render,
        "cgit": cgit.render,
        "gist": gist.render,
        "gitea": gitea.render,
        "github": github.render,
        "gitiles": gitiles.render,
        "gitlab": gitlab.render,
        "sourcehut": sourcehut.render,
    }
)

_CLONE_URLS: Mapping[str, Callable[[Permalink], str]] = MappingProxyType(
    {"cgit": cgit.clone_url, "gist": gist.clone_url}
)


def parse_link(url: str, hosts: Hosts = DEFAULT) -> ParsedLink | None:
    """Understand a URL as a link to code; None when it is another page (an issue, a repository's front page).

    The scheme may be missing for a host in `hosts`. A host that is not in `hosts` is understood when the form of the
    URL leaves no doubt about the software that answers.
    Where a branch name with slashes ends cannot be seen: its first segment becomes the revision, the rest the path.
    A page that needs no revision and names none shows the default branch: "HEAD". `revision` is None only for a pull
    request's files and beside the defect "missing-revision".
    """
    address = parse_address(url)
    if address is None:
        return None
    address, grammar = settle_site(address, hosts)
    return _READERS[grammar].parse(address) if grammar else _parse_unknown(address)


def parse_repository(url: str, hosts: Hosts = DEFAULT) -> str | None:
    """The address of the repository that any URL in it belongs to: `https://github.com/pallets/flask`; or None."""
    address = parse_address(url)
    if address is None:
        return None
    address, grammar = settle_site(address, hosts)
    if grammar:
        return _READERS[grammar].find_repository(address)
    parsed = _parse_unknown(address)
    return parsed.link.repository_url if parsed else None


def render_link(link: Permalink) -> str:
    """The canonical URL of a link; `parse_link` gives the same link back, for one without defects.

    What the host has no way to write (columns, the end of a range) is left out. Raises ValueError for an unknown
    `link.host`.
    """
    if link.host not in _WRITERS:
        raise ValueError(f"unknown kind of host {link.host!r}")
    return _WRITERS[link.host](link)


def file_link(
    repository: str, commit: str, path: str, lines: tuple[int, int] | None = None, hosts: Hosts = DEFAULT
) -> Permalink | None:
    """The link to a file, or to lines of it (first, last), at a commit of the repository at a URL.

    None when the host's way of writing links is not known.
    """
    root = parse_repository(repository, hosts)
    address = parse_address(root) if root else None
    if root is None or address is None:
        return None
    address, grammar = settle_site(address, hosts)
    grammar = grammar or guess_grammar(address)
    if grammar is None or grammar not in _WRITERS:
        return None
    anchor = Anchor(lines[0], lines[1] if lines[1] != lines[0] else None) if lines else None
    name = root.removeprefix(address.site).strip("/")
    return Permalink(grammar, address.site, name, "blob", commit, "commit", path, anchor)


def clone_url(link: Permalink) -> str:
    """The URL that git fetches the link's repository from."""
    special = _CLONE_URLS.get(link.host)
    return special(link) if special else link.repository_url


def _parse_unknown(address: Address) -> ParsedLink | None:
    """A link on an unknown host whose form leaves no doubt, not even when it is written canonically."""
    grammar = guess_grammar(address)
    parsed = _READERS[grammar].parse(address) if grammar else None
    canonical = parse_address(render_link(parsed.link)) if parsed else None
    return parsed if canonical and guess_grammar(canonical) == grammar else None
