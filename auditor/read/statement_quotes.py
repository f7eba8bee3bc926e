"""Passages that quote a licence's conditions, proposed by turns of phrase that common licences share.

Whether a passage is a quotation is decided later, against the licence's own text; here only those are kept that
stand where a report speaks of licences.
"""

import re
from collections.abc import Iterator, Sequence

from auditor.model import Span
from auditor.read.blocks import Block
from auditor.read.statement_fields import Field, behind_label
from auditor.read.statement_subjects import Subjects

# Where one passage ends and the next begins: list and table markup, a tab, a bullet, an empty line.
_CUT = re.compile(
    r"</?(?:ul|ol|li|p|br|div|td|th|tr|table|blockquote|pre|dd|dt|dl)\b[^<>]{0,400}>"
    r"|\t|[●○▪◦•]|(?:^|[\r\n])[ \t>]*(?=[\r\n]|$)|(?:^|[\r\n])[ \t>]*(?:`{3,}|~{3,})[^\r\n`]*",
    re.IGNORECASE,
)
_PIPE = re.compile(r"(?<!\\)\|")
_LINE = re.compile(r"[^\r\n]+")
_W = r"[\s>*#/_\"“”'‘’()-]+"
_PHRASES = re.compile(
    _W.join(("redistributions?", "(?:of|in)", "(?:source|binary|any)"))
    + "|"
    + "|".join(
        phrase.replace(" ", _W)
        for phrase in (
            "above copyright notice",
            "this list of conditions",
            "(?:endorse|promote) (?:or promote )?products derived",
            "neither the names? of",
            "permission is hereby granted",
            "this permission notice",
            "without warranty of any kind",
            "permission to use, copy, modify",
            "in no event shall",
            "as is and any express",
            "altered source versions",
            "origin of this software must not",
            "modified files to carry",
            "recipients of the work",
            "perpetual, worldwide, non exclusive",
            "distributed in the hope that",
            "advertising materials mentioning features",
            "redistribution and use in source",
        )
    ),
    re.IGNORECASE,
)
_TRIM = re.compile(
    r"(?:[\s>*_`|\"“”'‘’#:]|</?[a-zA-Z][^<>]{0,200}>|[-+–·‣](?=\s)|\(?\d{1,2}[.)](?=\s)|\([a-z]\)(?=\s)|\{[^{}]{0,3}\})*"
)
_TAIL_TAG = re.compile(r"\s*</?[a-zA-Z]{1,10}>\s*$")
_TAIL = " \t\r\n>*_`|\"“”'‘’#"
FEWEST_WORDS = 10  # shorter ones are alike by chance
_MOST_WORDS = 600  # a longer passage is no quoted condition
_ABOUT_LICENSES = re.compile(r"licen[sc]|copyright")
_LEAD = 200  # characters above a passage in which a report says that it quotes a licence


def find_quotes(
    text: str, blocks: tuple[Block, ...], fields: Sequence[Field], subjects: Subjects
) -> Iterator[tuple[Span, str]]:
    """Passages with the repository whose licence they quote, in order; none where that cannot be told."""
    groups = {subjects.group(field.value.start) for field in fields if field.kind in ("license", "conditions")}
    sure = {subjects.group(field.value.start) for field in fields if field.sure or field.kind == "conditions"}
    for number, block in enumerate(blocks):
        if block.kind == "heading" or not _PHRASES.search(text, block.start, block.end):
            continue
        lead = text[max(block.start - _LEAD, blocks[number - 1].start if number else 0) : block.start].lower()
        title, group = subjects.titled(block.start), subjects.group(block.start)
        if group not in groups and not _ABOUT_LICENSES.search(title) and not _ABOUT_LICENSES.search(lead):
            continue
        repository = subjects.of_place(block.start, group in sure or "licen" in title)
        for passage in _passages(text, block):
            if repository is not None and _PHRASES.search(text, passage.start, passage.end):
                yield passage, repository


def _passages(text: str, block: Block) -> Iterator[Span]:
    cuts = [(match.start(), match.end()) for match in _CUT.finditer(text, block.start, block.end)]
    if block.kind == "row":
        cuts += [pipe.span() for pipe in _PIPE.finditer(text, block.start, block.end)]
    for line in _LINE.finditer(text, block.start, block.end):
        value = behind_label(text, line.start(), line.end())
        if value is not None:
            cuts.append((line.start(), value))
    position = block.start
    for start, end in [*sorted(cuts), (block.end, block.end)]:
        passage = _trimmed(text, position, start)
        if passage is not None:
            yield passage
        position = max(position, end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The passage without quotation marks, bullets and emphasis around it; None when it is too short or too long."""
    lead = _TRIM.match(text, start, max(start, end))
    start = lead.end() if lead else start
    while tag := _TAIL_TAG.search(text, max(start, end - 30), max(start, end)):
        end = tag.start()
    said = text[start:end].rstrip(_TAIL)
    return Span(start, start + len(said)) if FEWEST_WORDS <= len(said.split()) <= _MOST_WORDS else None
