"""The place a repository comes from, and the one way to fetch from it.

Redirects: git would take an `http.extraHeader` with a token along to another host, so the first
attempt follows none. If the host points elsewhere, one attempt without any credential follows,
and the new address is remembered; on the same host the credentials may then be used again.
"""

import contextlib
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from auditor.errors import FetchError
from auditor.fetch.bare import Bare
from auditor.fetch.config import without_credentials
from auditor.fetch.environment import Setting, scratch_environment
from auditor.fetch.failures import Setback, failure, setback_in, without_secrets
from auditor.fetch.git import Answer, Bound, run_git
from auditor.fetch.mirrors import Address

STALLED_SECONDS = 30  # a host that sends less than 1000 bytes a second for so long has stalled


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch: git's filter, further options, refspecs or ids, the most that may come, settings."""

    filter: str
    refspecs: Sequence[str]
    bytes: int
    options: Sequence[str] = ()
    settings: Sequence[Setting] = ()


class Remote:
    """A repository elsewhere. `moved_to` is where its host redirected to, remembered in `note`."""

    def __init__(
        self,
        address: Address,
        *,
        settings: Sequence[Setting],
        config_file: Path,
        note: Path,
        seconds: float,
        offline: bool,
        cancelled: threading.Event | None,
    ) -> None:
        self.reachable = address.local or not offline
        self._address = address
        self._settings = tuple(settings)
        self._config_file = config_file
        self._note = note
        self._seconds = seconds
        self._cancelled = cancelled
        self._url = address.url
        self._trusted = True
        self.moved_to: str | None = None
        with contextlib.suppress(OSError):
            self.moved_to = note.read_text("utf-8").strip() or None

    @property
    def name(self) -> str:
        """The address as it may be shown."""
        return without_secrets(self._address.url)

    def fetch(self, bare: Bare, order: Order) -> Setback | None:
        """Fetch into `bare`; None when everything arrived, else what went wrong but can be mended.

        Raises `FetchError` for everything that cannot.
        """
        if not self.reachable:
            raise FetchError("offline", f"{self.name}: not all of it is in the cache; run once without --offline")
        answer = self._attempt(bare, order, follow=False)
        setback = setback_in(answer.err) if answer.code else None
        if setback and setback.word == "moved":
            answer = self._follow(bare, order)
            setback = setback_in(answer.err) if answer.code else None
        elif self.moved_to is not None and self._url == self._address.url:
            self._remember(None)  # it answers at its old address again
        if answer.code and (setback is None or setback.word == "moved"):
            raise failure(answer.err, answer.code, self._url)
        return setback

    def _follow(self, bare: Bare, order: Order) -> Answer:
        """Go where the host points to, without credentials, and note where that is."""
        self._trusted = False
        answer = self._attempt(bare, order, follow=True)
        found = re.search(r"^warning: redirecting to (\S+?)/?$", answer.err, re.M)
        if found is None:
            why = failure(answer.err, answer.code, self._url)
            if why.reason == "denied":
                raise FetchError(
                    "redirected", f"{self.name} moved to a place that asks for credentials; none were sent"
                )
            raise why
        self._url = found[1]
        self._trusted = _same_host(self._url, self._address.url)
        self._remember(without_secrets(self._url))
        return answer

    def _remember(self, moved_to: str | None) -> None:
        """Keep the new address for runs that find everything in the cache."""
        self.moved_to = moved_to
        with contextlib.suppress(OSError):  # a cache that cannot be written costs only the reminder
            self._note.write_text(moved_to or "", "utf-8")

    def _attempt(self, bare: Bare, order: Order, *, follow: bool) -> Answer:
        own = self._settings if self._trusted else without_credentials(self._settings)
        settings = [
            *own,
            *order.settings,
            ("remote.origin.url", self._url),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialCloneFilter", order.filter),
            ("http.followRedirects", "initial" if follow else "false"),
            ("http.lowSpeedLimit", "1000"),
            ("http.lowSpeedTime", str(max(1, int(min(STALLED_SECONDS, self._seconds))))),
        ]
        arguments = ["--git-dir", str(bare.path), "fetch", "--no-tags", "--no-write-fetch-head"]
        arguments += ["--no-auto-maintenance", "--no-recurse-submodules", f"--filter={order.filter}", *order.options]
        arguments += [] if follow else ["--quiet"]  # which would hide where the host redirects to
        return run_git(
            [*arguments, "--stdin", "--end-of-options", "origin"],
            environment=scratch_environment(settings, protocols=self._address.protocols, config_file=self._config_file),
            bound=Bound(self._seconds, order.bytes, bare.path / "objects" / "pack", self._cancelled),
            stdin="".join(f"{refspec}\n" for refspec in order.refspecs).encode(),
        )


def _same_host(one: str, other: str) -> bool:
    """Whether two URLs have scheme, host and port in common."""
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.netloc.rpartition("@")[2].lower()) == (
        second.scheme,
        second.netloc.rpartition("@")[2].lower(),
    )
