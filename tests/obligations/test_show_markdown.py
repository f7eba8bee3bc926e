"""The Markdown document on obligations: a table per artifact, and nothing from outside that becomes markup."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from shown_project import SDIST, WHEEL, judged

from auditor.model import Audit, Incident
from auditor.model.obligation import Evidence, Obligation, StaleNotice
from auditor.render.templates import render_template

PIN = "blob/0123456789abcdef0123456789abcdef01234567"


def shown(audit: Audit) -> str:
    return render_template("obligations.md", audit)


def part(text: str, title: str) -> str:
    """A chapter."""
    return re.split(r"\n## ", text[text.index(f"## {title}") + 3 :])[0]


def changed(audit: Audit, **values: object) -> Audit:
    """The audit with every obligation changed in the same way."""
    assert audit.shipping is not None
    judgements = [
        replace(one, subject=replace(one.subject, **values)) if isinstance(one.subject, Obligation) else one  # type: ignore[arg-type]
        for one in audit.shipping.judgements
    ]
    return replace(audit, shipping=replace(audit.shipping, judgements=tuple(judgements)))


def test_the_result_comes_first() -> None:
    lines = shown(judged()).splitlines()
    assert lines[0] == "# What is owed for what is shipped"
    assert lines[2] == "> [!CAUTION]"
    assert lines[3].startswith("> 7 violations \\(1 waived\\) found for source and binary; 13 points need review")
    assert lines[4] == "> Findings: 8 errors, 7 warnings, 0 notes, 1 waived."


@pytest.mark.parametrize(("verdict", "alert"), [("unexamined", "WARNING"), ("review", "NOTE"), ("fulfilled", "NOTE")])
def test_the_alert_is_as_loud_as_the_result(verdict: str, alert: str) -> None:
    quiet = replace(changed(judged(), verdict=verdict), incidents=())
    assert f"> [!{alert}]\n" in shown(quiet)
    assert "> [!WARNING]\n" in shown(replace(quiet, incidents=(Incident("no network"),)))


def test_each_artifact_has_a_table_with_links_to_the_clauses() -> None:
    wheel = part(shown(judged()), WHEEL)
    link = f"[clause 2](<https://github.com/example/click/{PIN}/LICENSE#L7>)"
    assert f"| click 2.40.0 | BSD-3-Clause | ok | ok: {link} |" in wheel
    assert "| dice 1.0 | unknown | **not examined** |  |" in wheel
    assert "| anyio 2.15.0 | MIT | **VIOLATED** | VIOLATED: [permission notice condition]" in wheel
    assert wheel.count("\n| ") == 2 + 20
    assert "What no single artifact shows" in shown(judged())


def test_what_is_not_fulfilled_shows_both_sides_and_what_to_do() -> None:
    sdist = part(shown(judged()), SDIST)
    link = f"[clause 1](<https://github.com/o/flask/{PIN}/LICENSE.rst#L6-L7>)"
    assert f"- **VIOLATED** flask 1.0, {link} (L6-L7) of LICENSE.rst: shop/\\_vendor/flask/util.py lost" in sdist
    assert "  - at fault: shop/\\_vendor/flask/util.py: lacks “" in sdist
    assert "  - error `notice-missing` → put the notice" in sdist
    assert "- **not examined** 18 dependencies (anyio 2.15.0, attrs 2.20.0" in sdist
    assert "- **not examined** a file could not be read: doc/LEGAL.pdf: no text" in sdist


def test_waivers_stale_notices_and_what_was_looked_at() -> None:
    text = shown(judged())
    assert f"| {WHEEL} | binary | 20 | yes |" in part(text, "What was looked at")
    assert f"| {SDIST} | source | 2 | no |" in text
    waivers = part(text, "Waivers")
    assert "| notice-missing of urllib3, accepted by Ada Byron until 2027-01-31: its notice is on the box |" in waivers
    assert "| expired: would accept 1 finding |" in waivers
    assert "  - waived: notice-missing of urllib3, accepted by Ada Byron" in part(text, WHEEL)
    assert "- leftpad: shop-1.4.0.dist-info/THIRD\\_PARTY\\_NOTICES L1109-L1129 in" in part(text, "Notices on what")
    assert "- auditor.toml:11: the repository could not be reached" in part(text, "Not examined")
    assert "**error** `manifest-key` auditor.toml:31: there is no key “licence”" in part(text, "The manifest")


def test_the_document_is_well_formed() -> None:
    """What linters ask for: one empty line around headings, tables and lists, titles that differ, no loose ends."""
    text = shown(judged())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    lines = text.splitlines()
    titles = [line for line in lines if line.startswith("#")]
    assert len(set(titles)) == len(titles)
    for before, line in pairwise(lines):
        if line.startswith("#") or before.startswith("#"):
            assert "" in (before, line)
        for mark in ("|", "-", ">"):
            starts = line.startswith(mark) and not before.lstrip().startswith((mark, "→"))
            assert not starts or before == "", f"{before!r} stands directly above {line!r}"
    columns = {line.count("|") - line.count("\\|") for line in lines if line.startswith("|")}
    assert columns <= {3, 5}


def test_nothing_from_outside_becomes_markup() -> None:
    evil = "a|b`c`<script>[x](http://x|y)\n# title @me\n| c |"
    place = Evidence(evil, None, evil, True)
    audit = changed(judged(), reason=evil, license=evil, clause_path=evil, evidence=(place,), readings=(evil, evil))
    assert audit.shipping is not None
    judgements = tuple(
        replace(one, subject=replace(one.subject, dependency=replace(one.subject.dependency, name=evil)))
        if isinstance(one.subject, Obligation) else replace(one, subject=replace(one.subject, name=evil))
        for one in audit.shipping.judgements if isinstance(one.subject, Obligation | StaleNotice)
    )  # fmt: skip
    artifacts = tuple(replace(one, unread=(evil,)) for one in audit.shipping.shipping.artifacts)
    given = replace(audit.shipping.shipping, artifacts=artifacts)
    text = shown(replace(audit, shipping=replace(audit.shipping, judgements=judgements, shipping=given)))
    assert not re.search(r"(?<!\\)<(?!https?://)", text)
    assert not re.search(r"(?<!\\)@me", text)
    assert not re.search(r"^# title", text, re.MULTILINE)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {3, 5}


def test_a_link_cannot_be_left() -> None:
    text = shown(changed(judged(), clause_permalink="https://e.org/a b>|\n](c)"))
    assert "(<https://e.org/a%20b%3E%7C%0A%5D(c)>)" in text


def test_without_a_shipment_only_the_incidents_are_told() -> None:
    text = shown(Audit(incidents=(Incident("no network"),)))
    assert text == "# What is owed for what is shipped\n\n## Not examined\n\n- no network\n"
