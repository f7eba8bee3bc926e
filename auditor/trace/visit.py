"""Requests to the traced program: sent once it listens, to this machine only."""

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from auditor.errors import UsageError
from auditor.model.trace import Answer

_POLL = 0.05  # seconds
_MOST_BYTES = 16 << 20  # of an answer that are read; the program may be sending its end when it is stopped
_CHUNK = 1 << 16


def check_url(url: str) -> None:
    """Raises UsageError where a URL cannot be requested: not of HTTP, not of this machine, or somebody listens already.

    Who listens before the program has started is another program, and its answer would prove nothing.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"{url[:200]!r} is no URL: {error}") from error
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\x21-\x7e]+", url):
        raise UsageError(f"{url[:200]!r} is no URL of http or https")
    if not _is_here(host) or port == 0:
        raise UsageError(f"{url[:200]}: requests go to this machine only, as http://127.0.0.1:5000/")
    try:
        socket.create_connection((host, port or _default_port(parts.scheme)), timeout=1).close()
    except OSError:
        return
    raise UsageError(f"{url[:200]}: another program listens there already")


def visit(url: str, runs: Callable[[], bool], until: float) -> Answer:
    """Send a GET as soon as something listens, and read the answer; `until` is a time of the monotonic clock.

    `runs` tells whether the program has not ended.
    """
    while True:
        connection = _connection(url, max(0.1, until - time.monotonic()))
        try:
            connection.connect()
        except ConnectionRefusedError:
            connection.close()
        except OSError as error:
            return Answer(url, None, f"no connection: {error}")
        else:
            return _exchange(connection, url, until)
        if not runs():
            return Answer(url, None, "the program ended before it listened there")
        if time.monotonic() >= until:
            return Answer(url, None, "the program did not listen there in time")
        time.sleep(_POLL)


def _exchange(connection: http.client.HTTPConnection, url: str, until: float) -> Answer:
    parts = urlsplit(url)
    # A timeout of the socket bounds the wait for the next byte only. The connection may forget its socket earlier.
    guard = threading.Timer(until - time.monotonic(), _hang_up, (connection.sock,))
    guard.daemon = True
    guard.start()
    try:
        connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        response = connection.getresponse()
        _read_through(response)
        return Answer(url, response.status)
    except TimeoutError:
        return Answer(url, None, "no answer in time")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(url, None, f"no answer: {str(error) or type(error).__name__}")
    finally:
        guard.cancel()
        connection.close()


def _read_through(response: http.client.HTTPResponse) -> None:
    """To the end of the answer, within bounds: a program may do half of its work while it sends."""
    read = 0
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        while read < _MOST_BYTES and (chunk := response.read1(_CHUNK)):
            read += len(chunk)


def _hang_up(connected: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _connection(url: str, timeout: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _default_port(parts.scheme)
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=timeout)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = (
        False,
        ssl.CERT_NONE,
    )  # made for the occasion, and never off this machine
    return http.client.HTTPSConnection(host, port, timeout=timeout, context=context)


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
