"""What a report says: places, names, frames, citations. Claims only, no facts."""

from dataclasses import dataclass
from typing import Literal

from auditor.model.permalink import Defect, Permalink

Format = Literal["markdown", "html", "rst", "text", "pdf"]
CitationKind = Literal["link", "frame", "path-line"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (inclusive) to `end` (exclusive) of a document's decoded text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a document: one-based lines and columns, inclusive.

    For a PDF, `page` is one-based and `rectangle` is (left, bottom, right, top) in
    points; line and column then count in the page's extracted text.
    """

    document: str
    line: int
    column: int
    end_line: int
    end_column: int
    page: int | None = None
    rectangle: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier that the report connects with a citation.

    `sure` names may accuse (raise `wrong-symbol`); the others may only confirm.
    `source` says where it came from: "link-text", "code-span", "prose", "heading", "frame".
    """

    text: str
    source: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a stack trace: `run_wsgi, serving.py:335`."""

    function: str
    file: str
    line: int
    place: Place


@dataclass(frozen=True, slots=True)
class Edits:
    """How a document changes when a citation is replaced: every other byte stays.

    The text of `targets` becomes the new URL (the link, and copies of it in the
    link's own text); the text of `removed` disappears (the other half of a split URL).
    """

    targets: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in a report that points at code.

    `url` is exactly what is written (None for a bare frame or path). `link` is what
    it means, once joined and unescaped; `defects` are the steps that took.
    `excerpt` is what a reader sees there, in one line, `stack` numbers the run of
    frames it belongs to, `printed` the URL a reader sees where it differs from the target.
    """

    kind: CitationKind
    place: Place
    url: str | None
    link: Permalink | None
    defects: tuple[Defect, ...] = ()
    names: tuple[Name, ...] = ()
    frame: Frame | None = None
    path: str | None = None
    start: int | None = None
    end: int | None = None
    excerpt: str = ""
    stack: int | None = None
    printed: str | None = None
    edits: Edits = Edits()


@dataclass(frozen=True, slots=True)
class Statement:
    """What a report says about the licence of somebody's code.

    kind "license": `written` is the name or expression alone ("BSD"); kind "quote": a condition as quoted.
    `repository` is the URL of the repository that it is about, None when that cannot be told;
    `explicit`: it stands in a row or field that is made for it ("License Type"), not in running prose.
    """

    kind: Literal["license", "quote"]
    place: Place
    written: str
    repository: str | None
    explicit: bool
    edits: Edits = Edits()


@dataclass(frozen=True, slots=True)
class Report:
    """A document that was read. `date` is what the document says of itself (ISO 8601), if anything."""

    document: str
    format: Format
    citations: tuple[Citation, ...]
    date: str | None = None
    troubles: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
