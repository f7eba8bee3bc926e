"""One bare repository in the cache: made, checked, thrown away; never told where its objects come from.

The address, the filter and the mark "promisor" exist only in the environment of a fetch
(`remote.py`), not in the repository's configuration. So a git that reads cannot fetch a missing
object lazily, whatever its version does with GIT_NO_LAZY_FETCH (2.39 would end the whole
`cat-file` where 2.45 says "missing"), and no credential is ever written to disk.
"""

import contextlib
import re
import shutil
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import EnvironmentTrouble, FetchError
from auditor.fetch.environment import scratch_environment
from auditor.fetch.failures import is_damage, last_words
from auditor.fetch.git import Answer, Bound, run_git

SHA1, SHA256 = "sha1", "sha256"
FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a bare repository knows of an object id: its type, and the commit it peels to, if any."""

    type: str
    commit: str | None


class Bare:
    """A bare repository at `path`, usable as soon as the object exists; the caller holds the lock."""

    def __init__(self, path: Path, seconds: float, cancelled: threading.Event | None = None) -> None:
        self.path = path
        self._bound = Bound(seconds, cancelled=cancelled)
        self.environment: Mapping[str, str] = scratch_environment([("safe.directory", "*")])
        if self._is_sound():
            self._tidy()
        else:
            self.reset()

    @property
    def format(self) -> str:
        """The object format, "sha1" or "sha256"."""
        with contextlib.suppress(OSError):
            if "objectformat = sha256" in (self.path / "config").read_text("utf-8", "replace").lower():
                return SHA256
        return SHA1

    def reset(self, format: str = SHA1) -> None:
        """Throw everything away and begin with an empty repository, complete or not there at all."""
        try:
            if self.path.is_dir():
                shutil.rmtree(self.path)
            self.path.unlink(missing_ok=True)
            with tempfile.TemporaryDirectory(prefix="new-", dir=self.path.parent) as folder:
                fresh = Path(folder) / "bare"
                self._initialise(fresh, format)
                fresh.rename(self.path)
        except OSError as error:
            raise EnvironmentTrouble(f"the cache {self.path.parent} cannot be written: {error.strerror}") from error

    def _initialise(self, path: Path, format: str) -> None:
        # An empty template: the user's own could bring hooks.
        arguments = ["init", "--quiet", "--bare", "--template=", f"--object-format={format}", str(path)]
        answer = run_git(arguments, environment=self.environment, bound=self._bound)
        if answer.code:
            raise EnvironmentTrouble(f"the cache cannot be written: {last_words(answer.err)}")

    def is_empty(self) -> bool:
        """Whether nothing was ever fetched into it."""
        return not any((self.path / "objects" / "pack").glob("*.pack"))

    def run(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Run a reading git command in this repository."""
        vector = ["--git-dir", str(self.path), *arguments]
        return run_git(vector, environment=self.environment, bound=self._bound, stdin=stdin)

    def output(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Like `run`, for commands that only fail on a damaged repository; raises `FetchError` "damaged"."""
        answer = self.run(*arguments, stdin=stdin)
        if answer.code:
            raise FetchError("damaged", f"{arguments[0]} in the cache: {last_words(answer.err)}")
        return answer.out

    def look_up(self, names: Iterable[str]) -> dict[str, Known]:
        """What is known of object ids or abbreviations (of commits); absent and ambiguous names are left out.

        One process for all. Names must be hexadecimal: they are not checked here.
        """
        asked = list(dict.fromkeys(names))
        lines = self._types(f"{name}{suffix}" for name in asked for suffix in ("", "^{commit}"))
        known = {}
        for name, plain, peeled in zip(asked, lines[::2], lines[1::2], strict=True):
            itself, commit = _checked(plain), _checked(peeled)
            if itself or commit:
                known[name] = Known(itself[1] if itself else "commit", commit[0] if commit else None)
        return known

    def look_up_blobs(self, ids: Iterable[str]) -> dict[str, Known]:
        """`look_up` for ids that should be blobs: git reads a whole blob to tell that it leads to no commit."""
        asked = list(dict.fromkeys(ids))
        pairs = zip(asked, map(_checked, self._types(asked)), strict=True)
        return {name: Known(found[1], None) for name, found in pairs if found}

    def _types(self, names: Iterable[str]) -> list[bytes]:
        """A line of `cat-file --batch-check` for every name."""
        questions = "".join(f"{name}\n" for name in names)
        if not questions:
            return []
        answer = self.run("cat-file", "--batch-check", stdin=questions.encode())
        if answer.code or is_damage(answer.err):  # it says "missing" of what stands in a broken pack
            raise FetchError("damaged", f"the cache is damaged: {last_words(answer.err)}")
        return answer.out.splitlines()

    def _is_sound(self) -> bool:
        """Whether git would take this for a repository, and each pack still has its index.

        git passes over half a pack in silence, and what was in it would count as absent.
        """
        files, folders = ("HEAD", "config"), ("objects", "refs")
        packs, indexes = ({path.stem for path in self.path.glob(f"objects/pack/*.{end}")} for end in ("pack", "idx"))
        return (
            all((self.path / name).is_file() for name in files)
            and all((self.path / name).is_dir() for name in folders)
            and packs == indexes
        )

    def _tidy(self) -> None:
        """Remove what a killed git left behind; nobody else is at work here, we hold the lock."""
        left = [*self.path.glob("*.lock"), *self.path.glob("objects/pack/tmp_*"), *self.path.glob("refs/**/*.lock")]
        for path in left:
            path.unlink(missing_ok=True)
        for path in [*self.path.parent.glob("new-*"), *self.path.glob("objects/tmp_objdir-*")]:
            shutil.rmtree(path, ignore_errors=True)


def _checked(line: bytes) -> tuple[str, str] | None:
    """(id, type) from a line of `--batch-check`; None for "… missing" and "… ambiguous"."""
    words = line.decode("ascii", "replace").split(" ")
    return (words[0], words[1]) if len(words) == 3 else None
