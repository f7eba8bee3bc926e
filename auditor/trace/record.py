"""A program is run, and the way to a target in it becomes a `Trace`."""

import json
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from auditor.errors import EnvironmentTrouble, UsageError
from auditor.model.trace import Answer, Trace
from auditor.trace.command import Invocation, read_command
from auditor.trace.process import Program
from auditor.trace.records import Records, make_trace, read_records
from auditor.trace.target import FunctionTarget, LineTarget, read_target
from auditor.trace.visit import check_url, visit

CHILD = Path(__file__).with_name("child.py")
_PACKAGE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_LINGERING = 1.0  # seconds that a program has after the last answer to come to the target
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class TraceOptions:
    """What to record of a run, and how long to wait for it.

    `at` is a target as `read_target` reads it; of `packages`, every function is recorded when it is first called.
    `requests` are URLs of this machine; after the last one has been answered, the program is stopped. `limit` is how
    many ways to the target are recorded, `timeout` how many seconds the program may run. `python` is the interpreter
    for a command that names none, `output` the file descriptor that takes what the program prints.
    """

    at: str | None = None
    packages: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    limit: int = 1
    timeout: float = 60.0
    python: str = sys.executable
    output: int = 2


def record_command(command: Sequence[str], options: TraceOptions) -> Trace:
    """Run a Python program and record the first ways to the target, and the first calls in the packages.

    A target that is not reached is told in the result. Raises UsageError where the command, the options or the
    interpreter are of no use, EnvironmentTrouble where Python cannot be watched, KeyboardInterrupt where the user ends
    the program before anything is recorded.
    """
    target = _checked(options)
    invocation = read_command(command, options.python)
    with tempfile.TemporaryDirectory(prefix="auditor-trace-") as folder:
        file = Path(folder, "records")
        file.touch()
        run = _Run(options, file)
        run.go(_child_command(invocation, target, options, file))
        records = read_records(file)
    if records.refused:
        raise EnvironmentTrouble(f"the program cannot be recorded: {records.refused}")
    if run.interrupted and not records.stacks and not records.calls:
        raise KeyboardInterrupt
    if records.facts is None:
        raise UsageError(f"{invocation.interpreter}: could not start the program; Python 3.8 or newer is needed")
    return _told(records, options, run)


def _told(records: Records, options: TraceOptions, run: "_Run") -> Trace:
    trace = make_trace(records, options.at or "", options.limit)
    reason = trace.reason
    if reason:
        reason = "; ".join((reason, *run.tidings()))
    return replace(trace, reason=reason, requests=tuple(run.answers), exit_status=run.status)


class _Run:
    """One run of the program, and how it went."""

    def __init__(self, options: TraceOptions, records: Path) -> None:
        self._options, self._records = options, records
        self.answers: list[Answer] = []
        self.status: int | None = None
        self.timed_out = self.interrupted = False

    def go(self, command: Sequence[str]) -> None:
        until = time.monotonic() + self._options.timeout
        with Program(command, self._options.output) as program:
            try:
                if self._options.requests:
                    self._send(program, until)
                else:
                    self.timed_out = not program.wait(until)
            except KeyboardInterrupt:
                self.interrupted = True
        self.status = program.status

    def tidings(self) -> Iterator[str]:
        """What of the run may tell why nothing was recorded."""
        for answer in self.answers:
            yield f"{answer.url}: {answer.error}" if answer.error else f"{answer.url} was answered {answer.status}"
        if self.timed_out:
            yield f"the program was stopped after {self._options.timeout:g} s"
        elif self.status is not None and self.status < 0:
            yield f"the program was ended by {_signal_name(-self.status)}"
        elif self.status:
            yield f"the program failed with exit status {self.status}"

    def _send(self, program: Program, until: float) -> None:
        for url in self._options.requests:
            self.answers.append(visit(url, program.runs, until))
            if self.answers[-1].status is None:
                return
        lingering = min(until, time.monotonic() + _LINGERING)
        while self._options.at and program.runs() and time.monotonic() < lingering:
            if len(read_records(self._records).stacks) >= self._options.limit:
                return
            time.sleep(_POLL)


def _checked(options: TraceOptions) -> FunctionTarget | LineTarget | None:
    if not options.at and not options.packages:
        raise UsageError("nothing to record: name a target (--at) or packages (--all)")
    if options.limit < 1 or options.timeout <= 0:
        raise UsageError("the limit and the timeout of a trace must be above 0")
    for name in options.packages:
        if not _PACKAGE.fullmatch(name):
            raise UsageError(f"{name[:200]!r} is no name of a package")
    for url in options.requests:
        check_url(url)
    return read_target(options.at) if options.at else None


def _child_command(
    invocation: Invocation, target: FunctionTarget | LineTarget | None, options: TraceOptions, file: Path
) -> list[str]:
    told = {
        "at": asdict(target) if target else None,
        "packages": options.packages,
        "limit": options.limit,
        "kind": invocation.kind,
        "name": invocation.name,
        "records": str(file),
    }
    return [invocation.interpreter, *invocation.flags, str(CHILD), json.dumps(told), *invocation.arguments]


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
