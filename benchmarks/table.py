"""Rows of the result, shown as a table for the terminal and for docs/performance.md (Markdown reads well as text)."""

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HEADINGS = ("what", "auditor", "floor or peer", "ratio", "target")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison in words and numbers; `met` is None where nothing is promised or nothing could be measured."""

    what: str
    own: str
    other: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The row's texts in the order of the headings."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = {True: "met", False: "missed", None: ""}[self.met]
        return self.what, self.own, self.other, ratio, ": ".join(filter(None, (self.target, verdict)))


def time_row(what: str, own: float, other: float, peer: str, most: float | None = None) -> Row:
    """A comparison of seconds; `most` is the highest ratio that is promised."""
    ratio = own / other
    target = "" if most is None else f"at most {most:g}"
    return Row(what, seconds(own), f"{seconds(other)} {peer}", ratio, target, None if most is None else ratio <= most)


def limit_row(what: str, own: float, most: float, unit: str) -> Row:
    """A measured number against a fixed limit."""
    return Row(what, f"{own:.3g} {unit}", target=f"at most {most:g} {unit}", met=own <= most)


def seconds(value: float) -> str:
    """A duration in the unit that reads best."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def show_table(rows: Sequence[Row]) -> str:
    """A Markdown table, aligned so that it can be read as it stands."""
    lines = [_HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    shown = [_line(line, widths) for line in lines]
    return "\n".join([shown[0], _line(["-" * width for width in widths], widths), *shown[1:]]) + "\n"


def describe_machine() -> str:
    """What the numbers depend on; nothing that tells one machine from another of its kind."""
    git = subprocess.run(["git", "version"], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {git}"


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
