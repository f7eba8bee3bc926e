"""docs/performance.md: the table with what it takes to read it."""

from pathlib import Path

_TEXT = """# Performance

Written by `make bench`. Seconds depend on the machine; the ratios are what to look at, because both sides of each
were measured in turns in the same run. Numbers are medians of {rounds} rounds ({startups} for start-up).

Measured on: {machine}

{table}
What stands in the rows:

- **Start-up.** The console script's work, with the same interpreter as the floor.
- **Warm.** The second and later checks of a report: its repositories and what was read from it are in the cache,
  nothing is fetched. The report
  holds pinned links like ``[`name`](https://github.com/example/modules/blob/<commit>/path.py#L10-L20)`` to definitions
  that Python's own parser found, over twelve commits of each repository; every one must be found right, or
  nothing is measured. The repositories are built from the standard library of the running interpreter.
- **Edited.** The same when the report has changed since: it is read anew, from its bytes.
- **Floor.** `git cat-file --batch` in the full repositories, given `commit:path` for every citation, or once for each
  distinct file. Git only prints the bytes; `auditor` starts an interpreter, reads the report, and judges names too.
- **First run.** Fetches from local repositories and parses every cited file; the outlines are kept by blob id.
- **linkinator.** Asks a server on the loopback, which answers at once, whether each page exists. It cannot tell
  whether the lines are right.
- **Cold.** Smart HTTP on the loopback, counted at the server: request and answer bodies. By hand means the
  same plan with plain git commands: all commits without contents, then exactly the cited blobs, and with
  `foreign-commit` the commits of all branches and tags.
- **Licences.** One file from a cold start, and folders of a thousand: copies of one BSD text and of all licence texts
  that are installed beside the interpreter, each with a copyright line of its own, so that no two are alike. With
  `--scancode COMMAND` the second folder also goes through ScanCode (once: it takes minutes).
- **Memory.** The peak of resident memory of the largest process.

`python -m benchmarks --repository PATH` adds rows for real repositories, `--strict` fails when a target is missed.
"""


def write_document(path: Path, machine: str, table: str, rounds: int, startups: int) -> None:
    """Write the page."""
    text = _TEXT.format(rounds=rounds, startups=startups, machine=machine, table=table)
    path.write_text(text, "utf-8")
