"""Start-up: what a user waits for before any work begins, against the interpreter alone."""

import sys
from pathlib import Path

from benchmarks.measure import AUDITOR, Command, run_in_turns
from benchmarks.table import Row, time_row


def measure_startup(work: Path, rounds: int) -> list[Row]:
    """`auditor --help`, and a check that finds nothing to check, against `python -c pass`."""
    empty = work / "no-citations.md"
    empty.write_text("# A report\n\nThat cites nothing.\n", "utf-8")
    check = [*AUDITOR, "check", "--no-progress", "--cache-dir", str(work / "cache-startup"), str(empty)]
    costs = run_in_turns(
        {
            "python": Command([sys.executable, "-c", "pass"]),
            "help": Command([*AUDITOR, "--help"]),
            "check": Command(check),
        },
        rounds,
    )
    floor = costs["python"].seconds
    return [
        time_row("`auditor --help`", costs["help"].seconds, floor, "`python -c pass`", 3),
        time_row("`auditor check`, a report without citations", costs["check"].seconds, floor, "`python -c pass`"),
    ]
