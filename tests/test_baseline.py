"""A baseline: what was wrong before is not raised but counted, and a line that moves changes nothing."""

import json
from dataclasses import replace

import pytest
from output_audits import audit_of, big_audit, finding, judgement

from auditor.baseline import apply_baseline, read_baseline, write_baseline
from auditor.errors import DocumentError
from auditor.model import Audit, Incident
from auditor.rules import rule_ids

NAME = "auditor-baseline.json"


def applied(now: Audit, before: Audit, rules: tuple[str, ...] | None = None) -> Audit:
    """An audit after the baseline that was written of an earlier one."""
    entries = read_baseline(write_baseline([before]).encode(), NAME)
    return apply_baseline(now, entries, rules if rules is not None else rule_ids())


def audit(*findings: tuple[int, str]) -> Audit:
    """An audit with an error on each of the lines, about what is written there."""
    return audit_of(*(judgement(finding(line, subject=subject)) for line, subject in findings))


def test_what_is_known_is_not_raised_but_counted() -> None:
    before = audit((1, "a"), (2, "b"))
    after = applied(before, before)
    assert after.findings == ()
    assert after.set_aside.known == before.findings
    assert after.set_aside.gone == ()
    assert [one.verdict for one in after.judgements] == ["mismatched", "mismatched"]


def test_lines_may_move() -> None:
    assert applied(audit((40, "a"), (3, "b")), audit((1, "a"), (2, "b"))).findings == ()


def test_what_is_new_is_raised_at_its_place() -> None:
    (new,) = applied(audit((1, "a"), (9, "c")), audit((1, "a"))).findings
    assert (new.place.line, new.subject) == (9, "c")


def test_the_same_mistake_once_more_is_new() -> None:
    after = applied(audit((1, "a"), (2, "a"), (3, "a")), audit((1, "a"), (2, "a")))
    assert [one.place.line for one in after.findings] == [3]


def test_what_was_mended_is_gone_from_the_baseline() -> None:
    after = applied(audit((1, "a")), audit((1, "a"), (2, "a"), (3, "b")))
    gone = {entry.fingerprint: entry.count for entry in after.set_aside.gone}
    assert gone == {finding(subject="a").fingerprint: 1, finding(subject="b").fingerprint: 1}


def test_of_what_was_not_examined_nothing_is_gone() -> None:
    before, other = audit((1, "a")), audit_of(judgement(document="other.md"))
    assert applied(other, before).set_aside.gone == ()
    assert applied(audit_of(judgement()), before, rules=("unpinned-link",)).set_aside.gone == ()
    troubled = replace(audit_of(judgement()), incidents=(Incident("no network", "docs/report.md"),))
    assert applied(troubled, before).set_aside.gone == ()
    assert applied(audit_of(judgement()), before).set_aside.gone != ()


def test_written_anew_it_keeps_what_is_known() -> None:
    before = audit((1, "a"), (2, "a"), (3, "b"))
    assert write_baseline([applied(before, before)]) == write_baseline([before])


def test_the_file_is_sorted_and_says_what_it_holds() -> None:
    findings = [finding(1, document=name, subject="x", message="says\n  this") for name in ("b.md", "a.md", "b.md")]
    text = write_baseline([audit_of(*map(judgement, findings))])
    assert json.loads(text) == {
        "baseline": 1,
        "findings": [
            {
                "count": count,
                "document": document,
                "fingerprint": finding(document=document, subject="x").fingerprint,
                "message": "says this",
                "rule": "wrong-symbol",
            }
            for document, count in (("a.md", 1), ("b.md", 2))
        ],
    }
    assert text.endswith("}\n")


def test_names_that_are_no_text_can_be_written() -> None:
    assert applied(audit_of(judgement(finding(document="\udcff.md"))), audit_of()).findings != ()
    odd = audit_of(judgement(finding(document="\udcff.md")))
    assert applied(odd, odd).findings == ()


DAMAGED = {
    "no JSON": b"{",
    "no text": b"\xff\xfe\xfa",
    "too deep": b"[" * 100_000,
    "a number too long": b'{"baseline": 1, "findings": [{"fingerprint": "a", "count": ' + b"9" * 10_000 + b"}]}",
    "a list": b"[]",
    "another file": b'{"schema": 1, "findings": []}',
    "no findings": b'{"baseline": 1}',
    "a finding that is none": b'{"baseline": 1, "findings": [7]}',
    "no fingerprint": b'{"baseline": 1, "findings": [{"count": 1}]}',
    "a count below one": b'{"baseline": 1, "findings": [{"fingerprint": "a", "count": 0}]}',
    "a count that is true": b'{"baseline": 1, "findings": [{"fingerprint": "a", "count": true}]}',
    "a version to come": b'{"baseline": 2, "findings": []}',
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(DocumentError, match=rf"^{NAME}: ") as raised:
        read_baseline(data, NAME)
    assert "\n" not in str(raised.value)


def test_five_thousand_known_findings() -> None:
    before = big_audit(5000)
    after = applied(before, before)
    assert (after.findings, len(after.set_aside.known)) == ((), 5000)
