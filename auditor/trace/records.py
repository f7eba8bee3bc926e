"""The records that a traced program leaves behind, one JSON object per line, and the trace that they make."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.model.trace import FirstCall, Stack, Trace
from auditor.trace.frames import make_call, make_stack
from auditor.trace.origins import Facts, Origins

_MOST_BYTES = 256 << 20  # of a file of records; ten thousand calls make 5 MB


@dataclass(slots=True)
class Records:
    """`facts` is None where the program was never started; `refused` says why it could not be watched.

    `paths` are those of `sys.path` when the target was reached. `others`: it has started other processes.
    """

    facts: Facts | None = None
    paths: list[str] = field(default_factory=list)
    stacks: list[Mapping[str, Any]] = field(default_factory=list)
    calls: list[Mapping[str, Any]] = field(default_factory=list)
    why: str = ""
    refused: str = ""
    others: bool = False

    def add(self, record: Mapping[str, Any]) -> None:
        """Take in a record. Raises KeyError or TypeError where it is damaged."""
        match record["kind"]:
            case "start":
                paths = tuple(str(entry) for entry in record["path"])
                facts = Facts(str(record["version"]), str(record["library"]), str(record["folder"]), paths)
                self.facts = self.facts or facts  # a program that starts itself anew tells the same again
            case "stack":
                self.paths += [str(entry) for entry in record["path"]]
                self.stacks.append(record)
            case "call":
                self.calls.append(record)
            case "end":
                self.why, self.others = str(record["why"]), bool(record["others"])
            case "refused":
                self.refused = str(record["why"])


def read_records(file: Path) -> Records:
    """What a file of records holds; a line that is damaged, or not yet complete, is left out."""
    with open(file, "rb") as opened:
        lines = opened.read(_MOST_BYTES).split(b"\n")
    records = Records()
    for line in lines:
        try:
            record = json.loads(line)
            records.add(record)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return records


def make_trace(records: Records, target: str, limit: int) -> Trace:
    """The trace that records make; `target` ("": none was looked for) as the user wrote it.

    Records of the kind "start" must have been read.
    """
    facts = records.facts
    if facts is None:
        raise ValueError("the program was not started")
    paths = tuple(dict.fromkeys((*facts.paths, *records.paths)))
    origins = Origins(Facts(facts.version, facts.library, facts.folder, paths))
    stacks = tuple(_stacks(records.stacks, origins))[:limit]
    calls = tuple(_calls(records.calls, origins))
    shown = os.path.basename(target) if os.path.isabs(target) else target
    reached = bool(stacks) or not target
    reason = ""
    if not reached:
        reason = records.why or f"{shown} was not reached"
        reason += "; what runs in other programs that it has started is not seen" if records.others else ""
    elif not target and not calls:
        reason = "no function of the packages was called"
    return Trace(shown, reached, stacks, calls, reason, facts.version)


def _stacks(records: Iterable[Mapping[str, Any]], origins: Origins) -> Iterator[Stack]:
    for record in records:
        try:
            yield make_stack(record, origins)
        except (KeyError, TypeError, ValueError):
            continue


def _calls(records: Iterable[Mapping[str, Any]], origins: Origins) -> Iterator[FirstCall]:
    for record in records:
        try:
            yield make_call(record, origins)
        except (KeyError, TypeError, ValueError):
            continue
