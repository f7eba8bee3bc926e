"""Requests to the host's API: the only door to PyGithub.

PyGithub gives authentication, pacing, and the refusal to carry a token to another host. Its objects are not used: they
take an answer 3xx for success, follow links that answers name, and their retries repeat a POST that may have been
carried out. What is sent and how often must be known here, so requests are plain, and waiting is done in one place.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from auditor import __version__
from auditor.hosts.access import Access
from auditor.hosts.failures import HostError, lacks_right, message_of, refusal
from auditor.hosts.limits import limit_wait

if TYPE_CHECKING:
    from github.Requester import Requester

Verb = Literal["GET", "POST", "PATCH"]
Answer = TypeVar("Answer")

# The version of the API that the requests are written for, https://docs.github.com/rest/about-the-rest-api/api-versions
_API_VERSION = "2022-11-28"
_PER_PAGE = 100  # the most that GitHub gives
_PAGES = 100
_ATTEMPTS = 4


class _Again(Exception):
    """The same request may be sent again after some seconds; `error` is what it is if that does not help."""

    def __init__(self, seconds: float, error: HostError) -> None:
        super().__init__(str(error))
        self.seconds = seconds
        self.error = error


class Client:
    """Asks one host. Every method raises HostError when the host does not do what it is asked.

    `pause` waits for a number of seconds, `clock` gives the seconds since the epoch.
    """

    def __init__(
        self, access: Access, pause: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.time
    ) -> None:
        self.access = access
        self._pause = pause
        self._clock = clock
        self._waited = 0.0
        self._requester: Requester | None = None

    def get(self, path: str, **parameters: object) -> Any:
        """What is at `path` ("/repos/…"); asked again when the host has trouble."""
        return self._ask("GET", path, parameters, None)

    def pages(self, path: str, key: str | None = None, **parameters: object) -> Iterator[dict[str, Any]]:
        """Every object of a list that comes in pages; `key` is its name within each page, if it has one."""
        for page in range(1, _PAGES + 1):
            answer = self.get(path, **parameters, per_page=_PER_PAGE, page=page)
            items = answer.get(key) if key and isinstance(answer, dict) else answer
            if not isinstance(items, list):
                raise HostError("garbage", f"GET {path}: the answer is no list")
            yield from (item for item in items if isinstance(item, dict))
            if len(items) < _PER_PAGE:
                return
        raise HostError("invalid", f"GET {path}: more than {_PAGES * _PER_PAGE} entries; too many to look through")

    def write(self, verb: Literal["POST", "PATCH"], path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Send `body` once and give the answer, {} when it has none.

        Only what a limit refused is sent again. Raises HostError "unclear" when it may have been carried out.
        """
        answer = self._ask(verb, path, {}, dict(body))
        return answer if isinstance(answer, dict) else {}

    def settle(self, step: Callable[[], Answer]) -> Answer:
        """What `step` gives, which looks whether something is there before it writes it.

        When it is not known whether a write was carried out, the step is taken again a little later.
        """
        for attempt in range(_ATTEMPTS - 1):
            try:
                return step()
            except HostError as error:
                if error.reason != "unclear":
                    raise
                self.rest(2.0**attempt)
        return step()

    def rest(self, seconds: float) -> None:
        """Wait, within the bound of what may be waited for in all. Raises HostError "limit" beyond it."""
        if self._waited + seconds > self.access.max_wait:
            raise HostError(
                "limit",
                f"the host asks to wait {seconds:.0f} seconds; {self._waited:.0f} of at most "
                f"{self.access.max_wait:.0f} have been waited",
            )
        self._waited += seconds
        self._pause(seconds)

    def close(self) -> None:
        """Let go of the connection."""
        if self._requester is not None:
            self._requester.close()

    def _ask(self, verb: Verb, path: str, parameters: Mapping[str, object], body: dict[str, Any] | None) -> Any:
        for attempt in range(_ATTEMPTS - 1):
            try:
                return self._once(verb, path, parameters, body, attempt)
            except _Again as again:
                self.rest(again.seconds)
        try:
            return self._once(verb, path, parameters, body, _ATTEMPTS - 1)
        except _Again as again:
            raise again.error from None

    def _once(
        self, verb: Verb, path: str, parameters: Mapping[str, object], body: dict[str, Any] | None, attempt: int
    ) -> Any:
        """The answer to one request. Raises _Again when the same request may be sent once more, else HostError."""
        asked = f"{verb} {path}"
        status, headers, text = self._send(verb, path, parameters, body, attempt)
        answer = _parsed(text)
        if 200 <= status < 300:
            if answer is None and text.strip() not in ("", "null"):
                raise HostError("garbage", f"{asked}: the answer is not JSON; is this the address of the API?")
            return answer
        error = refusal(status, headers, answer, asked)
        error = HostError(error.reason, self._hidden(str(error)))
        wait = limit_wait(status, headers, message_of(answer), self._clock(), attempt)
        if wait is not None and not lacks_right(status, answer):
            raise _Again(wait, HostError("limit", str(error)))
        if status < 500:
            raise error
        if verb == "GET":
            raise _Again(2.0**attempt, error)
        raise HostError("unclear", f"{error}; it is not known whether it was carried out")

    def _send(
        self, verb: Verb, path: str, parameters: Mapping[str, object], body: dict[str, Any] | None, attempt: int
    ) -> tuple[int, Mapping[str, Any], str]:
        headers = {"Accept": "application/vnd.github+json"}
        try:
            return self._connected().requestJson(verb, path, dict(parameters), headers, body)
        except OSError as error:  # requests' errors are OSErrors
            said = f"{verb} {path}: {self._hidden(_cause(error))}"
            if verb == "GET":
                raise _Again(2.0**attempt, HostError("unreachable", said)) from None
            raise HostError("unclear", f"{said}; it is not known whether it was carried out") from None
        except RuntimeError as error:  # a redirect to another host or protocol, or one that goes round
            raise HostError("redirected", f"{verb} {path}: {self._hidden(str(error))}") from None
        except (ValueError, AssertionError) as error:  # headers that are none
            raise HostError(
                "garbage", f"{verb} {path}: the answer is none of the API: {type(error).__name__}"
            ) from None

    def _connected(self) -> "Requester":
        if self._requester is None:
            from github import Auth, Github

            logging.getLogger("github").setLevel(logging.WARNING)  # it would write to the user's terminal by itself
            self._requester = Github(
                auth=Auth.Token(self.access.token),
                base_url=self.access.api_url,
                timeout=self.access.timeout,
                user_agent=f"auditor/{__version__}",
                retry=None,
                seconds_between_requests=self.access.pace,
                seconds_between_writes=self.access.write_pace,
                api_version=_API_VERSION,
            ).requester
        return self._requester

    def _hidden(self, text: str) -> str:
        """The text in one line without the token, whoever put it there."""
        return " ".join(text.replace(self.access.token, "***").split())


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _cause(error: BaseException) -> str:
    """The innermost reason of a failed connection, without the layers that wrap it."""
    while error.__context__ is not None:
        error = error.__context__
    return f"{type(error).__name__}: {error}"
