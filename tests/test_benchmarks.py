"""The benchmarks run and answer every question; how fast anything is depends on the machine and is not asserted."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from upstream import Upstream

ROOT = Path(__file__).resolve().parent.parent
CODE = "".join(f'def step_{number}():\n    """Take a step."""\n    return {number}\n\n\n' for number in range(30))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rows of a quick run: what was measured, to its other cells; npm is hidden, for it would need a network."""
    folder = tmp_path_factory.mktemp("benchmarks")
    own = Upstream(folder / "own.git")
    own.commit({"steps.py": CODE})
    (folder / "bin").mkdir()
    for program in ("git", "sh"):
        (folder / "bin" / program).symlink_to(_which(program))
    command = [sys.executable, "-m", "benchmarks", "--quick", "--work", str(folder / "work")]
    done = subprocess.run(
        [*command, "--repository", str(own.path)],
        cwd=ROOT,
        env={"PATH": str(folder / "bin"), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert list((folder / "work").iterdir()) == [], "the scratch folder is left empty"
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return {f"{row[0]} {row[2]}" if len(row) > 2 else row[0]: row for row in rows}


@pytest.mark.parametrize(
    "subject",
    [
        "`auditor --help` ",
        "`auditor check`, a report without citations ",
        "20 citations, standard library: first run",
        "20 citations, standard library: warm",
        "20 citations, standard library: edited",
        "20 citations, standard library: peak memory",
        "20 citations, standard library: warm, against linkinator",
        "20 citations, standard library: cold, without foreign-commit: requests",
        "20 citations, standard library: cold, without foreign-commit: bytes",
        "20 citations, standard library: cold: requests",
        "20 citations, standard library: cold: bytes",
        "60 citations, standard library: warm",
        "60 citations, standard library: peak memory",
        "20 citations, given repositories: warm",
        "60 citations, given repositories: warm",
    ],
)
def test_every_question_is_answered(table: dict[str, list[str]], subject: str) -> None:
    """Each row has a measured number."""
    found = [row for key, row in table.items() if key.startswith(subject)]
    assert found
    assert all(row[1] and (row[1][0].isdigit() or row[1] == "not measured") for row in found)


def test_what_cannot_be_measured_says_why(table: dict[str, list[str]]) -> None:
    """Without npm there is no link checker."""
    row = next(row for key, row in table.items() if "linkinator" in key)
    assert row[1:3] == ["not measured", "npm is missing"]


def test_cold_run_asks_no_more_than_the_plan(table: dict[str, list[str]]) -> None:
    """Requests and bytes are counted, so that they are the same on every machine."""
    cold = [row for key, row in table.items() if ": cold" in key]
    assert len(cold) == 4
    assert all(row[-1].endswith(": met") for row in cold), cold


def _which(program: str) -> str:
    found = shutil.which(program)
    assert found is not None
    return found
