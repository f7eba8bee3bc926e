"""When a link was written: the history of the report's own repository.

That repository may be anybody's checkout, so its configuration is overruled wherever it could
run something: hooks, fsmonitor, pager, external diff, textconv, signature check.
"""

import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from auditor.errors import FetchError
from auditor.fetch.environment import scratch_environment
from auditor.fetch.failures import without_secrets
from auditor.fetch.git import Answer, Bound, run_git

SECONDS = 20
MOST_BYTES = 64 << 20

OVERRULED = (
    ("safe.directory", "*"),  # a container's checkout often belongs to another user; nothing in it is run
    ("log.showSignature", "false"),
    ("diff.external", ""),
    ("core.pager", "cat"),
)
_LOG = ["log", "--follow", "-p", "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--format=%x00%cI"]
# After a link: nothing that would make it the beginning of a longer one.
_ENDS = re.compile(rb"(?![_#/%&=+~.?:-]{0,3}[A-Za-z0-9])")


def written_dates(document: Path, urls: Iterable[str]) -> dict[str, str | None]:
    """When each URL text first came into a document: committer date (ISO 8601) of the first commit that added it.

    None for a URL that no committed line holds. Empty if the document is in no repository, was
    never committed, or has a history beyond 20 s or 64 MiB.
    """
    wanted = {url.encode("utf-8", "surrogateescape"): url for url in urls if url}
    deadline = time.monotonic() + SECONDS
    try:
        with tempfile.NamedTemporaryFile() as log:
            answer = _ask(document, [*_LOG, "--", f"./{document.name}"], log)
            log.seek(0)
            commits = list(_added(log)) if answer.code == 0 else []
    except FetchError:
        return {}
    dates: dict[str, str | None] = dict.fromkeys(wanted.values()) if commits else {}
    for date, text in reversed(commits):  # oldest first, and what is found need not be looked for again
        if time.monotonic() > deadline:
            return {}
        for found in [url for url in wanted if _stands_in(text, url)]:
            dates[wanted.pop(found)] = date
    return dates


def last_commit_date(document: Path) -> str | None:
    """Committer date (ISO 8601) of the last commit that changed a document; None if it was never committed."""
    try:
        answer = _ask(document, ["log", "-1", "--no-color", "--format=%cI", "--", f"./{document.name}"])
    except FetchError:
        return None
    return answer.out.decode("ascii", "replace").strip() or None


def own_repository(document: Path) -> tuple[Path, str | None, str | None] | None:
    """(root folder, HEAD's commit, URL of the remote) of the repository a document lies in; None if in none."""
    try:
        root = _text(_ask(document, ["rev-parse", "--show-toplevel"]))
        head = _text(_ask(document, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]))
        url = _text(_ask(document, ["config", "--get", "remote.origin.url"]))
    except FetchError:
        return None
    return (Path(root), head, without_secrets(url) if url else None) if root else None


def _text(answer: Answer) -> str | None:
    return answer.out.decode("utf-8", "surrogateescape").strip("\n") or None if answer.code == 0 else None


def _ask(document: Path, arguments: list[str], output: IO[bytes] | None = None) -> Answer:
    return run_git(
        ["--no-pager", "--literal-pathspecs", *arguments],
        environment=scratch_environment(OVERRULED),
        bound=Bound(SECONDS, MOST_BYTES, Path(output.name) if output else None),
        folder=document.absolute().parent,
        output=output,
    )


def _added(log: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """(date, added lines) of each commit, in the log's order."""
    date = ""
    lines: list[bytes] = []
    for line in log:
        if line.startswith(b"\0"):
            if date:
                yield date, b"".join(lines)
            date, lines = line[1:].decode("ascii", "replace").strip(), []
        elif line.startswith(b"+") and not line.startswith(b"+++ "):
            lines.append(line[1:])
    if date:
        yield date, b"".join(lines)


def _stands_in(text: bytes, url: bytes) -> bool:
    """Whether a URL stands in a text by itself, not as the beginning of a longer one."""
    at = text.find(url)
    while at >= 0:
        if _ENDS.match(text, at + len(url)):
            return True
        at = text.find(url, at + 1)
    return False
