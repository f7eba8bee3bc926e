"""Copyright statements, recognised by their shape: who holds what since when.

A statement is a mark ("Copyright", "©", "(c)"), years and a holder in either order, and "All rights reserved". A
condition that talks about copyright ("the above copyright notice", "the copyright holder be liable") is none, and a
condition behind a holder is not part of the statement.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from auditor.licenses.patterns import compile_wording
from auditor.licenses.words import Words
from auditor.model import Copyright

_SIGN = r"©|&copy;|&#169;|\(c\)"
_MARK = re.compile(
    rf"(?:\bcopyright\b|\bcopyrighted\b|\bcopr\b|{_SIGN})(?:[\s:.,*/#;-]{{0,40}}(?:\bcopyright\b|\bcopr\b|{_SIGN}))*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d[a-z]?s?|(?:19|20)[xy]{2}")
_OPEN_YEARS = frozenset("present now today current date".split())
_YEAR_PLACES = frozenset("year years yyyy xxxx yy various yearofcreation".split())
_MOST_WORDS = 80  # the longest statement seen in 5,000 licence files lists 30 years and a holder of 12 words
_WIDTH = 68  # characters; people wrap licence texts at 70 to 80
_MOST_GAP = 200  # characters between two words of one statement
# What follows "copyright" where the words speak about copyright, not of a holder.
_NO_HOLDER = frozenset(
    """
    notice notices holder holders owner owners law laws license licenses licensing statement statements protection
    protected protections and or in is are of to infringement information permission permissions interest interests
    claim claims ownership line lines header headers text this that these act remains remain belongs assignment grant
    registration status string symbol term terms treaty treaties material materials works work rights right policy
    document file files disclaimer conditions page data mark issues as on at from shall may must can will has have
    years restrictions violation clause section
    """.split()
)
# Words with which a condition or another sentence begins behind a holder.
_STOP = frozenset(
    """
    permission permissions redistribution redistributions licensed license licenses released distributed under this
    these is are was were be been may must shall can cannot could should will would see use used uses using except
    unless only not no nor provided provides subject which that who whom if when where has have had with without please
    you your but any everyone anyone including available unpublished it they we i written contributed
    derived based maintained modified adapted taken copied hereby granted restricted confidential proprietary
    redistributable portions warranty
    """.split()
)
_JOINS = frozenset("and or by of the for de et und y in at through on behalf with".split())
_RIGHTS = (("all", "rights", "reserved"), ("all", "right", "reserved"), ("some", "rights", "reserved"))
# What may stand before the mark in its line: "Portions of this software are Copyright ...".
_LEADS = frozenset(
    """
    portions portion parts part some of this the all software code file files library program project module work
    documentation is are original modifications additional current changes and package
    """.split()
)
_ABBREVIATIONS = frozenset(
    "inc ltd co corp llc llp jr sr dr mr mrs ms st prof dept univ dipl ing bros gmbh al no vol etc".split()
)
# The holder of the Lawrence Berkeley licences is followed by this (SPDX: BSD-3-Clause-LBNL).
_APPROVALS = compile_wording("subject to receipt of any required approvals from the u [s] dept of energy")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[\s*#/;%!|>-]{0,100}")
_MAIL = re.compile(r"\s*<[^<>@\s]{1,80}@[^<>\s]{1,80}>|\s*<?https?://[^\s<>]{1,200}>?")
_SENTENCE_END = re.compile(r"[.;(]")
_LIST_END = re.compile(r">(?=[ \t]{0,20}[\r\n])")
_CLOSERS = re.compile(r"/?[)\]>\"'’”]{0,3}\.?")


@dataclass(slots=True)
class _Cursor:
    """One statement while it is read: words `first` up to `at`; spans of years and holder (equal ends: none)."""

    words: Words
    first: int
    mark: int
    at: int
    years: tuple[int, int] = (0, 0)
    holder: tuple[int, int] = (0, 0)

    def word(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.words.words[index] if index < len(self.words) else ""

    def gap(self, ahead: int = 0) -> str:
        """What stands between the word at hand and the one before it."""
        return _gap(self.words, self.at + ahead)


def find_copyrights(words: Words) -> tuple[tuple[Copyright, ...], frozenset[int]]:
    """The copyright statements of a text in order, and the indices of the words that they take."""
    found: list[Copyright] = []
    taken: set[int] = set()
    end = 0
    for mark in _MARK.finditer(words.text):
        cursor = _Cursor(words, bisect_left(words.starts, mark.start()), mark.start(), 0)
        cursor.at = bisect_left(words.starts, mark.end())
        if cursor.first < end or cursor.at >= len(words):
            continue
        if not _read(cursor, mark[0]):
            continue
        cursor.first = _lead(cursor, end)
        end = cursor.at
        taken.update(range(cursor.first, end))
        found.append(_copyright(cursor))
    return tuple(found), frozenset(taken)


def _read(cursor: _Cursor, mark: str) -> bool:
    """Read years and holder; whether this is a statement. The cursor ends behind it."""
    start = cursor.at
    if cursor.word() == "by":
        cursor.at += 1
    cursor.years = _years(cursor)
    if cursor.years[0] == cursor.years[1] and cursor.word() in _NO_HOLDER:
        return False
    if cursor.word() == "by":
        cursor.at += 1
    cursor.holder = _holder(cursor)
    dated = cursor.years[0] < cursor.years[1]
    if not dated:
        cursor.years = _years(cursor)
        dated = cursor.years[0] < cursor.years[1]
    if cursor.at == start or not _is_statement(cursor, mark, start, dated):
        return False
    _skip_rights(cursor)
    return True


def _is_statement(cursor: _Cursor, mark: str, start: int, dated: bool) -> bool:
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
        return not first.islower() or _is_glued(cursor.words, cursor.holder[0] + 1)
    alone = _breaks(_gap(cursor.words, cursor.first)) or cursor.first == 0
    ended = cursor.at >= len(cursor.words) or _breaks(cursor.gap()) or "." in cursor.gap()
    return alone and ended and first.isupper()


def _years(cursor: _Cursor) -> tuple[int, int]:
    """The span of the years at the cursor, which goes behind them."""
    start = end = cursor.at
    while end - start < _MOST_WORDS and len(cursor.gap()) <= _MOST_GAP:
        word = cursor.word()
        follows = end > start
        short = follows and len(word) <= 2 and word.isdigit() and cursor.gap().strip() in ("-", "–", ",", "/")
        if _YEAR.fullmatch(word) or word in _YEAR_PLACES or short or (follows and word in _OPEN_YEARS):
            cursor.at += 1
            end = cursor.at
        elif follows and word in ("to", "and", "the", "through") and _YEAR.fullmatch(cursor.word(1)):
            cursor.at += 1
        else:
            break
    cursor.at = end
    return start, end


def _holder(cursor: _Cursor) -> tuple[int, int]:
    """The span of the holder at the cursor, which goes behind it."""
    start = cursor.at
    dated = cursor.years[0] < cursor.years[1]
    while cursor.at < len(cursor.words) and cursor.at - start < _MOST_WORDS and not _ends_holder(cursor, start):
        if not dated and cursor.at > start and _YEAR.fullmatch(cursor.word()):
            break
        cursor.at += 1
    while cursor.at > start and cursor.word(-1) in _JOINS and not _is_glued(cursor.words, cursor.at - 1):
        cursor.at -= 1
    return start, cursor.at


def _ends_holder(cursor: _Cursor, start: int) -> bool:
    """Whether the holder's name is over before the word at the cursor."""
    word, gap = cursor.word(), cursor.gap()
    if len(gap) > _MOST_GAP:
        return True
    if cursor.at > start and _is_glued(cursor.words, cursor.at):
        return False  # inside an address
    if word in ("all", "some") and cursor.word(1) in ("rights", "right"):
        return True
    written = cursor.words.text[cursor.words.starts[cursor.at]]
    if word in _STOP or (word == "free" and written.islower()):
        return True
    if word == "copyright" and cursor.word(1) not in ("holder", "holders"):
        return True
    if word == "to" and cursor.word(-1) == "contributors":
        return False
    if word in ("for", "in", "to") and (cursor.at + 1 >= len(cursor.words) or not _next_is_name(cursor)):
        return True
    if cursor.at == start:
        return _breaks(gap) and not _continues(cursor, start)
    stopped = re.search(r"\.\s", gap) is not None and not written.islower() and not _is_short(cursor.word(-1))
    return stopped or (_breaks(gap) and not _continues(cursor, start))


def _is_short(word: str) -> bool:
    """Whether a stop behind this word may belong to it: an initial, or a known abbreviation."""
    return len(word) == 1 or word in _ABBREVIATIONS


def _next_is_name(cursor: _Cursor) -> bool:
    after = cursor.words.written(cursor.at + 1)
    return after[0].isupper() and not after.isupper() and cursor.word(1) not in _STOP


def _continues(cursor: _Cursor, start: int) -> bool:
    """Whether the line that begins at the cursor goes on with the holder of the line before."""
    gap = cursor.gap()
    if len(re.findall(r"\r\n|\r|\n", gap)) > 1:
        return False
    joined = gap.lstrip(")]>\"' .")[:1] in (",", "&", ":", "/") or cursor.word(-1) in _JOINS or cursor.word() == "and"
    deeper = _column(cursor.words, cursor.at) > _offset(cursor.words, cursor.mark)
    if joined or deeper or cursor.at == start:
        return _is_name_line(cursor)
    return _was_full(cursor) and cursor.words.written(cursor.at)[0].isupper() and _is_name_line(cursor)


def _was_full(cursor: _Cursor) -> bool:
    """Whether the line before the cursor had no room for the word at the cursor."""
    before, at = cursor.at - 1, cursor.at
    width = _column(cursor.words, before) + cursor.words.ends[at] - cursor.words.starts[at]
    return width + cursor.words.ends[before] - cursor.words.starts[before] >= _WIDTH


def _is_name_line(cursor: _Cursor) -> bool:
    """Whether nothing in the line at the cursor looks like a sentence of its own."""
    words = cursor.words
    for index in range(cursor.at, min(cursor.at + 20, len(words))):
        if index > cursor.at and _breaks(_gap(words, index)):
            break
        word = words.words[index]
        if word in ("all", "some") and words.words[index + 1 : index + 2] in (("rights",), ("right",)):
            return index > cursor.at
        if word in _STOP and not _is_glued(words, index):
            return index > cursor.at and bool(_SENTENCE_END.search(_gap(words, index)))
    return True


def _skip_rights(cursor: _Cursor) -> None:
    """Go behind "All rights reserved", also in the next line, and what the Lawrence Berkeley licences say there."""
    approvals = _APPROVALS.match(cursor.words.words, cursor.at) if cursor.word() == "subject" else None
    if approvals:
        cursor.at = approvals.end
    if cursor.words.words[cursor.at : cursor.at + 3] in _RIGHTS and len(cursor.gap()) <= _MOST_GAP:
        cursor.at += 3


def _lead(cursor: _Cursor, least: int) -> int:
    """Where the statement begins: at the mark, or at the start of its line when only a lead ("Portions") is there."""
    first = cursor.first
    for index in range(first, max(least, first - 8) - 1, -1):
        if index < first and cursor.words.words[index] not in _LEADS:
            break
        if index == 0 or _breaks(_gap(cursor.words, index)):
            return index
    return first


def _copyright(cursor: _Cursor) -> Copyright:
    words = cursor.words
    start = min(cursor.mark, words.starts[cursor.first])
    end = words.ends[cursor.at - 1]
    statement = words.text[start : end + len(_closers(words.text, end))]
    holder = _span(words, cursor.holder)
    years = _span(words, cursor.years)
    lines = words.lines(cursor.first, cursor.at)
    return Copyright(lines, one_line(statement), _MAIL.sub("", holder).strip(" ,;"), years)


def _span(words: Words, span: tuple[int, int]) -> str:
    """The words of a span in one line, with the brackets and quotes that belong to them."""
    if span[0] >= span[1]:
        return ""
    start, end = words.starts[span[0]], words.ends[span[1] - 1]
    opened = start - 1 if start and words.text[start - 1] in "<[(\"'“{" else start
    closers = _closers(words.text, end) if words.words[span[1] - 1] not in _ABBREVIATIONS else ""
    written = one_line(_LIST_END.sub(">,", words.text[opened:end])) + closers.rstrip(".")
    return written + "." if words.words[span[1] - 1] in _ABBREVIATIONS and words.text[end : end + 1] == "." else written


def _closers(text: str, end: int) -> str:
    found = _CLOSERS.match(text, end)
    return found[0] if found else ""


def one_line(written: str) -> str:
    """A piece of a text in one line, without the comment leaders at its line starts."""
    return " ".join(_LINE_BREAK.sub(" ", written).split())


def _gap(words: Words, index: int) -> str:
    if not 0 < index < len(words):
        return ""
    return words.text[words.ends[index - 1] : min(words.starts[index], words.ends[index - 1] + _MOST_GAP + 1)]


def _is_glued(words: Words, index: int) -> bool:
    """Whether a word hangs on the one before it, as in an address: no space between them."""
    gap = _gap(words, index)
    return bool(gap) and len(gap) <= 3 and not any(sign.isspace() for sign in gap) and "," not in gap


def _breaks(gap: str) -> bool:
    return "\n" in gap or "\r" in gap


def _column(words: Words, index: int) -> int:
    return _offset(words, words.starts[index])


def _offset(words: Words, position: int) -> int:
    """How far from the start of its line a character stands."""
    least = max(0, position - 200)
    return position - 1 - max(words.text.rfind("\n", least, position), words.text.rfind("\r", least, position))
