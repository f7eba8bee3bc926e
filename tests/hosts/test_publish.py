"""A pull request on a small GitHub: what is posted, once and never twice, and what the host's troubles do."""

import base64
import gzip
import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hub import NO_RIGHT, REPOSITORY, TOKEN, Hub, Trick

from auditor.errors import UsageError
from auditor.hosts import Access, Client, publish
from auditor.hosts.comments import marker
from auditor.model.publication import Annotation, Part, Publication, PublicationTarget, Published, Suggestion

HEAD = "a" * 40
TARGET = PublicationTarget(REPOSITORY, HEAD, pull=7)
RUNS = f"/repos/{REPOSITORY}/check-runs"
COMMENTS = f"/repos/{REPOSITORY}/issues/7/comments"
REVIEWS = f"/repos/{REPOSITORY}/pulls/7/reviews"
SUGGESTION = Suggestion("docs/a.md", 3, 3, ("see [x](https://example.org/x)",), "k1", "The link is moved.")
PATCH = "@@ -1,3 +1,4 @@\n one\n two\n-three\n+see [x](http://example.org/y)\n+four"
CLEAN = Publication("auditor", "success", "nothing found", "All is well.", resolved="Nothing is left.")


def annotation(line: int) -> Annotation:
    return Annotation("docs/a.md", line, line, "failure", "wrong-symbol", f"line {line} is wrong", 1, 9, "more")


def found(count: int = 1, **changes: object) -> Publication:
    publication = Publication(
        "auditor",
        "failure",
        f"{count} errors",
        "| rule | place |",
        annotations=tuple(annotation(line) for line in range(1, count + 1)),
        comment=f"{count} errors",
        resolved="Nothing is left.",
        suggestions=(SUGGESTION,),
    )
    return replace(publication, **changes)  # type: ignore[arg-type]


class Waiting:
    """A clock that goes only when somebody waits."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def clock(self) -> float:
        return 1_800_000_000 + sum(self.pauses)


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as running:
        running.files = {"docs/a.md": PATCH}
        yield running
        assert running.violations == []
        assert {request.authorization for request in running.requests} <= {f"token {TOKEN}", f"Bearer {TOKEN}"}


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


def post(
    hub: Hub, publication: Publication, target: PublicationTarget = TARGET, waiting: Waiting | None = None
) -> Published:
    """Publish as a job would: with a connection of its own."""
    waiting = waiting or Waiting()
    client = Client(Access(TOKEN, hub.url, timeout=2, write_pace=0), waiting.pause, waiting.clock)
    try:
        return publish(publication, target, client)
    finally:
        client.close()


def outcomes(published: Published) -> dict[str, str]:
    return {part.kind: part.outcome for part in published.parts}


def test_a_result_is_posted_with_everything_it_has(hub: Hub) -> None:
    published = post(hub, found(2, sarif='{"version": "2.1.0"}'))
    assert outcomes(published) == dict.fromkeys(("check run", "comment", "suggestions", "SARIF"), "created")
    assert published.fallback is None
    (run,) = hub.runs
    assert (run["name"], run["head_sha"], run["status"], run["conclusion"]) == ("auditor", HEAD, "completed", "failure")
    assert run["output"]["title"] == "2 errors"
    assert hub.annotations[1][0] == {
        "path": "docs/a.md",
        "start_line": 1,
        "end_line": 1,
        "start_column": 1,
        "end_column": 9,
        "annotation_level": "failure",
        "title": "wrong-symbol",
        "message": "line 1 is wrong",
        "raw_details": "more",
    }
    assert hub.comments[0]["body"].startswith(f"{marker('auditor')}\n2 errors")
    (upload,) = hub.uploads
    assert (upload["commit_sha"], upload["ref"]) == (HEAD, "refs/pull/7/head")
    assert gzip.decompress(base64.b64decode(upload["sarif"])) == b'{"version": "2.1.0"}'


def test_run_three_times_there_is_one_of_each(hub: Hub) -> None:
    posted = post(hub, found(120))
    before = list(hub.writes())
    for _ in range(2):
        again = post(hub, found(120))
        assert outcomes(again) == dict.fromkeys(outcomes(posted), "unchanged")
    assert hub.writes() == before
    assert (len(hub.runs), len(hub.comments), len(hub.reviews)) == (1, 1, 1)
    assert [note["start_line"] for note in hub.annotations[1]] == list(range(1, 121))


@pytest.mark.parametrize(("count", "writes"), [(0, 1), (1, 1), (50, 1), (51, 2), (100, 2), (101, 3)])
def test_annotations_go_in_batches_of_fifty(hub: Hub, count: int, writes: int) -> None:
    post(hub, found(count), replace(TARGET, pull=None))
    assert len(hub.writes()) == writes
    assert len(hub.annotations[1]) == count
    assert hub.runs[0]["status"] == "completed"


def test_a_pull_request_from_opened_to_clean(hub: Hub) -> None:
    assert outcomes(post(hub, CLEAN)) == {"check run": "created", "comment": "none", "suggestions": "none"}
    broken = replace(TARGET, commit="b" * 40)
    assert outcomes(post(hub, found(2), broken))["comment"] == "created"
    better = replace(TARGET, commit="c" * 40)
    assert outcomes(post(hub, found(1), better)) == {
        "check run": "created",
        "comment": "updated",
        "suggestions": "unchanged",
    }
    mended = replace(TARGET, commit="d" * 40)
    for outcome in ("updated", "unchanged"):
        assert outcomes(post(hub, CLEAN, mended))["comment"] == outcome
    assert [run["conclusion"] for run in hub.runs] == ["success", "failure", "failure", "success"]
    (comment,) = hub.comments
    assert comment["body"] == f"{marker('auditor')}\nNothing is left."
    assert len(hub.reviews) == 1


def test_another_result_for_the_same_commit_gets_a_check_run_of_its_own(hub: Hub) -> None:
    post(hub, found(2))
    post(hub, found(1))
    assert [len(hub.annotations[number]) for number in (1, 2)] == [2, 1]
    assert len(hub.comments) == 1


def test_other_words_about_the_same_lines_change_the_check_run(hub: Hub) -> None:
    post(hub, found(60))
    assert outcomes(post(hub, found(60, summary="other words", conclusion="neutral")))["check run"] == "updated"
    (run,) = hub.runs
    assert (run["output"]["summary"], run["conclusion"], len(hub.annotations[1])) == ("other words", "neutral", 60)


def test_a_completed_run_has_all_its_marks_whatever_the_host_counts(hub: Hub) -> None:
    post(hub, found(60))
    hub.runs[0]["output"]["annotations_count"] = 50
    assert outcomes(post(hub, found(60)))["check run"] == "unchanged"
    assert outcomes(post(hub, found(60, summary="other")))["check run"] == "updated"
    assert len(hub.annotations[1]) == 60


def test_an_audit_that_could_not_look_does_not_resolve_the_comment(hub: Hub) -> None:
    post(hub, found(1))
    unlooked = Publication("auditor", "action_required", "1 incident", "…")
    assert outcomes(post(hub, unlooked))["comment"] == "none"
    assert hub.comments[0]["body"].endswith("1 errors")


def test_audits_of_several_names_keep_apart(hub: Hub) -> None:
    for name in ("auditor", "licences of 3.11", "auditor"):
        post(hub, found(1, name=name))
    assert len(hub.runs) == len(hub.comments) == 2


@pytest.mark.parametrize("login", [None, "somebody"])
def test_only_our_own_comment_is_changed(hub: Hub, login: str | None) -> None:
    hub.login = login
    hub.comment(f"{marker('auditor')}\nall is well, trust me", "mallory")
    hub.comment(f"as said: {marker('auditor')}", "github-actions[bot]", "Bot")
    for _ in range(2):
        post(hub, found(1))
    assert len(hub.comments) == 3
    assert hub.comments[0]["body"].endswith("trust me")


def test_our_comment_is_found_behind_many_others(hub: Hub) -> None:
    for number in range(250):
        hub.comment(f"{number}", "somebody")
    for _ in range(2):
        post(hub, found(1))
    assert len(hub.comments) == 251


def test_suggestions_stand_on_changed_lines_only(hub: Hub) -> None:
    hub.files["docs/a.md"] = "@@ -1,2 +1,3 @@\n one\n+two\n+three\n four\n@@ -9 +10 @@\n-x\n+ten"
    places = [(1, 1), (2, 2), (2, 3), (3, 4), (3, 10), (10, 10), (99, 99)]
    wanted = tuple(
        replace(SUGGESTION, start_line=start, end_line=end, key=f"k{number}")
        for number, (start, end) in enumerate(places)
    )
    other = replace(SUGGESTION, path="docs/not-in-this-pull-request.md", key="other")
    post(hub, found(1, suggestions=(*wanted, other)))
    (review,) = hub.reviews
    posted = [(comment.get("start_line", comment["line"]), comment["line"]) for comment in review["comments"]]
    assert posted == [(2, 2), (2, 3), (10, 10)]
    assert (review["commit_id"], review["event"]) == (HEAD, "COMMENT")


def test_a_suggestion_cannot_be_left_by_its_lines(hub: Hub) -> None:
    lines = ("```", "````suggestion", "x")
    post(hub, found(1, suggestions=(replace(SUGGESTION, lines=lines),)))
    body = hub.reviews[0]["comments"][0]["body"]
    assert body.endswith("\n`````suggestion\n```\n````suggestion\nx\n`````")


def test_a_suggestion_that_is_outdated_is_not_repeated(hub: Hub) -> None:
    post(hub, found(1))
    del hub.review_comments[0]["line"]
    hub.files["docs/a.md"] = "@@ -0,0 +1,9 @@\n" + "\n".join("+x" for _ in range(9))
    moved = replace(SUGGESTION, start_line=8, end_line=8)
    new = replace(SUGGESTION, start_line=9, end_line=9, key="k2")
    post(hub, found(1, suggestions=(moved, new)), replace(TARGET, commit="b" * 40))
    assert [comment["line"] for comment in hub.reviews[1]["comments"]] == [9]


def test_a_suggestion_that_the_host_refuses_leaves_the_rest(hub: Hub) -> None:
    hub.tricks.append(Trick("POST", REVIEWS, 422, body={"message": "Validation Failed", "errors": ["line too far"]}))
    published = post(hub, found(1, sarif="{}"))
    assert outcomes(published) == {
        "check run": "created",
        "comment": "created",
        "suggestions": "failed",
        "SARIF": "created",
    }
    assert published.failures[0].detail == f"POST {REVIEWS}: 422 Validation Failed (line too far)"


def test_nothing_is_posted_from_a_fork(hub: Hub) -> None:
    hub.read_only = True
    published = post(hub, found(60, sarif="{}"), replace(TARGET, fork=True))
    assert hub.writes() == [("POST", RUNS)]
    assert [*hub.runs, *hub.comments, *hub.reviews, *hub.uploads] == []
    assert published.fallback is not None
    assert "from a fork" in published.fallback.reason
    assert not published.failures


def test_a_token_without_the_right_to_write_checks_still_comments(hub: Hub) -> None:
    hub.tricks.append(Trick("POST", RUNS, 403, body=NO_RIGHT))
    published = post(hub, found(1))
    assert outcomes(published) == {"check run": "refused", "comment": "created", "suggestions": "created"}
    assert published.fallback is not None
    assert "no right to write check runs" in published.fallback.reason


WRITES = [("POST", RUNS), ("PATCH", rf"{RUNS}/1"), ("POST", COMMENTS), ("POST", REVIEWS)]


@pytest.mark.parametrize("trick", ["carried out", "not carried out", "dropped", "dropped after"])
@pytest.mark.parametrize(("verb", "path"), WRITES)
def test_a_write_of_unknown_fate_is_looked_for_before_it_is_repeated(
    hub: Hub, verb: str, path: str, trick: str
) -> None:
    drop, carried_out = trick.startswith("dropped"), trick in ("carried out", "dropped after")
    hub.tricks.append(Trick(verb, path, 502, body={}, carried_out=carried_out, drop=drop))
    published = post(hub, found(120))
    assert not hub.tricks
    assert not published.failures
    assert (len(hub.runs), len(hub.comments), len(hub.reviews)) == (1, 1, 1)
    assert [note["start_line"] for note in hub.annotations[1]] == list(range(1, 121))
    assert hub.runs[0]["status"] == "completed"


def test_a_run_that_was_broken_off_is_completed_by_the_next(hub: Hub) -> None:
    hub.tricks += [Trick("PATCH", f"{RUNS}/1", 503, carried_out=number == 0) for number in range(4)]
    assert outcomes(post(hub, found(170)))["check run"] == "failed"
    assert hub.runs[0]["status"] == "in_progress"
    assert outcomes(post(hub, found(170)))["check run"] == "updated"
    assert [note["start_line"] for note in hub.annotations[1]] == list(range(1, 171))
    assert len(hub.runs) == 1


SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
PRIMARY = {"message": "API rate limit exceeded for installation ID 1."}


@pytest.mark.parametrize(
    ("status", "headers", "body", "pauses"),
    [
        (429, {"retry-after": "7"}, SECONDARY, [7]),
        (403, {"retry-after": "7"}, SECONDARY, [7]),
        (429, {}, SECONDARY, [60]),
        (403, {}, SECONDARY, [60]),
        (429, {}, b"<html>slow down</html>", [60]),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000009"}, PRIMARY, [10]),
        (429, {"retry-after": "Fri, 15 Jan 2027 08:00:30 GMT"}, SECONDARY, [30]),
    ],
)
@pytest.mark.parametrize(("verb", "path"), [("POST", RUNS), ("GET", rf"/repos/{REPOSITORY}/commits/{HEAD}/check-runs")])
def test_a_limit_is_waited_for(
    hub: Hub,
    waiting: Waiting,
    verb: str,
    path: str,
    status: int,
    headers: dict[str, str],
    body: object,
    pauses: list[float],
) -> None:
    hub.tricks.append(Trick(verb, path, status, headers, body))
    assert outcomes(post(hub, found(1), waiting=waiting))["check run"] == "created"
    assert waiting.pauses == pauses
    assert len(hub.runs) == 1


@pytest.mark.parametrize(
    "headers",
    [{"retry-after": "3600"}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800003600"}],
)
def test_a_limit_beyond_the_bound_is_said_at_once(hub: Hub, waiting: Waiting, headers: dict[str, str]) -> None:
    hub.tricks.append(Trick("POST", RUNS, 403, headers, SECONDARY))
    published = post(hub, found(1), waiting=waiting)
    assert waiting.pauses == []
    assert outcomes(published) == {"check run": "failed"}
    assert published.fallback is not None
    assert re.search(r"asks to wait 360[01] seconds", published.fallback.reason)
    assert not hub.comments


def test_limits_without_end_are_given_up(hub: Hub, waiting: Waiting) -> None:
    hub.tricks += [Trick("POST", RUNS, 429, {}, SECONDARY) for _ in range(9)]
    assert outcomes(post(hub, found(1), waiting=waiting)) == {"check run": "failed"}
    assert sum(waiting.pauses) <= 180


def test_the_host_has_trouble_for_a_moment(hub: Hub, waiting: Waiting) -> None:
    hub.tricks += [Trick("GET", ".*", 503), Trick("GET", ".*", 500, drop=True)]
    assert not post(hub, found(1), waiting=waiting).failures
    assert waiting.pauses == [1, 2]


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (401, {}, {"message": "Bad credentials"}, "401 Bad credentials; the token is wrong or has expired"),
        (404, {}, {"message": "Not Found"}, "404 Not Found; it does not exist, or the token may not see it"),
        (422, {}, {"message": "No commit found for SHA"}, "422 No commit found for SHA"),
        (307, {"location": "https://api.github.com/repositories/1"}, {}, "redirected to https://api.github.com/repo"),
        (302, {"location": "https://elsewhere.example/x"}, {}, "redirected to https://elsewhere.example/x"),
        (200, {}, b"<html>log in</html>", "the answer is not JSON; is this the address of the API?"),
        (200, {}, {"check_runs": "none"}, "the answer is no list"),
        (200, {"x-ratelimit-remaining": "many", "x-ratelimit-limit": "y"}, {}, "the answer is none of the API"),
        (400, {}, {"message": f"what is {TOKEN}?"}, "400 what is ***?"),
        (403, {}, {"message": ["?"]}, "403"),
        (409, {}, None, "409"),
    ],
)
def test_every_refusal_is_one_line(hub: Hub, status: int, headers: dict[str, str], body: object, said: str) -> None:
    looked = rf"/repos/{REPOSITORY}/commits/{HEAD}/check-runs"
    hub.tricks.append(Trick("GET", looked, status, headers, body))
    published = post(hub, found(1), replace(TARGET, pull=None))
    (part,) = published.parts
    assert said in part.detail
    assert "\n" not in part.detail
    assert TOKEN not in repr(published)
    assert hub.writes() == []


def test_a_check_run_without_a_number_is_none(hub: Hub) -> None:
    hub.tricks.append(Trick("POST", RUNS, 201, body={}))
    (part,) = post(hub, found(60)).parts
    assert part == Part("check run", "failed", f"POST {RUNS}: the answer is no check run")


@pytest.mark.parametrize("where", ["http://localhost:{port}/elsewhere", "https://127.0.0.1:{port}/x"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_the_token_does_not_leave_its_host(hub: Hub, verb: str, where: str) -> None:
    path = f"/repos/{REPOSITORY}/commits/{HEAD}/check-runs" if verb == "GET" else RUNS
    hub.tricks.append(Trick(verb, path, 301, {"location": where.format(port=hub.port)}))
    (part,) = post(hub, found(1)).parts
    assert part.outcome == "failed"
    assert "redirected" in part.detail
    assert {request.host for request in hub.requests} == {f"127.0.0.1:{hub.port}"}


def test_a_renamed_repository_is_followed_on_its_host(hub: Hub) -> None:
    looked = f"/repos/{REPOSITORY}/commits/{HEAD}/check-runs"
    hub.tricks.append(Trick("GET", "/repos/old/name/.*", 301, {"location": f"{hub.url}{looked}?check_name=auditor"}))
    hub.tricks.append(Trick("GET", looked, 200, body={"total_count": 0, "check_runs": []}))
    hub.tricks.append(Trick("POST", "/repos/old/name/check-runs", 301, {"location": f"{hub.url}{RUNS}"}))
    published = post(hub, CLEAN, PublicationTarget("old/name", HEAD))
    assert outcomes(published) == {"check run": "created"}


def test_a_host_that_is_not_there() -> None:
    with Hub() as hub:
        gone = hub.url
    client = Client(Access(TOKEN, gone, write_pace=0), Waiting().pause)
    published = publish(found(1), TARGET, client)
    assert outcomes(published) == {"check run": "failed"}
    assert "Connection refused" in published.parts[0].detail
    assert TOKEN not in repr(published) + repr(client.access)


def test_long_texts_are_cut_and_the_cut_is_said(hub: Hub) -> None:
    row = "| é | row |\n"
    text = f"# Title\n{row * 9000}"
    long = replace(annotation(1), message="é" * 90_000, title="t" * 300, details="d" * 90_000)
    post(hub, found(1, summary=text, text=f"```\n{'x' * 90_000}\n```", comment=text, annotations=(long,)))
    output = hub.runs[0]["output"]
    assert len(output["summary"].encode()) <= 65_535
    assert output["summary"].endswith(f"{row}\n*The rest is left out: this text is as long as the host allows.*\n")
    assert output["text"].startswith("\n\n*The rest is left out")
    assert hub.comments[0]["body"].startswith(f"{marker('auditor')}\n# Title")
    assert "The rest is left out" in hub.comments[0]["body"]


def test_hostile_texts_and_paths_arrive_as_text(hub: Hub) -> None:
    hostile = replace(annotation(1), path="a\udcff.md", message="\udc80 \0 @all <!-- --> ]]>")
    post(hub, found(1, annotations=(hostile,), comment="\ud800 x"))
    assert hub.annotations[1][0]["path"] == "a?.md"
    assert hub.comments[0]["body"].endswith("\n? x")


def test_a_large_publication_is_quick(hub: Hub) -> None:
    hub.files["docs/a.md"] = "@@ -0,0 +1,40000 @@\n" + "+x\n" * 40_000
    many = tuple(replace(SUGGESTION, start_line=n, end_line=n, key=f"k{n}") for n in range(1, 5000))
    start = time.perf_counter()
    post(hub, found(1000, summary="`" * 1_000_000, suggestions=many))
    assert time.perf_counter() - start < 5
    assert len(hub.reviews[0]["comments"]) == 30


@pytest.mark.parametrize("name", ["", "a --> b", "<!--", "a\nb", "x" * 65, "a--b", "-"])
def test_a_name_cannot_leave_its_marker(hub: Hub, name: str) -> None:
    with pytest.raises(UsageError):
        post(hub, found(1, name=name))
    assert hub.requests == []


@pytest.mark.parametrize(
    "target",
    [
        PublicationTarget("../../user", HEAD),
        PublicationTarget("octo/..", HEAD),
        PublicationTarget("octo/docs/../x", HEAD),
        PublicationTarget("octo/docs?x=1", HEAD),
        PublicationTarget(REPOSITORY, "main"),
        PublicationTarget(REPOSITORY, HEAD[:12]),
        PublicationTarget(REPOSITORY, HEAD, 0),
    ],
)
def test_a_target_is_what_it_says(hub: Hub, target: PublicationTarget) -> None:
    with pytest.raises(UsageError):
        post(hub, found(1), target)
    assert hub.requests == []


def test_sarif_needs_a_place_and_fits(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = replace(TARGET, pull=None)
    assert post(hub, replace(CLEAN, sarif="{}"), nowhere).parts[1].outcome == "failed"
    pushed = replace(nowhere, ref="refs/heads/main")
    assert post(hub, replace(CLEAN, sarif="{}"), pushed).parts[1].outcome == "created"
    monkeypatch.setattr("auditor.hosts.scanning._LARGEST", 10)
    too_large = post(hub, replace(CLEAN, sarif="{}"), pushed).parts[1]
    assert too_large == Part("SARIF", "failed", "22 bytes when packed; the host takes 10")
    assert [upload["ref"] for upload in hub.uploads] == ["refs/heads/main"]
