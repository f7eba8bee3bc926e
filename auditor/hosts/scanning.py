"""SARIF for the host's code scanning."""

import base64
import gzip

from auditor.hosts.client import Client
from auditor.hosts.failures import HostError
from auditor.model.publication import Part, PublicationTarget

# GitHub's documentation, "SARIF support for code scanning": "gzip-compressed, 10 MB".
_LARGEST = 10_000_000


def put_sarif(client: Client, target: PublicationTarget, name: str, sarif: str) -> Part:
    """Upload a SARIF document; a later one for the same commit takes its place, so it may be sent again.

    Raises HostError.
    """
    ref = f"refs/pull/{target.pull}/head" if target.pull else target.ref
    if ref is None:
        return Part("SARIF", "failed", "it is not known which branch the commit belongs to")
    packed = gzip.compress(sarif.encode("utf-8", "replace"), mtime=0)
    if len(packed) > _LARGEST:
        return Part("SARIF", "failed", f"{len(packed)} bytes when packed; the host takes {_LARGEST}")
    body = {
        "commit_sha": target.commit,
        "ref": ref,
        "sarif": base64.b64encode(packed).decode("ascii"),
        "tool_name": name,
    }
    answer = client.settle(lambda: client.write("POST", f"/repos/{target.repository}/code-scanning/sarifs", body))
    if not answer.get("id"):
        raise HostError("garbage", "the upload of SARIF was answered without an id")
    return Part("SARIF", "created", str(answer.get("url") or ""))
