"""A Markdown document -> the references that its author wrote.

Whatever begins first counts: a code span hides the brackets in it, a reference the backticks in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.cite.grammar import GrammarError, parse_content
from auditor.cite.line import LINE
from auditor.cite.prose import prose_spans
from auditor.model.reference import AnyReference, CodeReference, MalformedReference
from auditor.model.report import Place, Span

_TICKS = re.compile(r"`+")
# A tag as CommonMark 0.31 has it (section 6.6); whatever else begins with "<" is text.
_TAG = (
    r"</?[A-Za-z][A-Za-z0-9-]*+"
    r"(?:\s++[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+\s*+/?>"
)
_AUTOLINK = r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>"
_INLINE = re.compile(rf"\\[!-/:-@\[-`{{-~]|`+|<!--|{_AUTOLINK}|{_TAG}|!?\[\[(?!\[)")
# Inside a reference. A quotation begins behind "@" or ".." and may hold brackets; in a label it is text.
_INSIDE = re.compile(r'(?:@|\.\.)"(?:[^"\\\r\n]|\\[^\r\n])*+("?)|\[\[|[\[\]|\r\n]')
_IN_LABEL = re.compile(r"\[\[|[\[\]\r\n]")
_ALONE_BEFORE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_ALONE_AFTER = re.compile(r"[ \t]*(?:[\r\n]|\Z)")
_LONGEST = 2000  # characters between the brackets; no text of one line needs as many
_NO_DEPENDENCY = re.compile(r":|[A-Za-z][A-Za-z0-9+.-]*://")
_SENTENCE = re.compile(r":\s|:\Z")


def parse_references(text: str, document: str) -> tuple[AnyReference, ...]:
    """Every reference in the prose of a Markdown document, in order; `document` is its name.

    Never raises, and takes time linear in the length of the text, whatever it is. Brackets that people write for other
    ends are no references: `[[nodiscard]]`, `[[gnu::packed]]`, `[[note: a sentence]]`, `[[text]](url)`.
    """
    starts = [match.start() for match in LINE.finditer(text)]
    return tuple(
        reference
        for block in prose_spans(text)
        for span, closed in _bracketed(text, block)
        if (reference := _reference(text, span, closed, document, starts))
    )


def _bracketed(text: str, block: Span) -> Iterator[tuple[Span, bool]]:
    """What may be a reference, and whether its closing brackets are there; without them it ends where it breaks off."""
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text, block.start, block.end):
        ticks.setdefault(len(run[0]), []).append(run.start())
    last_comment = text.rfind("-->", block.start, block.end)
    at = block.start
    while found := _INLINE.search(text, at, block.end):
        at = found.end()
        if found[0][0] == "`":
            at = _behind_code(ticks.get(len(found[0]), []), found) or at
        elif found[0] == "<!--":
            if at <= last_comment:  # else it is not closed, and text
                at = text.index("-->", at) + 3
        elif found[0].endswith("[["):
            end, closed = _closing(text, at, min(at + _LONGEST, block.end))
            if (closed and not _is_link_text(text, end)) or (not closed and "::" in text[at:end]):
                yield Span(found.start(), end), closed
                at = end


def _behind_code(runs: list[int], opening: re.Match[str]) -> int | None:
    """Where a code span ends: behind the next run of as many backticks; None when there is none."""
    following = bisect_right(runs, opening.start())
    return runs[following] + len(opening[0]) if following < len(runs) else None


def _closing(text: str, at: int, end: int) -> tuple[int, bool]:
    """The end of the reference whose content begins at `at`, and whether it is closed; else where it breaks off."""
    depth, pattern = 0, _INSIDE
    while found := pattern.search(text, at, end):
        at = found.end()
        match found[0]:
            case "[":
                depth += 1
            case "]" if depth:
                depth -= 1
            case "]" if text.startswith("]", at) and at < end:
                return at + 1, True
            case "]" | "[[" | "\r" | "\n":
                return found.start(), False
            case "|":
                pattern = _IN_LABEL
            case _ if not found[1]:
                return at, False
    return end, False


def _is_link_text(text: str, end: int) -> bool:
    """Whether the brackets are those of `[[text]](url)` or `[[text]][name]`."""
    return text.startswith("(", end) or (text.startswith("[", end) and not text.startswith("[[", end))


def _reference(text: str, span: Span, closed: bool, document: str, starts: list[int]) -> AnyReference | None:
    written = text[span.start : span.end]
    embed = written.startswith("!")
    content = written[3 if embed else 2 : -2 if closed else None]
    if not _is_meant(content.lstrip()):
        return None
    place = _place(document, span, starts)
    if not closed:
        problem, hint = "it is not closed on its line", 'write ]] behind it; a text ends with a straight "'
        return MalformedReference(written, place, span, problem, hint)
    try:
        parsed = parse_content(content)
    except GrammarError as error:
        return MalformedReference(written, place, span, str(error), error.hint)
    if embed and not _is_alone(text, span, starts):
        problem = "an excerpt stands within a line"
        return MalformedReference(written, place, span, problem, "give it a line of its own, or leave out the !")
    return CodeReference(
        written, place, span, parsed.dependency, parsed.path, parsed.name, parsed.spot, parsed.label, embed
    )


def _is_meant(content: str) -> bool:
    """Whether the author meant a reference, be it well written or not."""
    head, target, _ = content.partition("::")
    if _NO_DEPENDENCY.match(content):
        return False
    if target:  # without a colon in front of it only a path tells it from `[[gnu::packed]]`
        return ":" in head or "/" in head or "." in head
    return ":" in head and not _SENTENCE.search(head)


def _is_alone(text: str, span: Span, starts: list[int]) -> bool:
    """Whether nothing else stands on the line but what makes it an item or a quotation."""
    start = starts[bisect_right(starts, span.start) - 1]
    return bool(_ALONE_BEFORE.fullmatch(text, start, span.start) and _ALONE_AFTER.match(text, span.end))


def _place(document: str, span: Span, starts: list[int]) -> Place:
    line = bisect_right(starts, span.start)
    first = starts[line - 1]
    return Place(document, line, span.start - first + 1, line, span.end - first)
