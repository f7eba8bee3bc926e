"""Comments that accept findings, applied to an audit."""

from dataclasses import replace

from output_audits import audit_of, finding, judgement

from auditor.model import Audit, Incident, Place
from auditor.model.aside import Pragma
from auditor.pragmas import apply_pragmas
from auditor.read.pragmas import read_pragmas
from auditor.rules import CATALOGUE, select_rules

DOCUMENT = "docs/report.md"


def pragma(first: int, last: int, *rules: str, trouble: str = "", document: str = DOCUMENT) -> Pragma:
    """A comment above line `first` that is about the lines up to `last`."""
    at = Place(document, max(1, first - 1), 1, max(1, first - 1), 40)
    return Pragma(at, rules or ("wrong-symbol",), "because", Place(document, first, 1, last, 80), trouble)


def on_lines(*lines: int) -> Audit:
    """An audit with a finding on each of the lines."""
    return audit_of(*(judgement(finding(line)) for line in lines))


def raised(audit: Audit) -> list[tuple[str, int]]:
    """Rule and line of what is raised."""
    return [(one.rule, one.place.line) for one in audit.findings]


def test_what_is_accepted_is_not_raised_but_counted() -> None:
    after = apply_pragmas(on_lines(2, 3, 6, 7), [pragma(3, 6)], CATALOGUE)
    assert raised(after) == [("wrong-symbol", 2), ("wrong-symbol", 7)]
    assert [(one.finding.place.line, one.waiver.reason) for one in after.set_aside.waived] == [
        (3, "because"),
        (6, "because"),
    ]
    assert [fact.state for fact in after.set_aside.waivers] == ["used"]


def test_columns_count() -> None:
    covers = Place(DOCUMENT, 1, 20, 1, 30)
    accepting = Pragma(Place(DOCUMENT, 1, 1, 1, 9), ("wrong-symbol",), "because", covers)
    places = [Place(DOCUMENT, 1, column, 1, 40) for column in (19, 20, 30, 31)]
    after = apply_pragmas(audit_of(*(judgement(finding(at=at)) for at in places)), [accepting], CATALOGUE)
    assert [one.place.column for one in after.findings] == [19, 31]


def test_only_the_rules_that_it_names_in_its_own_document() -> None:
    others = audit_of(judgement(finding(3, rule="cut-definition")), judgement(finding(3, document="b.md")))
    after = apply_pragmas(others, [pragma(3, 6)], CATALOGUE)
    assert raised(after) == [("cut-definition", 3), ("wrong-symbol", 3), ("waiver-unused", 2)]


def test_each_rule_that_accepts_nothing_is_told() -> None:
    after = apply_pragmas(on_lines(3), [pragma(3, 4, "wrong-symbol", "cut-definition")], CATALOGUE)
    assert [fact.state for fact in after.set_aside.waivers] == ["used", "unused"]
    (told,) = after.findings
    assert told.message == "the waiver of cut-definition accepts no finding"


def test_nobody_knows_of_rules_that_did_not_run_and_of_what_was_not_examined() -> None:
    some = select_rules(ignore=["wrong-symbol"])
    assert raised(apply_pragmas(on_lines(), [pragma(3, 4)], some)) == []
    for where in (DOCUMENT, None):
        troubled = replace(on_lines(9), incidents=(Incident("no network", where),))
        assert raised(apply_pragmas(troubled, [pragma(3, 4)], CATALOGUE)) == [("wrong-symbol", 9)]


def test_a_rule_that_does_not_exist_is_named_with_the_nearest() -> None:
    after = apply_pragmas(on_lines(3), [pragma(3, 4, "wrong-symbool", "wrong-symbol")], CATALOGUE)
    assert raised(after) == [("wrong-symbol", 3), ("waiver-malformed", 2)]
    assert after.findings[1].message == (
        "this comment accepts nothing: there is no rule 'wrong-symbool'; perhaps wrong-symbol"
    )


def test_without_a_reason_it_accepts_nothing() -> None:
    after = apply_pragmas(on_lines(3), [pragma(3, 4, trouble="it gives no reason")], CATALOGUE)
    assert raised(after) == [("wrong-symbol", 3), ("waiver-malformed", 2)]


def test_of_two_about_the_same_one_is_not_needed() -> None:
    after = apply_pragmas(on_lines(9), [pragma(3, 20), pragma(5, 10), pragma(30, 31)], CATALOGUE)
    assert raised(after) == [("waiver-unused", 4), ("waiver-unused", 29)]


def test_its_own_rules_can_be_left_out() -> None:
    some = select_rules(ignore=["waiver-unused", "waiver-malformed"])
    assert raised(apply_pragmas(on_lines(), [pragma(3, 4), pragma(5, 6, trouble="it names no rule")], some)) == []


def test_thousands() -> None:
    text = "".join(f"text {number} <!-- auditor: ignore wrong-symbol – x -->\n\n" for number in range(1000))
    after = apply_pragmas(on_lines(*range(1, 5001)), read_pragmas(text, "markdown", DOCUMENT), CATALOGUE)
    assert len(after.set_aside.waived) == 1000
    assert len(after.findings) == 4000
