"""Commands measured side by side: several rounds, in turns, and the median of each."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_STOPWATCH = Path(__file__).with_name("stopwatch.py")

# What the console script does, with the interpreter that measures.
AUDITOR = (sys.executable, "-c", "from auditor.__main__ import run; run()")


@dataclass(frozen=True, slots=True)
class Command:
    """Something to run. `codes` are the exit codes that are no failure; `output` is where it writes."""

    arguments: Sequence[str]
    stdin: bytes = b""
    folder: Path | None = None
    codes: frozenset[int] = frozenset({0})
    output: Path = Path(os.devnull)


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall clock seconds, and the peak of resident memory in MiB (of the largest process of the command)."""

    seconds: float
    megabytes: float


def run(command: Command) -> Cost:
    """Run a command once. Raises RuntimeError with its last words when it fails."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_STOPWATCH), str(command.output), *command.arguments],
        input=command.stdin,
        cwd=command.folder,
        capture_output=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    if answer["code"] not in command.codes:
        last_words = done.stderr.decode("utf-8", "replace")[-500:]
        raise RuntimeError(f"{' '.join(command.arguments)[:200]} ended with {answer['code']}: {last_words}")
    return Cost(answer["seconds"], answer["megabytes"])


def run_in_turns(commands: Mapping[str, Command], rounds: int) -> dict[str, Cost]:
    """Every command once per round, so that a busy moment of the machine meets all of them; medians."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command))
    return {name: _median(measured) for name, measured in costs.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.seconds for cost in costs), statistics.median(cost.megabytes for cost in costs))
