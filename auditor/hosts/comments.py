"""The one comment on a pull request: made when something is found, kept up to date, resolved when all is well."""

from typing import Any

from auditor.hosts.client import Client
from auditor.hosts.people import Authorship
from auditor.hosts.texts import cut_markdown
from auditor.model.publication import Part, Publication, PublicationTarget

_CUT = "*The rest is left out: a comment is no longer than this. The check run and the job show all of it.*"


def put_comment(client: Client, target: PublicationTarget, publication: Publication, authorship: Authorship) -> Part:
    """See to it that the pull request has one comment with this result, none if there never was one to make.

    Raises HostError.
    """
    return client.settle(lambda: _put(client, target, publication, authorship))


def marker(name: str) -> str:
    """The first line of our comment, which a reader does not see. `name` has no `-->`."""
    return f"<!-- auditor:comment:{name} -->"


def _put(client: Client, target: PublicationTarget, publication: Publication, authorship: Authorship) -> Part:
    found = _find(client, target, publication.name, authorship)
    text = publication.comment if publication.comment is not None else publication.resolved if found else None
    if text is None:
        return Part("comment", "none")
    body = cut_markdown(f"{marker(publication.name)}\n{text}", _CUT)
    if found is None:
        path = f"/repos/{target.repository}/issues/{target.pull}/comments"
        return Part("comment", "created", _address(client.write("POST", path, {"body": body})))
    if _trim(found.get("body")) == _trim(body):
        return Part("comment", "unchanged", _address(found))
    client.write("PATCH", f"/repos/{target.repository}/issues/comments/{found['id']}", {"body": body})
    return Part("comment", "updated", _address(found))


def _find(client: Client, target: PublicationTarget, name: str, authorship: Authorship) -> dict[str, Any] | None:
    for comment in client.pages(f"/repos/{target.repository}/issues/{target.pull}/comments"):
        begins = str(comment.get("body") or "").startswith(marker(name))
        if begins and isinstance(comment.get("id"), int) and authorship.is_ours(comment):
            return comment
    return None


def _address(comment: dict[str, Any]) -> str:
    return str(comment.get("html_url") or "")


def _trim(text: object) -> str:
    return str(text or "").replace("\r\n", "\n").strip()
