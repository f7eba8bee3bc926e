"""Links that name their file in another way: diffs by a digest, gists by a slug, commits and folders not at all."""

import hashlib

import pytest
from audits import URL, audit, audit_of, finding_of, judgement_of, located_of, project, rules_of

from auditor.model import Lines

CODE = "def run():\n    return 1\n\n\ndef stop():\n    return 2\n"
FILES = {"src/app.py": CODE, "Read Me.md": "hello\n", "b.PY": CODE}
DIGEST = hashlib.sha256(b"src/app.py").hexdigest()
GIST = "https://gist.github.com/somebody/0123456789abcdef0123"


@pytest.mark.parametrize("side", ["R5-R6", "L1R5-R6"])
def test_the_right_half_of_a_diff_is_the_file_at_the_commit(side: str) -> None:
    found = audit(FILES, f"[`stop`]({URL}/commit/{{sha}}#diff-{DIGEST}{side})")
    assert (located_of(found).path, located_of(found).lines) == ("src/app.py", Lines(5, 6))
    assert judgement_of(found).verdict == "verified"
    assert rules_of(found) == []
    permalink = judgement_of(found).permalink
    assert permalink is not None
    assert permalink.endswith("/src/app.py#L5-L6")


def test_a_commit_of_a_pull_request_is_a_commit() -> None:
    found = audit(FILES, f"[`stop`]({URL}/pull/7/commits/{{sha}}#diff-{DIGEST}R5)")
    assert located_of(found).path == "src/app.py"


def test_the_left_half_names_no_commit() -> None:
    found = audit(FILES, f"{URL}/commit/{{sha}}#diff-{DIGEST}L5")
    assert judgement_of(found).verdict == "unexamined"
    assert "old half of a diff" in found.incidents[0].message


def test_the_changes_of_a_pull_request_name_no_commit() -> None:
    found = audit(FILES, f"{URL}/pull/7/files#diff-{DIGEST}R5")
    assert judgement_of(found).verdict == "unexamined"
    assert len(found.incidents) == 1


def test_a_digest_of_no_file() -> None:
    found = audit(FILES, f"{URL}/commit/{{sha}}#diff-{'0' * 64}R5")
    assert rules_of(found) == ["path-not-found"]


def test_lines_of_a_diff_past_the_end() -> None:
    finding = finding_of(audit(FILES, f"{URL}/commit/{{sha}}#diff-{DIGEST}R50"), "line-out-of-range")
    assert finding.message == "src/app.py has 6 lines, line 50 is cited"


@pytest.mark.parametrize("place", ["commit/{sha}", "tree/{sha}", "tree/{sha}/src"])
def test_commits_and_folders_have_no_lines(place: str) -> None:
    found = audit(FILES, f"[`run`]({URL}/{place})")
    assert located_of(found).content in ("commit", "directory")
    assert judgement_of(found).verdict == "resolved"
    assert rules_of(found) == []


@pytest.mark.parametrize(("slug", "path"), [("file-b-py", "b.PY"), ("file-read-me-md", "Read Me.md")])
def test_a_gists_file_is_found_by_its_slug(slug: str, path: str) -> None:
    found = audit_of({"https://gist.github.com/0123456789abcdef0123": project(FILES)}, f"{GIST}/{{sha}}#{slug}-L1")
    assert (located_of(found).path, located_of(found).lines) == (path, Lines(1, 1))
    assert rules_of(found) == []


def test_a_gist_without_that_file() -> None:
    found = audit_of({"https://gist.github.com/0123456789abcdef0123": project(FILES)}, f"{GIST}/{{sha}}#file-c-py-L1")
    assert rules_of(found) == ["path-not-found"]


def test_a_raw_file_is_the_file() -> None:
    found = audit(FILES, "https://raw.githubusercontent.com/o/r/{sha}/src/app.py")
    assert located_of(found).path == "src/app.py"
    assert rules_of(found) == []
