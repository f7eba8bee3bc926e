"""Documents from the templates at the top of the tree; the one door to Jinja2."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.model import Audit, LicenseSubject, Lines
from auditor.model.obligation import Obligation, When
from auditor.render.license_values import permalink
from auditor.render.licenses import declared_of, license_of
from auditor.render.obligation_view import Row, sections_of, source_findings, stale_notices, summarise
from auditor.render.obligation_words import (
    STATE_WORDS,
    State,
    clause_words,
    evidence_words,
    fate_words,
    lines_words,
    places_words,
    waiver_words,
)

# In an installed package the templates lie inside it, in the source tree at its top.
_PACKAGED = Path(__file__).parent.parent / "templates"
_SOURCE = Path(__file__).parent.parent.parent / "templates"
# What Markdown or GitHub would read as something else than text: markup, mentions, HTML, tables.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@])")
_URL = "/:?#@!$&'()*+,;=~%"  # may stand in a link's target as it is (RFC 3986); all else is quoted
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def template_folder() -> Path:
    """Where the templates are. Raises FileNotFoundError when the installation lacks them."""
    for folder in (_PACKAGED, _SOURCE):
        if (folder / "audit.md").is_file():
            return folder
    raise FileNotFoundError(2, "the templates are missing; install auditor again", str(_PACKAGED))


def render_template(name: str, audit: Audit) -> str:
    """The audit through a Markdown template; every value is escaped by its filter."""
    environment = Environment(  # autoescape is for HTML; Markdown has the filters below
        loader=FileSystemLoader(template_folder()),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": escape_markdown, "code": code_span, "fenced": fenced_block}
    environment.filters |= {"license": license_of, "declared": declared_of, "lines": linked_lines}
    environment.filters |= {"cell": escape_cell, "places": linked_places, "points": linked_points}
    environment.filters |= {"at": lines_words, "evidence": evidence_words, "state": STATE_WORDS.__getitem__}
    environment.filters |= {"waiver": waiver_words, "fate": fate_words}
    environment.filters |= {"sections": sections_of, "summary": summarise}
    environment.filters |= {"stale": stale_notices, "source_findings": source_findings}
    text = environment.get_template(name).render(audit=audit)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is. URLs stay whole, so that they can be followed."""
    parts = re.split(r"(https?://[^\s<>]+)", _plain(text))
    return "".join(f"<{part}>" if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts))


def escape_cell(text: str) -> str:
    """The same within a table, whose cells a bar would end even in a URL."""
    return re.sub(r"<https?://[^>]*>", lambda match: match[0].replace("|", "%7C"), escape_markdown(text))


def code_span(text: str) -> str:
    """A code span that the text cannot leave: as many backticks as it takes."""
    text = _plain(text)
    fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    space = " " if text[:1] in ("`", " ", "") or text[-1:] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}"


def fenced_block(lines: Iterable[str], language: str | None) -> str:
    """A code block that its lines cannot leave."""
    body = [_CONTROL.sub("\N{REPLACEMENT CHARACTER}", line) for line in lines]
    longest = max((len(run) for line in body for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language or ''}", *body, fence])


def linked_lines(lines: Lines, subject: LicenseSubject, path: str) -> str:
    """Lines of a target's file, as a link where the target is a repository at a commit."""
    shown = f"L{lines.start}" if lines.start == lines.end else f"L{lines.start}-L{lines.end}"
    url = permalink(subject, path, lines)
    return f"[{shown}](<{url}>)" if url else shown


def linked_clause(obligation: Obligation, form: When | None) -> str:
    """The name of its clause, a link to the lines at the pin where these are known; fit for a table."""
    name, url = escape_cell(clause_words(obligation, form)), obligation.clause_permalink
    return f"[{name}](<{quote(url, safe=_URL)}>)" if url else name


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


def _plain(text: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", " "))
