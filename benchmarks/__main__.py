"""`python -m benchmarks`: measure everything, print the table, and keep it in docs/performance.md if asked."""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ROOT
from benchmarks.citations import choose
from benchmarks.cold import measure_cold
from benchmarks.document import write_document
from benchmarks.histories import History, build_histories
from benchmarks.licenses import measure_licenses
from benchmarks.links import measure_link_checker
from benchmarks.shipments import measure_shipments
from benchmarks.startup import measure_startup
from benchmarks.table import Row, describe_machine, show_table
from benchmarks.warm import Case, measure_warm

_STARTUPS = 4  # start-up is measured that many times as often as the rest: it is short
_BUILT = "standard library"
_SMALL_LIMITS = (2.0, 200.0)  # seconds and MiB, promised for 1,000 citations


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: citations in either report, files per repository, rounds, licence files, MB of archives."""

    small: int
    large: int
    files: int
    files_per_commit: int
    rounds: int
    licenses: int
    wheel: int
    image: int


FULL = Plan(
    small=1_000, large=10_000, files=1_000, files_per_commit=60, rounds=5, licenses=1_000, wheel=100, image=1_000
)
QUICK = Plan(small=20, large=60, files=12, files_per_commit=4, rounds=1, licenses=12, wheel=1, image=2)


def main(argv: list[str]) -> int:
    """Measure and print; the exit code is 1 when a target is missed and `--strict` is given."""
    options = _parser().parse_args(argv)
    plan = QUICK if options.quick else FULL
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix="run-") as folder:
        rows = _measure(Path(folder), plan, options)
    table = show_table(rows)
    print(f"{describe_machine()}\n\n{table}", end="")
    if options.write:
        write_document(
            ROOT / "docs" / "performance.md", describe_machine(), table, plan.rounds, _STARTUPS * plan.rounds
        )
    return 1 if options.strict and any(row.met is False for row in rows) else 0


def _measure(work: Path, plan: Plan, options: argparse.Namespace) -> list[Row]:
    _say("start-up")
    rows = measure_startup(work, _STARTUPS * plan.rounds)
    _say("licences")
    licenses = measure_licenses(work / "licenses", plan.licenses, plan.rounds, options.scancode)
    _say("a wheel and a container image")
    licenses += measure_shipments(work / "shipments", plan.wheel, plan.image, min(plan.rounds, 3))
    _say("building repositories from the standard library")
    built = build_histories(work / "built", plan.files)
    rows += _measure_histories(work / "library", built, _BUILT, plan)
    if options.repository:
        _say("reading the given repositories")
        own = [History(path.resolve(), f"given/{number}") for number, path in enumerate(options.repository)]
        rows += _measure_histories(work / "given", own, "given repositories", plan)
    return rows + licenses


def _measure_histories(work: Path, histories: list[History], kind: str, plan: Plan) -> list[Row]:
    """The warm runs; for repositories that were built here also the ones that need a server."""
    work.mkdir()
    large = Case(work, choose(histories, plan.large, plan.files_per_commit), kind)
    small = Case(work, large.cited[: plan.small], kind)
    _say(f"{small.size}, then {len(large.cited):,}")
    rows = measure_warm(small, plan.rounds, _SMALL_LIMITS) + measure_warm(large, plan.rounds)
    if kind == _BUILT:
        _say("against a link checker")
        rows += measure_link_checker(small, plan.rounds)
        _say("cold, over HTTP")
        rows += measure_cold(small)
    return rows


def _say(what: str) -> None:
    print(f"benchmarks: {what}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny reports, one round: does the benchmark itself work?")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/performance.md")
    parser.add_argument("--strict", action="store_true", help="exit code 1 when a target is missed")
    parser.add_argument(
        "--repository", type=Path, action="append", default=[], metavar="PATH",
        help="measure with this git repository's Python files too (repeatable)",
    )  # fmt: skip
    parser.add_argument("--scancode", metavar="COMMAND", help="measure this installation of ScanCode beside ours")
    parser.add_argument("--work", type=Path, default=ROOT / "benchmarks" / "work", metavar="DIR", help="scratch folder")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
