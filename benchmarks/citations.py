"""Citations as reports have them: pinned links with a definition's name to the lines of that definition."""

import ast
import random
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.histories import History

_COMMITS = 12
_SEED = 20200101
_TREE_LINE = re.compile(r"100(?:644|755) blob (?P<id>\w+) +(?P<size>\d+)\t(?P<path>[\w./-]+\.py)")
_SIZES = range(200, 200_000)  # bytes; nobody cites an empty file, and a generated table has no definitions


@dataclass(frozen=True, slots=True)
class Cited:
    """A definition in a file of a commit, its lines one-based and inclusive."""

    history: History
    commit: str
    path: str
    blob: str
    name: str
    start: int
    end: int

    def link(self, site: str) -> str:
        """The permalink on a host of GitHub's kind."""
        return f"{site}/{self.history.name}/blob/{self.commit}/{self.path}#L{self.start}-L{self.end}"


def choose(histories: Sequence[History], count: int, files: int) -> list[Cited]:
    """`count` definitions, the same ones on every run, from at most `files` files of each commit."""
    chance = random.Random(_SEED)
    pool = [cited for history in histories for cited in _definitions(history, files, chance)]
    return chance.sample(pool, count) if len(pool) >= count else chance.choices(pool, k=count)


def write_report(cited: Sequence[Cited], site: str) -> str:
    """A Markdown report: a section for each repository, an item for each citation, some of them in a sentence."""
    lines = ["# What was read", ""]
    for history in dict.fromkeys(one.history for one in cited):
        lines += [f"## {history.name}", ""]
        for number, one in enumerate(one for one in cited if one.history == history):
            link = f"[`{one.name}`]({one.link(site)})"
            lines.append(f"- {link}" if number % 2 else f"- Step {number} of the request goes through {link} and on.")
        lines.append("")
    return "\n".join(lines)


def _definitions(history: History, files: int, chance: random.Random) -> Iterator[Cited]:
    known: dict[str, list[tuple[str, int, int]]] = {}
    for commit in history.commits(_COMMITS):
        listing = history.git("ls-tree", "-r", "-l", commit).decode("utf-8", "replace")
        found = [m for line in listing.split("\n") if (m := _TREE_LINE.fullmatch(line)) and int(m["size"]) in _SIZES]
        for match in chance.sample(found, min(files, len(found))):
            blob = match["id"]
            if blob not in known:
                known[blob] = _outline(history.git("cat-file", "blob", blob))
            for name, start, end in known[blob]:
                yield Cited(history, commit, match["path"], blob, name, start, end)


def _outline(data: bytes) -> list[tuple[str, int, int]]:
    """Functions, classes and methods by Python's own parser; names that are defined twice are left out."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(data)
    except (SyntaxError, ValueError):
        return []  # Python 2, or not meant to be valid
    found = list(_walk(tree, ""))
    times = Counter(name for name, _, _ in found)
    return [one for one in found if times[one[0]] == 1]


def _walk(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[tuple[str, int, int]]:
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([child.lineno, *(decorator.lineno for decorator in child.decorator_list)])
            yield prefix + child.name, first, child.end_lineno or child.lineno
        if isinstance(child, ast.ClassDef):
            yield from _walk(child, f"{prefix}{child.name}.")
