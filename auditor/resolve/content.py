"""What a blob holds: its lines, and which definitions enclose them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from auditor.errors import FetchError
from auditor.model import Anchor, Lines, Located, Missing, Outline
from auditor.model.checkout import Blobs
from auditor.symbols import Definitions

EXCERPT_LINES = 12

# A large-file pointer stands in the repository for bytes that are elsewhere (git-lfs specification, version 1).
_LFS = b"version https://git-lfs.github.com/spec/"
_BINARY_SAMPLE = 8000  # what git itself looks at to call a file binary

# Closing brackets alone say as little as a blank line.
_SAYS = re.compile(r"[^\s()\[\]{};,]")

OutlineOf = Callable[[str, str, bytes], Outline | None]


@dataclass(frozen=True)  # without slots, which would leave no room for what is cached
class FileText:
    """A text file: its lines without their ends, its bytes' outline, or why there are none.

    `content` is "text" or the reason that lines cannot be judged (see `Located`).
    """

    path: str
    blob: str
    content: str
    lines: tuple[str, ...] = ()
    outline: Outline | None = None
    _found: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def definitions(self) -> Definitions | None:
        """The outline, ready for questions; None without one."""
        return Definitions(self.outline) if self.outline else None

    def holds(self, word: str) -> bool:
        """Whether the word stands anywhere in the file. The answer is kept: a report names few words often."""
        if word not in self._found:
            pattern = word_pattern(word)
            self._found[word] = any(word in line and pattern.search(line) for line in self.lines)
        return self._found[word]


def load_file(path: str, blob: str, blobs: Blobs, outline_of: OutlineOf) -> FileText:
    """Read a blob as text and outline it. Raises FetchError for anything but a blob too large."""
    try:
        data = blobs.read(blob)
    except FetchError as error:
        if error.reason != "too-large":
            raise
        return FileText(path, blob, "too-large")
    if data.startswith(_LFS):
        return FileText(path, blob, "lfs-pointer")
    if b"\0" in data[:_BINARY_SAMPLE]:
        return FileText(path, blob, "binary")
    lines = data.decode("utf-8", "replace").split("\n")
    if lines[-1] == "":
        lines.pop()
    if b"\r" in data:
        lines = [line.rstrip("\r") for line in lines]
    return FileText(path, blob, "text", tuple(lines), outline_of(blob, path, data))


def locate_lines(file: FileText, commit: str, anchor: Anchor | None) -> Located | Missing:
    """Hold the cited lines against the file. An inverted range is read the right way round."""
    language = file.outline.language if file.outline else None
    count = len(file.lines) if file.content == "text" else None
    if anchor is None or count is None:
        return Located(commit, file.path, file.content, file.blob, count, language=language)
    first, last = sorted((anchor.start, anchor.last))
    if first < 1 or last > count:
        return Missing("lines", _beyond(file.path, first, last, count), line_count=count, commit=commit)
    cited = file.lines[first - 1 : last]
    return Located(
        commit,
        file.path,
        file.content,
        file.blob,
        count,
        Lines(first, last),
        cited[:EXCERPT_LINES],
        language,
        file.definitions.enclosing(first, last) if file.definitions else None,
        blank=not any(_SAYS.search(line) for line in cited),
    )


def _beyond(path: str, first: int, last: int, count: int) -> str:
    cited = f"line {first}" if first == last else f"lines {first}-{last}"
    return f"{path} has {count:,} line{'' if count == 1 else 's'}, {cited} {'is' if first == last else 'are'} cited"


@lru_cache(maxsize=1024)
def word_pattern(name: str) -> re.Pattern[str]:
    """Matches `name` as a whole word of code."""
    return re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
