"""What a host knows about repositories that git does not say: that one is archived, and which licence is shown."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from auditor.hosts.client import Client
from auditor.hosts.failures import HostError
from auditor.model.hosted import HostedRepository

# An hour's allowance of a job's token is 1,000 requests (GitHub's documentation, "Rate limits for the REST API").
MOST = 200
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")


def repository_facts(urls: Iterable[str], client: Client) -> dict[str, HostedRepository]:
    """What the host says about each of its repositories, by URL as given; those of other hosts are left out.

    Never raises for what the host does: what could not be asked has a `trouble`.
    """
    asked: dict[str, HostedRepository] = {}
    known: dict[str, HostedRepository] = {}
    trouble: str | None = None
    for url in urls:
        name = _name_of(url, client.access.web_host)
        if name is None:
            continue
        if name.lower() not in asked:
            if trouble is None and len(asked) == MOST:
                trouble = f"more than {MOST} repositories; the host was not asked about the others"
            try:
                fact = HostedRepository(url, trouble=trouble) if trouble else _ask(client, name, url)
            except HostError as error:
                trouble = str(error) if error.reason in HostError.FATAL else None
                fact = HostedRepository(url, trouble=str(error))
            asked[name.lower()] = fact
        known[url] = asked[name.lower()]
    return known


def _ask(client: Client, name: str, url: str) -> HostedRepository:
    answer = client.get(f"/repos/{name}")
    now = answer.get("full_name") if isinstance(answer, dict) else None
    if not isinstance(now, str) or not _NAME.fullmatch(now):
        raise HostError("garbage", f"GET /repos/{name}: the answer is no repository")
    moved = None if now.lower() == name.lower() else f"https://{client.access.web_host}/{now}"
    return HostedRepository(url, moved, answer.get("archived") is True, _license(answer.get("license")))


def _license(shown: Any) -> str | None:
    """The SPDX id; "NOASSERTION" is the host's word for a licence that it does not know."""
    spdx = shown.get("spdx_id") if isinstance(shown, dict) else None
    return spdx if isinstance(spdx, str) and spdx != "NOASSERTION" else None


def _name_of(url: str, host: str) -> str | None:
    """OWNER/NAME of a repository's URL, None when it is not of this host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower().removeprefix("www.") != host:
        return None
    name = parts.path.strip("/").removesuffix(".git")
    return name if _NAME.fullmatch(name) and name.rpartition("/")[2] not in (".", "..") else None
