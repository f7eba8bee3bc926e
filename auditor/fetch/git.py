"""Runs git: an explicit argument vector, a clean environment, a wall clock and a bound on bytes.

Git is run as a process of its own rather than through a library because only so can a command
be ended for certain: it leads its own process group, and the whole group is killed, with the
helpers that git started. Whoever calls passes untrusted words after `--end-of-options`.
"""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from auditor.errors import EnvironmentTrouble, FetchError
from auditor.fetch.environment import scratch_environment

OLDEST_GIT = (2, 32)  # GIT_CONFIG_COUNT came with 2.31, GIT_CONFIG_GLOBAL with 2.32 (release notes)
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a git command said: exit code, standard output, standard error."""

    code: int
    out: bytes
    err: str


@dataclass(frozen=True, slots=True)
class Bound:
    """When a command is ended: after `seconds`, or once the file or folder `watched` grew by `bytes`."""

    seconds: float
    bytes: int | None = None
    watched: Path | None = None
    cancelled: threading.Event | None = None


def run_git(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    bound: Bound,
    folder: Path | None = None,
    stdin: bytes = b"",
    output: IO[bytes] | None = None,
) -> Answer:
    """Run one git command to its end; the caller judges its exit code.

    `output` takes standard output instead of the answer. Raises `FetchError` "timeout" or
    "too-large" when the bound is met, `EnvironmentTrouble` without git.
    """
    before = _size(bound.watched)
    try:
        process = subprocess.Popen(
            ["git", *arguments],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=output or subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        if folder is not None and not folder.is_dir():
            raise FetchError("damaged", f"{folder} is not there any more") from error
        raise EnvironmentTrouble("git was not found on the PATH; install git 2.32 or newer") from error
    with process:
        try:
            return _attend(process, f"git {_command(arguments)}", stdin, bound, before)
        except BaseException:
            _kill_group(process)
            raise


def _command(arguments: Sequence[str]) -> str:
    """The command among git's arguments, behind its own options (`--git-dir FOLDER`, `-c NAME=VALUE`)."""
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--git-dir", "-C", "-c"):
            next(rest, None)
        elif not argument.startswith("-"):
            return argument
    return ""


def _attend(process: subprocess.Popen[bytes], name: str, stdin: bytes, bound: Bound, before: int) -> Answer:
    """Feed and drain the process until it ends, looking at the bound ten times a second."""
    deadline = time.monotonic() + bound.seconds
    if bound.bytes is not None:
        _limit_files(process.pid, bound.bytes)
    pending: bytes | None = stdin
    while True:
        try:
            out, err = process.communicate(pending, timeout=POLL_SECONDS)
            _check_size(bound, before, name)  # a quick one may be done before anybody looked
            return Answer(process.returncode, out or b"", err.decode("utf-8", "replace"))
        except subprocess.TimeoutExpired:
            pending = None  # communicate() keeps what it could not write yet
        if bound.cancelled is not None and bound.cancelled.is_set():
            raise FetchError("timeout", f"{name} was cancelled")
        if time.monotonic() > deadline:
            raise FetchError("timeout", f"{name} took longer than {bound.seconds:g} s")
        _check_size(bound, before, name)


def _check_size(bound: Bound, before: int, name: str) -> None:
    if bound.bytes is not None and _size(bound.watched) - before > bound.bytes:
        raise FetchError("too-large", f"{name} brought more than {bound.bytes} bytes")


def _size(path: Path | None) -> int:
    """The bytes of a file, or of the files directly in a folder; 0 for what is not there."""
    if path is None:
        return 0
    try:
        if not path.is_dir():
            return path.stat().st_size
        with os.scandir(path) as entries:
            return sum(entry.stat(follow_symlinks=False).st_size for entry in entries)
    except OSError:  # git renames its temporary packs while we look
        return 0


def _limit_files(pid: int, size: int) -> None:
    """Let the kernel stop a file that outgrows `size`; elsewhere than on Linux the polling does it alone."""
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, size))


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End the process and everything it started; Windows knows no groups, there only git itself ends."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def check_git() -> str:
    """The version of git on the PATH ("2.39.5"); raises `EnvironmentTrouble` if there is none or it is too old."""
    answer = run_git(["version"], environment=scratch_environment(), bound=Bound(seconds=10))
    text = answer.out.decode("utf-8", "replace").strip()
    found = re.search(r"(\d+)\.(\d+)[\w.]*", text)
    if found is None:
        raise EnvironmentTrouble(f"git on the PATH does not tell its version: {text!r}")
    if (int(found[1]), int(found[2])) < OLDEST_GIT:
        raise EnvironmentTrouble(f"git {found[0]} is too old; git 2.32 or newer is needed")
    return found[0]
