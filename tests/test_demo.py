"""The demonstration does what it promises: every kind of defect is found, and none is left in the mended report."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
_ROW = re.compile(r"^\| (?P<number>\d+) \| (?P<line>\d+) \| .* \| `(?P<rule>[a-z-]+)` \|$", re.MULTILINE)
_FINDING = re.compile(r"^ +(?:error|warning|note)\[([a-z-]+)\]")
_PLACE = re.compile(r"^  (\d+):\d+  ")


@dataclass(frozen=True, slots=True)
class Played:
    """A run of the demonstration: exit code, the output of each step, standard error, and the folder it worked in."""

    code: int
    steps: tuple[str, ...]
    errors: str
    work: Path


def play(work: Path, examples: Path = EXAMPLES) -> Played:
    """Run the demonstration in a folder."""
    done = subprocess.run(
        [sys.executable, str(examples / "demo.py"), str(work)], capture_output=True, encoding="utf-8", timeout=120
    )
    return Played(done.returncode, tuple(done.stdout.split("\n$ auditor ")[1:]), done.stderr, work)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """One run for all tests that only look at it."""
    return play(tmp_path_factory.mktemp("demo") / "work")


def listed() -> set[tuple[int, str]]:
    """(line, rule) of every defect that the README lists."""
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    return {(int(match["line"]), match["rule"]) for match in _ROW.finditer(text)}


def found(output: str) -> set[tuple[int, str]]:
    """(line, rule) of every finding in the text output."""
    pairs: set[tuple[int, str]] = set()
    line = 0
    for text in output.splitlines():
        if place := _PLACE.match(text):
            line = int(place[1])
        elif finding := _FINDING.match(text):
            pairs.add((line, finding[1]))
    return pairs


def test_demo_ends_well(played: Played) -> None:
    assert played.code == 0, played.errors
    codes = [re.findall(r"\(exit code (\d+)\)", step) for step in played.steps]
    assert codes == [["1"], ["1"], ["1"], ["0"], ["1"], ["0"], ["0"], ["0"], ["0"]]


def test_readme_lists_ten_defects() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert {int(match["number"]) for match in _ROW.finditer(text)} == set(range(1, 11))
    assert len({line for line, _ in listed()}) == 10


def test_first_check_finds_just_what_the_readme_lists(played: Played) -> None:
    assert found(played.steps[0]) == listed()
    assert "21 citations in 1 report" in played.steps[0]


def test_diff_changes_just_the_defective_lines(played: Played) -> None:
    report = (EXAMPLES / "report.md").read_text(encoding="utf-8").splitlines()
    removed = [line[1:] for line in played.steps[1].splitlines() if re.match(r"-(?!-- )", line)]
    assert removed == [report[line - 1] for line in sorted({line for line, _ in listed()})]


def test_mended_report_is_clean(played: Played) -> None:
    assert "0 errors, 0 warnings, 0 notes" in played.steps[3]
    assert found(played.steps[3]) == set()


def test_original_report_stays(played: Played) -> None:
    mended = (played.work / "report" / "report.md").read_bytes()
    assert b"app.pv" in (EXAMPLES / "report.md").read_bytes()
    assert b"app.pv" not in mended


def test_missing_notice_is_found_and_written(played: Played) -> None:
    assert "error[notice-missing]" in played.steps[4]
    notices = (played.work / "project" / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    assert "Copyright (c) 2024 The Kettle Authors" in notices
    assert "no violation found for source" in played.steps[6]


def test_written_report_cites_by_name_and_is_right(played: Played) -> None:
    markdown = (played.work / "project" / "REPORT.md").read_text(encoding="utf-8")
    lines = (
        "https://github.com/example/teapot/blob/51b46c84987b334239cf1a644361c07510fb8b2f/src/teapot/serving.py#L51-L60"
    )
    assert lines in markdown
    assert "[[" not in markdown
    assert "0 errors, 0 warnings, 0 notes" in played.steps[8]
    page = (played.work / "project" / "REPORT.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert lines in page


def test_other_files_in_the_folder_are_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    refused = play(tmp_path)
    assert refused.code == 1
    assert "is not empty" in refused.errors
    assert (tmp_path / "mine.txt").read_text() == "keep"


def test_changed_upstream_file_is_named_as_the_cause(tmp_path: Path) -> None:
    copy = tmp_path / "examples"
    for path in EXAMPLES.rglob("*"):
        place = copy / path.relative_to(EXAMPLES)
        if path.is_file() and "work" not in path.relative_to(EXAMPLES).parts:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
    with (copy / "upstream/kettle/2024-04-11/LICENSE").open("a") as file:
        file.write("\n")
    changed = play(tmp_path / "work", copy)
    assert changed.code == 1
    assert "the commits of kettle should be" in changed.errors
