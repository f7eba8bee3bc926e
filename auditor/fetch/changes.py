"""What a user has changed since a revision: committed, in the index, in the folder, and files that git does not know.

It is held against the merge base, so that what others did on the other branch meanwhile is not taken for the user's.
"""

import re
import tempfile
from ast import literal_eval
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from auditor.errors import EnvironmentTrouble, FetchError, UsageError
from auditor.fetch.dating import MOST_BYTES, OVERRULED, SECONDS
from auditor.fetch.environment import Setting, scratch_environment
from auditor.fetch.failures import last_words
from auditor.fetch.git import Answer, Bound, run_git
from auditor.model.change import Changes, Touched
from auditor.model.resolution import Lines

# Deletions and unmerged paths have no lines that an audit could read.
_DIFF = ["diff", "-M", "--diff-filter=ACMRT", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative"]
_DIFF += ["--ignore-submodules=all"]
_SETTINGS: tuple[Setting, ...] = (*OVERRULED, ("core.quotePath", "true"))
_LINES = ["-U0", "--inter-hunk-context=0", "--dst-prefix=b/"]
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def changed_since(folder: Path, revision: str) -> Changes | None:
    """Which lines of the repository around a folder are not as they were where `revision` and HEAD parted.

    None when the folder is in no repository. Raises UsageError for a revision that does not exist or has no history
    in common, EnvironmentTrouble when git cannot tell.
    """
    try:
        top = _ask(folder, ["rev-parse", "--show-toplevel"])
        if top.code != 0:
            return None
        root = Path(_line(top))
        base, settings = _merge_base(root, revision), (*_SETTINGS, *_no_filters(root))
        files = dict(_listed(_output(root, [*_DIFF, "--raw", "--numstat", "-z", base, "--"], settings)))
        files |= _with_lines(_output(root, [*_DIFF, *_LINES, base, "--"], settings), files)
        unknown = _output(root, ["ls-files", "-z", "--others", "--exclude-standard"], settings)
    except FetchError as error:
        raise EnvironmentTrouble(f"the changes since {revision} could not be told: {error}") from error
    return Changes(str(root), files | {_text(path): Touched(whole=True) for path in unknown.split(b"\0") if path})


def _merge_base(root: Path, revision: str) -> str:
    """The commit where the revision and HEAD parted."""
    commit = _ask(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"])
    if commit.code != 0:
        raise UsageError(f"--changed-since {revision}: there is no such commit here; fetch it, or name another one")
    base = _ask(root, ["merge-base", _line(commit), "HEAD"])
    if base.code != 0:
        raise UsageError(
            f"--changed-since {revision}: it has no history in common with HEAD here; "
            "a shallow clone has too little of it (actions/checkout: fetch-depth: 0)"
        )
    return _line(base)


def _no_filters(root: Path) -> list[Setting]:
    """Settings that turn off every filter of the repository: comparing files must run none of its programs."""
    names = _text(_ask(root, ["config", "-z", "--name-only", "--get-regexp", r"^filter\."]).out).split("\0")
    drivers = {name.rpartition(".")[0] for name in names if name}
    off = (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))
    return [(f"{driver}.{key}", value) for driver in sorted(drivers) for key, value in off]


def _output(root: Path, arguments: list[str], settings: Iterable[Setting]) -> bytes:
    """What git says of the changes. Raises FetchError when it fails or says too much."""
    with tempfile.NamedTemporaryFile() as output:
        answer = _ask(root, arguments, settings, output)
        output.seek(0)
        if answer.code != 0:
            raise FetchError("damaged", last_words(answer.err) or "git failed")
        return output.read()


def _ask(
    folder: Path, arguments: list[str], settings: Iterable[Setting] = OVERRULED, output: IO[bytes] | None = None
) -> Answer:
    return run_git(
        ["--no-pager", *arguments],
        environment=scratch_environment(settings),
        bound=Bound(SECONDS, MOST_BYTES, Path(output.name) if output else None),
        folder=folder,
        output=output,
    )


def _line(answer: Answer) -> str:
    return _text(answer.out).removesuffix("\n")


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _listed(listing: bytes) -> Iterator[tuple[str, Touched]]:
    """The changed files of `--raw --numstat -z`; `whole` are the new ones and those without lines."""
    fields = iter(listing.split(b"\0"))
    new: set[bytes] = set()
    for field in fields:
        if field.startswith(b":"):
            status = field.rpartition(b" ")[2]
            path = _last_name(fields, status[:1] in b"RC")
            if status[:1] in b"AT":
                new.add(path)
        elif field:
            added, _, name = field.split(b"\t", 2)
            path = name or _last_name(fields, renamed=True)
            yield _text(path), Touched(whole=path in new or added == b"-")


def _last_name(fields: Iterator[bytes], renamed: bool) -> bytes:
    """The name of a file now; the one it had before comes first."""
    name = next(fields)
    return next(fields) if renamed else name


def _with_lines(diff: bytes, files: dict[str, Touched]) -> dict[str, Touched]:
    """The files whose lines a diff without context tells."""
    spans: dict[str, list[Lines]] = {}
    for path, lines in _hunks(iter(diff.split(b"\n"))):
        spans.setdefault(path, []).append(lines)
    told = {path: tuple(lines) for path, lines in spans.items() if path in files}
    return {path: Touched(lines, files[path].whole) for path, lines in told.items()}


def _hunks(lines: Iterator[bytes]) -> Iterator[tuple[str, Lines]]:
    """(path, touched lines) of each hunk. Contents are counted off, so that none of them is taken for a header."""
    path = ""
    for line in lines:
        if line.startswith(b"+++ "):
            path = _named(line[4:].removesuffix(b"\t"))
        elif hunk := _HUNK.match(line):
            gone, start, added = (1 if text is None else int(text) for text in hunk.groups())
            _skip(lines, gone + added)
            # Where lines are only gone, git names the one before: it and the next read differently now.
            yield path, Lines(max(1, start), start + 1) if added == 0 else Lines(start, start + added - 1)


def _skip(lines: Iterator[bytes], count: int) -> None:
    """Go over the contents of a hunk; git's remark on a missing line feed is none of them."""
    while count > 0 and (line := next(lines, None)) is not None:
        count -= not line.startswith(b"\\")


def _named(written: bytes) -> str:
    """The path in a header: in quotes, and escaped as in C, if it has anything unusual."""
    if written.startswith(b'"'):
        unescaped = literal_eval("b" + written.decode("ascii"))  # git's escapes are among those of Python's bytes
        written = unescaped if isinstance(unescaped, bytes) else b""
    return _text(written.removeprefix(b"b/"))
