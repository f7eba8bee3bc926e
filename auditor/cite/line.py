"""A line of Markdown that is read from its left end, in columns: a tab reaches to the next stop."""

import re

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")

_TAB_STOP = 4
_MOST_SPACES = 4  # behind the marker of an item; more of them are the indentation of code


class Line:
    """What is left of a line behind the marks that were taken from it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._column = 0  # up to which it was taken
        self._at = 0  # its next character that is no white space
        self._at_column = 0
        self._pass_space()

    @property
    def indent(self) -> int:
        """The columns of white space that come first."""
        return self._at_column - self._column

    def is_blank(self) -> bool:
        """Whether nothing but white space is left."""
        return self._at == len(self._text)

    def starts_with(self, sign: str) -> bool:
        """Whether the text behind the white space does."""
        return self._text.startswith(sign, self._at)

    def ends_behind(self, length: int) -> bool:
        """Whether only white space follows the next characters."""
        return not self._text[self._at + length :].strip(" \t")

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match of a pattern right behind the white space."""
        return pattern.match(self._text, self._at)

    def search(self, pattern: re.Pattern[str], behind: int = 0) -> re.Match[str] | None:
        """The first match of a pattern, at least so many characters behind the white space."""
        return pattern.search(self._text, self._at + behind)

    def skip(self, columns: int) -> None:
        """Take white space; there must be as much."""
        self._column += columns

    def take_quote(self) -> bool:
        """Take the mark of a quotation and one space behind it, if it is there."""
        if self.indent >= _TAB_STOP or not self.starts_with(">"):
            return False
        self._take(1)
        if self.indent:
            self.skip(1)
        return True

    def take_marker(self, length: int) -> int:
        """Take the marker of an item and the space behind it; the columns that the item's other lines are indented."""
        before = self._column
        self._take(length)
        spaces = 1 if self.is_blank() or self.indent > _MOST_SPACES else self.indent
        width = self._column - before + spaces
        if not self.is_blank():
            self.skip(spaces)
        return width

    def _take(self, length: int) -> None:
        self._at += length
        self._at_column += length
        self._column = self._at_column
        self._pass_space()

    def _pass_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in " \t":
            self._at_column += _TAB_STOP - self._at_column % _TAB_STOP if self._text[self._at] == "\t" else 1
            self._at += 1
