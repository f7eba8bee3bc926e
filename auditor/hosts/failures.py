"""What a host's refusals mean, in words that a user can act on."""

import json
from collections.abc import Mapping
from typing import Any

# How the host says that a token may read but not write, or is of a kind that may not do this: what the default token
# gets on a pull request from a fork, and any token that is no app's when it asks for a check run.
_NO_RIGHT = ("resource not accessible by", "you must authenticate via a github app", "must have admin rights")
_SHOWN = 300


class HostError(Exception):
    """The host did not do what was asked; the text is one line without secrets.

    `reason` is one of the words in `REASONS`. "unclear": a request to write something was sent, and nobody knows
    whether it was carried out.
    """

    REASONS = ("token", "denied", "limit", "not-found", "invalid", "unclear", "unreachable", "redirected", "garbage")
    # After these every further request would end in the same way.
    FATAL = frozenset({"token", "limit", "unreachable", "redirected", "garbage"})

    def __init__(self, reason: str, message: str) -> None:
        if reason not in self.REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        super().__init__(message)
        self.reason = reason


def refusal(status: int, headers: Mapping[str, Any], body: Any, asked: str) -> HostError:
    """The error for an answer that is no success. `asked` says what was asked ("POST /repos/…")."""
    said = f"{asked}: {status}{_words(body)}"
    if status == 401:
        return HostError("token", f"{said}; the token is wrong or has expired")
    if status == 403:
        return HostError("denied", said)
    if status == 404:
        return HostError("not-found", f"{said}; it does not exist, or the token may not see it")
    if 300 <= status < 400:
        where = str(headers.get("location", "elsewhere"))[:_SHOWN]
        return HostError("redirected", f"{asked}: redirected to {where}; name the repository as it is called now")
    if status >= 500:
        return HostError("unreachable", f"{said}; the host has trouble")
    return HostError("invalid", said)


def lacks_right(status: int, body: Any) -> bool:
    """Whether the answer says that this token, valid as it is, may not do this."""
    return status == 403 and message_of(body).lower().startswith(_NO_RIGHT)


def message_of(body: Any) -> str:
    """What the host says in an answer, "" when it says nothing."""
    said = body.get("message") if isinstance(body, dict) else None
    return said if isinstance(said, str) else ""


def _words(body: Any) -> str:
    """The host's message and the errors that it lists, in one line."""
    said = message_of(body)
    errors = body.get("errors") if isinstance(body, dict) else None
    if isinstance(errors, list) and errors:
        listed = [error if isinstance(error, str) else json.dumps(error) for error in errors[:3]]
        said = f"{said} ({'; '.join(listed)})"
    return f" {' '.join(said.split())[:_SHOWN]}" if said else ""
