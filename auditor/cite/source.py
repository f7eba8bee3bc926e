"""A cited file: its text by lines, its definitions, the conditions of its licence."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from auditor.decode import decode_text
from auditor.errors import DocumentError, FetchError
from auditor.licenses.find import license_paths
from auditor.model import Clause, Lines, Outline, Symbol
from auditor.model.checkout import Blobs, Entry
from auditor.symbols import Definitions

OutlineOf = Callable[[str, str, bytes], Outline | None]  # blob id, path, content

# A large-file pointer stands in the repository for bytes that are elsewhere (git-lfs specification, version 1).
_LFS = b"version https://git-lfs.github.com/spec/"


_MOST_GUESSES = 100  # each looks at every definition of the file


class Unreadable(Exception):
    """What a file holds cannot be told; the text says why."""


@dataclass(frozen=True)  # without slots, which would leave no room for what is cached
class SourceFile:
    """A text file. Lines are one-based and end at a line feed, as git and tree-sitter count them."""

    path: str
    blob: str
    text: str
    outline: Outline | None
    _similar: dict[str, tuple[Symbol, ...]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def definitions(self) -> Definitions | None:
        """The outline, ready for questions; None for a language that no grammar here knows."""
        return Definitions(self.outline) if self.outline else None

    @cached_property
    def clauses(self) -> tuple[tuple[Clause, ...], ...]:
        """The conditions of each licence text in the file. Raises Unreadable for a file too long."""
        from auditor.licenses.identify import identify

        try:
            return tuple(match.clauses for match in identify(self.text).matches)
        except DocumentError as error:
            raise Unreadable(f"{self.path}: {error}") from error

    @property
    def is_license(self) -> bool:
        """Whether the file is one that states a licence, by its name."""
        return bool(license_paths([self.path]))

    @property
    def whole(self) -> Lines | None:
        """All its lines; None for an empty file."""
        return Lines(1, self.line_count) if self.text else None

    @property
    def line_count(self) -> int:
        """How many lines it has; what follows the last line feed counts if it is not empty."""
        return len(self._starts) - (not self.text or self.text.endswith("\n"))

    def line(self, number: int) -> str:
        """A line without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].removesuffix("\n")

    def lines_with(self, words: str, within: Lines) -> Iterator[int]:
        """The lines that hold the words, each once."""
        at = self._starts[within.start - 1]
        while (at := self.text.find(words, at, self._end(within.end))) >= 0:
            line = self.line_of(at)
            yield line
            if line >= len(self._starts):
                return
            at = self._starts[line]

    def similar(self, name: str) -> tuple[Symbol, ...]:
        """Definitions of nearly this name; of more names than anybody misspells in one file, none."""
        if name not in self._similar and self.definitions is not None:
            guess = len(self._similar) < _MOST_GUESSES
            self._similar[name] = self.definitions.similar(name) if guess else ()
        return self._similar.get(name, ())

    def line_of(self, offset: int) -> int:
        """The line on which a character stands."""
        return bisect_right(self._starts, offset)

    def is_code(self, line: int) -> bool:
        """Whether code stands on the line, as far as the outline tells; without one every line may hold some."""
        if self.outline is None:
            return True
        at = bisect_right(self.outline.code, line, key=lambda lines: lines[0]) - 1
        return at >= 0 and line <= self.outline.code[at][1]

    def _end(self, line: int) -> int:
        """The offset behind a line."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], 0
        while (at := self.text.find("\n", at) + 1) > 0:
            starts.append(at)
        return starts


def load_source(entry: Entry, blobs: Blobs, outline_of: OutlineOf) -> SourceFile:
    """Read a file of a commit. Raises Unreadable for one that is no text, is too large or cannot be had."""
    try:
        data = blobs.read(entry.id)
    except FetchError as error:
        raise Unreadable(f"{entry.path}: {error}") from error
    if data.startswith(_LFS):
        raise Unreadable(f"{entry.path}: its content is kept outside of the repository (Git LFS)")
    try:
        text = decode_text(data, entry.path).text
    except DocumentError:
        raise Unreadable(f"{entry.path} is binary data, or in an encoding that could not be told") from None
    return SourceFile(entry.path, entry.id, text.replace("\r\n", "\n"), outline_of(entry.id, entry.path, data))
