"""Finds where the name of a licence begins and ends in running text; what it means is not asked here.

A name is a run of words that names of licences are made of, at least one of which only they use. So a sentence
on licences in general has none, and a name is found in whatever order its words stand ("3-Clause BSD License").
"""

import re
from dataclasses import dataclass

from auditor.model import Span

# Words that stand for a licence by themselves, whole or as the first part of an SPDX id ("bsd" in "BSD-3-Clause").
_OWN = frozenset(
    "mit bsd 0bsd apache apache2 gpl gpl2 gpl3 gplv2 gplv3 lgpl lgpl2 lgpl3 lgplv2 lgplv3 agpl agpl3 agplv3 mpl mpl2 "
    "mplv2 isc psf psfl unlicense wtfpl cc0 bsl epl cddl ofl ncsa sspl busl eupl upl licenseref afl osl expat asl "
    "asl2 ms-pl ms-rl bsl1 bsl-1 x11".split()
)
# Words that name something else as well; they count beside "license" or one of its kind.
_SHARED = frozenset(
    "python mozilla eclipse boost gnu creative zlib libpng curl postgresql artistic cc sil openssl elastic "
    "unicode hpnd public proprietary beerware commercial".split()
)
_KIND = frozenset("license licence licenses licences licensing domain".split())
_FILLING = frozenset(
    "the a an and or with any of version versions v later only either both clause new revised simplified modified "
    "original old general lesser library affero software foundation source group development dedication "
    "free open universal zero international attribution sharealike commons common deed unported exception classpath "
    "berkeley california regents permissive dual font university non-ai opensource by sa nc nd linking "
    "runtime first 2-clause 3-clause 4-clause".split()
)
_LOOSE = frozenset("the a an and or with any of version versions v either both by first".split())
_NUMBER = re.compile(r"v?\d{1,4}(?:\.\d{1,3}){0,2}\+?|(?:one|two|three|four|[0-4])[- ]clauses?", re.IGNORECASE)
_EXCEPTION = re.compile(r"-exception(?:-[\d.]+)?$")
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+){0,9}\+?|[(),/&\"“”]")
_GAP = re.compile(r"[ \t]*(?:\r?\n[ \t>]*)?")
_MOST_TOKENS = 24
_CUTS = {True: "(", False: "()"}  # where the last parentheses begin, if they are balanced; else the last one


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str  # in small letters


def find_name(text: str, start: int, end: int) -> Span | None:
    """The longest name of a licence that begins at `start` (articles left out) and ends before `end`."""
    tokens = _run(text, start, end)
    while tokens and (tokens[0].word in _LOOSE or not tokens[0].word[0].isalnum()) and tokens[0].word != "(":
        tokens.pop(0)
    while tokens and (tokens[-1].word in _LOOSE or tokens[-1].word in ',/&("“”'):
        tokens.pop()
    while tokens and (not _is_balanced(tokens) or _ends_in_definition(tokens)):
        cut = max(index for index, token in enumerate(tokens) if token.word in _CUTS[_is_balanced(tokens)])
        tokens = tokens[:cut]
    return Span(tokens[0].start, tokens[-1].end) if tokens and _is_name(tokens) else None


def _run(text: str, start: int, end: int) -> list[_Token]:
    tokens: list[_Token] = []
    position = start
    while len(tokens) < _MOST_TOKENS:
        gap = _GAP.match(text, position, end)
        token = _TOKEN.match(text, gap.end() if gap else position, end)
        if token is None or not _is_part(token[0].lower()):
            break
        tokens.append(_Token(token.start(), token.end(), token[0].lower()))
        position = token.end()
    return tokens


def _is_part(word: str) -> bool:
    return not word[0].isalnum() or word in _FILLING or word in _KIND or _owner(word) or _is_filling(word)


def _is_filling(word: str) -> bool:
    if word in _SHARED or _NUMBER.fullmatch(word) or _EXCEPTION.search(word):
        return True
    return all(part in _FILLING for part in word.split("-"))  # the end of "CC BY-SA"


def _owner(word: str) -> bool:
    """Whether a word is, or begins like, the short name of a licence; "BSD-style" is none."""
    if word.endswith(("-style", "-like", "-licensed", "-compatible")):
        return False
    return word in _OWN or word.rstrip("+") in _OWN or word.split("-")[0] in _OWN or word.startswith(("cc-by", "ms-"))


def _is_balanced(tokens: list[_Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token.word == "(") - (token.word == ")")
        if depth < 0:
            return False
    return depth == 0


def _ends_in_definition(tokens: list[_Token]) -> bool:
    """Whether the last parentheses only introduce a short name: `(the "License")`."""
    if tokens[-1].word != ")":
        return False
    opening = max(index for index, token in enumerate(tokens) if token.word == "(")
    return all(token.word in _LOOSE | _KIND or not token.word[0].isalnum() for token in tokens[opening:])


def _is_name(tokens: list[_Token]) -> bool:
    words = {token.word for token in tokens}
    shared = words & _SHARED or any(re.match(r"[a-z]+-\d", word) and word.split("-")[0] in _SHARED for word in words)
    kind = words & _KIND or "commons" in words or ("cc" in words and any(word.startswith("by") for word in words))
    return any(_owner(word) for word in words) or (bool(kind) and bool(shared))
