"""GitLab's code quality report: the keys that its widget reads, fingerprints that differ."""

import json
from dataclasses import replace
from typing import Any

from output_audits import HOSTILE, audit_of, big_audit, finding, judgement

from auditor.model import Audit, Incident, Place
from auditor.render.codequality import render_codequality


def entries_of(audit: Audit) -> list[dict[str, Any]]:
    """The entries, after their keys were looked at."""
    entries: list[dict[str, Any]] = json.loads(render_codequality(audit))
    for entry in entries:
        assert sorted(entry) == ["check_name", "description", "fingerprint", "location", "severity"]
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith("./")
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return entries


def test_a_clean_audit_is_an_empty_list() -> None:
    assert entries_of(Audit()) == []


def test_severities_and_places() -> None:
    audit = audit_of(judgement(finding(4)), judgement(finding(2, severity="note", document="./b.md")))
    first, second = entries_of(audit)
    assert (first["severity"], first["location"]) == (
        "major",
        {"path": "docs/report.md", "lines": {"begin": 4, "end": 4}},
    )
    assert (second["severity"], second["location"]["path"]) == ("info", "b.md")


def test_a_pdf_is_named_with_its_page() -> None:
    (entry,) = entries_of(audit_of(judgement(finding(at=Place("a.pdf", 8, 1, 8, 2, page=3)))))
    assert entry["location"]["lines"] == {"begin": 1, "end": 1}
    assert entry["description"].startswith("page 3: ")


def test_what_could_not_be_examined_is_no_small_matter() -> None:
    (entry,) = entries_of(replace(Audit(), incidents=(Incident("no network"),)))
    assert (entry["check_name"], entry["severity"]) == ("unexamined", "major")


def test_the_same_mistake_twice_and_hostile_text() -> None:
    one = finding(document=HOSTILE, message=HOSTILE, remedy=HOSTILE)
    assert len(entries_of(audit_of(judgement(one), judgement(one)))) == 2


def test_five_thousand_findings() -> None:
    assert len(entries_of(big_audit(5000))) == 5000
