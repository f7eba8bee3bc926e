"""Statements on licences held against the licence files of the repository that they are about."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from auditor.licenses.words import Words, read_words
from auditor.model import Citation, LicenseFile, Lines, QuoteFact, Statement, StatementFact, TextChange, Unstated

LEAST_EQUAL = 0.85  # of the words of a quotation and of the passage it is from; a paraphrase has less
FEWEST_WORDS = 10  # in common; fewer are alike by chance
_GRAM = 3  # words; a place that shares so many in a row with the quotation is looked at
_MOST_PLACES = 40  # at which one such run is looked at
_MOST_WINDOWS = 4
_MOST_WORDS = 700  # of a quotation; longer ones are whole texts
_ROOT = re.compile(r"[^/]+|LICENSES/[^/]+")
_LONGEST_TEXT = 2_000_000  # characters of a licence file; no real one at a repository's root is near that
_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|code|tt|span|font|br|p|q|cite|small|mark)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE
)
_ELLIPSIS = re.compile(r"\.\.\.|…|\. \. \.")
_SENTENCE_END = re.compile(r"[.:;!?]")


@dataclass(frozen=True, slots=True)
class _Difference:
    """Words `quote` of the quotation stand where the text has the words `there`; either may be empty."""

    quote: range
    there: range


class _Indexed(NamedTuple):
    """The words of a text, and where every short run of them stands (not more often than is looked at)."""

    words: Words
    places: dict[tuple[str, ...], list[int]]


def judge_statement(
    statement: Statement, files: Sequence[LicenseFile], texts: Mapping[str, str], commit: str
) -> StatementFact:
    """What the licence files at a commit say to a statement.

    `files` are all licence files of the repository; those at its root count. `texts` are their contents by path,
    decoded; only quotations need them.
    """
    root = tuple(file for file in files if _ROOT.fullmatch(file.path))
    found = [match.license for file in root if file.text for match in file.text.matches if match.license]
    quote = _best_quote(statement.written, root, texts) if statement.kind == "quote" else None
    return StatementFact(statement, commit, root, tuple(dict.fromkeys(found)), quote)


def unstated(
    citations: Iterable[Citation],
    facts: Sequence[StatementFact],
    found: Mapping[str, tuple[str | None, tuple[str, ...]]],
) -> tuple[Unstated, ...]:
    """The repositories of one report whose licence it does not state, although it states another's.

    `citations` and `facts` are the report's; `found` gives, for a repository's URL, the commit that was read and the
    ids of the texts there. Only a report with a field for licences has to be complete, and nothing is said about one
    with a field that may be about any of the repositories.
    """
    first: dict[str, Citation] = {}
    for citation in citations:
        if citation.link is not None:
            first.setdefault(citation.link.repository_url.lower(), citation)
    statements = [fact.statement for fact in facts]
    fields = {(one.repository or "").lower() for one in statements if one.explicit}
    if "" in fields or not fields & first.keys():
        return ()
    stated = {one.repository.lower() for one in statements if one.repository is not None}
    return tuple(
        Unstated(citation.link.repository_url, citation.place, *found.get(citation.link.repository_url, (None, ())))
        for repository, citation in first.items()
        if citation.link is not None and repository not in stated
    )


def _best_quote(written: str, files: Iterable[LicenseFile], texts: Mapping[str, str]) -> QuoteFact | None:
    """The passage of the files that a quotation comes nearest to."""
    quote = read_words(_TAG.sub(lambda tag: " " * len(tag[0]), written))
    if not FEWEST_WORDS <= len(quote) <= _MOST_WORDS:
        return None
    best: tuple[float, QuoteFact] | None = None
    for file in files:
        if len(texts.get(file.path, "")) in range(1, _LONGEST_TEXT):
            candidate = _quote_in(quote, _indexed(texts[file.path]), file.path)
            if candidate is not None and (best is None or candidate[0] > best[0]):
                best = candidate
    return best[1] if best else None


@lru_cache(maxsize=4)  # a report quotes few texts, each several times
def _indexed(text: str) -> _Indexed:
    words = read_words(text)
    places: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(words) - _GRAM + 1):
        found = places.setdefault(words.words[index : index + _GRAM], [])
        if len(found) < _MOST_PLACES:
            found.append(index)
    return _Indexed(words, places)


def _quote_in(quote: Words, indexed: _Indexed, path: str) -> tuple[float, QuoteFact] | None:
    """The passage of one file with the share of equal words; None when no passage is near enough."""
    text = indexed.words
    best: tuple[float, QuoteFact] | None = None
    for start, end in _windows(quote, indexed):
        blocks = _equal_blocks(quote, text, start, end)
        if not blocks or (best and best[0] == 1.0):
            continue
        first, last = _edges(quote, blocks)
        differences = [
            _widened(quote, text, one) for one in _differences(blocks, first, last) if not _is_editorial(quote, one)
        ]
        equal = sum(size for _, _, size in blocks)
        changed = sum(max(len(one.quote), len(one.there)) for one in differences)
        share = equal / (equal + changed)
        if equal >= FEWEST_WORDS and share >= LEAST_EQUAL and (best is None or share > best[0]):
            at, behind = blocks[0][1], blocks[-1][1] + blocks[-1][2]
            changes = tuple(_change(quote, text, one) for one in differences)
            best = share, QuoteFact(path, text.lines(at, behind), text.original(at, behind), changes)
    return best


def _windows(quote: Words, indexed: _Indexed) -> Iterator[tuple[int, int]]:
    """Stretches of the text, the most promising first, in which the quotation may be found."""
    slack = max(8, len(quote) // 4)
    votes: Counter[int] = Counter()
    for offset in range(len(quote) - _GRAM + 1):
        places = indexed.places.get(quote.words[offset : offset + _GRAM], ())
        votes.update({(place - offset) // slack for place in places})
    for step, _ in votes.most_common(_MOST_WINDOWS):
        yield max(0, (step - 1) * slack), min(len(indexed.words), (step + 2) * slack + len(quote))


def _equal_blocks(quote: Words, text: Words, start: int, end: int) -> list[tuple[int, int, int]]:
    """Runs of equal words: where in the quotation, where in the text, how many."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, quote.words, text.words[start:end])
    blocks = [(a, start + b, size) for a, b, size in matcher.get_matching_blocks() if size]
    return _without_strays(blocks)


def _without_strays(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Without single words far away at either end, which are alike by chance."""
    while len(blocks) > 1 and blocks[0][2] < 2 and blocks[1][1] - blocks[0][1] > 6:
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1][2] < 2 and blocks[-1][1] - (blocks[-2][1] + blocks[-2][2]) > 6:
        blocks = blocks[:-1]
    return blocks


def _edges(quote: Words, blocks: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The words of the quotation that are meant as such, without a lead-in and a remark in sentences of their own."""
    first, last = blocks[0][0], blocks[-1][0] + blocks[-1][2]
    before = quote.text[quote.ends[first - 1] : quote.starts[first]] if first else ""
    after = quote.text[quote.ends[last - 1] : quote.starts[last]] if last < len(quote) else ""
    return (first if _SENTENCE_END.search(before) else 0), (last if _SENTENCE_END.search(after) else len(quote))


def _differences(blocks: list[tuple[int, int, int]], first: int, last: int) -> Iterator[_Difference]:
    a, b, _ = blocks[0]
    if first < a:
        yield _Difference(range(first, a), range(b, b))
    for (a, b, size), (next_a, next_b, _) in pairwise(blocks):
        yield _Difference(range(a + size, next_a), range(b + size, next_b))
    a, b, size = blocks[-1]
    if a + size < last:
        yield _Difference(range(a + size, last), range(b + size, b + size))


def _widened(quote: Words, text: Words, difference: _Difference) -> _Difference:
    """The difference with the rest of compounds: of "python-flask", never "python" alone is said or replaced."""
    start, stop = difference.quote.start, difference.quote.stop
    there_start, there_stop = difference.there.start, difference.there.stop
    while 0 < start < stop and there_start and _is_joined(quote, start - 1):
        start, there_start = start - 1, there_start - 1
    while start < stop < len(quote) and there_stop < len(text) and _is_joined(quote, stop - 1):
        stop, there_stop = stop + 1, there_stop + 1
    return _Difference(range(start, stop), range(there_start, there_stop))


def _is_joined(quote: Words, index: int) -> bool:
    """Whether a word and the next are written as one, with a hyphen or the like between."""
    gap = quote.text[quote.ends[index] : quote.starts[index + 1]]
    return len(gap) == 1 and gap in "-/_"


def _is_editorial(quote: Words, difference: _Difference) -> bool:
    """Whether an ellipsis stands there, or the words are the quoting author's own, in brackets."""
    start, stop = difference.quote.start, difference.quote.stop
    left = quote.ends[start - 1] if start else 0
    right = quote.starts[stop] if stop < len(quote) else len(quote.text)
    if start == stop:
        return _ELLIPSIS.search(quote.text, left, right) is not None
    return "[" in quote.text[left : quote.starts[start]] and "]" in quote.text[quote.ends[stop - 1] : right]


def _change(quote: Words, text: Words, difference: _Difference) -> TextChange:
    there = difference.there
    lines = text.lines(there.start, there.stop) if there else _line_at(text, there.start)
    found = quote.original(difference.quote.start, difference.quote.stop)
    expected = text.original(there.start, there.stop)
    kind = "added" if not expected else "removed" if not found else "replaced"
    return TextChange(kind, lines, found, expected)  # type: ignore[arg-type]  # one of the three


def _line_at(text: Words, index: int) -> Lines:
    line = text.line(min(index, len(text) - 1))
    return Lines(line, line)
