"""What templates can ask for: `docs/templates.md` lists it for their authors."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from auditor.markdown import code_span
from auditor.model.document import Excerpt, Prose
from auditor.render.callpath import draw_path, owner_of
from auditor.render.excerpts import Figures, excerpt_of_judgement, repository_name, source_of
from auditor.render.html import SIGNS, said, security_policy, style_sheet, web_address
from auditor.render.license_values import permalink
from auditor.render.licenses import declared_of, license_of
from auditor.render.markdown import (
    code_cell,
    escape_cell,
    escape_markdown,
    excerpt_block,
    fenced_block,
    kept_lines,
    linked_lines,
    linked_places,
    linked_points,
    markdown_link,
)
from auditor.render.markdown_parser import begins_with_heading
from auditor.render.matrix import matrix_of
from auditor.render.obligation_view import sections_of, source_findings, stale_notices, summarise
from auditor.render.obligation_words import (
    STATE_WORDS,
    clause_words,
    evidence_words,
    fate_words,
    lines_words,
    waiver_words,
)
from auditor.render.prose import Page, ProseWriter
from auditor.render.prose_markdown import write_line, write_prose
from auditor.render.report_view import (
    all_citations,
    cited_repositories,
    count_verdicts,
    loudness,
    notices_owed,
    pinned_parts,
    place_words,
    text_findings,
)
from auditor.render.text import plural

Filters = Mapping[str, Callable[..., Any]]


def shared_filters() -> dict[str, Callable[..., Any]]:
    """Those that give the same values for Markdown and HTML."""
    return {
        "license": license_of, "declared": declared_of, "at": lines_words, "evidence": evidence_words,
        "state": STATE_WORDS.__getitem__, "waiver": waiver_words, "fate": fate_words, "sections": sections_of,
        "summary": summarise, "stale": stale_notices, "source_findings": source_findings, "plural": plural,
        "citations": all_citations, "by_repository": cited_repositories, "verdicts": count_verdicts,
        "loudness": loudness, "notices_owed": notices_owed, "pinned": pinned_parts, "place": place_words,
        "text_findings": text_findings,
        "excerpt_of": excerpt_of_judgement, "source": source_of, "owner": owner_of,
        "begins_with_heading": begins_with_heading, "repository": repository_name,
    }  # fmt: skip


def markdown_filters() -> dict[str, Callable[..., Any]]:
    """Those that write Markdown."""
    return {
        "md": escape_markdown, "cell": escape_cell, "code": code_span, "code_cell": code_cell,
        "fenced": lambda lines, language: kept_lines(fenced_block(lines, language)),
        "excerpt": lambda excerpt, margin=0: kept_lines(excerpt_block(excerpt, margin)),
        "prose": lambda prose, top: kept_lines(write_prose(prose, top)), "words": write_line,
        "link": markdown_link, "lines": linked_lines, "places": linked_places, "points": linked_points,
    }  # fmt: skip


def html_filters(environment: Environment) -> dict[str, Callable[..., Any]]:
    """Those that write HTML, of one document: it shows an excerpt once, and its anchors differ."""
    figures = Figures()
    pages: dict[tuple[Prose, int], Page] = {}

    def show(excerpt: Excerpt, label: Markup) -> Markup:
        macros = environment.get_template("macros.html").module
        return Markup(macros.excerpt(excerpt, label))  # type: ignore[attr-defined]

    writer = ProseWriter(show)

    def write(prose: Prose, top: int) -> Page:
        if (prose, top) not in pages:
            pages[prose, top] = writer.write(prose, top)
        return pages[prose, top]

    return {
        "figure": figures.add, "prose": write, "words": writer.write_line, "web": web_address, "said": said,
        "sign": SIGNS.__getitem__, "policy": security_policy,
        "style_sheet": style_sheet, "drawing": draw_path, "matrix": matrix_of, "clause": clause_words,
        "permalink": permalink,
    }  # fmt: skip
