"""`auditor publish` as a job runs it: a checkout, an event, a token, and a small GitHub on loopback."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hub import REPOSITORY, TOKEN, Hub, Trick
from upstream import Upstream

from auditor.cli import main

CODE = "def first():\n    return 1\n\n\ndef second():\n    return 2\n"
HEAD = "a" * 40


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Job:
    """A checkout of a pull request whose report cites https://github.com/o/r."""

    folder: Path
    hub: Hub
    cited: Upstream
    streams: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def write(self, *lines: str) -> None:
        """The report, all of its lines new in the pull request; SHA is the cited commit."""
        text = "".join(f"{line}\n".replace("SHA", self.cited.id("main")) for line in lines)
        (self.folder / "docs" / "a.md").write_text(text)
        self.hub.files = {"docs/a.md": f"@@ -0,0 +1,{len(lines)} @@\n" + "".join(f"+{x}\n" for x in text.splitlines())}

    def run(self, *arguments: str, command: str = "publish", fork: bool = False, **environment: str) -> Ran:
        """Run the command in the checkout as a step of a job would."""
        whose = "mallory/docs" if fork else REPOSITORY
        event = {"pull_request": {"number": 7, "head": {"sha": HEAD, "repo": {"full_name": whose}}}}
        outside = self.folder.parent
        (outside / "event.json").write_text(json.dumps(event))
        told = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_API_URL": self.hub.url,
            "GITHUB_EVENT_PATH": str(outside / "event.json"),
            "GITHUB_STEP_SUMMARY": str(outside / "summary.md"),
            "GITHUB_TOKEN": TOKEN,
        }
        for name, value in {**told, **environment}.items():
            self.patch.setenv(name, value)
        mirror = f"https://github.com/o/r={self.cited.path}"
        code = main([command, "docs", "--mirror", mirror, "--cache-dir", str(outside / "cache"), *arguments])
        ran = Ran(code, *self.streams.readouterr())
        assert TOKEN not in ran.out + ran.err
        return ran

    @property
    def summary(self) -> str:
        """What was written to the job's summary."""
        path = self.folder.parent / "summary.md"
        return path.read_text() if path.exists() else ""


@pytest.fixture
def job(
    tmp_path: Path,
    upstream: Callable[..., Upstream],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Job]:
    folder = tmp_path / "checkout"
    (folder / "docs").mkdir(parents=True)
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # the pace between writes
    with Hub() as hub:
        yield Job(folder, hub, upstream({"a.py": CODE}), capsys, monkeypatch)
        assert hub.violations == []


GOOD = "[`first`](https://github.com/o/r/blob/SHA/a.py#L1-L2)"
WRONG = "[`first`](https://github.com/o/r/blob/SHA/a.py#L5-L6)"


def test_findings_are_posted_and_later_resolved(job: Job) -> None:
    job.write("# Title", "", WRONG)
    for _ in range(2):
        ran = job.run("--sarif")
        assert ran.code == 1
        assert "wrong-symbol" in ran.out
        assert "::error" not in ran.out
    (run,) = job.hub.runs
    assert (run["conclusion"], run["head_sha"], run["output"]["title"]) == ("failure", HEAD, "1 error")
    (mark,) = job.hub.annotations[1]
    assert (mark["path"], mark["start_line"], mark["annotation_level"]) == ("docs/a.md", 3, "failure")
    ((suggestion,),) = (review["comments"] for review in job.hub.reviews)
    assert (suggestion["path"], suggestion["line"]) == ("docs/a.md", 3)
    assert f"```suggestion\n{GOOD}\n```".replace("SHA", job.cited.id("main")) in suggestion["body"]
    assert job.hub.uploads[0]["commit_sha"] == HEAD
    job.write("# Title", "", GOOD)
    assert job.run().code == 0
    assert [run["conclusion"] for run in job.hub.runs] == ["failure", "success"]
    (comment,) = job.hub.comments
    assert "resolved" in comment["body"]


def test_from_a_fork_nothing_is_posted_and_everything_is_shown(job: Job) -> None:
    job.write(WRONG)
    job.hub.read_only = True
    ran = job.run(fork=True)
    assert ran.code == 1
    assert (job.hub.runs, job.hub.comments, job.hub.reviews) == ([], [], [])
    assert "::error file=docs/a.md,line=1," in ran.out
    assert "wrong-symbol" in job.summary
    assert "from a fork gets a token that may only read" in ran.err


def test_without_a_token_everything_is_shown(job: Job) -> None:
    job.write(GOOD)
    ran = job.run(GITHUB_TOKEN="")
    assert (ran.code, job.hub.requests) == (0, [])
    assert "set GITHUB_TOKEN" in ran.err
    assert job.summary


def test_what_cannot_be_posted_is_no_success(job: Job) -> None:
    job.write(GOOD)
    job.hub.tricks.append(Trick("GET", ".*/check-runs", 401, body={"message": "Bad credentials"}))
    ran = job.run()
    assert ran.code == 3
    assert "401 Bad credentials; the token is wrong or has expired" in ran.err


def test_what_could_not_be_looked_at_asks_for_action(job: Job) -> None:
    job.write(GOOD, "https://github.com/o/elsewhere/blob/main/a.py#L1")
    ran = job.run("--offline")
    assert ran.code == 3
    assert job.hub.runs[0]["conclusion"] == "action_required"


def test_less_can_be_posted(job: Job) -> None:
    job.write(WRONG)
    job.run("--no-comment", "--no-suggestions", "--name", "docs", "--exit-zero")
    assert (job.hub.comments, job.hub.reviews) == ([], [])
    assert [(run["name"], run["conclusion"]) for run in job.hub.runs] == [("docs", "neutral")]


def test_it_must_be_known_where_to_post_before_anything_is_done(job: Job) -> None:
    job.write(GOOD)
    ran = job.run(GITHUB_REPOSITORY="", GITHUB_EVENT_PATH="")
    assert (ran.code, ran.out) == (2, "")
    assert "--repository OWNER/NAME" in ran.err


def test_only_repositories_of_the_host_are_asked_about(job: Job) -> None:
    job.write(GOOD)
    assert job.run(command="check").code == 0
    assert job.hub.requests == []


def test_what_the_host_knows_becomes_a_note(job: Job) -> None:
    here = f"127.0.0.1:{job.hub.port}"
    job.hub.repositories = {"o/r": {"full_name": "new/home", "archived": True, "license": None}}
    job.write(GOOD.replace("https://github.com", f"http://{here}"))
    mirror = f"http://{here}/o/r={job.cited.path}"
    ran = job.run("--mirror", mirror, "--host", f"{here}=github", "--format", "json", command="check")
    messages = {finding["rule"]: finding["message"] for finding in json.loads(ran.out)["findings"]}
    assert messages["repository-moved"] == f"http://{here}/o/r has moved to https://{here}/new/home"
    assert messages["repository-archived"].startswith(f"http://{here}/o/r is archived")
    assert [request.path for request in job.hub.requests] == ["/repos/o/r"]
