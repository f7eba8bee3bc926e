"""Request and response as objects."""

from http import HTTPStatus
from urllib.parse import parse_qs


class Request:
    """What the client asks for."""

    def __init__(self, environ):
        self.environ = environ
        self.method = environ["REQUEST_METHOD"]
        self.path = environ.get("PATH_INFO") or "/"

    @property
    def query(self):
        """The parameters of the URL, each with all its values."""
        return parse_qs(self.environ.get("QUERY_STRING", ""))

    def read(self):
        """The whole body."""
        return self.environ["wsgi.input"].read()


class Response:
    """What the client gets; a WSGI application itself."""

    def __init__(self, body, status=200, content_type="text/plain; charset=utf-8"):
        self.body = body.encode() if isinstance(body, str) else body
        self.status = HTTPStatus(status)
        self.content_type = content_type

    def __call__(self, environ, start_response):
        headers = [("Content-Type", self.content_type), ("Content-Length", str(len(self.body)))]
        start_response(f"{self.status.value} {self.status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]
