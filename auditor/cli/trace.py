"""`auditor trace [--at TARGET] -- COMMAND`"""

import argparse
import sys

from auditor.cli.settings import warn
from auditor.errors import UsageError
from auditor.model.trace import Trace
from auditor.render.terminal import visible
from auditor.trace import TraceOptions, print_trace, record_command, write_trace


def run(arguments: argparse.Namespace) -> int:
    """Run the program, write what was recorded, say how far it came; gives the exit code."""
    command = arguments.program[1:] if arguments.program[:1] == ["--"] else arguments.program
    if not command:
        raise UsageError("name the program to run: auditor trace --at MODULE:FUNCTION -- python app.py")
    options = TraceOptions(
        at=arguments.at,
        packages=tuple(arguments.all),
        requests=tuple(arguments.request),
        limit=arguments.limit,
        timeout=float(arguments.timeout),
    )
    trace = record_command(command, options)
    if arguments.output == "-":
        sys.stdout.buffer.write(print_trace(trace))
        sys.stdout.flush()
    else:
        write_trace(trace, arguments.output)
    if not arguments.quiet:
        _tell(trace, arguments.output)
    return 0 if trace.reached else 3


def _tell(trace: Trace, output: str) -> None:
    """What was recorded, on standard error: the file may go to standard output."""
    for stack in trace.stacks:
        for frame in stack.frames:
            name = "Python" if frame.origin.kind == "stdlib" else frame.origin.name
            owner = " ".join(part for part in (name, frame.origin.version) if part) or frame.origin.kind
            place = f"{frame.path}:{frame.line}"
            print(f"  {visible(frame.function):40} {visible(place):50} {visible(owner)}", file=sys.stderr)
    if not trace.reached:
        warn(f"{trace.target or 'nothing'} was not reached: {visible(trace.reason)}")
    said = f"{len(trace.calls)} functions" if trace.calls else f"{sum(len(one.frames) for one in trace.stacks)} frames"
    if output != "-":
        warn(f"{said} in {output}")
