"""Places of somebody's code that an author names by what stands there, and what they were resolved to.

`[[werkzeug:src/werkzeug/serving.py::WSGIRequestHandler.run_wsgi]]` is such a reference; docs/references.md has the
grammar. `Pin` is where its dependency is read, `CitedPlace` what it stands for, `Unresolved` why it stands for nothing.
"""

from dataclasses import dataclass
from typing import Literal

from auditor.model.checkout import Blobs, Trees
from auditor.model.permalink import Permalink
from auditor.model.report import Place, Span
from auditor.model.resolution import Lines
from auditor.model.symbol import Symbol

Sort = Literal["malformed", "unknown", "ambiguous", "unlooked"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and which of several it is, counted from 1 at the top; None: there must be only one."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class WrittenLines:
    """`L10-L12`: line numbers as written, one-based and inclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotedLines:
    """`"first"`, `"first".."last"`: the line that holds a text, perhaps up to the next one that holds another."""

    first: Wanted
    last: Wanted | None = None


@dataclass(frozen=True, slots=True)
class CalledLine:
    """`call:execute`: the line on which a function is called."""

    function: Wanted


Spot = WrittenLines | QuotedLines | CalledLine


@dataclass(frozen=True, slots=True)
class CodeReference:
    """A reference as written in a document.

    `written` is its text with all brackets, at `place`, which are the characters `span`. `path` is a path of the
    dependency or the end of one; `name` a definition or a clause in the file, None for all of it; `spot` narrows it
    to some of its lines. `embed`: the lines themselves are shown too. `label` is what a reader sees of the link.
    """

    written: str
    place: Place
    span: Span
    dependency: str
    path: str
    name: Wanted | None = None
    spot: Spot | None = None
    label: str | None = None
    embed: bool = False


@dataclass(frozen=True, slots=True)
class MalformedReference:
    """Text that was meant as a reference; `problem` says what is wrong with its form, `hint` what to write instead."""

    written: str
    place: Place
    span: Span
    problem: str
    hint: str


AnyReference = CodeReference | MalformedReference


@dataclass(frozen=True, slots=True)
class Pin:
    """A dependency's repository (its URL) at a full commit id.

    `license` is the SPDX expression under which excerpts are quoted, None when it is not known.
    """

    repository: str
    commit: str
    trees: Trees
    blobs: Blobs
    license: str | None = None


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """What a reference stands for: a file at the pin, or lines of it.

    `link` is the place and `permalink` its URL; `blob` the file's git object id. `symbol` is the definition that was
    named, `clause` the condition. `excerpt` holds the first of the lines without line ends, in as many characters as
    a reader wants to see; `left_out` counts the lines behind it. `language` names the grammar, if one knows the file.
    """

    reference: CodeReference
    link: Permalink
    permalink: str
    blob: str
    license: str | None = None
    lines: Lines | None = None
    symbol: Symbol | None = None
    clause: str | None = None
    language: str | None = None
    excerpt: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a reference may mean: how to write that, what stands there, and where.

    `url` and `path` are "" where nothing could be linked (the name of another dependency).
    """

    written: str
    shows: str
    path: str = ""
    lines: Lines | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference without a place.

    `sort` "unlooked": it could not be looked at, so nothing is known of it. `detail` is one sentence without its stop,
    `remedy` what to do, `choices` what may be meant, the likeliest first; `certain`: the only choice is beyond doubt.
    """

    reference: AnyReference
    sort: Sort
    detail: str
    remedy: str
    choices: tuple[Choice, ...] = ()
    certain: bool = False


Outcome = CitedPlace | Unresolved
