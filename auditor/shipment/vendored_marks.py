"""Where it is said that a file was changed, as the Apache licence (section 4b), the GPL and others ask."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from auditor.model.shipment import Mark

_CHANGED = r"(?:modified|changed|altered|patched|edited|adapted|reworked|rewritten)"
# In the file: "Modified by X", "This file was changed on 2024-05-01", "Modifications Copyright …", "local changes".
_IN_FILE = re.compile(
    rf"\b{_CHANGED}\b[^\n]{{0,60}}?(?:\b(?:by|for|from|on|in|to|at|since)\b|\d{{4}})"
    rf"|\b(?:has been|have been|was|were|is)[^\n]{{0,30}} {_CHANGED}\b"
    r"|\b(?:modifications?|changes?)\b[^\n]{0,60}?(?:\bcopyright\b|\(c\)|\bby\b|\bmade\b|\d{4})"
    r"|\b(?:local|our) (?:modifications?|changes?|patch(?:es)?)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"[ \t]*(?:#|//|/?\*|--|;|%|!|'|\"|<!--|\.\.|dnl\b|rem\b)", re.IGNORECASE)
_NEAR_TOP = 60  # lines
_LONGEST_LINE = 500
# Beside the files: lists of changes, and what tells of the copying.
_NOTES = re.compile(
    r"(?:changes?|changelog|changed|modifications?|modified|patches|vendor(?:ing|ed)?|readme|notice|news|history)"
    r"(?:[._-].*)?", re.IGNORECASE
)  # fmt: skip
_SAYS_CHANGED = re.compile(
    rf"\b(?:{_CHANGED}|modif\w+|change[ds]?|patch\w*|fix\w*|remov\w+|add\w+|replac\w+)\b", re.IGNORECASE
)
_FILE = re.compile(r"[\w.+/-]{1,300}\.\w{1,10}")
_PATCH_LINE = re.compile(r"(?:\+\+\+|---|diff --git a/\S{1,500}) (?:[ab]/)?(\S{1,500})")
_PATCHES = (".patch", ".diff")


def is_note(path: str) -> bool:
    """Whether a file beside the copied ones may tell which of them were changed: a patch or a list of changes."""
    name = PurePosixPath(path).name
    return name.lower().endswith(_PATCHES) or _NOTES.fullmatch(name) is not None


class Notes:
    """What the notes beside a copy say about its files."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` are the notes by path."""
        self._named: dict[str, list[tuple[str, Mark]]] = defaultdict(list)
        for path, text in sorted(texts.items()):
            patch = path.lower().endswith(_PATCHES)
            for number, line in enumerate(text.splitlines(), start=1):
                for name in _patched(line) if patch else _mentioned(line[:_LONGEST_LINE]):
                    mark = Mark(path, number, line.strip()[:200])
                    self._named[name.rpartition("/")[2]].append((name, mark))

    def about(self, paths: Iterable[str]) -> Iterator[Mark]:
        """The first line of each note that names the file by one of its `paths` (in the copy, upstream) or its end."""
        told: set[str] = set()
        for path in paths:
            for name, mark in self._named.get(path.rpartition("/")[2], ()):
                if mark.path not in told and f"/{path}".endswith(f"/{name}") | f"/{name}".endswith(f"/{path}"):
                    told.add(mark.path)
                    yield mark


def marks_within(path: str, lines: list[str], upstream: set[str]) -> Iterator[Mark]:
    """Comment lines near the top that say the file was changed, and that upstream's file does not have."""
    for number, line in enumerate(lines[:_NEAR_TOP], start=1):
        text = line[:_LONGEST_LINE]
        if _COMMENT.match(text) and line.strip() not in upstream and _IN_FILE.search(text):
            yield Mark(path, number, text.strip()[:200])


def _patched(line: str) -> Iterator[str]:
    if line.startswith(("+++ ", "--- ", "diff --git ")) and (match := _PATCH_LINE.match(line)):
        yield match[1]


def _mentioned(line: str) -> Iterator[str]:
    if _SAYS_CHANGED.search(line):
        yield from (match[0].strip("./") for match in _FILE.finditer(line))
