"""An author's prose as HTML: references written out, headings below the report's own, markup that can do no harm.

Raw HTML is text, links lead to the web or nowhere, nothing is fetched when the page is opened. Template syntax means
nothing: prose is a value, never a template.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from auditor.cite import label_of, write_place
from auditor.model.document import Excerpt, Prose
from auditor.model.reference import CitedPlace, Outcome, Unresolved
from auditor.render.excerpts import highlight_lines
from auditor.render.headings import settled_levels
from auditor.render.html import visible_text, web_address
from auditor.render.markdown_parser import markdown_parser

if TYPE_CHECKING:
    from markdown_it.token import Token

# What stands for a reference while Markdown is read: its number between two characters that no text may use (Unicode,
# section 23.7).
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_FORBIDDEN = re.compile(f"[{_OPEN}{_CLOSE}]")
_URL = re.compile(r"https?://[^\s<>\"]{1,2000}")
_SLUG = re.compile(r"[^\w\- ]")
_BREAKS = ("softbreak", "hardbreak")

# Given an excerpt and the author's label for it (HTML, perhaps ""): the HTML that shows it.
ShowExcerpt = Callable[[Excerpt, Markup], Markup]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the prose as a table of contents needs it."""

    anchor: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Prose as HTML, with its headings in order."""

    html: Markup
    headings: tuple[Heading, ...] = ()


class ProseWriter:
    """Writes all prose of one document: its anchors differ, and its excerpts are shown by `show`."""

    def __init__(self, show: ShowExcerpt) -> None:
        self._show = show
        self._anchors: dict[str, int] = {}  # with how many numbers each was given
        self._outcomes: Sequence[Outcome] = ()

    def write(self, prose: Prose, top: int) -> Page:
        """Prose whose highest headings are of level `top`."""
        self._outcomes = sorted(prose.references, key=lambda outcome: outcome.reference.span.start)
        markdown = markdown_parser()
        tokens = markdown.parse(self._marked(prose.text))
        headings = tuple(self._move_headings(tokens, top))
        html = markdown.renderer.render(list(self._blocks(tokens)), markdown.options, {})
        return Page(Markup(visible_text(html)), headings)

    def write_line(self, text: str) -> Markup:
        """A few words of the author's, in one line."""
        self._outcomes = ()
        markdown = markdown_parser()
        (inline,) = markdown.parseInline(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
        html = markdown.renderer.render(list(self._inline(inline.children or ())), markdown.options, {})
        return Markup(visible_text(html))

    def _marked(self, text: str) -> str:
        """The text with a link for each place, and a mark for each excerpt and for what stands for nothing."""
        text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
        parts, at = [], 0
        for number, outcome in enumerate(self._outcomes):
            span = outcome.reference.span
            plain = isinstance(outcome, CitedPlace) and not outcome.reference.embed
            written = write_place(outcome) if isinstance(outcome, CitedPlace) and plain else f"{_OPEN}{number}{_CLOSE}"
            parts += [text[at : span.start], written]
            at = span.end
        return "".join([*parts, text[at:]])

    def _move_headings(self, tokens: Sequence["Token"], top: int) -> Iterator[Heading]:
        """Gives the headings their levels and anchors; one in a list or quotation opens no section."""
        opened = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
        outer = [index for index in opened if tokens[index].level == 0]
        for index in set(opened) - set(outer):
            tokens[index].tag = tokens[index + 2].tag = "p"
            tokens[index].attrSet("class", "heading")
        levels = settled_levels((int(tokens[index].tag[1:]) for index in outer), top)
        for index, level in zip(outer, levels, strict=True):
            text = self._restored(_plain_text(tokens[index + 1].children or ()))
            heading = Heading(self._anchor(text), level, text)
            tokens[index].tag = tokens[index + 2].tag = f"h{level}"
            tokens[index].attrSet("id", heading.anchor)
            yield heading

    def _anchor(self, text: str) -> str:
        """The anchor that GitHub gives to a heading of this text, so that the author's links to it hold."""
        slug = _SLUG.sub("", text.strip().lower()).replace(" ", "-") or "section"
        anchor = slug
        while anchor in self._anchors:
            self._anchors[slug] += 1
            anchor = f"{slug}-{self._anchors[slug]}"
        self._anchors[anchor] = 0
        return anchor

    def _blocks(self, tokens: Sequence["Token"]) -> Iterator["Token"]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "paragraph_open":
                yield from self._paragraph(tokens[at : at + 3])
                at += 3
                continue
            at += 1
            match token.type:
                case "inline":
                    token.children = list(self._inline(token.children or ()))
                    yield token
                case "fence" | "code_block":
                    yield _raw("html_block", self._code(token))
                case "table_open":
                    yield from (_raw("html_block", Markup('<div class="scroll" tabindex="0">')), token)
                case "table_close":
                    yield from (token, _raw("html_block", Markup("</div>")))
                case "th_open" | "td_open":
                    _classify_cell(token)
                    yield token
                case _:
                    yield token

    def _paragraph(self, tokens: Sequence["Token"]) -> Iterator["Token"]:
        """A paragraph; where lines of it are excerpts, what is before and behind them are paragraphs of their own."""
        opening, inline, closing = tokens
        piece: list[Token] = []
        children = inline.children or []
        for index, child in enumerate(children):
            place = self._excerpt_at(children, index)
            if place is None:
                piece.append(child)
                continue
            yield from self._piece(opening, piece, closing)
            yield _raw("html_block", self._show(Excerpt.of_place(place), self._label(place)))
            piece = []
        yield from self._piece(opening, piece, closing)

    def _piece(self, opening: "Token", children: list["Token"], closing: "Token") -> Iterator["Token"]:
        while children and children[-1].type in _BREAKS:
            children.pop()
        while children and children[0].type in _BREAKS:
            children.pop(0)
        if children:
            inline = opening.copy(type="inline", tag="", nesting=0, children=list(self._inline(children)))
            yield from (opening, inline, closing)

    def _excerpt_at(self, children: Sequence["Token"], index: int) -> CitedPlace | None:
        """The place whose excerpt is a line of its own in a paragraph, and in no emphasis or link there."""
        child = children[index]
        mark = _MARK.fullmatch(child.content) if child.type == "text" and child.level == 0 else None
        beside = [*children[max(0, index - 1) : index], *children[index + 1 : index + 2]]
        if mark is None or any(other.type not in _BREAKS for other in beside):
            return None
        outcome = self._outcomes[int(mark[1])]
        return outcome if isinstance(outcome, CitedPlace) else None

    def _inline(self, children: Sequence["Token"]) -> Iterator["Token"]:
        refused: list[str] = []  # per open link the address that is no link here, "" for one that is
        for token in children:
            match token.type:
                case "link_open":
                    written = str(token.attrGet("href") or "")
                    address = web_address(written)
                    refused.append("" if address else self._restored(written))
                    if address:
                        token.attrSet("href", address)
                        if token.info == "auto":
                            token.attrSet("class", "url")
                        yield token
                case "link_close":
                    written = refused.pop()
                    yield _raw("html_inline", escape(f" ({written})")) if written else token
                case "image":
                    yield _raw("html_inline", self._image(token, bool(refused)))
                case "text":
                    yield _raw("html_inline", self._text(token.content, bool(refused)))
                case "code_inline":
                    token.content = self._restored(token.content)
                    yield token
                case _:
                    yield token

    def _text(self, text: str, in_link: bool) -> Markup:
        """Text as HTML, with its marks filled in; addresses in it become links, as GitHub does it."""
        parts = _MARK.split(text)
        html = [(escape if in_link else _linked)(part) for part in parts]
        html[1::2] = [self._reference(self._outcomes[int(number)], in_link) for number in parts[1::2]]
        return Markup("").join(html)

    def _reference(self, outcome: Outcome, in_link: bool) -> Markup:
        if isinstance(outcome, Unresolved):
            return Markup('<mark class="unresolved">{}</mark>').format(outcome.reference.written)
        label = self._label(outcome)
        return label if in_link else _link(outcome.permalink, label)

    def _label(self, place: CitedPlace) -> Markup:
        return Markup(markdown_parser().renderInline(label_of(place)))

    def _image(self, token: "Token", in_link: bool) -> Markup:
        """A link to the image: a report shows nothing that it does not carry."""
        label = escape(self._restored(_plain_text(token.children or ())) or "image")
        return label if in_link else _link(self._restored(str(token.attrGet("src") or "")), label)

    def _code(self, token: "Token") -> Markup:
        language = (token.info.split() or [""])[0]
        lines = highlight_lines(self._restored(token.content).removesuffix("\n").split("\n"), language)
        return Markup('<div class="scroll" tabindex="0"><pre><code>{}</code></pre></div>\n').format(
            Markup("\n").join(lines)
        )

    def _restored(self, text: str) -> str:
        """Text in which Markdown, for once, sees no prose: what the author wrote instead of the marks."""
        return _MARK.sub(lambda mark: self._outcomes[int(mark[1])].reference.written, text)


def _classify_cell(token: "Token") -> None:
    """A class in the place of the style attribute, which the page's policy forbids."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrSet("class", style.removeprefix("text-align:"))
    if token.tag == "th":
        token.attrSet("scope", "col")


def _raw(kind: str, html: Markup) -> "Token":
    from markdown_it.token import Token

    return Token(kind, "", 0, content=html)


def _linked(text: str) -> Markup:
    """Text whose web addresses are links; a stop or a bracket behind one belongs to the sentence."""
    parts, at = [], 0
    for found in _URL.finditer(text):
        url = found[0].rstrip("?!.,:;*_~'")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip("?!.,:;*_~'")
        parts += [escape(text[at : found.start()]), _link(url, escape(url))]
        at = found.start() + len(url)
    return Markup("").join([*parts, escape(text[at:])])


def _link(url: str, label: Markup) -> Markup:
    """A link, or the label alone where the address is none that a page may lead to."""
    address = web_address(url)
    kind = Markup(' class="url"') if label == escape(url) else ""
    return Markup('<a href="{}"{}>{}</a>').format(address, kind, label) if address else label


def _plain_text(children: Sequence["Token"]) -> str:
    """What a reader sees of inline tokens, without their markup."""
    return "".join(
        " " if child.type in _BREAKS else _plain_text(child.children) if child.children else child.content
        for child in children
    )
