"""What a person at a terminal sees of obligations."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from shown_project import SDIST, WHEEL, judged, shipping

from auditor.model import Audit, Finding, Lines, Place
from auditor.model.obligation import (
    Evidence,
    Obligation,
    ObligationJudgement,
    ObligationVerdict,
    Shipping,
    ShippingJudgement,
)
from auditor.obligations.run import judge_shipping
from auditor.render.obligation_view import sections_of, summarise
from auditor.render.obligations import render_obligations
from auditor.render.text import TextOptions


def shown(audit: Audit, columns: int = 100, color: bool = False, quiet: bool = False, verbose: bool = False) -> str:
    return "\n".join(render_obligations(audit, TextOptions(columns, color, quiet, verbose)))


def section(text: str, title: str) -> str:
    """The part of the text from a title up to the next empty line."""
    return text[text.index(title) :].split("\n\n", 1)[0]


def joined(text: str) -> str:
    return " ".join(text.split())


def some(audit: Audit) -> ShippingJudgement:
    assert audit.shipping is not None
    return audit.shipping


def changed(audit: Audit, **values: object) -> Audit:
    """The audit with every obligation changed in the same way."""
    judgements = [
        replace(one, subject=replace(one.subject, **values)) if isinstance(one.subject, Obligation) else one  # type: ignore[arg-type]
        for one in some(audit).judgements
    ]
    return replace(audit, shipping=replace(some(audit), judgements=tuple(judgements)))


def test_a_dependency_that_is_right_takes_one_line() -> None:
    wheel = section(shown(judged()), WHEEL)
    lines = wheel.splitlines()
    at = next(index for index, line in enumerate(lines) if "click" in line)
    assert lines[at].split() == ["ok", "click", "2.40.0", "BSD-3-Clause", "clause", "2"]
    assert lines[at + 1].split()[:2] == ["ok", "colorama"]


def test_what_is_wrong_shows_both_sides() -> None:
    wheel = joined(section(shown(judged()), WHEEL))
    assert "VIOLATED werkzeug 2.95.0 BSD-3-Clause" in wheel
    said = "error[notice-altered] clause 2 (L7) of LICENSE: the notice adds “any” ✗ shop-1.4.0.dist-info/THIRD_PARTY"
    assert said in wheel
    assert "→ notice-altered: copy the notice from its file at the pin" in wheel


def test_what_a_person_must_judge_is_not_called_a_fault() -> None:
    general = section(shown(judged()), "what no single artifact shows")
    assert "review        flask 1.0" in general
    assert "? README.md L5" in general
    assert "✗" not in general
    assert "warning[endorsement-review] clause 3 in promotion (L12-L13) of LICENSE.rst" in joined(general)


def test_the_same_about_many_is_said_once() -> None:
    text = shown(judged())
    wheel, sdist = joined(section(text, WHEEL)), joined(section(text, SDIST))
    missing = "VIOLATED 4 dependencies: the notice of LICENSE is not in"
    names = "MIT: anyio 2.15.0, attrs 2.20.0, blinker 2.25.0 BSD-4-Clause: netbsd-curses 2.80.0"
    assert f"{missing} {WHEEL} (notice-missing) {names}" in wheel
    assert f"not examined 18 dependencies: whether {SDIST} carries it is not known" in sdist
    assert sdist.count("is not known") == 1


def test_verbose_shows_every_clause_with_its_evidence_and_nothing_together() -> None:
    text = shown(judged(), verbose=True)
    wheel = joined(section(text, WHEEL))
    assert "dependencies:" not in text
    assert "(--verbose" not in text
    assert "clause 2 (L9-L10) of LICENSE.rst: the notice is there, word by word · shop-1.4.0.dist-info" in wheel
    assert "n/a: section 2(a) if changed (L63), section 2(b) if changed (L65)" in wheel
    assert wheel.count("the notice of LICENSE is not in") == 5


def test_clauses_that_ask_nothing_are_counted() -> None:
    counts = some(judged()).verdict_counts()
    told = [int(count) for count in re.findall(r"n/a +(\d+) clauses", shown(judged()))]
    assert sum(told) == counts["not-applicable"]


def test_what_is_waived_is_marked_and_stays_counted() -> None:
    text = joined(shown(judged()))
    assert "waived urllib3 2.90.0 MIT permission notice condition (L11-L12) of LICENSE" in text
    assert "accepted by Ada Byron: its notice is on the box" in text
    assert "7 violations (1 waived) found for source and binary; 13 points need review; 39 were not examined" in text
    assert "8 errors, 7 warnings, 0 notes; 1 waived; 1 incident" in text


def test_every_waiver_is_listed_with_its_fate() -> None:
    waivers = section(shown(judged()), "waivers\n")
    states = [line.split()[0] for line in waivers.splitlines()[1:] if not line.startswith("   ")]
    assert states == ["used", "unknown", "expired"]
    assert "until 2027-01-31: its notice is on the box (accepts 1 finding)" in joined(waivers)
    assert "to be mended in 1.4 (would accept 1 finding)" in joined(waivers)


def test_what_belongs_to_no_obligation_has_its_place() -> None:
    text = shown(judged())
    stale = joined(section(text, "notices on what is not carried"))
    assert "warning[notice-stale] leftpad: shop-1.4.0.dist-info/THIRD_PARTY_NOTICES L1109-L1129 in" in stale
    manifest = section(text, "the manifest")
    assert "error[manifest-key] auditor.toml:31: there is no key “licence”" in manifest
    assert "→ manifest-key: did you mean “license”?" in manifest
    assert "not examined auditor.toml:11\n    the repository could not be reached" in text
    assert "not examined  could not be read: doc/LEGAL.pdf: no text" in section(text, SDIST)


def test_quiet_leaves_out_what_is_right_and_the_summary() -> None:
    text = shown(judged(), quiet=True)
    assert "VIOLATED      werkzeug" in text
    assert " click " not in section(text, WHEEL)
    assert "violations" not in text
    assert "waivers" not in text
    good = changed(judged(), verdict="fulfilled", breach=None, evidence=())
    nothing = replace(
        good, incidents=(), shipping=replace(some(good), findings=(), judgements=some(good).judgements[:9])
    )
    assert WHEEL not in shown(nothing, quiet=True)


def test_colour_adds_nothing_but_colour() -> None:
    plain, colored = shown(judged()), shown(judged(), color=True)
    assert "\x1b[31;1mVIOLATED" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == plain


def test_a_very_narrow_terminal_loses_only_what_is_right() -> None:
    text = shown(judged(), 20)
    assert "clause 2 (L7) of LICENSE" in joined(text)
    assert "  ok            flask…  BSD-…" in text.splitlines()


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_lines_keep_to_the_width(columns: int) -> None:
    for line in shown(judged(), columns).splitlines():
        assert len(line) <= columns or len(line.split()) <= 2 or line.startswith("dist/"), line


def test_one_more_file_than_is_shown_is_told() -> None:
    places = tuple(Evidence(f"a{number}.py", Lines(number, number), "lost it", True) for number in range(1, 8))
    given = changed(judged(), evidence=places, verdict="violated", breach=None)
    assert "… 3 more (--verbose shows them)" in shown(given)
    assert "a7.py L7: lost it" in shown(given, verbose=True)


def test_readings_that_disagree_are_both_shown() -> None:
    given = changed(judged(), readings=("the metadata say MIT", "the text is ISC"))
    assert "its sources disagree: the metadata say MIT; or the text is ISC" in joined(shown(given))


def test_notes_about_the_manifest_are_shown_when_asked_for() -> None:
    note = Finding("license-stated", "note", "it is said twice", Place("auditor.toml", 3, 1, 3, 1), "say it once", "x")
    given = replace(judged(), shipping=replace(some(judged()), findings=(note,)))
    assert "it is said twice" not in shown(given)
    assert "1 note (--verbose shows them)" in shown(given)
    assert "it is said twice" in shown(given, verbose=True)


def test_the_summary_never_says_that_something_is_lawful() -> None:
    everything = ShippingJudgement(shipping(()), judge_shipping(shipping(())))

    def summary(*verdicts: ObligationVerdict) -> str:
        one = next(one for one in everything.obligations if one.artifact)
        judgements = tuple(ObligationJudgement(replace(one, verdict=verdict)) for verdict in verdicts)
        return summarise(replace(everything, judgements=judgements))

    assert summary("fulfilled") == "no violation found for source and binary"
    assert summary("violated") == "1 violation found for source and binary"
    found = "no violation found for source and binary; 1 point needs review; 2 were not examined"
    assert summary("review", "unexamined", "fulfilled", "unexamined") == found
    assert summary() == "no dependency was looked at"
    unsaid = replace(everything, shipping=Shipping(), judgements=everything.judgements[:1])
    assert summarise(unsaid).endswith(" found for what was given")
    assert "complian" not in shown(judged()).lower()


def test_nothing_from_outside_steers_the_terminal() -> None:
    evil = "\x1b[31m\r\u202eevil\n"
    place = Evidence(evil, None, evil, True, evil)
    given = changed(judged(), reason=evil, artifact=None, license=evil, clause_path=evil, evidence=(place,))
    for verbose in (False, True):
        text = shown(given, verbose=verbose)
        assert "evil" in text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)


@pytest.mark.parametrize("reason", ["x" * 1_000_000, "a " * 500_000, "\x1b" * 1_000_000])
def test_a_very_long_reason_takes_no_time(reason: str) -> None:
    start = time.perf_counter()
    text = shown(changed(judged(), reason=reason, verdict="review"))
    assert len(text) < 400_000
    assert time.perf_counter() - start < 5


def test_many_dependencies_take_no_time() -> None:
    many = crowd(3000, ("no artifact was given", "the text is there"))
    start = time.perf_counter()
    text = shown(many)
    assert time.perf_counter() - start < 5
    assert "3000 dependencies: no artifact was given" in text


def crowd(count: int, reasons: Sequence[str]) -> Audit:
    """As many dependencies as wanted, each with the same to say of it."""
    first = some(judged()).obligations[0]
    judgements = tuple(
        ObligationJudgement(
            replace(first, dependency=replace(first.dependency, name=f"d{number}"), reason=reason, evidence=())
        )
        for number in range(count)
        for reason in reasons
    )
    return Audit(shipping=replace(some(judged()), judgements=judgements, findings=(), accepted=(), waivers=()))


def test_three_alike_are_shown_one_by_one() -> None:
    assert [len(one.groups) for one in sections_of(some(crowd(3, ("same",))))][1] == 0
    assert [len(one.groups) for one in sections_of(some(crowd(4, ("same",))))][1] == 1


def test_many_incidents_are_counted() -> None:
    audit = replace(judged(), incidents=judged().incidents * 9)
    assert "… 3 more were not examined (--verbose shows them)" in shown(audit)
    assert "9 incidents" in shown(audit)
    assert shown(audit, verbose=True).count("the repository could not be reached\n") >= 9


def test_an_audit_without_a_shipment_is_shown() -> None:
    assert shown(Audit()) == ""
