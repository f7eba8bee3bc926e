"""Promotion surfaces as sentences of words."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.licenses.words import Words, read_words
from auditor.model import Lines
from auditor.model.obligation import Surface

# A stop, an empty line, the start of a list item, heading, quotation or table row, or the end of an HTML block.
_END = re.compile(r"[.!?](?=\s)|\n(?=[ \t]{0,20}(?:\n|[-*+#>|]))|</(?:p|li|h[1-6]|td|div|title)>|<br")
_LONGEST = 400  # words of a sentence; longer runs are tables or data


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its lines, its words as they are compared, each as it is written, and the whole as it is written."""

    lines: Lines
    words: tuple[str, ...]
    written: tuple[str, ...]
    text: str

    def has(self, wanted: tuple[str, ...]) -> bool:
        """Whether these words follow one another in it."""
        return f" {' '.join(wanted)} " in f" {' '.join(self.words)} "


@dataclass(frozen=True, slots=True)
class Page:
    """A surface as sentences, without those of licence texts; `joined` are all its words with a space around each."""

    path: str
    sentences: tuple[Sentence, ...]
    joined: str

    def has(self, wanted: tuple[str, ...]) -> bool:
        """Whether these words follow one another anywhere on it."""
        return f" {' '.join(wanted)} " in self.joined


def read_page(surface: Surface) -> Page:
    """Reads a surface, once for all questions about it."""
    words = read_words(surface.text)
    taken = [match.lines for match in surface.read.matches]
    sentences = tuple(
        sentence
        for sentence in _sentences(words)
        if not any(one.start <= sentence.lines.start <= one.end for one in taken)
    )
    return Page(surface.path, sentences, f" {' '.join(words.words)} ")


def _sentences(words: Words) -> Iterator[Sentence]:
    first = 0
    for at in (*(match.end() for match in _END.finditer(words.text)), len(words.text)):
        end = bisect_left(words.starts, at)
        if first < end <= first + _LONGEST:
            written = tuple(words.written(index) for index in range(first, end))
            yield Sentence(words.lines(first, end), words.words[first:end], written, words.original(first, end))
        first = end
