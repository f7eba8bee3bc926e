"""The comments at the top of a source file, and whether the copyright and licence lines in them outlived a copy."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from auditor.licenses.words import read_words
from auditor.model import Lines
from auditor.model.shipment import HeaderState

# What has to come before any comment: interpreter, encoding, markup declarations, PHP's and batch files' first line.
_BEFORE = re.compile(
    r"#!|[ \t]*(?:#|//|/\*|;|\")[ \t]*(?:-\*-|vim?:|(?:en)?coding[:=])|<\?(?:php|xml)\b|<!doctype|@echo off",
    re.IGNORECASE,
)
_BLOCKS = {"/*": "*/", "<!--": "-->", '"""': '"""', "'''": "'''", 'r"""': '"""', "(*": "*)", "{-": "-}", "--[[": "]]",
           "{#": "#}", "<#": "#>", "=begin": "=end", "/+": "+/"}  # fmt: skip
_LINE = re.compile(r"#|//|--|;|%|!|'|\"(?!\")|\.\. |(?:dnl|rem|C)(?=[ \t]|$)", re.IGNORECASE)
# What makes a paragraph of a header one of the licence. The word "license" alone does not: code is about licences, too.
_LEGAL = re.compile(
    r"copyright\b|\(c\) ?\d|©|SPDX-|\blicensed (?:under|to|by)\b|\blicen[sc]e ?:|\bsee [^\n]{0,40}licen[sc]e"
    r"|\bunder (?:the|a|an) [^\n]{0,60}(?:licen[sc]e|terms)|\bpermission\b[^\n]{0,40}\b(?:grant|use|copy|hereby)"
    r"|\bredistribut|\bwarrant(?:y|ies)\b|\ball rights reserved\b|\bpublic domain\b|\bmerchantab|\bliab(?:le|ility)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 1 << 16  # characters in which the lines of a header are looked for
_HEADER_LINES = 1000


@dataclass(frozen=True, slots=True)
class Header:
    """What became of a header: see `ChangedFile`."""

    state: HeaderState
    missing: tuple[str, ...] = ()
    lines: Lines | None = None
    first: bool = False


class HeaderText:
    """The beginning of a file, as headers are compared in it."""

    def __init__(self, text: str) -> None:
        self._text = text[:_LONGEST]
        self._lines = self._text.replace("\r\n", "\n").split("\n")

    @cached_property
    def comments(self) -> tuple[Lines, ...]:
        """The comments before the first line of code, one after the other, as lines of the file."""
        found, at = [], 0
        lines = self._lines[:_HEADER_LINES]
        while at < len(lines) and (not lines[at].strip(" \t\f\ufeff") or _BEFORE.match(lines[at].lstrip("\ufeff"))):
            at += 1
        while at < len(lines):
            if not lines[at].strip():
                at += 1
                continue
            end = _comment_end(lines, at)
            if end == at:
                break
            found.append(Lines(at + 1, end))
            at = end
        return tuple(found)

    @property
    def leading(self) -> str:
        """All of the leading comments."""
        return self._between(self.comments[0].start, self.comments[-1].end) if self.comments else ""

    @property
    def first(self) -> str:
        """The first comment."""
        return self._between(self.comments[0].start, self.comments[0].end) if self.comments else ""

    @property
    def text(self) -> str:
        """All that is looked at."""
        return self._text

    @property
    def legal(self) -> dict[int, str]:
        """The words of each line of the leading comments that is part of a notice or a licence, by line."""
        if not self.comments:
            return {}
        before = self.comments[0].start - 1
        starts = frozenset(comment.start - before for comment in self.comments)
        return {before + number: words for number, words in _legal_lines(self.leading, starts)}

    def line(self, number: int) -> str:
        """A line as it is written, without white space at its ends."""
        return self._lines[number - 1].strip()

    def _between(self, start: int, end: int) -> str:
        return "\n".join(self._lines[start - 1 : end])


def compare_header(upstream: HeaderText, copied: HeaderText) -> Header:
    """Whether upstream's copyright and licence lines are still in the copy, wherever; years may be others.

    Comment signs, white space and where lines are broken do not count.
    """
    if not (legal := upstream.legal):
        return Header("none")
    lines = Lines(min(legal), max(legal))
    missing = _missing(legal, copied.leading)
    if missing:  # further down, as after an import
        missing = _missing(legal, copied.text)
    state: HeaderState = "kept" if not missing else "stripped" if len(missing) == len(legal) else "altered"
    first = state == "kept" and not _missing(legal, copied.first)
    return Header(state, tuple(upstream.line(number) for number in missing), lines, first)


def _missing(legal: dict[int, str], text: str) -> list[int]:
    words = _spaced(text)
    return [number for number, line in legal.items() if f" {line} " not in words]


@lru_cache(maxsize=256)
def _legal_lines(text: str, starts: frozenset[int]) -> tuple[tuple[int, str], ...]:
    """The lines (of the text, one-based) of its legal paragraphs and of those between them, with their words.

    `starts` are the lines at which a comment begins, and with it a paragraph.
    """
    lines = text.split("\n")
    paragraphs: list[list[int]] = [[]]
    for number, line in enumerate(lines, start=1):
        worded = any(char.isalnum() for char in line)
        if paragraphs[-1] and (not worded or number in starts):
            paragraphs.append([])
        if worded:
            paragraphs[-1].append(number)
    legal = [index for index, one in enumerate(paragraphs) if any(_LEGAL.search(lines[number - 1]) for number in one)]
    if not legal:
        return ()
    kept = {number for paragraph in paragraphs[legal[0] : legal[-1] + 1] for number in paragraph}
    words, found = read_words(text), defaultdict[int, list[str]](list)
    for index, word in enumerate(words.words):
        if (number := words.line(index)) in kept and not _YEAR.fullmatch(word):
            found[number].append(word)
    return tuple((number, " ".join(line)) for number, line in found.items())


def _comment_end(lines: list[str], at: int) -> int:
    """The number of lines up to the end of the comment that begins here; `at` if none does."""
    text = lines[at].strip(" \t\ufeff")
    for start, end in _BLOCKS.items():
        if text.startswith(start):
            if end in text[len(start) :]:
                return at + 1
            return next((number + 1 for number in range(at + 1, len(lines)) if end in lines[number]), len(lines))
    stop = at
    while stop < len(lines) and _LINE.match(lines[stop].strip(" \t\ufeff")):
        stop += 1
    return stop


@lru_cache(maxsize=256)
def _spaced(text: str) -> str:
    """All words but years, between blanks, with one before and one behind."""
    return f" {' '.join(word for word in read_words(text).words if not _YEAR.fullmatch(word))} "
