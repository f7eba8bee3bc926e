"""A stack tells which release ran: repositories with tags, cited at other commits."""

import tempfile
from pathlib import Path

import pytest
from audits import URL, audit_of, changing_project, project, rules_of
from upstream import Upstream

from auditor.fetch import FetchSettings, Limits
from auditor.model import Audit, Finding
from auditor.pipeline import CheckOptions, check_documents
from auditor.read import Document
from auditor.rules import select_rules

SERVER = """\
def serve(app):
    for request in queue():
        handle(app, request)


def handle(app, request):
    try:
        app(request)
    finally:
        close(request)


def close(request):
    request.done = 1
"""
OTHER = "https://github.com/o/fork"
STACK = """\
# Stack

__call__, app.py:7

handle, server.py:{handle}
LINK

serve, server.py:{serve}
LINK

main, main.py:3
"""
RULE = "frame-release-conflict"


def shifted(lines: int, folder: str = "src/", more: str = "") -> dict[str, str | None]:
    """The server with so many lines above it."""
    return {f"{folder}server/server.py": "import os\n" * lines + SERVER + more, "other.txt": str(lines)}


def releases() -> Upstream:
    """1.0 without lines above, 1.1 and 1.2 with two, and development goes on with five."""
    made = changing_project(shifted(0), shifted(2), shifted(2) | {"new.py": "x = 1\n"}, shifted(5))
    commits = made.git("rev-list", "--reverse", "main").split()
    for name, commit in zip(("v1.0", "v1.1", "v1.2"), commits, strict=False):
        made.git("tag", name, commit)
    return made


def check(made: Upstream, handle: int, serve: int, at: str = "main", text: str = "", stack: str = STACK) -> Audit:
    """Audit a report about frames at two lines, linked at a revision."""
    link = f"{URL}/blob/{made.id(at + '^{commit}')}/src/server/server.py"
    return audit_of({URL: made}, text + stack.format(handle=handle, serve=serve).replace("LINK", link))


def conflicts(found: Audit) -> list[Finding]:
    return [finding for finding in found.findings if finding.rule == RULE]


def test_the_releases_are_named_and_the_newest_is_to_be_cited() -> None:
    made = releases()
    found = check(made, 10, 5)
    handle, serve = conflicts(found)
    newest, main = made.id("v1.2"), made.id("main")
    assert handle.message == (
        f"the 2 frames of o/r in this stack fit v1.1 and v1.2 ({newest[:12]}), but the link cites {main[:12]}, "
        "where line 10 lies outside of any function"
    )
    assert serve.replacement is not None
    assert serve.replacement.safe
    assert serve.replacement.text == f"{URL}/blob/{newest}/src/server/server.py#L5"
    assert handle.related[0].url == f"{URL}/blob/{newest}/src/server/server.py#L10"
    assert "frame-mismatch" not in rules_of(found)


def test_frames_that_fit_what_they_cite_are_fine() -> None:
    assert conflicts(check(releases(), 13, 8)) == []
    assert conflicts(check(releases(), 10, 5, "v1.1")) == []


def test_a_commit_without_a_tag_that_fits_is_fine() -> None:
    made = changing_project(shifted(3))
    assert set(rules_of(check(made, 11, 6))) == {"frame-unlinked"}


def test_where_no_release_fits_the_mismatch_is_told() -> None:
    found = check(releases(), 90, 91)
    assert conflicts(found) == []
    assert rules_of(found).count("frame-mismatch") == 2


def test_every_frame_must_fit() -> None:
    found = check(releases(), 12, 2)  # 1.1 and 1.0: no one release has both
    assert conflicts(found) == []
    assert "frame-mismatch" in rules_of(found)


def test_lines_that_call_none_of_their_neighbours_are_a_reason_to_look() -> None:
    """At the commit that is cited both lines lie in the functions named, but do not call what follows."""
    now = SERVER.replace("        handle(app", "        close(request)\n        handle(app")
    made = changing_project(shifted(0), {"src/server/server.py": now})
    made.git("tag", "1.0", made.id("main~1"))
    first, second = conflicts(check(made, 8, 3))
    assert "fit 1.0" in first.message
    assert first.message.endswith("where line 8 calls no other frame")
    assert second.message.endswith("where line 3 calls no other frame")


def test_one_such_line_may_come_of_a_frame_that_was_left_out() -> None:
    now = SERVER.replace("        app(request)\n", "        close(request)\n        app(request)\n")
    made = changing_project(shifted(0), {"src/server/server.py": now})
    made.git("tag", "1.0", made.id("main~1"))
    assert conflicts(check(made, 8, 3)) == []


def test_a_line_that_may_call_on_is_no_reason() -> None:
    """A release that names the call does not win over a commit at which it may be made."""
    now = SERVER.replace("app(request)", "run = app.run; run(request)")
    made = changing_project(shifted(0), {"src/server/server.py": now})
    made.git("tag", "1.0", made.id("main~1"))
    assert conflicts(check(made, 8, 3)) == []


def test_frames_written_with_the_lines_of_definitions_are_no_conflict() -> None:
    made = releases()
    assert conflicts(check(made, 11, 6)) == []
    assert conflicts(check(made, 8, 3, "v1.1")) == []


def test_frames_that_were_left_out_of_a_stack_are_no_conflict() -> None:
    """`handle` calls `close`, and the report leaves that frame out: no release calls the next one there either."""
    made = changing_project(shifted(0, more="x = 1\n"), shifted(0))
    made.git("tag", "1.0", made.id("main~1"))
    assert conflicts(check(made, 10, 3)) == []


def test_the_release_that_the_stack_cites_already_is_kept() -> None:
    made = releases()
    stack = STACK.replace("LINK", f"{URL}/blob/{made.id('v1.1')}/src/server/server.py", 1)
    (finding,) = conflicts(check(made, 10, 5, stack=stack))
    assert finding.replacement is not None
    assert finding.replacement.text == f"{URL}/blob/{made.id('v1.1')}/src/server/server.py#L5"


@pytest.mark.parametrize("said", ["r 1.1", "r==1.1", "r/1.1 on Linux", "R version 1.1.", "| r | 1.1 |"])
def test_the_version_that_the_report_names_counts(said: str) -> None:
    made = releases()
    for finding in conflicts(check(made, 10, 5, text=f"This is {said}\n\n")):
        assert f"fit v1.1 ({made.id('v1.1')[:12]})" in finding.message


@pytest.mark.parametrize("said", ["r>=1.1", "r 7.7", "bar 1.1", "r 1.1.5", "r 1.1b2"])
def test_what_says_no_fitting_version_does_not_count(said: str) -> None:
    made = releases()
    for finding in conflicts(check(made, 10, 5, text=f"This is {said}\n\n")):
        assert "fit v1.1 and v1.2 " in finding.message


def test_unlike_releases_are_told_without_a_safe_replacement() -> None:
    made = changing_project(shifted(2), shifted(2) | {}, shifted(5))
    other = "import os\n" * 2 + SERVER.replace("close(request)\n\n", "close(request, 1)\n\n")
    made.commit({"src/server/server.py": other}, branch="side", start=made.id("main~1"))
    made.git("tag", "1.0", made.id("main~1"))
    made.git("tag", "1.1", made.id("refs/heads/side"))
    handle, serve = conflicts(check(made, 10, 5))
    assert handle.replacement is not None
    assert not handle.replacement.safe
    assert handle.remedy == f"perhaps {handle.replacement.text}, of 1.1"
    assert serve.replacement is not None
    assert serve.replacement.safe


def test_finished_releases_go_before_others() -> None:
    made = releases()
    made.git("tag", "v1.2rc1", made.id("v1.1"))
    made.git("tag", "-d", "v1.1")
    assert "fit v1.2 (" in conflicts(check(made, 10, 5))[0].message
    made.git("tag", "-d", "v1.2")
    assert "fit v1.2rc1 (" in conflicts(check(made, 10, 5))[0].message


def test_a_file_that_moved_into_a_source_folder_is_found() -> None:
    made = changing_project(shifted(2, folder=""), shifted(5) | {"server/server.py": None})
    made.git("tag", "v1.0", made.id("main~1"))
    finding = conflicts(check(made, 10, 5))[0]
    assert finding.replacement is not None
    assert finding.replacement.text.endswith("/server/server.py#L10")
    assert "/src/" not in finding.replacement.text


def test_many_releases_are_told_by_the_first_and_the_last() -> None:
    made = releases()
    for number in range(3, 9):
        made.git("tag", f"v1.{number}", made.id("v1.1"))
    message = conflicts(check(made, 10, 5))[0].message
    assert f"fit 8 releases from v1.1 to v1.8, of these v1.8 ({made.id('v1.8')[:12]})" in message


def test_another_projects_tree() -> None:
    """Frames of the package that are linked into a copy join it, with the release that all of them fit."""
    made = releases()
    copy = project(shifted(40))
    report = STACK.format(handle=10, serve=5).replace("LINK", f"{URL}/blob/{made.id('main')}/src/server/server.py", 1)
    report = report.replace("LINK", f"{OTHER}/blob/{copy.id('main')}/src/server/server.py")
    found = audit_of({URL: made, OTHER: copy}, report)
    _, foreign = conflicts(found)
    assert (
        f"the link cites {OTHER}, another project's tree, where line 5 lies outside of any function" in foreign.message
    )
    assert foreign.replacement is not None
    assert foreign.replacement.safe
    assert foreign.replacement.text == f"{URL}/blob/{made.id('v1.2')}/src/server/server.py#L5"


def test_a_frame_without_a_link_gets_the_release_too() -> None:
    made = releases()
    stack = STACK.replace("serve, server.py:{serve}\nLINK", "serve, server.py:{serve}")
    found = check(made, 10, 5, stack=stack)
    remedies = [finding.remedy for finding in found.findings if finding.rule == "frame-unlinked"]
    assert f"link it: {URL}/blob/{made.id('v1.2')}/src/server/server.py#L5" in remedies


def test_a_broken_link_is_mended_to_the_release() -> None:
    made = releases()
    found = check(made, 10, 5, stack=STACK.replace("LINK", "LINKX", 1)).findings
    (missing,) = [finding for finding in found if finding.rule == "path-not-found"]
    assert missing.remedy == f"write {URL}/blob/{made.id('v1.2')}/src/server/server.py#L10"


def test_tags_that_cannot_be_had_are_an_incident() -> None:
    made = releases()
    link = f"{URL}/blob/{made.id('main')}/src/server/server.py"
    report = STACK.format(handle=10, serve=5).replace("LINK", link)
    found = audit_of({URL: made}, report, limits=Limits(history_bytes=1))
    assert "which release its frames ran in could not be looked up" in " ".join(one.message for one in found.incidents)
    assert "frame-mismatch" in rules_of(found)


def test_a_frame_at_the_end_of_its_stack_calls_nothing() -> None:
    """One frame is a stack of its own: only its line and its function count."""
    made = releases()
    (finding,) = conflicts(check(made, 0, 0, stack="close, server.py:16\nLINK\n"))
    assert finding.message.startswith("the frame of o/r fits v1.1 and v1.2")


@pytest.mark.parametrize("rules", [("frame-mismatch",), ("frame-mismatch", RULE)])
def test_tags_are_asked_for_this_rule_only(rules: tuple[str, ...]) -> None:
    made = releases()
    link = f"{URL}/blob/{made.id('main')}/src/server/server.py"
    document = Document("report.md", STACK.format(handle=10, serve=5).replace("LINK", link).encode())
    with tempfile.TemporaryDirectory() as folder:
        settings = FetchSettings(Path(folder), ((URL, str(made.path)),))
        found = check_documents([document], settings, CheckOptions(select_rules(rules)))
        (history,) = Path(folder).glob("git/**/history.git")
        fetched = any(history.glob("objects/pack/*.pack"))
    assert fetched is (RULE in rules)
    assert set(rules_of(found)) == {rules[-1]}
