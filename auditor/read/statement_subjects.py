"""Which cited repository a place of a document is about: by a row, by links, by headings; never by guessing."""

import bisect
import re
from collections.abc import Iterable, Sequence

from auditor.model import Citation, Format, Span
from auditor.read.blocks import Block, block_at
from auditor.read.context import plain_text
from auditor.read.source import Source
from auditor.read.statement_fields import Field

_URL = re.compile(r"https?://[^\s<>\"'`|()\[\]{}\\]+", re.IGNORECASE)
_CELL = re.compile(r"<(?:td|th|dt|dd)\b", re.IGNORECASE)
_TABLE_EDGE = re.compile(r"</?(?:table|dl)\b", re.IGNORECASE)
# What a heading may say beside the name of the software that its section is about.
_HEADING_FILLING = re.compile(r"\b(?:the|license|licence|licensing|library|framework|project|report|overview)\b")
_LONGEST_HEADING = 200


class Subjects:
    """The cited repositories of one document, and what its parts are about."""

    def __init__(
        self, source: Source, form: Format, blocks: tuple[Block, ...], citations: Sequence[Citation], page: int | None
    ) -> None:
        self._text, self._form, self._blocks = source.text, form, blocks
        links = [citation.link for citation in citations if citation.link is not None]
        self._cited = {_bare(link.repository_url): link.repository_url for link in links}
        self._names = _unique_names(self._cited.values())
        self._headings = [block for block in blocks if block.kind == "heading"]
        self._starts = [block.start for block in self._headings]
        self._parents = _parents(self._headings)
        self._groups = _groups(source.text, blocks)
        self._rows: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        self._linked: dict[tuple[str, int], set[str]] = {}
        self._place_citations(source, [c for c in citations if c.link is not None and c.place.page == page])

    def _place_citations(self, source: Source, citations: Iterable[Citation]) -> None:
        for citation in citations:
            place, link = citation.place, citation.link
            if link is None:
                continue
            start = source.span(place.line, place.column, place.end_line, place.end_column).start
            for key in (("section", self.section(start)), ("group", self.group(start))):
                self._linked.setdefault(key, set()).add(link.repository_url)

    def add_rows(self, fields: Iterable[Field]) -> None:
        """Take in the rows that name a repository; all of them, before anything is asked."""
        for field in fields:
            if field.kind == "repository":
                found = tuple(dict.fromkeys(self.linked_in(field.value))) or self._named_in(field.value)
                self._rows.setdefault(self.group(field.value.start), []).append((field.value.start, found))
        for rows in self._rows.values():
            rows.sort()

    def _named_in(self, span: Span) -> tuple[str, ...]:
        named = self.named(
            plain_text(self._text[span.start : min(span.end, span.start + _LONGEST_HEADING)], self._form)
        )
        return (named,) if named else ()

    def section(self, offset: int) -> int:
        """The number of the section that a place stands in; -1 before the first heading."""
        return bisect.bisect_right(self._starts, offset) - 1

    def group(self, offset: int) -> int:
        """The number of the run of blocks (a table, a list, a paragraph) that a place stands in."""
        index = block_at(self._blocks, offset)
        return self._groups[index] if index >= 0 else -1

    def linked_in(self, span: Span) -> list[str]:
        """The repositories that URLs in a part of the text belong to; for one that is not cited, what is written."""
        found = []
        for match in _URL.finditer(self._text, span.start, span.end):
            url = match[0].rstrip(".,;:!?*_~")
            found.append(self._repository(url) or url.rstrip("/").removesuffix(".git"))
        return found

    def cited_in(self, span: Span) -> set[str]:
        """The cited repositories that URLs in a part of the text belong to."""
        urls = (match[0] for match in _URL.finditer(self._text, span.start, span.end))
        return {repository for url in urls if (repository := self._repository(url.rstrip(".,;:!?*_~")))}

    def named(self, said: str) -> str | None:
        """The one cited repository that is called so ("Flask-SocketIO", "pallets/flask"), or None."""
        return self._names.get(_fold(said))

    def of_heading(self, offset: int) -> str | None:
        """The repository that the nearest heading above names which names any."""
        index = self.section(offset)
        while index >= 0:
            block = self._headings[index]
            title = plain_text(self._text[block.start : min(block.end, block.start + _LONGEST_HEADING)], self._form)
            said = _HEADING_FILLING.sub("", title.lower())
            if found := self.named(title) or self.named(said):
                return found
            index = self._parents[index]
        return None

    def titled(self, offset: int) -> str:
        """The heading of the section that a place stands in, in small letters; "" without one."""
        index = self.section(offset)
        block = self._headings[index] if index >= 0 else None
        return self._text[block.start : min(block.end, block.start + _LONGEST_HEADING)].lower() if block else ""

    def of_field(self, field: Field) -> str | None:
        """The repository that a field, or a row of a table that lists one thing per row, is about."""
        if field.row:
            return self._of_listing(field)
        return self.of_place(field.value.start, field.sure)

    def of_place(self, offset: int, sure: bool) -> str | None:
        """The repository that a table, list or paragraph at a place is about.

        `sure`: it belongs to a form on somebody's software, so that links around it are about that software.
        """
        if rows := self._rows.get(self.group(offset)):
            above = bisect.bisect_right(rows, offset, key=lambda row: row[0]) - 1
            found = rows[max(above, 0)][1]
            return found[0] if len(found) == 1 else None
        if named := self.of_heading(offset):
            return named
        if not sure:
            return None  # it may well be the licence of the document's own project
        linked = self._linked.get(("group", self.group(offset))) or self._linked.get(("section", self.section(offset)))
        return next(iter(linked)) if linked and len(linked) == 1 else None

    def _of_listing(self, field: Field) -> str | None:
        row = Span(field.row[0].start, field.row[-1].end)
        if linked := self.cited_in(row):
            return next(iter(linked)) if len(linked) == 1 else None
        return self.named(plain_text(self._text[field.row[0].start : field.row[0].end][:_LONGEST_HEADING], self._form))

    def _repository(self, url: str) -> str | None:
        """The cited repository that a URL leads into."""
        parts = _bare(url).split("/")[:12]
        for size in range(len(parts), 1, -1):
            found = self._cited.get("/".join(parts[:size]).removesuffix(".git"))
            if found:
                return found
        return None


def _bare(url: str) -> str:
    plain = re.sub(r"^https?://(?:www\.)?", "", url.lower())
    return re.split(r"[?#]", plain, maxsplit=1)[0].rstrip("/").removesuffix(".git")


def _fold(said: str) -> str:
    return "".join(letter for letter in said.casefold() if letter.isalnum())


def _unique_names(repositories: Iterable[str]) -> dict[str, str]:
    """Names that stand for exactly one of the repositories: its own, and with its owner."""
    names: dict[str, set[str]] = {}
    for repository in repositories:
        owner, _, name = repository.rpartition("/")
        for said in (name, f"{owner.rpartition('/')[2]}/{name}"):
            names.setdefault(_fold(said), set()).add(repository)
    return {name: next(iter(found)) for name, found in names.items() if name and len(found) == 1}


def _parents(headings: Sequence[Block]) -> list[int]:
    """For each heading the number of the one that its section lies in, -1 for none."""
    parents: list[int] = []
    open_ones: list[int] = []
    for index, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            open_ones.pop()
        parents.append(open_ones[-1] if open_ones else -1)
        open_ones.append(index)
    return parents


def _groups(text: str, blocks: tuple[Block, ...]) -> list[int]:
    """For each block the number of its run: blocks without an empty line between, and the items of one list."""
    groups: list[int] = []
    number = 0
    for before, block in zip((None, *blocks), blocks, strict=False):
        if before is not None:
            gap = text[before.end : block.start]
            same = before.kind == block.kind == "item" or _CELL.search(gap)
            if (gap and (not same or _TABLE_EDGE.search(gap))) or "heading" in (before.kind, block.kind):
                number += 1
        groups.append(number)
    return groups
