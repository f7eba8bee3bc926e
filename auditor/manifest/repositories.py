"""The many ways in which packages name their repository, as the one URL that the rest of the tool understands."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from auditor.permalinks import parse_repository

# In this order, after google/oss-rebuild:pkg/rebuild/pypi/infer.go and PyPA's well-known labels of Project-URL:
# labels that promise source code, then those that may lead to any page.
_PLAIN_LABELS = ("source", "sourcecode", "code", "repository")
_LABELS = ("project", "github", "homepage", "home")
_SHORTHANDS = {"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}  # package.json, npm

_LONGEST = 1000
_UNTOLD = "UNKNOWN"  # what setuptools wrote for fields without a value
_PREFIX = re.compile(r"(?:scm:)?git[+:](?!//)", re.IGNORECASE)
_SHORT = re.compile(r"(github|gitlab|bitbucket):([\w.-]+/[\w./-]+)")
_SCP = re.compile(r"(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):(?!//|[0-9]+/)([^/].*)")
_URL = re.compile(r"(https?|ssh|git|file)://([^/?#]*)(/[^?#]*)?", re.IGNORECASE)
_FULL_ID = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_SHORT_ID = re.compile(r"[0-9a-f]{7,64}")
_NUMBER = re.compile(r"[0-9]+")


def labelled_addresses(metadata: Any) -> Iterator[tuple[str, str]]:
    """The addresses in core metadata, a message as `email` or `importlib.metadata` parse it, with their labels."""
    for written in metadata.get_all("Project-URL") or ():
        label, _, url = str(written).partition(",")
        yield label, url.strip()
    home = metadata.get("Home-page")
    if home and home != _UNTOLD:
        yield "home", str(home).strip()


def repository_url(written: object) -> str | None:
    """The repository that a URL leads to, in any of the forms that git, npm and pip understand; None for no URL.

    Of a known code host the page of the repository ("https://github.com/pallets/flask"), else the URL without its
    query. User names and passwords are dropped, but for the "git@" of ssh, which belongs to the address.
    """
    if not isinstance(written, str) or len(written) > _LONGEST or any(char.isspace() for char in written.strip()):
        return None
    text = _PREFIX.sub("", written.strip(), count=1)
    if short := _SHORT.fullmatch(text):
        return repository_url(f"https://{_SHORTHANDS[short[1]]}/{short[2]}")
    if scp := _SCP.fullmatch(text):
        text = f"ssh://git@{scp[1]}/{scp[2]}"
    match = _URL.match(text)
    if match is None:
        return None
    scheme, host, path = match[1].lower(), match[2].rpartition("@")[2].lower(), (match[3] or "").rstrip("/")
    if scheme == "file":
        return f"file://{match[2]}{path}"
    if not host or not path or "$" in host:
        return None
    known = parse_repository(f"https://{host}{path}")
    user = "git@" if scheme == "ssh" else ""
    return known or f"{scheme}://{user}{host}{path.removesuffix('.git')}"


def labelled_repository(labelled: Iterable[tuple[str, str]]) -> str | None:
    """The repository among a package's labelled URLs (Project-URL); a homepage counts when it is on a code host."""
    urls: dict[str, str] = {}
    for label, url in labelled:
        urls.setdefault(re.sub(r"[^a-z]", "", label.lower()), url)
    for label in (*_PLAIN_LABELS, *_LABELS):
        read = repository_url if label in _PLAIN_LABELS else _on_host
        if label in urls and (found := read(urls[label])):
            return found
    return None


def _on_host(url: str) -> str | None:
    return parse_repository(url) if len(url) <= _LONGEST else None


def is_full_id(text: str) -> bool:
    """Whether a text is a whole git object id: 40 hexadecimal digits, 64 in a SHA-256 repository."""
    return _FULL_ID.fullmatch(text) is not None


def split_revision(written: object) -> tuple[str | None, str | None]:
    """What follows the `@` or `#` of a git URL, as (commit, branch or tag): one of the two, or neither.

    Shorter hexadecimal text is an abbreviated commit, unless it has no letter: then it may be a tag such as 20240101.
    """
    if not isinstance(written, str) or not written.strip() or len(written) > _LONGEST:
        return None, None
    text = written.strip()
    if is_full_id(text) or (_SHORT_ID.fullmatch(text) and not _NUMBER.fullmatch(text)):
        return text.lower(), None
    return None, text
