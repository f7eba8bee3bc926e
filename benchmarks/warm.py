"""Warm: reports whose repositories are in the cache, against git reading the same objects."""

import json
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.citations import Cited, write_report
from benchmarks.histories import History
from benchmarks.measure import AUDITOR, Command, Cost, run, run_in_turns
from benchmarks.table import Row, limit_row, seconds, time_row

SITE = "https://github.com"


@dataclass(frozen=True, slots=True)
class Case:
    """A report to check, the cache to use, and the citations in it."""

    work: Path
    cited: Sequence[Cited]
    kind: str

    @property
    def histories(self) -> list[History]:
        """The cited repositories, in order of first citation."""
        return list(dict.fromkeys(one.history for one in self.cited))

    @property
    def size(self) -> str:
        """How the report is called in the table."""
        return f"{len(self.cited):,} citations, {self.kind}"

    def command(self, *options: str, output: Path | None = None) -> Command:
        """`auditor check` on the report."""
        mirrors = [f"--mirror={SITE}/{history.name}={history.path}" for history in self.histories]
        cache = ["--cache-dir", str(self.work / f"cache-{len(self.cited)}"), "--no-progress"]
        return _to([*AUDITOR, "check", *cache, *mirrors, *options, str(self.write())], output)

    def edited(self) -> Command:
        """`auditor check` on a report that has one more line every time: it has to be read anew."""
        *arguments, report = self.command().arguments
        copy = self.work / f"edited-{len(self.cited)}.md"
        shutil.copyfile(report, copy)
        return Command(["sh", "-c", f'echo >> {shlex.quote(str(copy))} && exec "$@"', "sh", *arguments, str(copy)])

    def write(self) -> Path:
        """The report's file."""
        report = self.work / f"report-{len(self.cited)}.md"
        report.write_text(write_report(self.cited, SITE), "utf-8")
        return report

    def floor(self, *, distinct: bool) -> Command:
        """`git cat-file --batch` in each repository, asked for `commit:path`, once per citation or per object."""
        asked = []
        for number, history in enumerate(self.histories):
            places = [(one.blob, f"{one.commit}:{one.path}\n") for one in self.cited if one.history == history]
            questions = dict(places).values() if distinct else [place for _, place in places]
            file = self.work / f"asked-{len(self.cited)}-{number}-{distinct}"
            file.write_text("".join(questions), "utf-8")
            asked.append(f"git --git-dir {shlex.quote(str(history.path))} cat-file --batch < {shlex.quote(str(file))}")
        return Command(["sh", "-c", " && ".join(asked)])


def measure_warm(case: Case, rounds: int, limits: tuple[float, float] | None = None) -> list[Row]:
    """Fill the cache and see that all is well, then measure; `limits` are seconds and MiB."""
    cold = fill(case)
    commands = {"auditor": case.command(), "edited": case.edited()}
    floors = {"each": case.floor(distinct=False), "once": case.floor(distinct=True)}
    costs = run_in_turns(commands | floors, rounds)
    own = costs["auditor"]
    objects = len({one.blob for one in case.cited})
    most = None if limits else 3
    each, once = costs["each"].seconds, costs["once"].seconds
    rows = [
        Row(f"{case.size}: first run, from local mirrors", seconds(cold.seconds)),
        time_row(f"{case.size}: warm", own.seconds, each, "`git cat-file`, every citation", most),
        time_row(f"{case.size}: warm", own.seconds, once, f"`git cat-file`, {objects:,} objects"),
        time_row(f"{case.size}: edited", costs["edited"].seconds, each, "`git cat-file`, every citation"),
    ]
    if limits:
        rows.append(limit_row(f"{case.size}: warm", own.seconds, limits[0], "s"))
        rows.append(limit_row(f"{case.size}: peak memory", own.megabytes, limits[1], "MiB"))
    else:
        rows.append(Row(f"{case.size}: peak memory", f"{own.megabytes:.3g} MiB"))
    return rows


def fill(case: Case) -> Cost:
    """The first run. Raises RuntimeError unless every citation is found to be right: else nothing was measured."""
    answer = case.work / "answer.json"
    cost = run(case.command("--format", "json", output=answer))
    summary = json.loads(answer.read_text("utf-8"))["summary"]
    right = summary["verified"] + summary["resolved"]
    if not summary["citations"] == right == len(case.cited):
        raise RuntimeError(f"{len(case.cited)} right citations were written, but the audit says {summary}")
    return cost


def _to(arguments: Sequence[str], output: Path | None) -> Command:
    return Command(arguments) if output is None else Command(arguments, output=output)
