"""Links, frames and paths in a text become citations."""

import bisect
import re
from collections.abc import Iterable
from dataclasses import replace

from auditor.model import Citation, Edits, Format, Frame, ParsedLink, Permalink, Place, Span
from auditor.read.blocks import Block, split_blocks
from auditor.read.context import Context, context_of, plain_text
from auditor.read.documents import ParseLink
from auditor.read.frames import FrameText, find_frames, find_path_lines
from auditor.read.links import WrittenLink, find_links
from auditor.read.names import names_of
from auditor.read.source import Source

# No repository or revision is called so: `<sha>`, `{branch}`, `[0-9a-f]{40}`, `$REV`, `...` (git-check-ref-format).
_NO_NAME = re.compile(r"[\[\]{}<>^*?\\|$]|\.\.|…")
_BLANK = re.compile(r"\{\{|\{%|\$\{|<[a-zA-Z]|[\])]\+|\.\*|…")
# A frame belongs to a link that follows it with nothing readable between.
_FRAME_GAP = 400
# Frames further apart than this, or under different headings, are different stacks.
_STACK_GAP = 2000


def read_citations(source: Source, form: Format, parse: ParseLink) -> tuple[Citation, ...]:
    """Every citation of a text document, in order of appearance."""
    text = source.text
    links = [
        (replace(link, printed=None) if link.printed and not parse(link.printed) else link, parsed)
        for link in find_links(text, form)
        if (parsed := parse(link.written.url)) and not is_placeholder(parsed.link)
    ]
    taken = _merged(span for link, _ in links for span in (link.whole, *link.written.removed))
    frames = list(find_frames(text))
    blocks = split_blocks(text, form)
    stacks = _stack_numbers(frames, blocks)
    used: set[int] = set()
    citations = []
    for link, parsed in links:
        index = frame_of(text, link.whole, link.label, frames, form)
        if index is not None:
            used.add(index)
        frame = frames[index] if index is not None else None
        stack = stacks[index] if index is not None else None
        citations.append(_link_citation(source, form, blocks, link, parsed, frame, stack))
    for index, frame in enumerate(frames):
        if index not in used and not _overlaps(taken, frame):
            citations.append(bare_citation(source, frame, stacks[index]))
    covered = _merged([*taken, *(Span(frame.start, frame.end) for frame in frames)])
    for mention in find_path_lines(text):
        if not _overlaps(covered, mention):
            citations.append(bare_citation(source, mention, None))
    citations.sort(key=lambda citation: (citation.place.line, citation.place.column))
    return tuple(citations)


def _link_citation(
    source: Source,
    form: Format,
    blocks: tuple[Block, ...],
    link: WrittenLink,
    parsed: ParsedLink,
    frame: FrameText | None,
    stack: int | None,
) -> Citation:
    written = link.written
    context = context_of(source.text, blocks, form, link.context, link.label)
    if frame:
        context = Context(context.label, "", context.after, context.kind)
    return linked_citation(
        source,
        source.place(written.span),
        ParsedLink(parsed.link, written.defects + parsed.defects),
        context,
        frame,
        stack,
        url=source.text[written.span.start : written.span.end],
        printed=link.printed if link.printed and parse_differs(link.printed, written.url) else None,
        edits=Edits((written.span, *link.copies), written.removed),
    )


def is_placeholder(link: Permalink) -> bool:
    """Whether a URL is a pattern or a template, in which some part is still to be filled in."""
    return (
        _NO_NAME.search(f"{link.repository}\n{link.revision or ''}") is not None or _BLANK.search(link.path) is not None
    )


def linked_citation(
    source: Source,
    place: Place,
    parsed: ParsedLink,
    context: Context,
    frame: FrameText | None,
    stack: int | None,
    *,
    url: str,
    printed: str | None,
    edits: Edits,
) -> Citation:
    """A link at a place, with the names of its surroundings and the frame that it belongs to, if any."""
    anchor = parsed.link.anchor
    return Citation(
        kind="frame" if frame else "link",
        place=place,
        url=url,
        link=parsed.link,
        defects=parsed.defects,
        names=names_of(context, function_of(frame) if frame else None),
        frame=attached_frame(source, frame) if frame else None,
        path=parsed.link.path or None,
        start=anchor.start if anchor else None,
        end=anchor.last if anchor else None,
        excerpt=source.excerpt(Span(frame.start, frame.end)) if frame else context.excerpt(),
        stack=stack,
        printed=printed,
        edits=edits,
    )


def parse_differs(printed: str, target: str) -> bool:
    """Whether two written URLs lead to different places, escapes and white space aside."""
    return re.sub(r"[\s\\]", "", printed).rstrip("/") != re.sub(r"[\s\\]", "", target).rstrip("/")


def bare_citation(source: Source, frame: FrameText, stack: int | None) -> Citation:
    """A frame or a path with a line that no link stands with."""
    span = Span(frame.start, frame.end)
    is_frame = frame.kind == "frame"
    return Citation(
        kind="frame" if is_frame else "path-line",
        place=source.place(span),
        url=None,
        link=None,
        names=names_of(Context("", "", "", "code"), function_of(frame)) if is_frame and frame.function else (),
        frame=attached_frame(source, frame) if is_frame else None,
        path=frame.file,
        start=frame.line,
        end=frame.end_line or frame.line,
        excerpt=source.excerpt(span),
        stack=stack,
    )


def attached_frame(source: Source, frame: FrameText) -> Frame:
    """A frame with its place."""
    return Frame(frame.function, frame.file, frame.line, source.place(Span(frame.start, frame.end)))


def function_of(frame: FrameText) -> str | None:
    """The frame's function; names of several words lost their underscores on the way."""
    return frame.function.replace(" ", "_") or None


def frame_of(text: str, whole: Span, label: Span | None, frames: list[FrameText], form: Format) -> int | None:
    """The frame that a link stands behind, or whose text is the link's label; None when there is none."""
    if label:
        inside = bisect.bisect_left(frames, label.start, key=lambda frame: frame.start)
        if inside < len(frames) and frames[inside].end <= label.end:
            return inside
    index = bisect.bisect_right(frames, whole.start, key=lambda frame: frame.start) - 1
    if index < 0 or frames[index].end > whole.start:
        return None
    gap = text[frames[index].end : whole.start]
    return index if len(gap) <= _FRAME_GAP and not re.search(r"\w", plain_text(gap, form)) else None


def _stack_numbers(frames: list[FrameText], blocks: tuple[Block, ...]) -> list[int]:
    headings = [block.start for block in blocks if block.kind == "heading"]
    numbers: list[int] = []
    stack = 0
    for index, frame in enumerate(frames):
        if index:
            before = frames[index - 1]
            new_section = bisect.bisect(headings, frame.start) != bisect.bisect(headings, before.start)
            if new_section or frame.start - before.end > _STACK_GAP:
                stack += 1
        numbers.append(stack)
    return numbers


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters in spans that are in order and do not touch each other."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _overlaps(taken: list[Span], frame: FrameText) -> bool:
    index = bisect.bisect_right(taken, frame.end - 1, key=lambda span: span.start) - 1
    return index >= 0 and taken[index].end > frame.start
