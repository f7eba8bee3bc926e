"""The files that a pattern of the manifest names, in time that is bounded by the folders it goes through."""

import fnmatch
import os
import re
from collections.abc import Iterator
from pathlib import Path

_MAGIC = re.compile(r"[*?\[]")
_ANY_FOLDERS = "**"
# Of the tool that keeps the project, never part of it.
_NEVER = frozenset((".git", ".hg", ".svn"))


def pattern_trouble(pattern: str) -> str | None:
    """Why a pattern cannot be one, as the rest of a sentence; None when it can."""
    if not pattern.strip() or "\0" in pattern:
        return "is empty"
    if pattern.startswith(("/", "~")) or "\\" in pattern or re.match(r"[A-Za-z]:", pattern):
        return "must be relative to the manifest's folder, with forward slashes"
    if ".." in pattern.split("/"):
        return "leads out of the manifest's folder"
    return None


def match_paths(folder: Path, pattern: str) -> Iterator[str]:
    """The files and folders below `folder` that a pattern names, POSIX and relative, each once, in a stable order.

    `*`, `?` and `[…]` stand for parts of one name, `**` for any folders, also none. Links to folders are not followed
    by `**`. Nothing for a pattern with a trouble.
    """
    if pattern_trouble(pattern):
        return
    parts: list[str] = []
    for part in pattern.split("/"):
        # Two of them in a row say no more than one.
        if part not in ("", ".") and not (part == _ANY_FOLDERS == (parts[-1] if parts else "")):
            parts.append(part)
    seen: set[tuple[str, int]] = set()
    found: set[str] = set()
    waiting = [("", 0)]
    while waiting:
        path, number = waiting.pop()
        if (path, number) in seen:
            continue
        seen.add((path, number))
        if number < len(parts):
            waiting += reversed(list(_steps(folder, path, parts, number)))
        elif path and path not in found:
            found.add(path)
            yield path


def _steps(folder: Path, path: str, parts: list[str], number: int) -> Iterator[tuple[str, int]]:
    """Where the part `number` of a pattern leads from a path, and which part is next there."""
    part = parts[number]
    if part == _ANY_FOLDERS:
        yield path, number + 1
        for name, is_folder in _names(folder / path):
            if is_folder:
                yield _join(path, name), number
            elif number + 1 == len(parts):
                yield _join(path, name), number + 1
    elif _MAGIC.search(part):
        matches = re.compile(fnmatch.translate(part)).match
        for name, _ in _names(folder / path):
            if matches(name):
                yield _join(path, name), number + 1
    elif os.path.lexists(folder / path / part):
        yield _join(path, part), number + 1


def _names(folder: Path) -> list[tuple[str, bool]]:
    """The names in a folder, each with whether it is a folder itself and no link to one."""
    try:
        with os.scandir(folder) as entries:
            return sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries if e.name not in _NEVER)
    except OSError:
        return []


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
