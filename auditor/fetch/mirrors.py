"""From the URL of a repository to the place it is fetched from.

A prefix ends at a path part: `https://github.com/pallets/flask` says nothing about `…/flask-login`.
"""

import re
import string
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from auditor.errors import FetchError
from auditor.fetch.failures import without_secrets

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # unlike lower(), keeps the length
_SCP = re.compile(r"(?:[\w.-]+@)?([\w.-]{2,}):(?!//)(.+)", re.S)  # git@github.com:pallets/flask


@dataclass(frozen=True, slots=True)
class Address:
    """Where a repository is fetched from: a URL, or a folder of this machine.

    `protocols` are what git may speak to get there; `key` names the repository in the cache
    (host, path) with everything removed that does not tell repositories apart.
    """

    url: str
    local: bool
    protocols: tuple[str, ...]
    key: tuple[str, str]


def locate(url: str, mirrors: tuple[tuple[str, str], ...]) -> Address:
    """The address for a repository's URL: the mirror with the longest matching prefix, or the URL itself.

    Raises `FetchError` "refused" for what git must not be asked (options, unknown protocols),
    "not-found" if the mirror is a local path that does not exist.
    """
    location = mirror_of(url, mirrors)
    if location is None:
        return _remote(url)
    return _remote(location) if _is_remote(location) else _local(Path(location))


def mirror_of(url: str, mirrors: tuple[tuple[str, str], ...]) -> str | None:
    """The place that stands in for a repository's URL: LOCATION with the rest of the URL after PREFIX."""
    wanted = _comparable(url)
    best = ""
    target: str | None = None
    for prefix, location in mirrors:
        plain = _comparable(prefix)
        if len(plain) > len(best) and (wanted == plain or wanted.startswith(plain + "/")):
            best, target = plain, location
    if target is None:
        return None
    rest = _stripped(url)[len(best) :]
    return target.rstrip("/") + rest if rest else target


def _is_remote(location: str) -> bool:
    return bool(_SCHEME.match(location) or _SCP.fullmatch(location))


def _stripped(url: str) -> str:
    return url.rstrip("/").removesuffix(".git").rstrip("/")


def _comparable(url: str) -> str:
    """The URL with what does not matter made equal; as long as `_stripped` of it."""
    plain = _stripped(url)
    scheme = _SCHEME.match(plain)
    if scheme is None:
        return plain
    host, slash, path = plain[scheme.end() :].partition("/")
    # GitHub's names ignore case: owner and repository, which is all there is before ".git".
    path = path.translate(_LOWER) if host.translate(_LOWER) == "github.com" else path
    return scheme[0].translate(_LOWER) + host.translate(_LOWER) + slash + path


def _remote(url: str) -> Address:
    if url.startswith("-") or not url.isprintable():
        raise FetchError("refused", f"{url[:100]!r} is not the address of a repository")
    scheme = _SCHEME.match(url)
    if scheme is None and (scp := _SCP.fullmatch(url)):
        return Address(url, False, ("ssh",), (scp[1].lower(), _stripped(scp[2])))
    name = scheme[1].lower() if scheme else ""
    if name not in ("https", "http", "ssh"):
        raise FetchError("refused", f"{without_secrets(url)[:200]!r}: only https, http and ssh addresses are fetched")
    try:
        parts = urlsplit(_comparable(url))
    except ValueError as error:
        raise FetchError("refused", f"{without_secrets(url)[:200]!r} is not the address of a repository") from error
    host = parts.netloc.rpartition("@")[2]
    if not host or host.startswith("-"):
        raise FetchError("refused", f"{without_secrets(url)[:200]!r} names no host")
    # Plain http is spoken only where the user wrote it.
    protocols = ("http", "https") if name == "http" else ("https", "ssh")
    return Address(url, False, protocols, (host, parts.path))


def _local(path: Path) -> Address:
    place = path.expanduser().absolute()
    candidates = (place, place.with_name(place.name + ".git"))
    found = next((candidate for candidate in candidates if candidate.is_dir()), None)
    if found is None:
        raise FetchError("not-found", f"the mirror {place} does not exist")
    if (found / ".git").is_dir():
        found = found / ".git"
    return Address(str(found), True, ("file",), ("local", str(found)))
