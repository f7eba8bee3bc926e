"""The texts of one artifact, made ready for looking up words in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, groupby

from auditor.licenses.copyrights import find_copyrights
from auditor.licenses.words import Words, plain_words, read_words
from auditor.model import Copyright, Lines
from auditor.model.obligation import Artifact, ShippedText

# A holder's words and the words of the years: what makes two copyright statements the same.
Key = tuple[tuple[str, ...], tuple[str, ...]]

_NEAR = 4  # lines from a statement to the next one or to the text below: a title and empty lines
_MOST_STATEMENTS = 100  # of one holder in one text that are looked at; a notice stands under the first or under none


@dataclass(frozen=True, slots=True)
class Index:
    """Words that can be looked up: `joined` are they with a space around each, `starts` where each begins in that."""

    words: Words
    joined: str
    starts: tuple[int, ...]

    def find(self, wanted: Sequence[str], first: int = 0) -> tuple[int, int] | None:
        """The next place at or behind the word `first` where these words follow one another: (first, end)."""
        if not wanted or first >= len(self.words):
            return None
        at = self.joined.find(f" {' '.join(wanted)} ", self.starts[first])
        if at < 0:
            return None
        index = bisect_left(self.starts, at)
        return index, index + len(wanted)

    def find_all(self, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Every place where these words follow one another; the places do not overlap."""
        found = self.find(wanted)
        while found is not None:
            yield found
            found = self.find(wanted, found[1])

    def part(self, first: int, end: int) -> str:
        """The words from `first` up to, not including, `end`, with a space around each."""
        if first >= min(end, len(self.words)):
            return ""
        stop = self.starts[end] + 1 if end < len(self.words) else len(self.joined)
        return self.joined[self.starts[first] : stop]

    def word_at_line(self, line: int) -> int:
        """The first word that stands in this line or below."""
        starts = self.words.line_starts
        return bisect_left(self.words.starts, starts[line - 1]) if line <= len(starts) else len(self.words)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A shipped text: all its words, and those of the `body`, which are left without the copyright statements.

    Notices are compared by their body and by their statements, so that the order and form of the statements, and
    whether their years were brought up to date, say nothing.
    """

    file: ShippedText
    full: Index
    body: Index
    copyrights: tuple[Copyright, ...]
    by_holder: Mapping[tuple[str, ...], tuple[Copyright, ...]]

    def copyrights_within(self, lines: Lines) -> tuple[Copyright, ...]:
        """The copyright statements that begin in these lines."""
        low = bisect_left(self.copyrights, lines.start, key=lambda one: one.lines.start)
        return self.copyrights[low : bisect_right(self.copyrights, lines.end, key=lambda one: one.lines.start)]

    def holders(self, text: Lines, least: int) -> tuple[Copyright, ...]:
        """The statements in the lines of a text and directly above it, one over the other, from the line `least` on."""
        above = self.copyrights_within(Lines(least, max(least, text.start - 1)))
        top, taken = text.start, 0
        for one in reversed(above):
            if top - one.lines.end > _NEAR:
                break
            top, taken = one.lines.start, taken + 1
        return above[len(above) - taken :] + self.copyrights_within(text)

    def section(self, first: int) -> Lines:
        """The lines that belong to a text whose body begins at a word, down to there: from the text before it on."""
        line = self.body.words.line(first)
        before = (match.lines.end for match in self.file.read.matches if match.lines.end < line)
        return Lines(min(line, max(before, default=0) + 1), line)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sheets of an artifact, by path."""

    artifact: Artifact
    sheets: tuple[Sheet, ...]

    def find(self, wanted: Sequence[str]) -> tuple[Sheet, Lines] | None:
        """The first lines of any sheet in which these words follow one another."""
        for sheet in self.sheets:
            if found := sheet.full.find(wanted):
                return sheet, sheet.full.words.lines(*found)
        return None


def shelve(artifact: Artifact) -> Shelf:
    """Reads the words of every text of an artifact, once."""
    return Shelf(artifact, tuple(read_sheet(file) for file in sorted(artifact.texts, key=lambda file: file.path)))


def read_sheet(file: ShippedText) -> Sheet:
    """One text as words."""
    words = read_words(file.text)
    copyrights, taken = find_copyrights(words)
    by_holder: dict[tuple[str, ...], tuple[Copyright, ...]] = {}
    for holder, many in groupby(sorted(copyrights, key=holder_of), key=holder_of):
        by_holder[holder] = tuple(many)[:_MOST_STATEMENTS]
    return Sheet(file, _index(words), _index(words.without(taken)), copyrights, by_holder)


def _index(words: Words) -> Index:
    starts = tuple(accumulate((len(word) + 1 for word in words.words[:-1]), initial=0)) if len(words) else ()
    return Index(words, f" {' '.join(words.words)} ", starts)


@lru_cache(maxsize=65536)
def key_of(statement: Copyright) -> Key:
    """What makes two copyright statements the same: holder and years, however they are written."""
    return holder_of(statement), plain_words(statement.years)


def holder_of(statement: Copyright) -> tuple[str, ...]:
    """The holder as words."""
    return plain_words(statement.holder)


def word_range(words: Words, lines: Lines) -> tuple[int, int]:
    """The first of the words that stand in these lines, and the one behind the last."""
    low = bisect_left(words.starts, words.line_starts[lines.start - 1])
    behind = words.line_starts[lines.end : lines.end + 1]
    high = bisect_right(words.starts, behind[0] - 1) if behind else len(words)
    return low, high


def paragraphs(text: str) -> Iterator[tuple[Lines, str]]:
    """The paragraphs of a text: lines with a word in them, up to the next line without any."""
    held: list[str] = []
    for number, line in enumerate(chain(text.splitlines(), ("",)), 1):
        if any(letter.isalnum() for letter in line):
            held.append(line)
        elif held:
            yield Lines(number - len(held), number - 1), "\n".join(held)
            held = []
