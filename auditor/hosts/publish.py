"""Everything that is posted about a commit, part by part, so that any run may be repeated or broken off."""

import re
from collections.abc import Callable, Iterator

from auditor.errors import UsageError
from auditor.hosts.checks import put_check_run
from auditor.hosts.client import Client
from auditor.hosts.comments import put_comment
from auditor.hosts.failures import HostError
from auditor.hosts.people import Authorship
from auditor.hosts.scanning import put_sarif
from auditor.hosts.suggestions import put_suggestions
from auditor.model.publication import Fallback, Part, PartKind, Publication, PublicationTarget, Published

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_Step = tuple[PartKind, Callable[[], Part]]


def publish(publication: Publication, target: PublicationTarget, client: Client) -> Published:
    """Post the publication; what is there already stays, what has changed is brought up to date.

    Never raises for what the host does: each part says what came of it. When the check run cannot be had the
    `fallback` says why. Raises UsageError for a name, repository or commit that are none.
    """
    _check(publication, target)
    parts: list[Part] = []
    for kind, step in _steps(publication, target, client):
        try:
            parts.append(step())
        except HostError as error:
            parts.append(Part(kind, "refused" if error.reason == "denied" else "failed", str(error)))
            if error.reason in HostError.FATAL or (target.fork and error.reason == "denied"):
                break
    first = parts[0]
    fallback = Fallback(_reason(first, target)) if first.outcome in ("refused", "failed") else None
    return Published(tuple(parts), fallback)


def _steps(publication: Publication, target: PublicationTarget, client: Client) -> Iterator[_Step]:
    """What is to be done, the check run first: it is what a merge waits for."""
    authorship = Authorship(client)
    yield "check run", lambda: put_check_run(client, target, publication)
    if target.pull is not None:
        yield "comment", lambda: put_comment(client, target, publication, authorship)
        yield "suggestions", lambda: put_suggestions(client, target, publication.suggestions, authorship)
    if publication.sarif is not None:
        sarif = publication.sarif
        yield "SARIF", lambda: put_sarif(client, target, publication.name, sarif)


def _reason(part: Part, target: PublicationTarget) -> str:
    if part.outcome == "refused" and target.fork:
        return f"a pull request from a fork gets a token that may only read ({part.detail})"
    if part.outcome == "refused":
        return f"the token has no right to write check runs ({part.detail})"
    return part.detail


def _check(publication: Publication, target: PublicationTarget) -> None:
    """What goes into addresses and markers must be of the form that it promises."""
    if not _NAME.fullmatch(publication.name) or "--" in publication.name:
        raise UsageError(f"{publication.name!r}: a name has letters, digits, and single . - _ / between them")
    if not _REPOSITORY.fullmatch(target.repository) or target.repository.rpartition("/")[2] in (".", ".."):
        raise UsageError(f"{target.repository!r}: write the repository as OWNER/NAME")
    if not _COMMIT.fullmatch(target.commit):
        raise UsageError(f"{target.commit!r}: write the commit as its full id")
    if target.pull is not None and target.pull < 1:
        raise UsageError(f"{target.pull}: pull requests are counted from 1")
