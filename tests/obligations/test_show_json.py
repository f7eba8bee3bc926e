"""What a program reads of obligations: the schema holds, and every key says what it should."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from shown_project import NOTICES, SDIST, WHEEL, judged

from auditor.model import Audit
from auditor.model.obligation import Obligation
from auditor.render import json as render_module
from auditor.render.json import render_json

SCHEMA = json.loads(Path(render_module.__file__).with_name("schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def value() -> dict[str, Any]:
    return checked(judged())


def checked(audit: Audit) -> dict[str, Any]:
    """The audit as a program reads it, after the schema has agreed."""
    found: dict[str, Any] = json.loads(render_json(audit))
    jsonschema.validate(found, SCHEMA)
    return found


def find(value: dict[str, Any], dependency: str, artifact: str | None) -> dict[str, Any]:
    """The first obligation towards a dependency in an artifact."""
    return next(
        one for one in value["obligations"] if one["dependency"] == dependency and one["artifact"] == artifact
    )  # fmt: skip


def test_an_obligation_has_both_sides(value: dict[str, Any]) -> None:
    link = "https://github.com/example/werkzeug/blob/0123456789abcdef0123456789abcdef01234567/LICENSE#L7"
    finding = next(one for one in value["findings"] if one["rule"] == "notice-altered")
    assert find(value, "werkzeug", WHEEL) == {
        "dependency": "werkzeug",
        "version": "2.95.0",
        "license": "BSD-3-Clause",
        "clause": "clause 2",
        "atom": "binary-reproduce",
        "when": "binary",
        "artifact": WHEEL,
        "verdict": "violated",
        "reason": "the notice adds “any”",
        "clause_path": "LICENSE",
        "clause_start": 7,
        "clause_end": 7,
        "clause_permalink": link,
        "evidence": find(value, "werkzeug", WHEEL)["evidence"],
        "readings": [],
        "findings": [finding["fingerprint"]],
        "waived": False,
    }
    (place,) = find(value, "werkzeug", WHEEL)["evidence"]
    assert (place["path"], place["breaks"], place["start"] <= place["end"]) == (NOTICES, True, True)


def test_what_is_not_known_is_null(value: dict[str, Any]) -> None:
    dice = find(value, "dice", WHEEL)
    assert dice["verdict"] == "unexamined"
    for key in ("license", "clause", "atom", "clause_path", "clause_start", "clause_end", "clause_permalink"):
        assert dice[key] is None
    assert find(value, "click", None)["when"] == "promotion"


def test_the_summary_counts(value: dict[str, Any]) -> None:
    counts = dict(value["summary"]["obligations"])
    assert counts.pop("waived") == len(value["shipping"]["waived"]) == 1
    assert sum(counts.values()) == len(value["obligations"])
    assert counts["violated"] == sum(one["verdict"] == "violated" for one in value["obligations"]) == 7


def test_what_is_waived_is_no_finding_but_is_told(value: dict[str, Any]) -> None:
    waived = find(value, "urllib3", WHEEL)
    assert (waived["verdict"], waived["waived"], waived["findings"]) == ("violated", True, [])
    assert sum(one["waived"] for one in value["obligations"]) == 1
    (told,) = value["shipping"]["waived"]
    assert told["fingerprint"] not in [finding["fingerprint"] for finding in value["findings"]]
    assert told["waiver"] == {
        "rule": "notice-missing",
        "dependency": "urllib3",
        "reason": "its notice is on the box",
        "by": "Ada Byron",
        "expires": date(2027, 1, 31).isoformat(),
    }
    fates = [(one["dependency"], one["state"], one["hidden"]) for one in value["shipping"]["waivers"]]
    assert fates == [("urllib3", "used", 0), ("requests", "unknown", 0), ("attrs", "expired", 1)]


def test_every_finding_named_is_there(value: dict[str, Any]) -> None:
    there = {finding["fingerprint"] for finding in value["findings"]}
    named = [
        one for part in (value["obligations"], value["shipping"]["stale"]) for of in part for one in of["findings"]
    ]
    assert named
    assert set(named) <= there


def test_what_was_looked_at(value: dict[str, Any]) -> None:
    shipping = value["shipping"]
    assert [(one["name"], one["form"], one["certain"], one["unread"]) for one in shipping["artifacts"]] == [
        (WHEEL, "binary", True, []),
        (SDIST, "source", False, ["doc/LEGAL.pdf: no text"]),
    ]
    assert shipping["artifacts"][0]["components"][0]["root"] == "shop/_vendor/anyio"
    assert (shipping["kinds"], shipping["modified"], shipping["surfaces"]) == (
        ["source", "binary"],
        False,
        ["README.md"],
    )
    (stale,) = shipping["stale"]
    assert (stale["name"], stale["path"], stale["start"], stale["end"]) == ("leftpad", NOTICES, 1109, 1129)


def test_other_commands_have_the_keys_too() -> None:
    value = checked(Audit())
    assert value["obligations"] == []
    assert value["shipping"] is None
    assert set(value["summary"]["obligations"].values()) == {0}


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert render_json(judged()) == render_json(judged())


def test_a_name_that_is_no_text_becomes_one() -> None:
    audit = judged()
    assert audit.shipping is not None
    first = next(one for one in audit.shipping.judgements if isinstance(one.subject, Obligation) and one.subject.clause)
    assert isinstance(first.subject, Obligation)
    odd = replace(first, subject=replace(first.subject, reason="\udcff", clause_path="a\udcff", artifact="\x00\udc80"))
    value = checked(replace(audit, shipping=replace(audit.shipping, judgements=(odd,))))
    assert value["obligations"][0]["clause_path"] == "a?"
