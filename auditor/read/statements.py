"""What a document says about licences: names in rows, fields and sentences, and conditions that it quotes.

Few and sure: a statement is read only where the words leave no doubt that a licence is named, and the repository
that it is about is given only where the document says so (see `statement_subjects`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model import Citation, Edits, Format, Span, Statement
from auditor.read.blocks import Block, split_blocks
from auditor.read.source import Source
from auditor.read.statement_fields import Field, find_fields
from auditor.read.statement_names import find_name
from auditor.read.statement_quotes import find_quotes
from auditor.read.statement_sentences import find_sentences
from auditor.read.statement_subjects import Subjects

_LINK = re.compile(r"[*_`\s]*\[([^\[\]\r\n]{1,200})\]\([^()\s]{0,2000}\)[*_`\s.]*")
_RST_LINK = re.compile(r"\s*`([^`<\r\n]{1,200}?)\s*<[^<>`]{0,2000}>`__?[\s.]*")
_MARKUP = re.compile(r"(?:[\s*_`\"“”'‘’>]|</?[a-zA-Z][^<>]{0,400}>|[-•●○▪◦](?=\s))*")
_MARKUP_END = re.compile(r"(?:[\s*_`\"“”'‘’.|]|</?[a-zA-Z][^<>]{0,400}>)*")
_REMARK = re.compile(r"\s*(?:\(|[,;.–—-]\s)")
_NO_REMARK = re.compile(r"\b(?:except|but|dual|or|and|parts?|some|unless)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"(?:[\w.+-]+[ \t]+){0,5}licen[sc]e", re.IGNORECASE)  # "Unlimited Use License"
_NO_NAME = re.compile(r"\b(?:is|are|see|the|our|this|for|no|which|what)\b|\.$", re.IGNORECASE)
_LISTED = re.compile(r"[ \t>]*[-*+•●○▪◦‣·–]?[ \t]*([A-Za-z][\w ./-]{0,60}?):[ \t]+")


def read_statements(
    source: Source, form: Format, citations: Sequence[Citation], page: int | None = None
) -> tuple[Statement, ...]:
    """Every statement on a licence in a text document, in order; for a PDF, on one of its pages.

    `citations` are all those of the document. `page` (one-based) is given for a PDF, whose text cannot be edited.
    """
    text = source.text
    blocks = split_blocks(text, form)
    fields = list(find_fields(text, form, blocks))
    subjects = Subjects(source, form, blocks, citations, page)
    subjects.add_rows(fields)
    found: dict[Span, Statement] = {}
    for statement, span in _statements(source, blocks, fields, subjects):
        if page is not None:
            statement = replace(statement, place=replace(statement.place, page=page), edits=Edits())
        found.setdefault(span, statement)
    return tuple(found[span] for span in sorted(found, key=lambda span: span.start))


def _statements(
    source: Source, blocks: tuple[Block, ...], fields: list[Field], subjects: Subjects
) -> Iterator[tuple[Statement, Span]]:
    text = source.text
    for field in fields:
        if field.kind != "license":
            continue
        name, repository = _value(text, field, subjects)
        if name is not None and (repository is not None or not field.row):
            written = " ".join(text[name.start : name.end].split())
            yield Statement("license", source.place(name), written, repository, True, Edits((name,))), name
    for said in find_sentences(text, blocks, subjects):
        written = " ".join(text[said.name.start : said.name.end].split())
        place = source.place(said.name)
        yield Statement("license", place, written, said.repository, False, Edits((said.name,))), said.name
    for span, repository in find_quotes(text, blocks, fields, subjects):
        written = text[span.start : span.end]
        yield Statement("quote", source.place(span), written, repository, True, Edits((span,))), span


def _value(text: str, field: Field, subjects: Subjects) -> tuple[Span | None, str | None]:
    """The name in a field's value, and the repository it is about ("Flask: BSD-3-Clause" says it itself)."""
    start, end = field.value.start, min(field.value.end, field.value.start + 2000)
    name = _whole_name(text, start, end, field.sure)
    if name is not None:
        return name, subjects.of_field(field)
    listed = _LISTED.match(text, start, end)
    repository = subjects.named(listed[1]) if listed else None
    return (_whole_name(text, listed.end(), end, False), repository) if listed and repository else (None, None)


def _whole_name(text: str, start: int, end: int, sure: bool) -> Span | None:
    """The name that a value consists of, markup and a remark behind it aside."""
    link = _LINK.fullmatch(text, start, end) or _RST_LINK.fullmatch(text, start, end)
    if link:
        start, end = link.span(1)
    lead = _MARKUP.match(text, start, end)
    start = lead.end() if lead else start
    name = find_name(text, start, end)
    if name is not None and name.start == start + 4 * text.startswith("the ", start, end):
        tail = _MARKUP_END.match(text, name.end, end)
        rest = text[tail.end() if tail else name.end : end]
        if not rest or (_REMARK.match(text, name.end, end) and not _NO_REMARK.search(rest)):
            return name
    said = text[start:end].rstrip(' \t\r\n*_`"“”')
    if sure and _OWN_WORDS.fullmatch(said) and not _NO_NAME.search(said):
        return Span(start, start + len(said))
    return None
