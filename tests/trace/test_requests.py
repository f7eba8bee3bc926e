"""Requests to a traced program, which is stopped afterwards."""

import http.server
import threading
from pathlib import Path

import pytest
from programs import PYTHON, SERVER, free_port, lines, trace, write

from auditor.errors import UsageError


@pytest.fixture
def server(tmp_path: Path) -> Path:
    return write(tmp_path / "server.py", SERVER)


def test_the_way_to_a_page(server: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/a?b=c#d"
    recorded = trace(server, port, at="server:page", requests=(url,))
    assert recorded.reached
    assert [(answer.url, answer.status, answer.error) for answer in recorded.requests] == [(url, 200, "")]
    assert lines(recorded)[0] == "<module> server.py:13"
    assert lines(recorded)[-2:] == ["Handler.do_GET server.py:8", "page server.py:10"]
    library = [frame for frame in recorded.stacks[0].frames if frame.origin.kind == "stdlib"]
    assert {"socketserver.py", "threading.py", "http/server.py"} <= {frame.path for frame in library}
    assert all(frame.origin.version == recorded.python and frame.blob for frame in library)
    threads = [frame.thread for frame in recorded.stacks[0].frames]
    assert threads[0] == "MainThread"
    assert threads[-1] != "MainThread"


def test_a_server_that_never_comes_to_the_target(server: Path) -> None:
    port = free_port()
    recorded = trace(server, port, at="server:nothing", requests=(f"http://localhost:{port}/",))
    assert recorded.reason == f"server has no nothing; http://localhost:{port}/ was answered 200"


def test_a_program_that_ends_before_it_listens(tmp_path: Path) -> None:
    script = write(tmp_path / "ends.py", "def f(): pass\n")
    port = free_port()
    recorded = trace(script, at="ends:f", requests=(f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port}/2"))
    assert recorded.reason == (
        f"ends:f was never called; http://127.0.0.1:{port}/: the program ended before it listened there"
    )
    assert recorded.exit_status == 0


def test_a_program_that_never_listens(tmp_path: Path) -> None:
    script = write(tmp_path / "waits.py", "import time\ntime.sleep(60)\n")
    recorded = trace(script, at="waits:f", requests=(f"http://127.0.0.1:{free_port()}/",), timeout=1.5)
    assert "the program did not listen there in time" in recorded.reason
    assert recorded.exit_status is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("one.sendall(b'nonsense\\r\\n\\r\\n')", "no answer: "),
        ("one.close()", "no answer: "),
        ("time.sleep(60)", "no answer"),
    ],
)
def test_a_server_that_does_not_speak(tmp_path: Path, answer: str, said: str) -> None:
    source = f"""
        import socket, sys, time
        listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        while True:
            one, _ = listener.accept()
            {answer}
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    recorded = trace(write(tmp_path / "mute.py", source), port, at="mute:f", requests=(url,), timeout=2.0)
    assert f"{url}: {said}" in recorded.reason


@pytest.mark.parametrize("drip", ["self.wfile.write(b'x' * 100)", "self.wfile.write(b'x'); time.sleep(0.1)"])
@pytest.mark.parametrize("headers", ["self.end_headers()", "self.flush_headers()"])
def test_an_endless_answer_is_bounded(tmp_path: Path, drip: str, headers: str) -> None:
    source = SERVER.replace("self.wfile.write(page())", f"page()\n            while True: {drip}")
    source = source.replace("self.end_headers()", headers).replace("import sys", "import sys, time")
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    recorded = trace(write(tmp_path / "server.py", source), port, at="server:page", requests=(url,), timeout=2.0)
    assert recorded.reached
    assert recorded.exit_status is None


def test_another_program_on_the_port(server: Path) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.handle_request, daemon=True).start()
        with pytest.raises(UsageError, match="another program listens there already"):
            trace(PYTHON, server, at="server:page", requests=(f"http://127.0.0.1:{other.server_port}/",))
