"""A source file as it is on disk: its lines, its definitions, and what stands at a position of compiled code."""

import ast
import importlib.util
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha1

_MOST_TEXT = 300  # characters of a line or an expression that are kept
# As compiled code calls what has no name of its own.
_NAMELESS: dict[type[ast.AST], str] = {
    ast.Lambda: "<lambda>",
    ast.GeneratorExp: "<genexpr>",
    ast.ListComp: "<listcomp>",
    ast.SetComp: "<setcomp>",
    ast.DictComp: "<dictcomp>",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, class, lambda or comprehension: `name` is qualified with dots, `line` that of its `def`."""

    name: str
    line: int
    end: int


class Source:
    """The content of one file. Lines are one-based; nothing here raises."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def blob(self) -> str:
        """The id of the content as a git object (`git hash-object`)."""
        return sha1(b"blob %d\0%b" % (len(self._content), self._content), usedforsecurity=False).hexdigest()

    @cached_property
    def lines(self) -> list[str]:
        """As Python counts lines. Empty where the content is no text in the encoding that it declares."""
        try:
            return importlib.util.decode_source(self._content).split("\n")
        except (SyntaxError, ValueError, LookupError):
            return []

    @cached_property
    def definitions(self) -> dict[tuple[str, int], Definition] | None:
        """By their own name and the line at which their code begins, decorators included; None: not parsed."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(self._content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return _definitions(tree)

    def shows(self, name: str, first: int, line: int) -> bool | None:
        """Whether code of this name that begins at `first` has this line here; None: it cannot be told."""
        if line > len(self.lines):
            return False
        if self.definitions is None:
            return None
        if name == "<module>":
            return True
        found = self.definitions.get((name, first))
        return found is not None and first <= line <= found.end

    def definition(self, name: str, first: int) -> Definition | None:
        """What is defined under this name of its own, by code that begins at this line."""
        return (self.definitions or {}).get((name, first))

    def line(self, number: int) -> str:
        """A line without indentation, perhaps cut; "" where there is none."""
        return _shortened(self.lines[number - 1]) if 0 < number <= len(self.lines) else ""

    def expression(self, positions: Sequence[object]) -> str:
        """What stands between a position's first and last line, first column and the column after the last.

        Columns count the bytes of UTF-8, as compiled code has them. On one line, perhaps cut; "" where there is none.
        """
        match positions:
            case [int(start), int(end), int(column), int(end_column)] if 0 < start <= end <= len(self.lines):
                lines = [line.encode("utf-8", "replace") for line in self.lines[start - 1 : end]]
                lines[-1] = lines[-1][:end_column]
                lines[0] = lines[0][column:]
                return _shortened(" ".join(line.decode("utf-8", "replace").strip() for line in lines))
        return ""


def _shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"


def _definitions(tree: ast.AST) -> dict[tuple[str, int], Definition]:
    found: dict[tuple[str, int], Definition] = {}
    rest: list[tuple[ast.AST, str]] = [(tree, "")]
    while rest:
        node, prefix = rest.pop()
        name, first = "", 0
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name, first = node.name, min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        elif isinstance(node, ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
            name, first = _NAMELESS[type(node)], node.lineno
        if name and isinstance(node, ast.stmt | ast.expr):
            qualified = prefix + name
            found.setdefault((name, first), Definition(qualified, node.lineno, node.end_lineno or node.lineno))
            prefix = f"{qualified}."
        rest += [(child, prefix) for child in ast.iter_child_nodes(node)]
    return found
