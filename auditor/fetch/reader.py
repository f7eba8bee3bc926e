"""Reads objects through one long-lived `git cat-file --batch`, started by GitPython.

GitPython's own `get_object_data` speaks to the same process but knows only SHA-1 ids and takes
an object into memory before its size can be looked at; the protocol is four lines, spoken here.
"""

import hashlib
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.errors import FetchError

# GitPython adds to the process's environment instead of replacing it: what could lead git to
# another repository is therefore given a harmless value.
_NEUTRAL = {"GIT_ALTERNATE_OBJECT_DIRECTORIES": "", "GIT_CONFIG_PARAMETERS": "", "GIT_NAMESPACE": ""}


class Reader:
    """The objects of one bare repository; not to be shared between threads."""

    def __init__(self, path: Path, environment: Mapping[str, str]) -> None:
        self._path = path
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, object_id: str, limit: int) -> tuple[str, bytes]:
        """(type, content) of an object by its full id.

        Raises `KeyError` if it is not there, `FetchError` "too-large" if it has more than `limit`
        bytes (none of which are then kept), "damaged" if git cannot read it.
        """
        try:
            return self._ask(object_id, limit)
        except (OSError, ValueError) as error:
            self.close()
            raise FetchError("damaged", f"object {object_id} in the cache cannot be read") from error

    def _ask(self, object_id: str, limit: int) -> tuple[str, bytes]:
        if self._process is None:
            self._process = self._start()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(object_id.encode() + b"\n")
        process.stdin.flush()
        words = process.stdout.readline().split()
        if len(words) == 2 and words[1] == b"missing":
            raise KeyError(object_id)
        if len(words) != 3:
            raise ValueError("no header")
        size = int(words[2])
        if size > limit:
            self.close()  # cheaper than reading past it
            raise FetchError("too-large", f"object {object_id} has {size} bytes; {limit} are read at most")
        content: bytes = process.stdout.read(size + 1)
        if len(content) != size + 1:
            raise ValueError("cut off")
        kind, content = words[1].decode("ascii"), content[:-1]
        # git does not look: a spoilt pack index would pass one object off as another.
        if _id_of(kind, content, len(object_id)) != object_id:
            raise ValueError("not the object asked for")
        return kind, content

    def _start(self) -> subprocess.Popen[bytes]:
        os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # importing it must not fail without git
        from git import Git

        # Not `git.Repo`: that looks for its repository by the environment of this process.
        git = Git(self._path)
        here = {"GIT_DIR": str(self._path), "GIT_COMMON_DIR": str(self._path)}
        objects = {"GIT_OBJECT_DIRECTORY": str(self._path / "objects")}
        git.update_environment(**_NEUTRAL, **self._environment, **here, **objects)
        # GitPython ends the process when this wrapper is collected, so it is kept.
        self._wrapper: Any = git.cat_file("--batch", istream=subprocess.PIPE, as_process=True)
        process: subprocess.Popen[bytes] = self._wrapper.proc
        return process

    def close(self) -> None:
        """End the process; reading again starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()  # closes the pipes and waits


def _id_of(kind: str, content: bytes, digits: int) -> str:
    """The id that git gives to an object: a digest of its type, length and content."""
    digest = hashlib.sha1(usedforsecurity=False) if digits == 40 else hashlib.sha256()
    digest.update(f"{kind} {len(content)}\0".encode("ascii"))
    digest.update(content)
    return digest.hexdigest()
