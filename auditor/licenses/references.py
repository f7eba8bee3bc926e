"""Licences that a file names without giving their text: tags, notices, and sentences ("licensed under the X license").

Each comes with the words that it takes. Ambiguous names ("BSD") are references that mean no expression.
"""

import bisect
import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from auditor.licenses.names import fold, known_names
from auditor.licenses.notices import find_notices
from auditor.licenses.patterns import compile_wording
from auditor.licenses.phrases import find_all
from auditor.licenses.texts.index import catalogue
from auditor.licenses.words import Words
from auditor.model import Reference

_TAG = re.compile(r"SPDX-License-Identifier:[ \t]*([^\r\n]{1,400})", re.IGNORECASE)
# What closes a comment, an attribute or a quotation behind the expression.
_TAG_END = re.compile(r"(?:\*/|-->|#\}|\*\)|--\]\]|%>|[\"'`;,<\\]).*")
# Words behind which the name of a licence stands.
_LEADS = (
    "(licensed|relicensed|released|distributed|available|published|covered|provided) under "
    "[either] [both] [the] [same] [terms|term|conditions|provisions] [and conditions] [of] [either] [the]",
    "under [either] [both] [the] [same] [terms|term|conditions|provisions] [and conditions] [of] [either] [the]",
    "subject to [the] (terms|conditions|license) [and conditions] [of] [the]",
    "governed by [the] [terms] [and conditions] [of] [the]",
    "licensed [as|with] [the]",
    "license is [the]",
    "uses the",
)
_FIELD = re.compile(
    r"^[^\w\n]{0,8}(?:the )?(?:software )?licen[cs]es?(?: type| name| identifier)?[ \t]{0,9}[:=][ \t]{0,9}(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
_EXPRESSION = re.compile(r"\(?[\w.+-]{2,60}(?: {1,3}(?:AND|OR|WITH) {1,3}\(?[\w.+-]{2,60}\)?){1,40}(?=\s)")
_PIECE = re.compile(r"\w+")
_SILENT = frozenset(("or", "the", "either", "both"))
_LATER = compile_wording("[licenses|license] or [at your option] [any] (later|newer|greater) [version|versions]")
_GNU = re.compile(
    r"(?:gnu )?(?:(lesser|library|affero) )?(?:general public|(l|a)?gpl)(?: license)?(?: l?a?gpl)? ?v?(\d(?:\.\d)?)"
)
_FAMILIES = {"lesser": "LGPL", "library": "LGPL", "affero": "AGPL", "l": "LGPL", "a": "AGPL"}
# Of the names that mean nothing certain ("proprietary", "see license file") those that do name a family.
_FAMILY = re.compile(
    r"bsd|gpl|gnu|apache|\bmit\b|mozilla|mpl|artistic|python|creative commons|\bcc\b|eclipse|zope|cecill|x11"
)


class Named(NamedTuple):
    """A reference, and the words `first` up to, not including, `end` that say it.

    `reference` is None for words that go with another and say nothing of their own.
    """

    first: int
    end: int
    reference: Reference | None


def find_references(body: Words, taken: Container[int]) -> list[Named]:
    """The references in the words that are not `taken`, by place."""
    found: list[Named] = []
    held: set[int] = set()
    free = sum(place not in taken for place in range(len(body)))
    if not free:
        return []  # so that the names of licences need not be loaded for a file that is nothing but one
    finders = (_tags, _notices, _sentences, _alone) if free == len(body) else (_tags, _notices, _sentences)
    for finder in finders:
        for named in finder(body):
            places = range(named.first, named.end)
            if not any(place in taken or place in held for place in places):
                found.append(named)
                held.update(places)
    return sorted(found, key=lambda named: named.first)


def _tags(body: Words) -> Iterator[Named]:
    for match in _TAG.finditer(body.text):
        written = _TAG_END.sub("", match[1]).strip()
        first, end = bisect.bisect_left(body.starts, match.start()), bisect.bisect_left(body.starts, match.end())
        if written and first < end:
            yield Named(first, end, Reference("tag", body.lines(first, end), written, _normalised(written)))


def _normalised(written: str) -> str | None:
    from auditor.licenses.expressions import normalise  # its library takes 65 ms to load

    return normalise(written).expression


def _notices(body: Words) -> Iterator[Named]:
    for first, end, expression in find_notices(body):
        yield _sentence(body, first, end, expression) if expression else Named(first, end, None)


def _sentences(body: Words) -> Iterator[Named]:
    """Names of licences behind the words that announce one, and those joined to them by "and" and "or"."""
    for match in _FIELD.finditer(body.text):
        first, start = bisect.bisect_left(body.starts, match.start()), bisect.bisect_left(body.starts, match.end())
        written = _EXPRESSION.match(body.text, match.end())
        if written:
            yield from _expression(body, match.start(), written)
        yield from _names(body, first, start)
    for _, found in find_all(_LEADS, body.words, range(len(body))):
        yield from _names(body, found.start, found.end)


def _expression(body: Words, start: int, written: "re.Match[str]") -> Iterator[Named]:
    """A field whose value is an SPDX expression of several ids."""
    first, end = bisect.bisect_left(body.starts, start), bisect.bisect_left(body.starts, written.end())
    expression = _normalised(written[0])
    if expression and first < end:
        yield _sentence(body, first, end, expression)


def _alone(body: Words) -> Iterator[Named]:
    """The name of a licence as all that a file says, copyright statements apart."""
    named = _name(body, 0) if len(body) else None
    if named and named[0] == len(body):
        yield _sentence(body, 0, *named)


def _names(body: Words, first: int, start: int) -> Iterator[Named]:
    """The licences named from word `start` on; the first reference begins with word `first`."""
    while (named := _name(body, start)) is not None:
        end, expression = named
        yield _sentence(body, first, end, expression)
        if body.words[end : end + 1] not in (("and",), ("or",)):
            return
        first, start = end, end + 1
        while start < len(body) and body.words[start] in _SILENT:
            start += 1


def _sentence(body: Words, first: int, end: int, expression: str | None) -> Named:
    return Named(first, end, Reference("sentence", body.lines(first, end), body.original(first, end), expression))


def _name(body: Words, start: int) -> tuple[int, str | None] | None:
    """The end of the longest known name that begins with this word, and the expression it means."""
    head = fold(body.original(start, min(start + 2, len(body)))).partition(" ")[0]
    for end in range(min(len(body), start + _heads().get(head, 0)), start, -1):
        folded = fold(body.original(start, end))
        if folded in _known():
            while end > start + 1 and fold(body.original(start, end - 1)) == folded:
                end -= 1  # "the MIT license; the": a silent word behind the name
            later = _LATER.match(body.words, end)
            if later and (gnu := _GNU.fullmatch(folded)):
                return later.end, _or_later(gnu)
            return end, _known()[folded]
    return None


def _or_later(gnu: "re.Match[str]") -> str:
    version = gnu[3] if "." in gnu[3] else f"{gnu[3]}.0"
    return f"{_FAMILIES.get(gnu[1] or gnu[2], 'GPL')}-{version}-or-later"


@lru_cache(maxsize=1)
def _heads() -> dict[str, int]:
    """How many words the names that begin with a word can have, silent ones ("the", "version") included."""
    longest: dict[str, int] = {}
    for name in _known():
        head = name.partition(" ")[0]
        longest[head] = max(longest.get(head, 0), 2 * len(_PIECE.findall(name)) + 2)
    return longest


@lru_cache(maxsize=1)
def _known() -> dict[str, str | None]:
    """What names mean: the table of names, and the ids and names of the SPDX list."""
    names = known_names()
    known: dict[str, str | None] = {}
    for entry in catalogue().licenses:
        for identifier in entry.ids:
            known[fold(identifier)] = names.deprecated.get(identifier.lower(), identifier)
        if len(entry.ids) == 1:
            known[fold(entry.name)] = entry.id
    ambiguous = {name: None for name in names.unclear if _FAMILY.search(name)}
    return {**known, **names.ids, **ambiguous}
