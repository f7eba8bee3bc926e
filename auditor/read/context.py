"""What a reader sees around a citation, as plain text in which only code stays marked (by backticks)."""

import html
import re
from dataclasses import dataclass

from auditor.model import Format, Span
from auditor.read.blocks import Block, block_at

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"`|)\]]+")
_INLINE_LINK = re.compile(
    r"\[([^\[\]\n]{0,200})\]\((?:<[^<>\n]{0,4000}>|[^()\s]{0,4000}(?:\([^()\s]{0,200}\)[^()\s]{0,400})?)\)"
)
_REFERENCE_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\[[^\[\]\n]{0,100}\]")
_CODE_TAG = re.compile(r"</?(?:code|tt|kbd|samp|var)\b[^<>]*>", re.IGNORECASE)
# A tag, or a code span, in which `<number>` is no tag.
_TAG_OR_CODE = re.compile(r"`[^`\n]{1,300}`|</?[a-zA-Z!][^<>]{0,4000}>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_RST_LINK = re.compile(r"`([^`<\n]{0,200})<[^`>]{0,4000}>`__?")
_RST_ROLE = re.compile(r":[a-zA-Z:+.-]{1,40}:`~?\.?([^`\n]{1,200})`")
_RST_CODE = re.compile(r"``([^`\n]{1,300})``")
# Holds for every text that a pattern above or below can match, reStructuredText aside.
_MARKED = re.compile(r"[\[<&\\*~]|://|www\.")
_EMPHASIS = re.compile(r"\*{1,3}|~~")
_SPACE = re.compile(r"\s+")
_LEADS = 5  # how many blocks that hold only links may stand between a lead-in and its citation
_BULLET = re.compile(r"^\s*(?:[-*+•●○▪◦‣·–>|#]+|\(?\d{1,4}[.)])\s*")
_EXCERPT = 90
_WINDOW = 1500  # characters of a block looked at on either side


@dataclass(frozen=True, slots=True)
class Context:
    """`label` is the link's own text, `before` and `after` the rest of its block.

    `lead` is the block above that introduces a citation standing alone; `lead_kind` its kind.
    """

    label: str
    before: str
    after: str
    kind: str
    lead: str = ""
    lead_kind: str = ""

    def excerpt(self) -> str:
        """What a reader sees at the link, short enough for one line; the link itself is an ellipsis."""
        before = self.before or self.lead
        before = before if len(before) <= _EXCERPT else "…" + before[-_EXCERPT:].partition(" ")[2]
        after = self.after if len(self.after) <= _EXCERPT // 2 else self.after[: _EXCERPT // 2].rpartition(" ")[0] + "…"
        return " ".join(part for part in (before, f"[{self.label}]" if self.label else "[…]", after) if part)

    @property
    def alone(self) -> bool:
        """Whether nothing but the link stands in its block."""
        return not re.search(r"\w", self.before + self.after)


def plain_text(source: str, form: Format) -> str:
    """The source of some inline text as a reader sees it; code keeps its backticks, URLs go."""
    if form != "rst" and not _MARKED.search(source):
        return " ".join(source.split())  # as most text around a link is
    if form == "markdown":
        source = _REFERENCE_LINK.sub(r"\1", _INLINE_LINK.sub(r"\1", source))
    if form == "rst":
        source = _RST_CODE.sub(r"`\1`", _RST_ROLE.sub(r"`\1`", _RST_LINK.sub(r"\1", source)))
    source = _URL.sub(" ", source)
    if form in ("markdown", "html"):
        source = html.unescape(_TAG_OR_CODE.sub(_without_tag, _CODE_TAG.sub("`", source)))
    if form in ("markdown", "text", "pdf", "rst"):
        source = _ESCAPE.sub(r"\1", source)
    if form in ("markdown", "rst"):
        source = _EMPHASIS.sub("", source)
    return _SPACE.sub(" ", source).strip()


def _without_tag(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("`") else " "


def context_of(text: str, blocks: tuple[Block, ...], form: Format, whole: Span, label: Span | None) -> Context:
    """The surroundings of a link whose construct covers `whole` and whose own text is `label`."""
    index = block_at(blocks, whole.start)
    block = blocks[index] if index >= 0 else Block("paragraph", 0, len(text))
    before = plain_text(text[max(block.start, whole.start - _WINDOW) : whole.start], form)
    after = plain_text(text[whole.end : max(whole.end, min(block.end, whole.end + _WINDOW))], form)
    context = Context(
        plain_text(text[label.start : label.end], form) if label else "", _BULLET.sub("", before), after, block.kind
    )
    if not context.alone:
        return context
    lead, kind = _lead(text, blocks, index, form)
    return Context(context.label, context.before, context.after, context.kind, lead, kind)


def _lead(text: str, blocks: tuple[Block, ...], index: int, form: Format) -> tuple[str, str]:
    """The nearest block above that says something."""
    for above in range(index - 1, max(-1, index - 1 - _LEADS), -1):
        block = blocks[above]
        said = _BULLET.sub("", plain_text(text[block.start : min(block.end, block.start + _WINDOW)], form))
        if re.search(r"\w", said):
            return said, block.kind
    return "", ""
