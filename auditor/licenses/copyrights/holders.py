"""Years and holder of one copyright statement: where they end, in one line or over several."""

import re
from dataclasses import dataclass

from auditor.licenses.copyrights.vocabulary import ABBREVIATIONS, JOINS, OPEN_YEARS, STOP, VERBS, YEAR_PLACES
from auditor.licenses.words import Words

MOST_GAP = 200  # characters between two words of one statement
_MOST_WORDS = 80  # each for years and holder; bounds the work, not what is likely
_WIDTH = 68  # characters; people wrap licence texts at 70 to 80
_YEAR = re.compile(r"(?:19|20)\d\d[a-z]?s?|(?:19|20)[xy]{2}")
_BREAK = re.compile(r"\r\n|\r|\n")
SENTENCE = re.compile(r"\.\s")
_SENTENCE_END = re.compile(r"[.;(]")


@dataclass(slots=True)
class Cursor:
    """One statement while it is read: words `first` up to `at`; spans of years and holder (equal ends: none).

    The mark stands at the characters `mark` up to `mark_end`.
    """

    words: Words
    first: int
    mark: int
    mark_end: int
    at: int
    years: tuple[int, int] = (0, 0)
    holder: tuple[int, int] = (0, 0)

    def word(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.words.words[index] if index < len(self.words) else ""

    def gap(self, ahead: int = 0) -> str:
        """What stands between the word at hand and the one before it."""
        return gap_before(self.words, self.at + ahead)


def read_years(cursor: Cursor) -> tuple[int, int]:
    """The span of the years at the cursor, which goes behind them."""
    start = end = cursor.at
    while end - start < _MOST_WORDS and len(cursor.gap()) <= MOST_GAP:
        word = cursor.word()
        follows = end > start
        short = follows and len(word) <= 2 and word.isdigit() and cursor.gap().strip() in ("-", "–", ",", "/")
        if _YEAR.fullmatch(word) or word in YEAR_PLACES or short or (follows and word in OPEN_YEARS):
            cursor.at += 1
            end = cursor.at
        elif follows and word in ("to", "and", "the", "through") and _YEAR.fullmatch(cursor.word(1)):
            cursor.at += 1
        else:
            break
    cursor.at = end
    return start, end


def read_holder(cursor: Cursor) -> tuple[int, int]:
    """The span of the holder at the cursor, which goes behind it."""
    start = cursor.at
    dated = cursor.years[0] < cursor.years[1]
    while cursor.at < len(cursor.words) and cursor.at - start < _MOST_WORDS and not _ends_holder(cursor, start):
        if not dated and cursor.at > start and _YEAR.fullmatch(cursor.word()):
            break
        cursor.at += 1
    while cursor.at > start and cursor.word(-1) in JOINS and not is_glued(cursor.words, cursor.at - 1):
        cursor.at -= 1
    return start, cursor.at


def _ends_holder(cursor: Cursor, start: int) -> bool:
    """Whether the holder's name is over before the word at the cursor."""
    word, gap = cursor.word(), cursor.gap()
    if len(gap) > MOST_GAP:
        return True
    if cursor.at > start and is_glued(cursor.words, cursor.at):
        return False  # inside an address
    if word in ("all", "some") and cursor.word(1) in ("rights", "right"):
        return True
    written = cursor.words.text[cursor.words.starts[cursor.at]]
    if word in STOP or (word == "free" and written.islower()):
        return True
    if word == "copyright" and cursor.word(1) not in ("holder", "holders"):
        return True
    if word == "to" and cursor.word(-1) == "contributors":
        return False
    if word in ("for", "in", "to") and (cursor.at + 1 >= len(cursor.words) or not _next_is_name(cursor)):
        return True
    if cursor.at == start:
        return breaks(gap) and not _continues(cursor, start)
    stopped = SENTENCE.search(gap) is not None and not written.islower() and not is_short(cursor.word(-1))
    return stopped or _closes(cursor, start) or (breaks(gap) and not _continues(cursor, start))


def _closes(cursor: Cursor, start: int) -> bool:
    """Whether a bracket that was opened before the holder is closed before the word at the cursor."""
    if ")" not in cursor.gap():
        return False
    inside = cursor.words.text[cursor.words.ends[start - 1] : cursor.words.starts[cursor.at]]
    return inside.count(")") > inside.count("(")


def is_short(word: str) -> bool:
    """Whether a stop behind this word may belong to it: an initial, or a known abbreviation."""
    return len(word) == 1 or word in ABBREVIATIONS


def _next_is_name(cursor: Cursor) -> bool:
    after = cursor.words.written(cursor.at + 1)
    return after[0].isupper() and not after.isupper() and cursor.word(1) not in STOP


def _continues(cursor: Cursor, start: int) -> bool:
    """Whether the line that begins at the cursor goes on with the holder of the line before."""
    gap = cursor.gap()
    breaks = len(_BREAK.findall(gap))
    if breaks > 1 and (breaks > 2 or cursor.at > start or not _is_deeper(cursor)):
        return False
    joined = gap.lstrip(")]>\"' .")[:1] in (",", "&", ":", "/") or cursor.word(-1) in JOINS or cursor.word() in JOINS
    if joined or cursor.at == start or _is_deeper(cursor):
        return _is_name_line(cursor)
    return _was_full(cursor) and cursor.words.written(cursor.at)[0].isupper() and _is_name_line(cursor)


def _is_deeper(cursor: Cursor) -> bool:
    """Whether the line at the cursor is indented more than the mark."""
    return _column(cursor.words, cursor.at) > _offset(cursor.words, cursor.mark)


def _was_full(cursor: Cursor) -> bool:
    """Whether the line before the cursor had no room for the word at the cursor."""
    before, at = cursor.at - 1, cursor.at
    width = _column(cursor.words, before) + cursor.words.ends[at] - cursor.words.starts[at]
    return width + cursor.words.ends[before] - cursor.words.starts[before] >= _WIDTH


def _is_name_line(cursor: Cursor) -> bool:
    """Whether nothing in the line at the cursor looks like a sentence of its own."""
    words = cursor.words
    for index in range(cursor.at, min(cursor.at + 20, len(words))):
        if index > cursor.at and breaks(gap_before(words, index)):
            break
        word = words.words[index]
        if word in ("all", "some") and words.words[index + 1 : index + 2] in (("rights",), ("right",)):
            return index > cursor.at
        if word in STOP and not is_glued(words, index):
            ended = word in VERBS or bool(_SENTENCE_END.search(gap_before(words, index)))
            return index > cursor.at and ended
    return True


def gap_before(words: Words, index: int) -> str:
    if not 0 < index < len(words):
        return ""
    return words.text[words.ends[index - 1] : min(words.starts[index], words.ends[index - 1] + MOST_GAP + 1)]


def is_glued(words: Words, index: int) -> bool:
    """Whether a word hangs on the one before it, as in an address."""
    return gap_before(words, index) in (".", "@", "_", "://")


def breaks(gap: str) -> bool:
    return "\n" in gap or "\r" in gap


def _column(words: Words, index: int) -> int:
    return _offset(words, words.starts[index])


def _offset(words: Words, position: int) -> int:
    """How far from the start of its line a character stands."""
    least = max(0, position - 200)
    return position - 1 - max(words.text.rfind("\n", least, position), words.text.rfind("\r", least, position))
