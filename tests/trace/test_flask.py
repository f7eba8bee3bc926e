"""The path that a report's stack trace shows, recorded anew: Flask 2.2.2 on Werkzeug 2.2.2, one request."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from programs import free_port, lines, trace, write

# What git has under src/ at the commits of both releases, a1c478bc of pallets/flask and 15fcb87d of pallets/werkzeug.
BLOBS = {
    "flask/app.py": "db442c9e",
    "werkzeug/serving.py": "c4824698",
}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


pytestmark = pytest.mark.skipif(
    (_installed("flask"), _installed("werkzeug")) != ("2.2.2", "2.2.2"), reason="needs Flask 2.2.2 and Werkzeug 2.2.2"
)

APP = """
    import sys
    from flask import Flask

    app = Flask(__name__)

    @app.route("/")
    def index():
        return "hello"

    if __name__ == "__main__":
        app.run(port=int(sys.argv[1]){options})
"""


@pytest.mark.parametrize("target", ["flask.app:Flask.wsgi_app", "flask:Flask.wsgi_app", "flask/app.py:2525"])
def test_the_stack_of_the_report(tmp_path: Path, target: str) -> None:
    script = write(tmp_path / "site.py", APP.format(options=""))
    port = free_port()
    recorded = trace(script, port, at=target, requests=(f"http://127.0.0.1:{port}/",))
    assert recorded.reached
    found = lines(recorded)
    shown = [
        "WSGIRequestHandler.handle werkzeug/serving.py:363",
        "WSGIRequestHandler.run_wsgi werkzeug/serving.py:335",
        "WSGIRequestHandler.run_wsgi.execute werkzeug/serving.py:322",
        "Flask.__call__ flask/app.py:2548",
    ]
    assert [line for line in found if line in shown] == shown
    for frame in recorded.stacks[0].frames:
        if frame.path in BLOBS:
            assert (frame.blob or "").startswith(BLOBS[frame.path])
            assert (frame.origin.name or "").lower() == frame.path.partition("/")[0]
            assert (frame.origin.version, frame.edited) == ("2.2.2", False)


def test_the_reloader_runs_the_program_where_it_is_not_seen(tmp_path: Path) -> None:
    script = write(tmp_path / "site.py", APP.format(options=", debug=True"))
    port = free_port()
    recorded = trace(script, port, at="flask.app:Flask.wsgi_app", requests=(f"http://127.0.0.1:{port}/",))
    assert recorded.reason == (
        "flask.app:Flask.wsgi_app was never called; what runs in other programs that it has started is not seen; "
        f"http://127.0.0.1:{port}/ was answered 200"
    )


def test_every_function_of_both_in_one_request(tmp_path: Path) -> None:
    script = write(tmp_path / "site.py", APP.format(options=""))
    port = free_port()
    recorded = trace(script, port, packages=("flask", "werkzeug"), requests=(f"http://127.0.0.1:{port}/",))
    names = [one.function.function for one in recorded.calls]
    assert len(names) > 150
    assert names.index("Flask.__call__") < names.index("Flask.wsgi_app") < names.index("Flask.dispatch_request")
    called = next(one for one in recorded.calls if one.function.function == "Flask.wsgi_app")
    assert called.caller is not None
    assert (called.caller.function, called.caller.line) == ("Flask.__call__", 2548)
