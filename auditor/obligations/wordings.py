"""The words of `data/promotion.toml`: what promotes, what denies, and which parties are nobody in particular."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditor.licenses.words import plain_words

_DATA = Path(__file__).parent / "data" / "promotion.toml"
_SHORTEST = 3  # letters of a party's longest word; "A" and "Co" are found everywhere


@dataclass(frozen=True, slots=True)
class Wordings:
    """`before` and `after` stand at a name; before `kinds` it names one's own product, before `citing` a source."""

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    kinds: frozenset[str]
    citing: frozenset[str]
    denials: frozenset[str]
    generic: frozenset[str]


@cache
def wordings() -> Wordings:
    """Everything in the file."""
    table = tomllib.loads(_DATA.read_text("utf-8"))
    before, after = (tuple(plain_words(text) for text in table["wordings"][key]) for key in ("before", "after"))
    keys = ("kinds", "citing", "denials", "generic")
    return Wordings(before, after, *(frozenset(table["words"][key].split()) for key in keys))


def party_words(written: str) -> tuple[str, ...]:
    """A party's name as words, without an article; () for a generic one ("its contributors")."""
    words = plain_words(written)
    while words and words[0] in ("the", "its", "any", "their", "of"):
        words = words[1:]
    return () if not own_words(words) or max(map(len, words)) < _SHORTEST else words


def own_words(words: tuple[str, ...]) -> set[str]:
    """The words of a name that others do not share ("pallets" of "the Pallets developers")."""
    return set(words) - wordings().generic
