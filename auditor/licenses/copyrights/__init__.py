"""Copyright statements, recognised by their shape: who holds what since when.

A statement is a mark ("Copyright", "©", "(c)"), years and a holder in either order, and "All rights reserved". A
condition that talks about copyright ("the above copyright notice", "the copyright holder be liable") is none, and a
condition behind a holder is not part of the statement.
"""

import re
from bisect import bisect_left

from auditor.licenses.copyrights.holders import (
    MOST_GAP,
    SENTENCE,
    Cursor,
    breaks,
    gap_before,
    is_glued,
    is_short,
    read_holder,
    read_years,
)
from auditor.licenses.copyrights.vocabulary import LEADS, NO_HOLDER, RIGHTS
from auditor.licenses.patterns import compile_wording
from auditor.licenses.words import Words, one_line
from auditor.model import Copyright

_SIGN = r"©|&copy;|&#169;|\(c\)"
_MARK = re.compile(
    rf"(?:\bcopyright\b|\bcopyrighted\b|\bcopr\b|{_SIGN})(?:[\s:.,*/#;-]{{0,40}}(?:\bcopyright\b|\bcopr\b|{_SIGN}))*",
    re.IGNORECASE,
)
# The holder of the Lawrence Berkeley licences is followed by this (SPDX: BSD-3-Clause-LBNL).
_APPROVALS = compile_wording("subject to receipt of any required approvals from the u [s] dept of energy")
_MAIL = re.compile(r"\s*<[^<>@\s]{1,80}@[^<>\s]{1,80}>|\s*[(<]?https?://[^\s<>()]{1,200}[)>]?")
_LIST_END = re.compile(r">(?=[ \t]{0,20}[\r\n])")
_BEFORE_NAME = re.compile(r"[^\w<\[({\"'“]*")
_CLOSERS = re.compile(r"/?[)\]>\"'’”]{0,3}\.?")


def find_copyrights(words: Words) -> tuple[tuple[Copyright, ...], frozenset[int]]:
    """The copyright statements of a text in order, and the indices of the words that they take."""
    found: list[Copyright] = []
    taken: set[int] = set()
    end = 0
    for mark in _MARK.finditer(words.text):
        first, at = bisect_left(words.starts, mark.start()), bisect_left(words.starts, mark.end())
        cursor = Cursor(words, first, mark.start(), mark.end(), at)
        if cursor.first < end or cursor.at >= len(words):
            continue
        if not _read(cursor, mark[0]):
            continue
        cursor.first = _lead(cursor, end)
        end = cursor.at
        taken.update(range(cursor.first, end))
        found.append(_copyright(cursor))
    return tuple(found), frozenset(taken)


def _read(cursor: Cursor, mark: str) -> bool:
    """Read years and holder; whether this is a statement. The cursor ends behind it."""
    start = cursor.at
    if cursor.word() == "by":
        cursor.at += 1
    cursor.years = read_years(cursor)
    if cursor.years[0] == cursor.years[1] and cursor.word() in NO_HOLDER:
        return False
    if cursor.word() == "by":
        cursor.at += 1
    cursor.holder = read_holder(cursor)
    dated = cursor.years[0] < cursor.years[1]
    if not dated:
        cursor.years = read_years(cursor)
        dated = cursor.years[0] < cursor.years[1]
    if cursor.at == start or not _is_statement(cursor, mark, start, dated):
        return False
    _skip_rights(cursor)
    return True


def _is_statement(cursor: Cursor, mark: str, start: int, dated: bool) -> bool:
    """Whether mark, years and holder make a statement: the weaker the mark, the more is asked of the rest."""
    named = cursor.holder[0] < cursor.holder[1]
    worded = "cop" in mark.lower()
    if not worded and "©" not in mark and not mark.startswith("&"):
        return dated and cursor.years[0] == start and named  # "(c)" alone may be a bullet
    if dated:
        return True
    if not named:
        return False
    signed = len(mark) > len("copyrighted") or not worded
    first = cursor.words.text[cursor.words.starts[cursor.holder[0]]]
    if signed:
        return not first.islower() or is_glued(cursor.words, cursor.holder[0] + 1)
    alone = breaks(gap_before(cursor.words, cursor.first)) or cursor.first == 0
    ended = cursor.at >= len(cursor.words) or breaks(cursor.gap()) or bool(SENTENCE.search(cursor.gap()))
    return alone and ended and first.isupper()


def _skip_rights(cursor: Cursor) -> None:
    """Go behind "All rights reserved", also in the next line, and what the Lawrence Berkeley licences say there."""
    approvals = _APPROVALS.match(cursor.words.words, cursor.at) if cursor.word() == "subject" else None
    if approvals:
        cursor.at = approvals.end
    if cursor.words.words[cursor.at : cursor.at + 3] in RIGHTS and len(cursor.gap()) <= MOST_GAP:
        cursor.at += 3


def _lead(cursor: Cursor, least: int) -> int:
    """Where the statement begins: at the mark, or at the start of its line when only a lead ("Portions") is there."""
    first = cursor.first
    if cursor.words.text[max(0, cursor.mark - 1) : cursor.mark] == "(":
        return first
    for index in range(first, max(least, first - 8) - 1, -1):
        if index < first and cursor.words.words[index] not in LEADS:
            break
        if (index == 0 or breaks(gap_before(cursor.words, index))) and cursor.words.written(index)[0].isupper():
            return index
    return first


def _copyright(cursor: Cursor) -> Copyright:
    words = cursor.words
    start = min(cursor.mark, words.starts[cursor.first])
    end = words.ends[cursor.at - 1]
    statement = words.text[start : end + len(_closers(words.text, end))]
    holder = _span(cursor, cursor.holder)
    years = _span(cursor, cursor.years)
    lines = words.lines(cursor.first, cursor.at)
    return Copyright(lines, _balanced(one_line(statement)), _MAIL.sub("", holder).strip(" ,;"), years)


def _span(cursor: Cursor, span: tuple[int, int]) -> str:
    """The words of a span in one line, with initials before it and the brackets and stop that belong to it."""
    words = cursor.words
    if span[0] >= span[1]:
        return ""
    before = max(cursor.mark_end, words.ends[span[0] - 1] if span[0] else 0)
    skipped = _BEFORE_NAME.match(words.text[before : words.starts[span[0]]])
    start = before + (skipped.end() if skipped else 0)
    end = words.ends[span[1] - 1]
    closers = _closers(words.text, end)
    kept = closers if is_short(words.words[span[1] - 1]) else closers.rstrip(".")
    return _balanced(one_line(_LIST_END.sub(">,", words.text[start:end])) + kept.rstrip('"'))


def _closers(text: str, end: int) -> str:
    found = _CLOSERS.match(text, end)
    return found[0] if found else ""


def _balanced(written: str) -> str:
    """Without a closing bracket that was opened before."""
    return written.rstrip(").") if written.count(")") > written.count("(") else written
