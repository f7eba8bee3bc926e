"""Places as SARIF 2.1.0 writes them: relative URIs, regions, permalinks."""

import bisect
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from auditor.model import Lines, Place, Related, Span
from auditor.model.worktree import UNKNOWN, Worktree
from auditor.render.plain import plain_line

ROOT = "%SRCROOT%"  # the name that consumers know for the top of the audited repository (SARIF tutorials, GitHub)
_URI = "/:?#@!$&'()*+,;=~%-._"  # may stand in a URI as it is (RFC 3986)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LINE_END = re.compile(r"\r\n|\r|\n")
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")  # two code units each in UTF-16

Value = dict[str, Any]


class Columns:
    """The columns of a document in UTF-16 code units, the unit that SARIF's readers count in by custom."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._length = len(text)

    def region(self, place: Place) -> Value:
        """The region of a place; its end is exclusive, as SARIF asks (§3.30.8)."""
        return {
            "startLine": place.line,
            "startColumn": self._units(place.line, place.column),
            "endLine": place.end_line,
            "endColumn": self._units(place.end_line, place.end_column + 1),
        }

    def region_of(self, span: Span) -> Value:
        """The region of characters of the document."""
        first, last = (bisect.bisect_right(self._starts, offset) for offset in (span.start, span.end))
        return {
            "startLine": first,
            "startColumn": self._units(first, span.start - self._starts[first - 1] + 1),
            "endLine": last,
            "endColumn": self._units(last, span.end - self._starts[last - 1] + 1),
        }

    def _units(self, line: int, column: int) -> int:
        """A column of characters as one of code units: each character above U+FFFF before it counts twice."""
        if not self._astral or line > len(self._starts):
            return column
        start = self._starts[line - 1]
        end = min(start + column - 1, self._length)
        return column + bisect.bisect_left(self._astral, end) - bisect.bisect_left(self._astral, start)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: in documents of `worktree`, whose decoded texts may be among `columns`."""

    worktree: Worktree = UNKNOWN
    columns: Mapping[str, Columns] = field(default_factory=dict)

    def artifact(self, document: str) -> Value:
        """A document: a path in the audited repository wherever it can be."""
        path = self.worktree.path_of(document)
        if path is None:
            return {"uri": _uri(document) if "://" in document else _quoted(document)}
        return {"uri": _quoted(path), "uriBaseId": ROOT}

    def location(self, place: Place) -> Value:
        """A place in a document; columns only where the text is at hand to count code units in."""
        columns = self.columns.get(place.document)
        if place.page is not None:
            return self._page(place)
        region = columns.region(place) if columns else {"startLine": place.line, "endLine": place.end_line}
        return {"physicalLocation": {"artifactLocation": self.artifact(place.document), "region": region}}

    def _page(self, place: Place) -> Value:
        """A place in a PDF. It has pages and no lines; GitHub asks for one all the same, so it is the first."""
        name = f"page {place.page}"
        where = {"page": place.page, "rectangle": list(place.rectangle) if place.rectangle else None}
        return {
            "physicalLocation": {"artifactLocation": self.artifact(place.document), "region": {"startLine": 1}},
            "logicalLocations": [{"name": name, "fullyQualifiedName": name, "kind": "page"}],
            "properties": {key: value for key, value in where.items() if value is not None},
        }


def related_location(number: int, related: Related) -> Value:
    """A place in somebody's code: its permalink and its lines there."""
    start = related.start or 0
    lines = Lines(start, max(start, related.end or 0)) if start > 0 else None
    physical = foreign_place(related.url, lines)
    return {"id": number, "physicalLocation": physical, "message": {"text": sentence(related.message)}}


def foreign_place(url: str, lines: Lines | None) -> Value:
    """A place outside of the audited repository."""
    place: Value = {"artifactLocation": {"uri": _uri(url)}}
    if lines is not None:
        place["region"] = {"startLine": lines.start, "endLine": lines.end}
    return place


def sentence(text: str) -> str:
    """A text that ends in a stop; brackets before a parenthesis would be a link (§3.11.6)."""
    line = plain_line(text).replace("](", "]\N{ZERO WIDTH SPACE}(")
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _uri(url: str) -> str:
    """A URL as a valid URI: only one fragment, and a percent sign only before two hexadecimal digits."""
    address, sharp, fragment = _LONE_PERCENT.sub("%25", url).partition("#")
    whole = address + sharp + fragment.replace("#", "%23")
    return quote(_bytes(whole), safe=_URI)


def _quoted(path: str) -> str:
    """A path as a relative URI: no part of it can be taken for a scheme, a query or a fragment."""
    return quote(_bytes(path), safe="/~")


def _bytes(text: str) -> bytes:
    """The bytes of a file's name, also where they are no text; a surrogate that stands for no byte becomes "?"."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")
