"""Rate limits: whether an answer speaks of one, and how long to wait.

Source: GitHub's documentation, "Rate limits for the REST API" and "Best practices for using the REST API": an answer
403 or 429; wait as long as `retry-after` says; else, when `x-ratelimit-remaining` is 0, until `x-ratelimit-reset`; else
at least one minute, and longer each time.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

_AT_LEAST = 60.0


def limit_wait(status: int, headers: Mapping[str, Any], message: str, now: float, repeated: int) -> float | None:
    """How many seconds to wait before the same request may be sent again, None when the answer speaks of no limit.

    `now` is in seconds since the epoch, `repeated` how often this request has been sent again already.
    """
    after = _seconds(headers.get("retry-after"), now)
    spent = str(headers.get("x-ratelimit-remaining", "")).strip() == "0"
    limited = status == 429 or (status == 403 and (after is not None or spent or "rate limit" in message.lower()))
    if not limited:
        return None
    if after is not None:
        return after
    reset = _number(headers.get("x-ratelimit-reset")) if spent else None
    if reset is not None:
        return max(0.0, reset - now) + 1  # it is not said when in that second
    return _AT_LEAST * 2.0**repeated


def _seconds(value: object, now: float) -> float | None:
    """`Retry-After`: seconds, or a date (RFC 9110, 10.2.3)."""
    number = _number(value)
    if number is not None or value is None:
        return number
    try:
        return max(0.0, parsedate_to_datetime(str(value)).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _number(value: object) -> float | None:
    text = str(value).strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
