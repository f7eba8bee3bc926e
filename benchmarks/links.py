"""Against a link checker: linkinator asks a server for every link, `auditor` reads the code behind it.

The server is on the loopback and answers at once, which no code host does; the same citations are written with
its address for the link checker, and with that of their host for `auditor`.
"""

import http.server
import json
import shutil
import subprocess
import threading
import zlib
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from benchmarks import ROOT
from benchmarks.citations import write_report
from benchmarks.measure import Command, run, run_in_turns
from benchmarks.table import Row, time_row
from benchmarks.warm import Case, fill

PACKAGE = "linkinator@6.3.0"
_MISSING = 50  # one path in fifty does not exist
_CODES = frozenset({0, 1})  # 1: some links are broken, as they are meant to be; a tiny report may have none of them


def is_missing(path: str) -> bool:
    """Whether the host answers 404 for a path."""
    return zlib.crc32(path.encode()) % _MISSING == 0


class Pages:
    """A host that has a page for every address, except for one in fifty."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        pages = self

        class Handler(_Handler):
            asked = pages.asked

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.site = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024  # a link checker opens a hundred connections at once; the default of five drops them


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    asked: set[str]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.add(self.path)
        self.send_response(404 if is_missing(self.path) else 200)
        self.send_header("content-length", "0")
        self.end_headers()


def measure_link_checker(case: Case, rounds: int) -> list[Row]:
    """Both on the same citations; without npm the row says so."""
    what = f"{case.size}: warm, against linkinator"
    npm = shutil.which("npm")
    if npm is None:
        return [Row(what, "not measured", "npm is missing")]
    program = _install(npm, ROOT / "benchmarks" / "work" / "npm")
    if program is None:
        return [Row(what, "not measured", "npm could not install linkinator")]
    fill(case)
    with Pages() as pages:
        folder = case.work / "links"
        folder.mkdir(exist_ok=True)
        (folder / "report.md").write_text(write_report(case.cited, pages.site), "utf-8")
        checker = [str(program), "report.md", "--markdown"]
        _see_that_all_is_asked(Command([*checker, "--format", "json"], folder=folder, codes=_CODES), case, pages)
        silent = Command([*checker, "--silent"], folder=folder, codes=_CODES)
        costs = run_in_turns({"auditor": case.command(), "linkinator": silent}, rounds)
    asked = f"linkinator, {len(pages.asked):,} addresses on the loopback"
    return [time_row(what, costs["auditor"].seconds, costs["linkinator"].seconds, asked)]


def _see_that_all_is_asked(checker: Command, case: Case, pages: Pages) -> None:
    """One run that is not measured. Raises RuntimeError unless every address was asked for and every 404 is found."""
    answer = case.work / "links.json"
    run(replace(checker, output=answer))
    found = {link["url"] for link in json.loads(answer.read_text("utf-8"))["links"] if link["state"] == "BROKEN"}
    addresses = {urlsplit(one.link(pages.site)).path for one in case.cited}
    if not addresses <= pages.asked or found != {pages.site + path for path in addresses if is_missing(path)}:
        raise RuntimeError(
            f"linkinator asked for {len(pages.asked)} of {len(addresses)} addresses, {len(found)} broken"
        )


def _install(npm: str, folder: Path) -> Path | None:
    """The link checker's program, installed on the first run; None if that fails, as without a network."""
    program = folder / "node_modules" / ".bin" / "linkinator"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        done = subprocess.run(
            [npm, "install", "--prefix", str(folder), *quiet, PACKAGE], capture_output=True, check=False
        )
        if done.returncode:
            return None
    return program
