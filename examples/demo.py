"""The demonstration: a report with ten kinds of defects is mended, and one is written that has none.

Usage: python examples/demo.py [FOLDER]

FOLDER is a new folder to work in; without it, examples/work is built anew. Needs git, and no network: the
repositories that the report cites are made on the spot from examples/upstream, and `--mirror` stands in for GitHub.
The exit code is 0 if everything went as it should, else 1.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ORIGIN = "https://github.com/example/"
# The commits that report.md cites, oldest first; they follow from the files in examples/upstream and their days.
CITED = {
    "kettle": ["39942b3673b3176dbab70f7daf5c50ea8be9c27f"],
    "teapot": ["0a1729c9024afbefa1e479669cd7a09c484cfc61", "51b46c84987b334239cf1a644361c07510fb8b2f"],
}
# The report is a day's work too: when its branch link was written, teapot's second commit did not exist.
REPORT_DAY = "2024-05-21"
AUTHOR = "A. Example <author@example.org>"

Files = Mapping[str, bytes]


class DemoError(Exception):
    """Something is not as it should be; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Step:
    """A run of the tool: what it is for, its own words, and the exit code that it must have."""

    title: str
    words: tuple[str, ...]
    code: int


_CHECK = ("check", "{work}/report/report.md")
STEPS = (
    Step("What is wrong in the report?", _CHECK, 1),
    Step("What would --fix change?", (*_CHECK, "--diff"), 1),
    Step("Change it. The findings go to a file this time.", (*_CHECK, "--fix", "--output={work}/findings.txt"), 1),
    Step("Is anything left, be it only a note?", (*_CHECK, "--fail-on=note"), 0),
    Step("A project carries a copy of kettle. Does it do what the licence asks?", ("obligations", "{work}/project"), 1),
    Step("Write the notices that it owes.", ("notices", "{work}/project"), 0),
    Step("And now?", ("obligations", "{work}/project"), 0),
    Step("Write its open-source report.", ("report", "{work}/project"), 0),
    Step("Is every link in that one right?", ("check", "{work}/project/REPORT.md", "--fail-on=note"), 0),
)


def main(arguments: list[str]) -> int:
    """Build everything, take the steps, and say what differed."""
    try:
        work = work_folder(arguments)
        build_all(work)
        for number, step in enumerate(STEPS, 1):
            run_step(number, step, work)
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    print(f"All went as it should. The mended report is {work}/report/report.md, the written one")
    print(f"{work}/project/REPORT.md and {work}/project/REPORT.html")
    return 0


def work_folder(arguments: list[str]) -> str:
    """The folder to work in, empty, as it is shown: relative to the current folder where it lies in it."""
    if arguments:
        work = Path(arguments[0]).absolute()
        if work.exists() and any(work.iterdir()):  # it is not ours to delete
            raise DemoError(f"{arguments[0]} is not empty; name a new folder")
    else:
        work = HERE / "work"
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    return str(work.relative_to(Path.cwd())) if work.is_relative_to(Path.cwd()) else str(work)


def build_all(work: str) -> None:
    """The two upstream repositories, and one for the report, as reports mostly lie in one."""
    for name, cited in CITED.items():
        made = build_repository(Path(work, "upstream", name), read_days(HERE / "upstream" / name))
        if made != cited:
            raise DemoError(
                f"the commits of {name} should be {', '.join(cited)}, but are {', '.join(made)}: "
                f"was a file below {HERE / 'upstream' / name} changed, or added?"
            )
    build_repository(Path(work, "report"), {REPORT_DAY: {"report.md": (HERE / "report.md").read_bytes()}})
    build_repository(Path(work, "project"), {REPORT_DAY: project_files()})


def project_files() -> Files:
    """The project with its copy of kettle, from which somebody has left out the licence."""
    own = {path.relative_to(HERE / "project").as_posix(): path.read_bytes() for path in files_below(HERE / "project")}
    kettle = HERE / "upstream" / "kettle"
    newest = sorted(kettle.iterdir())[-1] / "kettle"
    copied = {f"shop/_vendor/kettle/{path.relative_to(newest).as_posix()}": path for path in files_below(newest)}
    return own | {name: path.read_bytes() for name, path in copied.items()}


def read_days(folder: Path) -> dict[str, Files]:
    """The history of a project: a folder for each day with the files that were written then."""
    return {
        day.name: {path.relative_to(day).as_posix(): path.read_bytes() for path in files_below(day)}
        for day in sorted(folder.iterdir())
    }


def files_below(folder: Path) -> list[Path]:
    """Every file in the folder and its folders."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def build_repository(folder: Path, days: Mapping[str, Files]) -> list[str]:
    """A repository with a commit for each day, the same on every machine; returns their ids, oldest first."""
    git(folder.parent, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main", folder.name)
    # Fast import takes contents, modes and dates as they are given; no setting of a machine has a say.
    git(folder, "fast-import", "--quiet", stdin=b"".join(commit_stream(days)))
    git(folder, "reset", "--quiet", "--hard")
    return git(folder, "rev-list", "--reverse", "main").split()


def commit_stream(days: Mapping[str, Files]) -> Iterator[bytes]:
    """The commits as `git fast-import` reads them."""
    for day, files in days.items():
        noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        message = f"Work of {day}\n"
        yield f"commit refs/heads/main\ncommitter {AUTHOR} {noon.timestamp():.0f} +0000\n".encode()
        yield f"data {len(message)}\n{message}".encode()
        for path, content in files.items():
            yield f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run git without any configuration of the user or the machine; returns what it prints."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    environment = kept | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "TZ": "UTC"}
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, env=environment, input=stdin, capture_output=True)
    except FileNotFoundError:
        raise DemoError("git is not installed; the demonstration builds its repositories with it") from None
    if done.returncode:
        raise DemoError(f"git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


def run_step(number: int, step: Step, work: str) -> None:
    """Run the tool as a user would, and compare its exit code."""
    own = [word.format(work=work) for word in step.words]
    where = [f"--mirror={ORIGIN}={work}/upstream/"]
    cache = ["--offline", f"--cache-dir={work}/cache"]
    print(f"── {number}. {step.title}\n")
    print("$ auditor " + " \\\n    ".join(shlex.join(words) for words in (own, where, cache)) + "\n", flush=True)
    code = subprocess.run([sys.executable, "-m", "auditor", *own, *where, *cache], check=False).returncode
    print(f"\n(exit code {code})\n")
    if code != step.code:
        raise DemoError(f"step {number} should have ended with exit code {step.code}, not {code}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
