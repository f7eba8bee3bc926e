"""Repositories with real code: built from the standard library of the running interpreter, or a developer's own."""

import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from upstream import Upstream

_COMMITS = 24
_TURNS = 4  # a file changes with every fourth commit

# Neither somebody else's packages nor tests: their files are many and hold few definitions worth citing.
_LEFT_OUT = frozenset({"site-packages", "dist-packages", "test", "tests", "idlelib", "__pycache__"})


@dataclass(frozen=True, slots=True)
class History:
    """A bare repository, and the one it stands for: `example/modules`."""

    path: Path
    name: str

    def git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What a git command answers."""
        return subprocess.run(
            ["git", "-c", "safe.directory=*", "--git-dir", str(self.path), *arguments],
            input=stdin,
            stdout=subprocess.PIPE,
            check=True,
        ).stdout

    def commits(self, count: int) -> list[str]:
        """At most `count` commits, evenly spread over the first parents of the largest branch or HEAD."""
        known = self.git("rev-list", "--first-parent", self._tip()).decode().split()
        return known[:: -(-len(known) // count)]

    def _tip(self) -> str:
        listing = self.git(
            "for-each-ref", "--sort=-committerdate", "--format=%(objectname)", "refs/heads", "refs/remotes"
        )
        return listing.decode().split()[0]


def build_histories(folder: Path, files: int) -> list[History]:
    """Two repositories: the standard library's single modules and its packages, `files` of each at most.

    Every commit puts a comment on top of a quarter of the files, so that the same definition
    stands at other lines in other commits.
    """
    kinds: dict[str, dict[str, bytes]] = {"modules": {}, "packages": {}}
    for path, data in _library_files():
        chosen = kinds["packages" if "/" in path else "modules"]
        if len(chosen) < files:
            chosen[path] = data
    return [_build(folder / f"{kind}.git", f"example/{kind}", chosen) for kind, chosen in kinds.items()]


def _library_files() -> Iterator[tuple[str, bytes]]:
    root = Path(sysconfig.get_path("stdlib"))
    for path in sorted(root.rglob("*.py")):
        relative = path.relative_to(root)
        if _LEFT_OUT.isdisjoint(relative.parts) and not relative.parts[0].startswith("config-"):
            yield relative.as_posix(), path.read_bytes()


def _build(path: Path, name: str, files: Mapping[str, bytes]) -> History:
    made = Upstream(path)
    made.commit(files)
    texts = dict(files)
    for number in range(1, _COMMITS):
        turn = [name for index, name in enumerate(texts) if index % _TURNS == number % _TURNS]
        texts |= {name: b"# Revision %d\n%s" % (number, texts[name]) for name in turn}
        made.commit({name: texts[name] for name in turn})
    made.git("repack", "-a", "-d", "-q")
    return History(path, name)
