"""A server to try an application with: http.server, with WSGI on top."""

import io
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIMIT = 1 << 20  # bytes of a request's body


class ClosedEarly(OSError):
    """The client went away before its request was complete."""


class BoundedInput(io.RawIOBase):
    """The body of a request: never more bytes than it announced."""

    def __init__(self, stream, length):
        self._stream = stream
        self._left = min(length, LIMIT)

    def readable(self):
        return True

    def readinto(self, buffer):
        """Fill the buffer with what is left of the body; 0 at its end."""
        wanted = min(len(buffer), self._left)
        data = self._stream.read(wanted)
        if len(data) < wanted:
            raise ClosedEarly(f"{self._left - len(data)} bytes of the body are missing")
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


class RequestHandler(BaseHTTPRequestHandler):
    """One connection: reads a request, runs the application, writes what it gives."""

    def make_environ(self):
        """The WSGI environment of the current request."""
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        return {
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(length),
            "wsgi.input": io.BufferedReader(BoundedInput(self.rfile, length)),
            "wsgi.errors": sys.stderr,
        }

    def run_wsgi(self):
        """Call the application and send its response."""
        self.status = None
        result = self.server.app(self.make_environ(), self.start_response)
        try:
            for chunk in result:
                self.write(chunk)
        finally:
            if hasattr(result, "close"):
                result.close()

    def start_response(self, status, headers):
        """Keep status and headers until the first byte of the body is there."""
        self.status = status
        self.response_headers = headers
        return self.write

    def write(self, data):
        """Send a piece of the body, and before the first one the headers."""
        if self.status is not None:
            code, _, reason = self.status.partition(" ")
            self.send_response(int(code), reason)
            for name, value in self.response_headers:
                self.send_header(name, value)
            self.end_headers()
            self.status = None
        self.wfile.write(data)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = run_wsgi


class Server(ThreadingHTTPServer):
    """A server that knows its application."""

    def __init__(self, host, port, app):
        super().__init__((host, port), RequestHandler)
        self.app = app


def make_server(host, port, app):
    """Create a server for an application; the caller closes it."""
    return Server(host, port, app)
