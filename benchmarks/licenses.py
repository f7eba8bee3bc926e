"""`auditor licenses`: one file from a cold start, and folders of a thousand, perhaps against ScanCode.

The texts are those that are installed beside this interpreter (the licence files of its distributions), each with
a copyright line of its own, so that no two files are alike; the GPL is written out from the shipped index.
"""

import textwrap
from importlib.metadata import distributions
from pathlib import Path

from benchmarks.measure import AUDITOR, Command, Cost, run_in_turns
from benchmarks.table import Row, limit_row, time_row

_CODES = frozenset({0, 1})  # a text that is not known is a finding, not a failure of the measurement


def measure_licenses(work: Path, count: int, rounds: int, scancode: str | None) -> list[Row]:
    """Cold starts, a batch of BSD files, a mixed batch; `scancode` is the command of a ScanCode installation."""
    work.mkdir(parents=True)
    bsd, texts = installed_texts()
    single, long = work / "LICENSE", work / "COPYING"
    single.write_text(bsd, "utf-8")
    long.write_text(_gpl(), "utf-8")
    _fill(work / "bsd", [bsd], count)
    _fill(work / "mixed", texts, count)
    targets = {"bsd": single, "gpl": long, "many": work / "bsd", "mixed": work / "mixed"}
    costs = run_in_turns({name: _command(target) for name, target in targets.items()}, rounds)
    rows = [
        limit_row("`auditor licenses LICENSE`, BSD, cold", costs["bsd"].seconds, 0.2, "s"),
        limit_row("`auditor licenses COPYING`, GPL-3.0, cold", costs["gpl"].seconds, 0.5, "s"),
        limit_row(f"{count:,} BSD files: each", costs["many"].seconds / count * 1000, 5, "ms"),
        limit_row(f"{count:,} BSD files: peak memory", costs["many"].megabytes, 60, "MiB"),
        Row(f"{count:,} installed licence texts", f"{costs['mixed'].seconds:.2f} s"),
    ]
    if scancode:
        rows.append(_against(costs["mixed"], work, count, scancode))
    return rows


def _command(target: Path) -> Command:
    return Command([*AUDITOR, "licenses", "--no-progress", "--quiet", str(target)], codes=_CODES)


def _against(own: Cost, work: Path, count: int, scancode: str) -> Row:
    """The same folder through ScanCode as it comes, once: it takes minutes."""
    arguments = [scancode, "--license", "--quiet", "--json", str(work / "scancode.json")]
    peer = run_in_turns({"peer": Command([*arguments, str(work / "mixed")])}, 1)["peer"]
    return time_row(f"{count:,} installed licence texts", own.seconds, peer.seconds, "ScanCode", 0.02)


def _fill(folder: Path, texts: list[str], count: int) -> None:
    folder.mkdir()
    for number in range(count):
        text = f"Copyright (c) {1990 + number % 35} Example Authors {number}\n\n{texts[number % len(texts)]}"
        (folder / f"LICENSE-{number:04}.txt").write_text(text, "utf-8")


def installed_texts() -> tuple[str, list[str]]:
    """A BSD text, and every licence text of the installed distributions. Raises LookupError when there is none."""
    texts: dict[str, str] = {}
    for distribution in distributions():
        for file in distribution.files or ():
            if ".dist-info/" in str(file) and file.name.upper().startswith(("LICENSE", "COPYING")):
                texts[f"{distribution.name}/{file.name}"] = file.read_text("utf-8")
    bsd = next((text for name, text in sorted(texts.items()) if name.lower().startswith("jinja2/")), None)
    if bsd is None:
        raise LookupError("the distribution jinja2 with its licence is not installed here")
    return bsd, [texts[name] for name in sorted(texts)]


def _gpl() -> str:
    from auditor.licenses.texts.index import text_words

    return "\n".join(textwrap.wrap(" ".join(text_words("GPL-3.0").words), 72))
