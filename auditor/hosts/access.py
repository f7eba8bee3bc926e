"""Which host is asked, and on whose behalf."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from auditor.errors import UsageError

PUBLIC_API = "https://api.github.com"
# What GitHub Actions and the `gh` program set, in the order in which they are looked for.
TOKEN_VARIABLES = ("GITHUB_TOKEN", "GH_TOKEN")
API_VARIABLE = "GITHUB_API_URL"

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Access:
    """The root of a host's API, the token for it, and how patient to be.

    `max_wait`: seconds that limits and repetitions may take in all. `timeout`: seconds without a sign from the host.
    `pace` and `write_pace`: seconds between two requests, and between two that write; GitHub asks for a second between
    writes ("Best practices for using the REST API").

    Raises UsageError for an address or a token that cannot be used; the text does not show the token.
    """

    token: str = field(repr=False)
    api_url: str = PUBLIC_API
    max_wait: float = 180.0
    timeout: int = 30
    pace: float = 0.0
    write_pace: float = 1.0

    def __post_init__(self) -> None:
        if not self.token or not self.token.isascii() or not self.token.isprintable() or " " in self.token:
            raise UsageError("the token of the code host is empty or has characters that no token has")
        _check_url(self.api_url)

    @property
    def web_host(self) -> str:
        """The host, in lower case and with its port, whose pages this API belongs to."""
        host = urlsplit(self.api_url).netloc.lower()
        return host.removeprefix("api.") if host in ("api.github.com",) or host.endswith(".ghe.com") else host


def access_of(environment: Mapping[str, str], api_url: str | None = None) -> Access | None:
    """The access that an environment gives, None when it has no token. Raises UsageError for one of no use."""
    token = next((environment[name].strip() for name in TOKEN_VARIABLES if environment.get(name, "").strip()), None)
    if token is None:
        return None
    return Access(token, (api_url or environment.get(API_VARIABLE, "").strip() or PUBLIC_API).rstrip("/"))


def _check_url(url: str) -> None:
    """Refuse every address at which a token would not be safe."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{url!r} is no address of an API: {error}") from None
    if not host or parts.username is not None or parts.query or parts.fragment or not url.isprintable() or " " in url:
        raise UsageError(f"{parts._replace(netloc=host or '').geturl()!r} is no address of an API")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise UsageError(f"{url!r}: a token is sent over https only")
