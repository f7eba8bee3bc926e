"""SARIF: the shape that GitHub's code scanning accepts, places that are right, limits that hold."""

import gzip
import json
import os
import random
import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import audits
import jsonschema
import pytest
from output_audits import COMMIT, HOSTILE, audit_of, big_audit, finding, judgement, place

from auditor.model import Audit, Edits, Frame, Incident, Place, Related, Replacement, Span
from auditor.model.worktree import Worktree
from auditor.render.sarif import MOST_BYTES, MOST_RELATED, MOST_RESULTS, SarifOptions, render_sarif

DOCUMENT = "docs/report.md"
OWN = Worktree("/home/me/mine", "/home/me/mine", "https://github.com/me/mine", "b" * 40)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(Path(__file__).with_name("sarif-subset.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def run_of(audit: Audit, options: SarifOptions | None = None) -> dict[str, Any]:
    """The one run, after the whole file was held against the schema."""
    log = json.loads(render_sarif(audit, options or SarifOptions(OWN)))
    _validator().validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def result_of(audit: Audit, options: SarifOptions | None = None) -> dict[str, Any]:
    """The one result."""
    (result,) = run_of(audit, options)["results"]
    found: dict[str, Any] = result
    return found


def notes_of(run: dict[str, Any]) -> list[str]:
    """What the notifications say."""
    return [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]


def physical(result: dict[str, Any]) -> dict[str, Any]:
    """The primary location of a result."""
    found: dict[str, Any] = result["locations"][0]["physicalLocation"]
    return found


def test_a_clean_audit_has_no_results_and_all_rules() -> None:
    run = run_of(Audit())
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "How to fix" in rules["wrong-symbol"]["help"]["text"]
    assert rules["wrong-symbol"]["name"] == "WrongSymbol"


def test_a_finding_stands_in_the_audited_repository_with_the_cited_code_related() -> None:
    url = f"https://github.com/o/r/blob/{COMMIT}/a%20b.py#L4-L9"
    related = (Related(url, "a b.py", 4, 9, "run() is here"),)
    run = run_of(audit_of(judgement(finding(12, related=related))))
    (result,) = run["results"]
    assert physical(result)["artifactLocation"] == {"uri": DOCUMENT, "uriBaseId": "%SRCROOT%"}
    assert physical(result)["region"] == {"startLine": 12, "endLine": 12}
    (location,) = result["relatedLocations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": url}, "region": {"startLine": 4, "endLine": 9}}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "wrong-symbol"
    assert result["message"]["text"] == "the lines are not about run().\nwrite the right lines."


def test_provenance_names_the_commit_that_was_audited() -> None:
    (provenance,) = run_of(Audit())["versionControlProvenance"]
    assert (provenance["repositoryUri"], provenance["revisionId"]) == ("https://github.com/me/mine", "b" * 40)
    assert "versionControlProvenance" not in run_of(Audit(), SarifOptions(Worktree(repository="git@host:o/r.git")))


PATHS = {
    "docs/report.md": "docs/report.md",
    "./docs//report.md": "docs/report.md",
    "/home/me/mine/docs/a b#c?.md": "docs/a%20b%23c%3F.md",
    "docs/ü:1%.md": "docs/%C3%BC%3A1%25.md",
    "b:c.md": "b%3Ac.md",
    "docs/\udcff.md": "docs/%FF.md",
}


@pytest.mark.parametrize(("document", "uri"), PATHS.items(), ids=map(ascii, PATHS))
def test_documents_are_relative_to_the_top_of_the_repository(document: str, uri: str) -> None:
    result = result_of(audit_of(judgement(finding(document=document))))
    assert physical(result)["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize("document", ["<stdin>", "/elsewhere/report.md", "../other/report.md"])
def test_documents_elsewhere_are_not_taken_for_files_of_the_repository(document: str) -> None:
    result = result_of(audit_of(judgement(finding(document=document))))
    assert "uriBaseId" not in physical(result)["artifactLocation"]


def test_columns_count_utf_16_code_units() -> None:
    text = "first\r\n🚀🚀 see LINK\n"
    at = Place(DOCUMENT, 2, 8, 2, 11)
    result = result_of(audit_of(judgement(finding(at=at))), SarifOptions(OWN, {DOCUMENT: text}))
    region = physical(result)["region"]
    line = text.splitlines()[1].encode("utf-16-le")
    start, end = (2 * (region[key] - 1) for key in ("startColumn", "endColumn"))
    assert line[start:end].decode("utf-16-le") == "LINK"


def test_fixes_put_the_right_text_in_the_place_of_the_wrong_one() -> None:
    text = '🚀 <a href="URL?a=1&amp;b=2">URL?a=1&amp;b=2</a> and\nmore'
    first, second = text.index("URL"), text.rindex("URL")
    spans = (Span(first, first + 15), Span(second, second + 15))
    replacement = Replacement("NEW?a=1&b=2", safe=True)
    at = Place(DOCUMENT, 1, first + 1, 1, first + 15)
    audit = audit_of(judgement(finding(at=at, replacement=replacement), edits=Edits(spans)))
    (fix,) = result_of(audit, SarifOptions(OWN, {DOCUMENT: text}))["fixes"]
    (change,) = fix["artifactChanges"]
    assert _applied(text, change["replacements"]) == text.replace("URL?a=1&amp;b=2", "NEW?a=1&amp;b=2")


def _applied(text: str, replacements: list[dict[str, Any]]) -> str:
    """A text on whose first line the replacements were made, as an editor counts."""
    units, rest = text.partition("\n")[0].encode("utf-16-le"), text.partition("\n")[1:]
    for one in reversed(replacements):
        region = one["deletedRegion"]
        assert region["startLine"] == region["endLine"] == 1
        start, end = 2 * (region["startColumn"] - 1), 2 * (region["endColumn"] - 1)
        units = units[:start] + one["insertedContent"]["text"].encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le") + "".join(rest)


@pytest.mark.parametrize(
    "replacement",
    [Replacement("perhaps", safe=False), Replacement("x" * 5000, safe=True), Replacement("\0", safe=True)],
)
def test_what_is_not_safe_or_cannot_be_written_is_no_fix(replacement: Replacement) -> None:
    audit = audit_of(judgement(finding(replacement=replacement), edits=Edits((Span(0, 3),))))
    assert "fixes" not in result_of(audit, SarifOptions(OWN, {DOCUMENT: "some text"}))


def test_a_repair_of_a_real_report_is_a_fix_that_mends_it() -> None:
    files = {"app.py": "def run():\n    return 1\n"}
    report = "See 🚀 [run](https://github.com/o/r/blob/{sha}/app.py#L1-#L2) now."
    audit = audits.audit(files, report)
    text = audits.filled(report, audits.project(files))
    (result,) = run_of(audit, SarifOptions(OWN, {"report.md": text}))["results"]
    assert _applied(text, result["fixes"][0]["artifactChanges"][0]["replacements"]) == text.replace("#L1-#L2", "#L1-L2")


def test_alike_findings_have_fingerprints_of_their_own_that_stay_when_lines_move() -> None:
    def fingerprints(first: int, second: int) -> list[str]:
        audit = audit_of(judgement(finding(first)), judgement(finding(second)))
        return [one["partialFingerprints"]["primaryLocationLineHash"] for one in run_of(audit)["results"]]

    assert fingerprints(3, 9) == fingerprints(40, 50)
    assert len(set(fingerprints(3, 9))) == 2


def test_stacks_hold_every_frame_with_its_permalink() -> None:
    urls = [f"https://github.com/o/r/blob/{COMMIT}/a.py#L{line}" for line in (3, 8)]
    frames = [Frame("run", "a.py", 3, place(5)), Frame("serve", "a.py", 8, place(6))]
    audit = audit_of(
        judgement(finding(5), frame=frames[0], stack=0, permalink=urls[0]),
        judgement(line=6, frame=frames[1], stack=0, permalink=None),
    )
    (stack,) = result_of(audit)["stacks"]
    first, second = (frame["location"] for frame in stack["frames"])
    assert first["physicalLocation"] == {
        "artifactLocation": {"uri": urls[0]},
        "region": {"startLine": 3, "endLine": 3},
    }
    assert first["logicalLocations"][0]["fullyQualifiedName"] == "run"
    assert second["physicalLocation"]["artifactLocation"]["uri"] == DOCUMENT  # where nobody knows the code


def test_a_stack_of_thousands_is_shown_around_its_frame() -> None:
    frame = Frame("run", "a.py", 0, place())
    audit = audit_of(*(judgement(finding(line), frame=frame, stack=0) for line in range(1, 3001)))
    results = json.loads(render_sarif(audit))["runs"][0]["results"]
    assert results[150]["stacks"][0]["message"]["text"] == "The stack in the report, frames 101 to 200 of 3,000."
    assert sum(len(one["stacks"][0]["frames"]) for one in results if "stacks" in one) == 20_000


def test_a_pdf_has_pages() -> None:
    at = Place("report.pdf", 7, 3, 7, 9, page=4, rectangle=(10.0, 20.0, 30.5, 40.0))
    result = result_of(audit_of(judgement(finding(at=at))))
    (location,) = result["locations"]
    assert location["properties"] == {"page": 4, "rectangle": [10.0, 20.0, 30.5, 40.0]}
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert result["message"]["text"].startswith("Page 4: ")


def test_what_could_not_be_examined_makes_the_run_unsuccessful() -> None:
    run = run_of(replace(Audit(), incidents=(Incident("no network", DOCUMENT, 3), Incident("git failed"))))
    assert run["invocations"][0]["executionSuccessful"] is False
    assert notes_of(run) == ["no network.", "git failed."]


def test_hostile_text_stays_text() -> None:
    related = (Related(f"https://host/{HOSTILE}", "x", -3, None, HOSTILE),)
    one = finding(document=HOSTILE, message=HOSTILE, remedy=HOSTILE, subject=HOSTILE, related=related)
    audit = replace(audit_of(judgement(one)), incidents=(Incident(HOSTILE, HOSTILE, 0),))
    run = run_of(audit, SarifOptions(Worktree(repository=None), {HOSTILE: HOSTILE}))
    text = json.dumps(run["results"], ensure_ascii=False)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]|\]\(", text)


def test_a_line_of_a_megabyte_takes_no_time() -> None:
    text = "🚀" * 500_000
    places = [Place(DOCUMENT, 1, number * 50 + 1, 1, number * 50 + 9) for number in range(1000)]
    audit = audit_of(*(judgement(finding(at=at, subject=str(number))) for number, at in enumerate(places)))
    results = run_of(audit, SarifOptions(OWN, {DOCUMENT: text}))["results"]
    assert physical(results[4])["region"]["startColumn"] == 401


def test_more_than_github_takes_is_cut_and_said() -> None:
    related = tuple(Related("https://host/x", "x", 1, 1, "here") for _ in range(MOST_RELATED + 5))
    notes = [judgement(finding(1, severity="note", subject=str(number))) for number in range(MOST_RESULTS)]
    audit = audit_of(*notes, judgement(finding(2, related=related)))
    log = json.loads(render_sarif(audit))
    run = log["runs"][0]
    assert len(run["results"]) == MOST_RESULTS
    assert run["results"][0]["level"] == "error"  # the worst is not what is cut
    assert len(run["results"][0]["relatedLocations"]) == MOST_RELATED
    assert notes_of(run) == ["1 finding, at worst of severity 'note', did not fit into this file."]


def test_text_that_cannot_be_compressed_is_cut_by_its_size() -> None:
    random.seed(7)
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    texts = ["".join(random.choices(letters, k=3900)) for _ in range(2000)]
    many = [judgement(finding(1, message=f"{texts[n % 2000]}{n}", remedy=texts[-n % 2000])) for n in range(4000)]
    text = render_sarif(audit_of(*many))
    assert len(gzip.compress(text.encode(), 6)) < MOST_BYTES
    run = json.loads(text)["runs"][0]
    assert 500 < len(run["results"]) < 4000
    assert f"{4000 - len(run['results']):,} findings" in notes_of(run)[0]


def test_five_thousand_findings_are_valid() -> None:
    audit = replace(big_audit(5000, frames=False), incidents=tuple(Incident(f"no {n}") for n in range(1200)))
    run = run_of(audit)
    assert len(run["results"]) == 5000
    assert notes_of(run)[-1] == "200 more places could not be examined."


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert render_sarif(big_audit(30)) == render_sarif(big_audit(30))


@pytest.mark.skipif("SARIF_MULTITOOL" not in os.environ, reason="SARIF_MULTITOOL names no program")
def test_the_sarif_multitool_finds_nothing(tmp_path: Path) -> None:
    """Microsoft's validator with GitHub's rules; npm: @microsoft/sarif-multitool."""
    texts = {f"docs/report-{number}.md": "x" * 80 for number in range(40)}
    file = tmp_path / "out.sarif"
    file.write_text(render_sarif(big_audit(200), SarifOptions(OWN, texts, "auditor/check")), "utf-8")
    command = [os.environ["SARIF_MULTITOOL"], "validate", str(file), "--rule-kind", "Sarif;Ghas"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stdout.splitlines() if re.search(r": (error|warning) ", line)]
    # Whether the project has a page to name is not in the hands of this file.
    assert [line for line in said if "SARIF2005" not in line] == []
    assert "Analysis completed successfully" in done.stdout
