"""Small programs to trace, and how to run them."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

from auditor.model.trace import Trace
from auditor.trace import TraceOptions, record_command

SERVER = """
    import sys
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page())

    def page():
        return b"hello"

    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def write(path: Path, source: str) -> Path:
    """A file with this source, its indentation taken away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(source).lstrip("\n"))
    return path


def trace(*command: object, **options: Any) -> Trace:
    """Record a command; what it prints goes nowhere."""
    with nowhere() as output:
        options = {"timeout": 20.0, "output": output, **options}
        return record_command([str(word) for word in command], TraceOptions(**options))


def lines(trace: Trace, stack: int = 0) -> list[str]:
    """A stack as `function path:line` of each frame."""
    return [f"{frame.function} {frame.path}:{frame.line}" for frame in trace.stacks[stack].frames]


@contextmanager
def nowhere() -> Iterator[int]:
    """A file descriptor that forgets what is written to it."""
    descriptor = os.open(os.devnull, os.O_WRONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


PYTHON = sys.executable
