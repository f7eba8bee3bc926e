"""Prose with references -> the same prose with the links and excerpts that they stand for."""

import re
from collections.abc import Callable, Iterable

from auditor.markdown import code_span, escape_text, fenced_lines
from auditor.model.reference import CalledLine, CitedPlace, Outcome, QuotedLines, WrittenLines

# Given a place, and for an excerpt what begins each further line of the list or quotation it stands in ("> ", "  ").
Writer = Callable[[CitedPlace, str], str]

_SHORT_COMMIT = 7  # digits, as GitHub shows it
_NEXT_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t>]*[^\s>]")
_MARKER = re.compile(r"[^ \t>]")


def write_place(place: CitedPlace, margin: str = "") -> str:
    """A place in Markdown: its link, and behind that of an excerpt where it is from, its licence and its lines."""
    link = f"[{label_of(place)}](<{place.permalink}>)"
    if not place.reference.embed:
        return link
    left_out = [f"… {place.left_out:,} more lines"] if place.left_out else []
    heading = f"{link} ({code_span(source_of(place))}, {escape_text(place.license or 'licence not known')})"
    lines = ["", *fenced_lines([*place.excerpt, *left_out], place.language)]
    return "\n".join([heading, *((margin + line if line else margin.rstrip()) for line in lines)])


def expand_references(text: str, outcomes: Iterable[Outcome], write: Writer = write_place) -> str:
    """The document's text with each resolved reference written by `write`.

    `outcomes` are those of its references. What is not resolved stays as it is written, and so does all other text.
    """
    parts: list[str] = []
    at = 0
    newline = "\r\n" if "\r\n" in text else "\n"
    for outcome in sorted(outcomes, key=lambda outcome: outcome.reference.span.start):
        span = outcome.reference.span
        if isinstance(outcome, CitedPlace):
            margin = _margin(text, span.start) if outcome.reference.embed else ""
            written = write(outcome, margin)
            if outcome.reference.embed and _NEXT_LINE.match(text, span.end):
                written += f"\n{margin.rstrip()}"  # so that what follows is a paragraph of its own
            parts += [text[at : span.start], written.replace("\n", newline)]
            at = span.end
    return "".join([*parts, text[at:]])


def label_of(place: CitedPlace) -> str:
    """What a reader sees of the link, in Markdown: the author's label, else what was named, as code."""
    reference = place.reference
    if reference.label is not None:
        return escape_text(reference.label)
    match reference.spot:
        case QuotedLines(first, None):
            return code_span(first.text.strip())
        case CalledLine(function):
            return code_span(f"{function.text}()")
    if place.clause:
        name = escape_text(place.clause)
    else:
        name = code_span(reference.name.text if reference.name else reference.path)
    is_part = isinstance(reference.spot, WrittenLines | QuotedLines)
    return f"{name} {shown_lines(place)}" if is_part else name


def source_of(place: CitedPlace) -> str:
    """Where an excerpt is from: `pallets/werkzeug@15fcb87 src/werkzeug/serving.py L237-L356`."""
    link = place.link
    return f"{link.repository}@{(link.revision or '')[:_SHORT_COMMIT]} {link.path} {shown_lines(place)}".rstrip()


def shown_lines(place: CitedPlace) -> str:
    """The lines of a place as GitHub writes them, "" for a whole file."""
    if place.lines is None:
        return ""
    start, end = place.lines.start, place.lines.end
    return f"L{start}" if start == end else f"L{start}-L{end}"


def _margin(text: str, at: int) -> str:
    """What further lines must begin with to stand in the same list or quotation as the character at `at`."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return _MARKER.sub(" ", text[start:at])
