"""Real git repositories for tests, with the same ids on every machine: fixed author, dates and contents."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link with this text."""

    text: str


@dataclass(frozen=True, slots=True)
class Submodule:
    """A submodule at this commit."""

    commit: str


Content = str | bytes | Link | Submodule | None  # None removes the file
FIRST_DAY = 1577836800  # 2020-01-01 00:00:00 UTC; each commit is a day later than the one before


class Upstream:
    """A bare repository at `path`."""

    def __init__(self, path: Path, format: str = "sha1") -> None:
        self.path = path
        self._days = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        command = ["git", "init", "--quiet", "--bare", "--template=", "--initial-branch=main"]
        subprocess.run([*command, f"--object-format={format}", str(path)], check=True)

    def commit(self, files: Mapping[str, Content], *, branch: str = "main", start: str | None = None) -> str:
        """Commit changed files on a branch, begun at `start` if it is new; returns the commit's id.

        File names may hold surrogate-escaped bytes.
        """
        tip = start or self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
        when = f"A U Thor <author@example.org> {FIRST_DAY + 86400 * self._days} +0000"
        self._days += 1
        parts = [f"commit refs/heads/{branch}\nauthor {when}\ncommitter {when}\ndata 4\nwork\n".encode()]
        parts += [f"from {tip}\n".encode()] if tip else []
        parts += [_change(name, content) for name, content in files.items()]
        self.git("fast-import", "--quiet", "--date-format=raw", "--force", stdin=b"".join(parts) + b"\n")
        return self.id(f"refs/heads/{branch}")

    def tag(self, name: str, commit: str) -> str:
        """An annotated tag; returns the id of the tag object."""
        tagger = f"A U Thor <author@example.org> {FIRST_DAY} +0000"
        text = f"object {commit}\ntype commit\ntag {name}\ntagger {tagger}\n\n{name}\n"
        made = self.git("mktag", stdin=text.encode())
        self.git("update-ref", f"refs/tags/{name}", made)
        return made

    def id(self, revision: str) -> str:
        """The id of any revision or `commit:path`."""
        return self.git("rev-parse", "--verify", revision)

    def git(self, *arguments: str, stdin: bytes = b"") -> str:
        """Run git in the repository; returns its output without surrounding white space."""
        return run(*arguments, folder=self.path, stdin=stdin)


def run(*arguments: str, folder: Path, stdin: bytes = b"", date: str = "2020-01-01T00:00:00Z") -> str:
    """Run git in a folder with fixed author, committer and date."""
    who = {"NAME": "A U Thor", "EMAIL": "author@example.org", "DATE": date}
    roles = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in who.items()}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | roles, input=stdin, stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def _change(name: str, content: Content) -> bytes:
    """One line of a fast-import stream, with its data."""
    raw = name.encode("utf-8", "surrogateescape")
    quoted = b'"' + b"".join(b"\\%03o" % byte if byte in b'"\\\n' else bytes([byte]) for byte in raw) + b'"'
    match content:
        case None:
            return b"D %s\n" % quoted
        case Submodule(commit):
            return b"M 160000 %s %s\n" % (commit.encode(), quoted)
        case Link(text):
            mode, data = b"120000", text.encode()
        case bytes():
            mode, data = b"100644", content
        case str():
            mode, data = b"100644", content.encode()
    return b"M %s inline %s\ndata %d\n%s\n" % (mode, quoted, len(data), data)
