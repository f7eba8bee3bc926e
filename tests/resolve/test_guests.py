"""Frames and paths that name no repository, or the wrong one: where they fit among what the report cites."""

import pytest
from audits import URL, audit, audit_of, finding_of, project, rules_of
from upstream import Upstream

from auditor.model import Audit, Judgement

APP = """\
import lib


def run(app):
    prepare(app)

    return lib.serve(app)


def prepare(app):
    app.ready = 1
"""
LIB = """\
def serve(app):
    handler = Handler(app)
    handler.handle()


class Handler:
    def handle(self):
        pass
"""
OTHER = "https://github.com/o/lib"


def both(app: str = APP, lib: str = LIB) -> dict[str, Upstream]:
    """A program and its library."""
    return {URL: project({"src/app.py": app}), OTHER: project({"lib/serving.py": lib, "src/b.py": "x = 1\n"})}


def check(report: str, projects: dict[str, Upstream] | None = None) -> Audit:
    """Audit a report in which APP and LIB stand for links to the two files."""
    projects = projects or both()
    app, lib = projects.values()
    links = {"APP": f"{URL}/blob/{app.id('main')}/src/app.py", "LIB": f"{OTHER}/blob/{lib.id('main')}/lib/serving.py"}
    for word, link in links.items():
        report = report.replace(word, link)
    return audit_of(projects, report)


def unlinked(found: Audit) -> list[Judgement]:
    return [judgement for judgement in found.judgements if judgement.resolution.citation.url is None]


def test_each_frame_of_a_stack_finds_its_repository() -> None:
    found = check("APP#L4 LIB#L7\n\nrun, app.py:7\nserve, serving.py:3\nhandle, serving.py:8\n")
    assert [judgement.verdict for judgement in unlinked(found)] == ["verified"] * 3
    assert [judgement.resolution.repository for judgement in unlinked(found)] == [URL, OTHER, OTHER]
    assert set(rules_of(found)) == {"frame-unlinked"}


def test_the_paths_of_a_traceback_are_those_of_another_machine() -> None:
    trace = (
        'Traceback (most recent call last):\n  File "/home/me/src/app.py", line 7, in run\n    return lib.serve(app)\n'
        '  File "/usr/lib/python3/site-packages/lib/serving.py", line 3, in serve\n    handler.handle()\n'
    )
    found = check(f"{trace}\nAPP#L4 LIB#L1\n")
    assert [judgement.resolution.repository for judgement in unlinked(found)] == [URL, OTHER]


@pytest.mark.parametrize("path", ["serving.py:3", "lib/serving.py:3", "/usr/lib/site-packages/lib/serving.py:3"])
def test_a_path_with_a_line_fits_a_file(path: str) -> None:
    (judgement,) = unlinked(check(f"See {path} and LIB#L1"))
    assert judgement.verdict == "resolved"
    assert judgement.resolution.repository == OTHER


@pytest.mark.parametrize("written", ["serving.py:300", "other.py:3", "stop, serving.py:3", "other/serving.py:3"])
def test_what_fits_nothing_is_unexamined_without_an_incident(written: str) -> None:
    found = check(f"LIB#L1\n\n{written}\n")
    (judgement,) = unlinked(found)
    assert judgement.verdict == "unexamined"
    assert found.incidents == ()


def test_without_any_link_nothing_is_fetched() -> None:
    found = check("run, app.py:7\n\nsee lib/serving.py:3\n")
    assert [judgement.verdict for judgement in found.judgements] == ["unexamined", "unexamined"]
    assert found.incidents == ()


def test_a_path_that_two_files_end_with_fits_neither() -> None:
    files = {"a/util.py": "x = 1\n", "b/util.py": "x = 1\n", "c.py": "x = 1\n"}
    found = audit(files, "see util.py:1 and https://github.com/o/r/blob/{sha}/c.py#L1")
    assert unlinked(found)[0].verdict == "unexamined"


def test_of_two_commits_the_one_that_the_frame_fits() -> None:
    report = f"{URL}/blob/{{sha1}}/a.py#L4 {URL}/blob/{{sha2}}/a.py#L9\n\nrun, a.py:7\n"
    found = audit([{"a.py": APP}, {"a.py": "\n" * 5 + APP}], report)
    (judgement,) = unlinked(found)
    first = found.judgements[0].resolution.revision
    assert first is not None
    assert judgement.verdict == "verified"
    assert f"/{first.commit}/a.py#L7" in finding_of(found, "frame-unlinked").remedy


def test_two_commits_that_both_fit_are_told_and_judged_by_neither() -> None:
    report = f"{URL}/blob/{{sha1}}/a.py#L4 {URL}/blob/{{sha2}}/a.py#L4\n\nsee a.py:6 there\n"
    found = audit([{"a.py": APP}, {"a.py": APP + "x = 1\n"}], report)
    (judgement,) = unlinked(found)
    assert judgement.verdict == "unexamined"
    assert [finding.rule for finding in judgement.findings] == ["frame-unlinked"]
    assert judgement.findings[0].remedy.count("/blob/") == 2


def test_a_frame_that_fits_the_repository_of_its_neighbours_better() -> None:
    """The whole stack is a library's, but one frame is linked to a copy of the file elsewhere."""
    projects = both(app="\n" * 9 + APP)
    projects[OTHER] = project({"src/app.py": APP, "lib/serving.py": LIB})
    found = check("serve, serving.py:3\nLIB#L1\n\nrun, app.py:7\nAPP#L13\n", projects)
    finding = finding_of(found, "frame-release-conflict")
    pin = projects[OTHER].id("main")
    assert f"the 2 frames of o/lib in this stack fit commit {pin[:12]}, which the others cite" in finding.message
    assert finding.remedy == f"write {OTHER}/blob/{pin}/src/app.py#L7"


def test_a_frame_that_fits_nowhere_is_told_where_its_neighbours_have_the_function() -> None:
    projects = both(app="\n" * 9 + APP)
    projects[OTHER] = project({"src/app.py": APP, "lib/serving.py": LIB})
    found = check("serve, serving.py:3\nLIB#L1\n\nrun, app.py:6\nAPP#L13\n", projects)
    finding = finding_of(found, "frame-mismatch")
    assert "the neighbouring frames cite o/lib" in finding.message
    assert finding.remedy.startswith(f"perhaps {OTHER}/blob/")
    assert finding.remedy.endswith("/src/app.py#L4")


def test_a_frame_of_another_stack_is_no_neighbour() -> None:
    projects = both(app="\n" * 9 + APP)
    projects[OTHER] = project({"src/app.py": APP, "lib/serving.py": LIB})
    found = check("# One\n\nserve, serving.py:3\nLIB#L1\n\n# Two\n\nrun, app.py:7\nAPP#L13\n", projects)
    assert "neighbouring" not in finding_of(found, "frame-mismatch").message
