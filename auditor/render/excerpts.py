"""Lines of code as a reader sees them: cut to a bearable length, highlighted, each excerpt once in a document."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol

from markupsafe import Markup, escape

from auditor.model.audit import Judgement
from auditor.model.document import Excerpt
from auditor.model.resolution import Lines
from auditor.render.html import visible_text
from auditor.render.obligation_words import lines_words

_LONGEST_LINE = 400  # characters; more than that nobody reads in one line, and minified files have a million
_MOST_LINES = 200
_SHORT_COMMIT = 7  # digits, as GitHub shows it
# Names of `auditor.symbols` that Pygments calls otherwise.
_PYGMENTS_NAMES = {"csharp": "c#"}


class Lexer(Protocol):
    """What is asked of a lexer of Pygments; a kind of token is a tuple of names."""

    def get_tokens(self, text: str) -> Iterable[tuple[tuple[str, ...], str]]:
        """The text in pieces, each with its kind."""
        ...


@dataclass(frozen=True, slots=True)
class Figure:
    """An excerpt's place in a document: its number from 1, and whether it was shown before under that number."""

    excerpt: Excerpt
    number: int
    repeated: bool

    @property
    def rows(self) -> Iterator[tuple[int, bool, Markup]]:
        """Each line: its number, whether it is one of those that are meant, and its highlighted text."""
        meant = self.excerpt.marked
        highlighted = highlight_lines(shown_lines(self.excerpt), self.excerpt.language)
        for number, line in enumerate(highlighted, self.excerpt.first):
            yield number, meant is not None and meant.start <= number <= meant.end, line

    @property
    def left_out(self) -> int:
        """How many lines follow that are not shown."""
        return self.excerpt.left_out + max(0, len(self.excerpt.lines) - _MOST_LINES)


@dataclass(slots=True)
class Figures:
    """The excerpts of one document; the same lines under the same licence are shown only once."""

    _numbers: dict[Excerpt, int] = field(default_factory=dict)

    def add(self, excerpt: Excerpt) -> Figure:
        """The next figure, or the one that shows these lines already."""
        key = replace(excerpt, marked=None)
        number = self._numbers.get(key)
        if number is None:
            self._numbers[key] = number = len(self._numbers) + 1
            return Figure(excerpt, number, repeated=False)
        return Figure(excerpt, number, repeated=True)


def excerpt_of_judgement(judgement: Judgement) -> Excerpt | None:
    """The lines that a citation leads to; None where it leads to none."""
    place = judgement.resolution.place
    if place is None or place.lines is None or not place.excerpt:
        return None
    missing = place.lines.end - place.lines.start + 1 - len(place.excerpt)
    return Excerpt(
        judgement.resolution.repository or "", place.commit, place.path, judgement.permalink or "", place.lines.start,
        place.excerpt, None, place.language, missing,
    )  # fmt: skip


def source_of(excerpt: Excerpt) -> str:
    """Where an excerpt is from: `pallets/werkzeug@15fcb87 src/werkzeug/serving.py L237-L356`."""
    name = repository_name(excerpt.repository)
    return f"{name}@{excerpt.commit[:_SHORT_COMMIT]} {excerpt.path} {lines_words(lines_of(excerpt))}".rstrip()


def repository_name(repository: str) -> str:
    """What a reader calls a repository: `pallets/werkzeug` on GitHub, else its address without the scheme."""
    return repository.removeprefix("https://").removeprefix("github.com/")


def lines_of(excerpt: Excerpt) -> Lines | None:
    """All lines that an excerpt is about, those left out too; None for an empty file."""
    count = len(excerpt.lines) + excerpt.left_out
    return Lines(excerpt.first, excerpt.first + count - 1) if count and excerpt.first >= 1 else None


def shown_lines(excerpt: Excerpt) -> list[str]:
    """The lines that a document shows, each cut where it is too long to be read."""
    return [clip_line(line) for line in excerpt.lines[:_MOST_LINES]]


def clip_line(line: str) -> str:
    """The line, or its beginning and how much is missing."""
    if len(line) <= _LONGEST_LINE:
        return line
    return f"{line[:_LONGEST_LINE]}… ({len(line) - _LONGEST_LINE:,} more characters)"


def highlight_lines(lines: Iterable[str], language: str | None) -> list[Markup]:
    """Lines without line ends as HTML, escaped; `language` is a name that `auditor.symbols` or Pygments has."""
    clean = [visible_text(line.replace("\n", " ").replace("\r", " ")) for line in lines]
    lexer = _lexer(language or "")
    if lexer is None:
        return [escape(line) for line in clean]
    return list(_tokens_by_line(lexer, "\n".join(clean)))[: len(clean)]


def _tokens_by_line(lexer: Lexer, text: str) -> Iterator[Markup]:
    """The highlighted lines; neighbours of one kind share an element, and blanks go with what is before them."""
    classify = _classifier()
    row: list[tuple[str, str]] = []
    for kind, value in lexer.get_tokens(text):
        name = classify(kind)
        for index, piece in enumerate(value.split("\n")):
            if index:
                yield _joined(row)
                row = []
            if row and (row[-1][0] == name or piece.isspace()):
                row[-1] = (row[-1][0], row[-1][1] + piece)
            elif piece:
                row.append((name, piece))
    yield _joined(row)


def _joined(row: Iterable[tuple[str, str]]) -> Markup:
    parts = (f'<i class="{name}">{escape(text)}</i>' if name else str(escape(text)) for name, text in row)
    return Markup("".join(parts))


@cache
def _classifier() -> Callable[[tuple[str, ...]], str]:
    """From Pygments' kinds of tokens to the few classes of the style sheet."""
    from pygments.token import Comment, Keyword, Name, Number, Operator, String  # type: ignore[import-untyped]

    classes = (
        (Comment, "c"), (Keyword, "k"), (Operator.Word, "k"), (String, "s"), (Number, "n"), (Name.Function, "f"),
        (Name.Class, "f"), (Name.Decorator, "d"), (Name.Builtin, "b"), (Name.Exception, "b"), (Name.Tag, "k"),
    )  # fmt: skip

    @cache
    def classify(kind: tuple[str, ...]) -> str:
        return next((name for family, name in classes if kind in family), "")

    return classify


@cache
def _known_names() -> frozenset[str]:
    """Pygments' own languages. Those of plug-ins are left out: what is installed must not change a document."""
    from pygments.lexers import get_all_lexers  # type: ignore[import-untyped]

    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@cache
def _lexer(language: str) -> Lexer | None:
    name = _PYGMENTS_NAMES.get(language, language).lower()
    if name not in _known_names():
        return None
    from pygments.lexers import get_lexer_by_name

    # An excerpt begins and ends with any line, perhaps an empty one, and one of PHP need not begin with its tag.
    lexer: Lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False, startinline=True)
    return lexer
