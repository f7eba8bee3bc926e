"""A real git host for tests: `git http-backend` behind a threaded HTTP server on the loopback.

The first part of a path chooses how the host behaves:

    /open/NAME       anonymous
    /plain/NAME      anonymous, a server that knows no filters
    /auth/NAME       HTTP basic authentication as `USER`
    /moved/NAME      301 to /open/NAME
    /vault/NAME      301 to /auth/NAME
    /elsewhere/NAME  302 to /open/NAME of another host name (localhost for 127.0.0.1)
    /locked/NAME     302 to /auth/NAME of that other host name
    /hang/NAME       accepts and never answers
    /cut/NAME        ends every POST's answer in the middle
    /garbage/NAME    answers nonsense
    /error/NAME      500

Every request is kept in `requests`.
"""

import base64
import http.server
import os
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

USER = "ci:s3cret"
AUTHORIZATION = "Basic " + base64.b64encode(USER.encode()).decode()

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the host saw it, and how many bytes of content went either way."""

    method: str
    path: str
    host: str
    authorization: str | None
    received: int
    sent: int


class GitHost:
    """Serves the bare or non-bare repositories below a folder, until closed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.requests: list[Request] = []
        self.released = threading.Event()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def url(self, name: str, mode: str = "open", host: str = "127.0.0.1") -> str:
        """The clone URL of a repository."""
        return f"http://{host}:{self.port}/{mode}/{name}"

    def methods(self) -> list[str]:
        """GET or POST of each request, in order."""
        return [request.method for request in self.requests]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(host: GitHost) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(_Handler):
        git_host = host

    return Handler


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    git_host: GitHost

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self._body()
        mode, _, rest = self.path.lstrip("/").partition("/")
        sent = 0
        try:
            sent = self._behave(mode, rest, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client was ended, as some tests want
        authorization = self.headers.get("authorization")
        request = Request(self.command, self.path, self.headers.get("host", ""), authorization, len(body), sent)
        self.git_host.requests.append(request)

    def _behave(self, mode: str, rest: str, body: bytes) -> int:
        here, there = (f"http://{name}:{self.git_host.port}" for name in ("127.0.0.1", "localhost"))
        targets = {
            "moved": (301, f"{here}/open/{rest}"),
            "vault": (301, f"{here}/auth/{rest}"),
            "elsewhere": (302, f"{there}/open/{rest}"),
            "locked": (302, f"{there}/auth/{rest}"),
        }
        if mode in targets:
            status, location = targets[mode]
            return self._simple(status, (("location", location),))
        if mode == "hang":
            self.git_host.released.wait(30)
            self.close_connection = True
            return 0
        if mode == "garbage":
            return self._simple(200, (("content-type", "text/html"),), b"<html>it works</html>")
        if mode == "auth" and self.headers.get("authorization") != AUTHORIZATION:
            return self._simple(401, (("www-authenticate", 'Basic realm="git"'),))
        if mode not in ("open", "plain", "auth", "cut"):
            return self._simple(500 if mode == "error" else 404)
        return self._serve(rest, body, filters=mode != "plain", cut=mode == "cut" and self.command == "POST")

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _simple(self, status: int, headers: Headers = (), content: bytes = b"") -> int:
        self.send_response(status)
        for name, value in (*headers, ("content-length", str(len(content)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        return len(content)

    def _serve(self, rest: str, body: bytes, *, filters: bool, cut: bool) -> int:
        """Let `git http-backend` answer (CGI), whole or only its first half."""
        done = subprocess.run(
            ["git", "http-backend"], env=self._cgi(rest, body, filters), input=body, capture_output=True, check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = [line.partition(": ")[::2] for line in head.decode().split("\r\n") if line]
        status = next((int(value.split()[0]) for name, value in fields if name.lower() == "status"), 200)
        self.send_response(status)
        for name, value in (*fields, ("content-length", str(len(content)))):
            if name.lower() != "status":
                self.send_header(name, value)
        self.end_headers()
        self.close_connection = self.close_connection or cut
        return self.wfile.write(content[: len(content) // 2] if cut else content)

    def _cgi(self, rest: str, body: bytes, filters: bool) -> dict[str, str]:
        path, _, query = rest.partition("?")
        settings = {"safe.directory": "*", "uploadpack.allowFilter": str(filters).lower()}
        configuration = {"GIT_CONFIG_COUNT": str(len(settings))}
        for number, (key, value) in enumerate(settings.items()):
            configuration |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.git_host.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{path}",
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("content-encoding", ""),
            "GIT_PROTOCOL": self.headers.get("git-protocol", ""),
            "REMOTE_ADDR": self.client_address[0],
            "SERVER_PROTOCOL": "HTTP/1.1",
            "GATEWAY_INTERFACE": "CGI/1.1",
            **configuration,
        }
