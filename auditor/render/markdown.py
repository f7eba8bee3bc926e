"""Values as Markdown shows them: every one of them goes through a filter, for none of them is trusted."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from auditor.markdown import code_span, fenced_lines, plain_line
from auditor.model import LicenseSubject, Lines
from auditor.model.document import Excerpt
from auditor.model.obligation import Obligation, When
from auditor.render.excerpts import shown_lines, source_of
from auditor.render.html import web_address
from auditor.render.license_values import permalink
from auditor.render.obligation_view import Row
from auditor.render.obligation_words import STATE_WORDS, State, clause_words, lines_words, places_words

# What Markdown or GitHub would read as something else than text: markup, mentions, HTML, tables.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@])")
# Ends a line of a text that stands as it is: empty lines of templates are thinned out, those of texts are not.
# No text has it, for it is a control.
KEPT_LINE_END = "\r"
_URL = "/:?#@!$&'()*+,;=~%"  # may stand in a link's target as it is (RFC 3986); all else is quoted


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is. URLs stay whole, so that they can be followed."""
    parts = re.split(r"(https?://[^\s<>]*[^\s<>.,:;!?])", plain_line(text))
    return "".join(f"<{part}>" if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts))


def escape_cell(text: str) -> str:
    """The same within a table, whose cells a bar would end even in a URL."""
    return re.sub(r"<https?://[^>]*>", lambda match: match[0].replace("|", "%7C"), escape_markdown(text))


def code_cell(text: str) -> str:
    """A code span within a table, whose cells a bar would end even there (GitHub's tables extension)."""
    return code_span(text).replace("|", "\\|")


def markdown_link(url: str | None, label: str) -> str:
    """A link whose target cannot be left; `label` is Markdown already, and stands alone if that is not on the web."""
    return f"[{label}](<{quote(url, safe=_URL)}>)" if url and web_address(url) else label


def fenced_block(lines: Iterable[str], language: str | None) -> str:
    """A code block that its lines cannot leave."""
    return "\n".join(fenced_lines(lines, language))


def kept_lines(text: str) -> str:
    """Text of several lines whose empty ones all stay."""
    return text.replace("\n", KEPT_LINE_END)


def excerpt_block(excerpt: Excerpt, margin: int = 0) -> str:
    """An excerpt with its source, licence and lines; all but the first line are indented by `margin` spaces."""
    source = markdown_link(excerpt.permalink, code_span(source_of(excerpt)))
    rest = [f"… {excerpt.left_out:,} more lines"] if excerpt.left_out else []
    heading = f"{source}, {escape_markdown(excerpt.license or 'licence not known')}"
    lines = [heading, "", *fenced_lines([*shown_lines(excerpt), *rest], excerpt.language)]
    return "\n".join(lines[:1] + [(" " * margin + line).rstrip() for line in lines[1:]])


def linked_lines(lines: Lines, subject: LicenseSubject, path: str) -> str:
    """Lines of a target's file, as a link where the target is a repository at a commit."""
    url = permalink(subject, path, lines)
    return f"[{lines_words(lines)}](<{url}>)" if url else lines_words(lines)


def linked_clause(obligation: Obligation, form: When | None) -> str:
    """The name of its clause, a link to the lines at the pin where these are known; fit for a table."""
    return markdown_link(obligation.clause_permalink, escape_cell(clause_words(obligation, form)))


def linked_places(obligations: Iterable[Obligation], form: When | None) -> str:
    """Clauses as links, with the lines, by the files that these are in."""
    return places_words(obligations, lambda one: linked_clause(one, form), escape_markdown)


def linked_points(row: Row, form: When | None) -> str:
    """A table's cell: the clauses of a dependency by what is to be said of them, without those that do not apply."""
    by_state: dict[State, list[Obligation]] = {}
    for point in row.telling:
        by_state.setdefault(point.state, []).extend(point.clauses)
    links = {state: dict.fromkeys(linked_clause(one, form) for one in clauses) for state, clauses in by_state.items()}
    return "; ".join(f"{STATE_WORDS[state]}: {', '.join(clauses)}" for state, clauses in links.items() if clauses)
