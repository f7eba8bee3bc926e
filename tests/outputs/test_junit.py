"""JUnit XML: one test for each thing that was examined, with the outcome that a CI server should count."""

from dataclasses import replace
from xml.etree import ElementTree

from output_audits import HOSTILE, audit_of, big_audit, finding, judgement

from auditor.model import Audit, Incident, Report, Unlooked
from auditor.render.junit import render_junit


def suites_of(audit: Audit) -> dict[str, ElementTree.Element]:
    """The suites by their names, after the counts were held against what is there."""
    root = ElementTree.fromstring(render_junit(audit))
    for element in (root, *root):
        tags = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
        assert {name: element.get(name) for name in tags} == {
            name: str(sum(1 for _ in element.iter(tag))) for name, tag in tags.items()
        }
    return {suite.get("name", ""): suite for suite in root}


def outcomes(suite: ElementTree.Element) -> list[list[str]]:
    """The tags within each test of a suite."""
    return [[child.tag for child in case] for case in suite]


def test_a_document_without_citations_is_a_suite_without_tests() -> None:
    assert outcomes(suites_of(Audit((Report("a.md", "markdown", ()),)))["a.md"]) == []


def test_errors_fail_and_warnings_are_told() -> None:
    audit = audit_of(judgement(finding(3)), judgement(finding(2, severity="warning")), judgement(line=1))
    suite = suites_of(audit)["docs/report.md"]
    assert outcomes(suite) == [[], ["system-out"], ["failure"]]  # in the order of the lines
    failure = suite[2][0]
    assert (failure.get("type"), failure.get("message")) == ("wrong-symbol", "the lines are not about run()")
    assert "docs/report.md, 3:1" in (failure.text or "")


def test_what_fails_a_run_fails_its_test() -> None:
    audit = audit_of(judgement(finding(2, severity="warning")))
    assert "<failure" in render_junit(audit, ("error", "warning"))
    assert "<failure" not in render_junit(audit, ())


def test_what_could_not_be_examined_is_an_error_once() -> None:
    audit = audit_of(judgement(line=4, verdict="unexamined", target=Unlooked("no network")))
    audit = replace(audit, incidents=(Incident("no network (1 citation)", "docs/report.md", 4), Incident("git failed")))
    suites = suites_of(audit)
    assert outcomes(suites["docs/report.md"]) == [["error"]]
    assert outcomes(suites["auditor"]) == [["error"]]


def test_what_nobody_can_look_up_is_skipped() -> None:
    audit = audit_of(judgement(verdict="unexamined", target=Unlooked("no repository is named", incident=False)))
    assert outcomes(suites_of(audit)["docs/report.md"]) == [["skipped"]]


def test_hostile_text_is_well_formed() -> None:
    one = judgement(finding(document=HOSTILE, message=HOSTILE, remedy=HOSTILE), url=HOSTILE)
    suites = suites_of(replace(audit_of(one), incidents=(Incident(HOSTILE, HOSTILE, 9),)))
    (suite,) = suites.values()
    assert outcomes(suite) == [["failure"], ["error"]]


def test_five_thousand_findings() -> None:
    suites = suites_of(big_audit(5000))
    assert len(suites) == 40
    assert sum(len(suite) for suite in suites.values()) == 5000
