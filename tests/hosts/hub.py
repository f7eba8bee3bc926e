"""A small GitHub on loopback that remembers what is posted to it.

Each request is held against the published schemas (`data/github.json`) and against rules that GitHub only writes in
prose, each answer against the schemas too; what breaks one is answered 422 and kept in `violations`.
"""

import http.server
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from contract import Contract

REPOSITORY = "octo/docs"
BOT = {"login": "github-actions[bot]", "type": "Bot"}
TOKEN = "ghs_0123456789abcdefTOKEN"
NO_RIGHT = {"message": "Resource not accessible by integration", "status": "403"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived."""

    verb: str
    path: str
    query: Mapping[str, str]
    host: str
    authorization: str | None
    body: Any


@dataclass(slots=True)
class Trick:
    """The answer to the first request that fits, instead of the true one.

    `carried_out`: what was asked is done all the same. `drop`: the connection ends without an answer.
    """

    verb: str
    path: str
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    carried_out: bool = False
    drop: bool = False


class Hub:
    """One repository with one pull request; `files` are its patches by path, as the pull request shows them."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.tricks: list[Trick] = []
        self.runs: list[dict[str, Any]] = []
        self.annotations: dict[int, list[dict[str, Any]]] = {}
        self.comments: list[dict[str, Any]] = []
        self.review_comments: list[dict[str, Any]] = []
        self.reviews: list[dict[str, Any]] = []
        self.uploads: list[dict[str, Any]] = []
        self.files: dict[str, str] = {}
        self.repositories: dict[str, dict[str, Any]] = {}
        self.read_only = False
        self.login: str | None = None  # of a person's token
        self.contract = Contract()
        self._lock = threading.Lock()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The root of the API."""
        return f"http://127.0.0.1:{self.port}"

    def writes(self) -> list[tuple[str, str]]:
        """Verb and path of every request that was no GET."""
        return [(request.verb, request.path) for request in self.requests if request.verb != "GET"]

    def comment(self, body: str, login: str, kind: str = "User") -> None:
        """Somebody else writes a comment."""
        number = len(self.comments) + 1
        self.comments.append({"id": number, "body": body, "user": {"login": login, "type": kind}})

    def answer(self, request: Request) -> tuple[int, Mapping[str, str], Any] | None:
        """Status, headers and body of the answer; None to end the connection."""
        with self._lock:
            self.requests.append(request)
            trick = next(
                (t for t in self.tricks if t.verb == request.verb and re.fullmatch(t.path, request.path)), None
            )
            if trick is None:
                return self._truth(request)
            self.tricks.remove(trick)
            if trick.carried_out:
                self._truth(request)
            return None if trick.drop else (trick.status, trick.headers, trick.body)

    def _truth(self, request: Request) -> tuple[int, Mapping[str, str], Any]:
        if request.authorization != f"token {TOKEN}" and request.authorization != f"Bearer {TOKEN}":
            return 401, {}, {"message": "Bad credentials"}
        if request.verb != "GET" and self.read_only:
            return 403, {}, NO_RIGHT
        found = self.contract.operation(request.verb, request.path)
        if found is None:
            self.violations.append(f"{request.verb} {request.path}: no such operation")
            return 404, {}, {"message": "Not Found"}
        operation, template, values = found
        wrong = operation.request_errors(request.body)
        if wrong:
            return self._refuse(wrong[0])
        try:
            value = self._handlers()[request.verb, template.removeprefix("/repos/{owner}/{repo}")](request, **values)
        except Refused as refused:
            return self._refuse(str(refused))
        if value is None:
            return (403, {}, NO_RIGHT) if request.path == "/user" else (404, {}, {"message": "Not Found"})
        status, answer = operation.answer(value)
        return status, {"x-ratelimit-remaining": "4000", "x-ratelimit-limit": "5000"}, answer

    def _refuse(self, why: str) -> tuple[int, Mapping[str, str], Any]:
        self.violations.append(why)
        return 422, {}, {"message": "Validation Failed", "errors": [why]}

    def _handlers(self) -> dict[tuple[str, str], Callable[..., Any]]:
        return {
            ("GET", "/user"): lambda request: {"login": self.login} if self.login else None,
            ("GET", ""): self._repository,
            ("GET", "/commits/{ref}/check-runs"): self._list_runs,
            ("GET", "/check-runs/{check_run_id}"): lambda request, check_run_id, **_: self.runs[int(check_run_id) - 1],
            ("POST", "/check-runs"): self._make_run,
            ("PATCH", "/check-runs/{check_run_id}"): self._edit_run,
            ("GET", "/issues/{issue_number}/comments"): lambda request, **_: _page(request, self.comments),
            ("POST", "/issues/{issue_number}/comments"): self._make_comment,
            ("PATCH", "/issues/comments/{comment_id}"): self._edit_comment,
            ("GET", "/pulls/{pull_number}/files"): self._list_files,
            ("GET", "/pulls/{pull_number}/comments"): lambda request, **_: _page(request, self.review_comments),
            ("POST", "/pulls/{pull_number}/reviews"): self._make_review,
            ("POST", "/code-scanning/sarifs"): self._take_sarif,
        }

    def _repository(self, request: Request, owner: str, repo: str) -> Any:
        return self.repositories.get(f"{owner}/{repo}")

    def _list_runs(self, request: Request, ref: str, **_: str) -> Any:
        named = [run for run in self.runs if run["head_sha"] == ref and run["name"] == request.query["check_name"]]
        return {"total_count": len(named), "check_runs": _page(request, named)}

    def _make_run(self, request: Request, **_: str) -> Any:
        number = len(self.runs) + 1
        output = {"title": None, "summary": None, "text": None, "annotations_url": f"{self.url}/a"}
        run = {"id": number, "status": "queued", "conclusion": None, "external_id": None, "output": output}
        self.annotations[number] = []
        self.runs.append({**run, "html_url": f"{self.url}/runs/{number}"})
        return self._change_run(number, request.body)

    def _edit_run(self, request: Request, check_run_id: str, **_: str) -> Any:
        return self._change_run(int(check_run_id), request.body)

    def _change_run(self, number: int, body: dict[str, Any]) -> Any:
        run, shown = self.runs[number - 1], dict(body.get("output", {}))
        new = shown.pop("annotations", [])
        for annotation in new:
            _check_annotation(annotation)
        if body.get("status") == "completed" and "conclusion" not in body:
            raise Refused("completed without a conclusion")
        if run["status"] == "completed" != body.get("status"):
            raise Refused("a completed check run stays completed")
        self.annotations[number] += new
        output = {**run["output"], **shown, "annotations_count": len(self.annotations[number])}
        run |= {**{key: value for key, value in body.items() if key != "output"}, "output": output}
        return run

    def _make_comment(self, request: Request, **_: str) -> Any:
        _check_length(request.body["body"])
        number = len(self.comments) + 1
        comment = {"id": number, "body": request.body["body"], "user": self._author()}
        self.comments.append({**comment, "html_url": f"{self.url}/comments/{number}"})
        return self.comments[-1]

    def _edit_comment(self, request: Request, comment_id: str, **_: str) -> Any:
        _check_length(request.body["body"])
        self.comments[int(comment_id) - 1]["body"] = request.body["body"]
        return self.comments[int(comment_id) - 1]

    def _list_files(self, request: Request, **_: str) -> Any:
        return _page(request, [{"filename": path, "patch": patch} for path, patch in self.files.items()])

    def _make_review(self, request: Request, **_: str) -> Any:
        body = request.body
        if not body.get("body") and body.get("event") == "COMMENT":
            raise Refused("a review that comments needs a body")
        for comment in body["comments"]:
            _check_length(comment["body"])
            shown = _shown_lines(self.files.get(comment["path"], ""))
            first, last = comment.get("start_line", comment["line"]), comment["line"]
            if comment["side"] != "RIGHT" or any(line not in shown for line in range(first, last + 1)):
                raise Refused("Pull request review thread line must be part of the diff")
            if "start_line" in comment and not first < last:
                raise Refused("start_line must precede the end line")
        self.reviews.append(body)
        self.review_comments += [{**comment, "user": self._author()} for comment in body["comments"]]
        return {"id": len(self.reviews), "body": body["body"], "html_url": f"{self.url}/reviews/{len(self.reviews)}"}

    def _take_sarif(self, request: Request, **_: str) -> Any:
        self.uploads.append(request.body)
        return {"id": f"47177e22-5596-11eb-80a1-c1e54ef945c{len(self.uploads)}", "url": f"{self.url}/sarif"}

    def _author(self) -> dict[str, Any]:
        return {"login": self.login, "type": "User"} if self.login else dict(BOT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Refused(Exception):
    """The host does not take this."""


def _page(request: Request, items: list[Any]) -> list[Any]:
    size, page = int(request.query.get("per_page", 30)), int(request.query.get("page", 1))
    return items[(page - 1) * size : page * size]


def _check_annotation(annotation: dict[str, Any]) -> None:
    """What the documentation of check runs says beyond the schema."""
    if not 1 <= annotation["start_line"] <= annotation["end_line"]:
        raise Refused("annotation without lines")
    if annotation["start_line"] != annotation["end_line"] and {"start_column", "end_column"} & annotation.keys():
        raise Refused("columns of several lines")
    if len(annotation["message"].encode()) > 64 * 1024 or len(annotation.get("raw_details", "").encode()) > 64 * 1024:
        raise Refused("annotation over 64 KB")
    if len(annotation.get("title", "")) > 255 or annotation["path"].startswith("/"):
        raise Refused("annotation with a bad title or path")


def _check_length(body: str) -> None:
    if len(body) > 65_536:
        raise Refused("body is too long (maximum is 65536 characters)")


def _shown_lines(patch: str) -> set[int]:
    """The lines of the new file that the patch shows: comments may stand there only."""
    shown, line = set(), 0
    for row in patch.split("\n"):
        if row.startswith("@@"):
            line = int(row.split("+")[1].split(",")[0].split(" ")[0]) - 1
        elif not row.startswith(("-", "\\")):
            line += 1
            shown.add(line)
    return shown


def _handler(hub: Hub) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(_Handler):
        its_hub = hub

    return Handler


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    its_hub: Hub

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        data = self.rfile.read(int(self.headers.get("content-length") or 0))
        authorization, host = self.headers.get("authorization"), self.headers.get("host", "")
        body = json.loads(data) if data else None
        request = Request(self.command, parts.path, dict(parse_qsl(parts.query)), host, authorization, body)
        answer = self.its_hub.answer(request)
        if answer is None:
            self.close_connection = True
            return
        status, headers, value = answer
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in ({"content-type": "application/json"} | dict(headers)).items():
            self.send_header(name, text)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PATCH = do_GET
