"""Sentences that say what the licence of something is: "Flask is licensed under the BSD license".

Only statements of fact are taken: what may, must or shall be, what was, and what holds for a part is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model import Span
from auditor.read.blocks import Block
from auditor.read.statement_names import find_name
from auditor.read.statement_subjects import Subjects

_UNDER = re.compile(
    r"\b(?:(?:dual[- ])?licen[sc]ed|released|distributed|published|available|offered|provided|covered)\s+"
    r"(?:under|by)\s+(?:the\s+)?(?:terms\s+(?:and\s+conditions\s+)?of\s+)?"
    r"|\b(?:is|are)\s+under\s+",
    re.IGNORECASE,
)
_LICENSED = re.compile(r"[- ]licen[sc]ed\b", re.IGNORECASE)
_COPULA = re.compile(r"\b(?:is|are)\s+", re.IGNORECASE)
_OPENING = re.compile(r"(?:[*_`\[(]|</?[a-zA-Z][^<>\n]{0,400}>|\b(?:the|an?|both|either)\s)*", re.IGNORECASE)
_STOP = re.compile(r"[.!?;][)\"”*_`]*\s|\n[ \t]*\n")
_UNSURE = re.compile(
    r"\b(?:not|never|no|if|when|unless|whether|should|must|may|might|can|could|would|will|was|were|been|formerly|"
    r"previously|any|contribut\w+|submi\w+|agree|except|parts?|portions?|some|most|many|all|other|documentation|docs|"
    r"fonts?|icons?|images?|data|contents?|texts?|articles?|examples?|snippets?|samples?|logos?|files?|specs?|"
    r"specifications?|documents?|copyright)\b|n[’']t\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:this|these|our|my|we|i|us)\b", re.IGNORECASE)
_MEANT_ABOVE = re.compile(
    r"(?:it|(?:the|this) (?:library|framework|package|module|source|source code|code|software|tool))"
    r"(?: itself)?(?: is| are)?(?: (?:open[- ]source|free|free software))?(?: and)?(?: is)?,?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w][\w./-]*")
_REACH = 300  # characters of a sentence looked at on either side
_LONGEST_SUBJECT = 8  # words; in a longer one a name may be there for another reason


@dataclass(frozen=True, slots=True)
class Said:
    """A name of a licence in a sentence, and the repository that the sentence is about, if that is plain."""

    name: Span
    repository: str | None


def find_sentences(text: str, blocks: tuple[Block, ...], subjects: Subjects) -> Iterator[Said]:
    """Every sentence on somebody's licence, in order."""
    for block in blocks:
        if block.kind in ("code", "heading"):
            continue
        for match in _UNDER.finditer(text, block.start, block.end):
            opening = _OPENING.match(text, match.end(), block.end)
            name = find_name(text, opening.end() if opening else match.end(), block.end)
            if name is not None and _is_proper(text, name):
                yield from _said(text, block, match.start(), name, subjects)
        for match in _LICENSED.finditer(text, block.start, block.end):
            copula = _last(_COPULA, text, max(block.start, match.start() - 60), match.start())
            name = find_name(text, copula.end(), match.start()) if copula else None
            if copula and name is not None and name.end == match.start() and _is_proper(text, name):
                yield from _said(text, block, copula.start(), name, subjects)


def _said(text: str, block: Block, verb: int, name: Span, subjects: Subjects) -> Iterator[Said]:
    floor = max(block.start, verb - _REACH)
    stop = _last(_STOP, text, floor, verb)
    start = stop.end() if stop else floor
    subject = text[start:verb]
    if (start == floor > block.start) or _UNSURE.search(subject):
        return
    yield Said(name, _repository(text, Span(start, verb), name, subjects))


def _repository(text: str, subject: Span, name: Span, subjects: Subjects) -> str | None:
    words = [match[0].strip(".") for match in _WORD.finditer(text, subject.start, subject.end)]
    said = " ".join(re.sub(r"[*_`>|\s-]+", " ", text[subject.start : subject.end]).split())
    meant_above = _MEANT_ABOVE.fullmatch(said)
    if _OWN.search(said) and not meant_above:
        return None
    target = re.match(r"[*_`]{0,3}\]\(([^()\s]{1,2000})", text[name.end : name.end + 2010])
    linked = subjects.cited_in(subject) or (
        subjects.cited_in(Span(name.end + target.start(1), name.end + target.end(1))) if target else set()
    )
    if linked:
        return next(iter(linked)) if len(linked) == 1 else None
    if meant_above:
        return subjects.of_heading(subject.start)
    if len(words) > _LONGEST_SUBJECT:
        return None
    runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 4, len(words) + 1)))
    found = {repository for run in runs if (repository := subjects.named(run))}
    return next(iter(found)) if len(found) == 1 else None


def _is_proper(text: str, name: Span) -> bool:
    """Whether it is written as a name is; "mit" and "apache" without capitals are words of other languages, too."""
    return any(letter.isupper() for letter in text[name.start : name.end])


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> "re.Match[str] | None":
    found = None
    for found in pattern.finditer(text, start, end):  # noqa: B007  # the last one is wanted
        pass
    return found
