"""A text as the words that count for comparing licences, each with where it stands.

What counts follows the SPDX license list matching guidelines (SPDX specification, annex "License matching
guidelines and templates"): case, white space, punctuation, bullets, comment leaders and a list of equal spellings
do not.
"""

import bisect
import html
import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditor.model import Lines

# Words are the runs of letters and digits; an apostrophe inside belongs to the word.
_WORD = re.compile(r"[^\W_]+(?:['’`ʼ][^\W_]+)*")
_LINE_END = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
# A bullet: "1." "(2)" "a)" "iv." "3:" – or, at the start of a line, the letter o that old texts draw a disc with.
_BULLET = re.compile(r"(?<![\w.])\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{2,5})[.):](?=\s|$)")
# A number that a sentence refers to, wrapped to the start of a line, is no bullet.
_REFERRED = re.compile(
    r"\b(?:sub)?(?:articles?|clauses?|exhibits?|paragraphs?|sections?|versions?)[^\w\n]*\n?[^\w\n]*", re.IGNORECASE
)
_BEFORE_BULLET = re.compile(r"(?:[.:;,]|\b(?:and|or))[\W_]*", re.IGNORECASE)
_BEFORE_LETTER = re.compile(r"(?:[:;]\s|\b(?:and|or)\b)[\W_]*", re.IGNORECASE)  # "1997, D. E. Shaw" has no bullets
_INDENT = 100  # characters; nothing that stands further right begins a line
_DISC = re.compile(r"o[ \t]+\S")
# Line comments that begin with letters: m4, batch files, BASIC and old Fortran.
_LEADER = re.compile(r"[ \t]*(?:dnl|@?rem|C)(?=[ \t]|$)", re.IGNORECASE)
_LED_SHARE = 0.8
_BROKEN = re.compile(r"-[ \t]*(?:\r\n|\r|\n)[^\w\n]*")
# What is written with a hyphen anyway, so that one at the end of a line stays one.
_HYPHENATED = frozenset(
    "non sub third royalty world machine object source no co re pre self as up cross multi per by object and".split()
)
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[\s*#/;%!|>-]{0,100}")
_HTML = re.compile(
    r"<!doctype html|<html[\s>]|<body[\s>]|<(?:p|br|div|pre|h[1-6]|li)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_HTML_SKIPPED = re.compile(
    r"<!--|-->|<(?:script|style)\b[^>]{0,2000}>[^<]*</(?:script|style)\s*>|</?[A-Za-z!][^<>]{0,2000}>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_RTF_SKIPPED = re.compile(
    r"\{\\\*[^{}]{0,5000}\}|\{\\(?:fonttbl|colortbl|stylesheet|info)(?:[^{}]|\{[^{}]{0,2000}\}){0,2000}\}"
    r"|\\'[0-9a-fA-F]{2}|\\[a-zA-Z]{1,32}-?\d{0,10} ?|\\[^a-zA-Z]"
)
# Equal spellings: the guidelines' list, and compounds that are written together or apart.
_EQUAL = {
    "acknowledgment": "acknowledgement", "acknowledgments": "acknowledgements", "analog": "analogue",
    "analyse": "analyze", "artefact": "artifact", "artefacts": "artifacts", "authorisation": "authorization",
    "authorised": "authorized", "calibre": "caliber", "cancelled": "canceled", "capitalisations": "capitalizations",
    "catalogue": "catalog", "categorise": "categorize", "centre": "center", "emphasised": "emphasized",
    "favour": "favor", "favourite": "favorite", "fulfil": "fulfill", "fulfilment": "fulfillment",
    "initialise": "initialize", "judgment": "judgement", "labelling": "labeling", "labour": "labor",
    "licence": "license", "licences": "licenses", "licenced": "licensed", "maximise": "maximize",
    "merchantibility": "merchantability", "modelled": "modeled", "modelling": "modeling", "offence": "offense",
    "optimise": "optimize", "organisation": "organization", "organisations": "organizations",
    "organise": "organize", "practise": "practice", "programme": "program", "realise": "realize",
    "recognise": "recognize", "signalling": "signaling", "utilisation": "utilization", "whilst": "while",
    "wilful": "wilfull", "https": "http",
    "noncommercial": "non commercial", "noninfringement": "non infringement", "sublicense": "sub license",
    "sublicence": "sub license",
    "sublicences": "sub licenses",
    "sublicenced": "sub licensed",
    "sublicencing": "sub licensing",
    "sublicenses": "sub licenses", "sublicensed": "sub licensed", "sublicensing": "sub licensing",
    "sublicensable": "sub licensable", "nonexclusive": "non exclusive", "percent": "per cent",
    "thirdparty": "third party", "worldwide": "world wide",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `text` in order, as they are compared; `starts` and `ends` are their characters there.

    A word that stands for two ("sublicense") gives two entries with the same characters.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    line_starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def line(self, index: int) -> int:
        """The one-based line of a word."""
        return bisect.bisect_right(self.line_starts, self.starts[index])

    def lines(self, first: int, end: int) -> Lines:
        """The lines of the words from `first` up to, not including, `end`; `first` < `end`."""
        return Lines(self.line(first), self.line(end - 1))

    def original(self, first: int, end: int) -> str:
        """The words from `first` up to, not including, `end` as written, see `one_line`; "" when there are none."""
        return one_line(self.text[self.starts[first] : self.ends[end - 1]]) if first < end else ""

    def without(self, left_out: Container[int]) -> "Words":
        """The same text with some of its words left out, as copyright lines are before texts are compared."""
        kept = [index for index in range(len(self.words)) if index not in left_out]
        words = tuple(self.words[index] for index in kept)
        starts = tuple(self.starts[index] for index in kept)
        return Words(self.text, words, starts, tuple(self.ends[index] for index in kept), self.line_starts)

    def written(self, index: int) -> str:
        """One word as it is written, with its capitals."""
        return self.text[self.starts[index] : self.ends[index]]


def read_words(text: str) -> Words:
    """The words of a plain text, a comment in any language, HTML or RTF."""
    line_starts = (0, *(match.end() for match in _LINE_END.finditer(text)))
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, written in _join_broken(text, _tokens(_blank_markup(text))):
        for word in _normal(written).split():
            if word in ("owner", "owners") and words and words[-1] == "copyright":
                word = word.replace("owner", "holder")  # equal by the guidelines
            words.append(word)
            starts.append(start)
            ends.append(end)
    return Words(text, tuple(words), tuple(starts), tuple(ends), line_starts)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text of our own, as they are compared: no bullets, leaders or markup are looked for in it."""
    return tuple(word for match in _WORD.finditer(text) for word in _normal(match[0]).split())


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Where the words are, without bullets."""
    bullets = {
        match.start() + match[0].startswith("(") for match in _BULLET.finditer(text) if _begins(text, match.start())
    }
    for match in _WORD.finditer(text):
        start = match.start()
        if start in bullets:
            continue
        if match[0] == "o" and _DISC.match(text, start) and not (_indent(text, start) or "").strip(" \t*#/;-"):
            continue
        yield start, match.end()


def _begins(text: str, at: int) -> bool:
    """Whether a bullet could stand here: at the start of a line, or behind a stop inside one."""
    before = _indent(text, at)
    if before is not None and not _WORD.search(before):
        return not any(_REFERRED.fullmatch(text, start, at) for start in range(max(0, at - 40), at))
    initial = text[at].isalpha() and not text[at + 1].isalpha()
    allowed = _BEFORE_LETTER if initial else _BEFORE_BULLET
    return any(allowed.fullmatch(text, start, at) for start in range(max(0, at - 8), at))


def _indent(text: str, at: int) -> str | None:
    """What stands before this place in its line; None if that is a lot."""
    least = max(0, at - _INDENT)
    start = max(text.rfind("\n", least, at), text.rfind("\r", least, at)) + 1
    return text[start:at] if start or least == 0 else None


def _join_broken(text: str, tokens: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Words with their characters; the halves of one that was broken over two lines come as one."""
    held: tuple[int, int] | None = None
    for start, end in tokens:
        if held is not None:
            if _is_broken(text, held, start, end):
                yield held[0], end, text[slice(*held)] + text[start:end]
                held = None
                continue
            yield *held, text[slice(*held)]
        held = (start, end)
    if held is not None:
        yield *held, text[slice(*held)]


def _is_broken(text: str, held: tuple[int, int], start: int, end: int) -> bool:
    """Whether two words are the halves of one: a hyphen and a line end between them, and no word of two parts."""
    if start - held[1] > 40 or text[held[1]] != "-" or not _BROKEN.fullmatch(text, held[1], start):
        return False
    first = text[slice(*held)]
    return text[start].islower() == first[-1].islower() and first.lower() not in _HYPHENATED


@lru_cache(maxsize=65536)
def _normal(written: str) -> str:
    """A word as it is compared: one spelling, no capitals, no apostrophes; two words where it stands for two."""
    word = unicodedata.normalize("NFKC", written).casefold()
    word = "".join(letter for letter in word if letter.isalnum())
    return _EQUAL.get(word, word)


def _blank_markup(text: str) -> str:
    """The text with spaces, one for one, in place of tags, RTF commands and leaders that are made of letters."""
    if text.lstrip()[:5] == "{\\rtf":
        return _RTF_SKIPPED.sub(_spaces, text)
    if _HTML.search(text, 0, 20_000):
        text = _HTML_SKIPPED.sub(_spaces, text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return _blank_leaders(text)


def _blank_leaders(text: str) -> str:
    lines = text.splitlines(keepends=True)
    filled = [line for line in lines if line.strip()]
    led = sum(1 for line in filled if _LEADER.match(line))
    if not filled or led < _LED_SHARE * len(filled):
        return text
    return "".join(_LEADER.sub(_spaces, line, count=1) if _LEADER.match(line) else line for line in lines)


def _spaces(match: "re.Match[str]") -> str:
    return re.sub(r"[^\r\n]", " ", match[0])


def _entity(match: "re.Match[str]") -> str:
    """One character for an entity, and spaces, so that nothing behind it moves."""
    meant = html.unescape(match[0])
    return (meant if len(meant) == 1 else " ").ljust(len(match[0])) if meant != match[0] else match[0]


def one_line(written: str) -> str:
    """A piece of a text in one line, without the comment leaders at its line starts."""
    return " ".join(_LINE_BREAK.sub(" ", written).split())
