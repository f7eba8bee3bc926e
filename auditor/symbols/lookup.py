"""Questions to an outline: what stands around a line, where a name is defined, what is called almost so."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate

from auditor.model.symbol import Outline, Symbol
from auditor.symbols.names import clean_name, difference, fold


class Definitions:
    """The definitions of a file, ordered for many questions; each order is made with the first that needs it."""

    def __init__(self, outline: Outline) -> None:
        self._symbols = outline.symbols

    def enclosing(self, start: int, end: int) -> Symbol | None:
        """The innermost function or class that contains both lines; None at the top level."""
        chain = self.enclosing_chain(start, end)
        return chain[-1] if chain else None

    def enclosing_chain(self, start: int, end: int) -> tuple[Symbol, ...]:
        """The functions and classes that contain both lines, outermost first."""
        first, last = min(start, end), max(start, end)
        # Before the first scope that reaches so far none does, and from the last one on all begin too late.
        near = self._scopes[bisect_left(self._reach, last) : bisect_right(self._scopes, first, key=_start)]
        around = [scope for scope in near if scope.end >= last]
        return tuple(sorted(around, key=lambda symbol: (symbol.start, -symbol.end)))

    def find(self, name: str) -> tuple[Symbol, ...]:
        """The definitions of a name, in order of appearance.

        `name` is cleaned first, so `Foo::bar()`, `Foo#bar` and `self.bar` are understood. It may be
        qualified as far as the asker knows: `bar` and `Foo.bar` both find `module.Foo.bar`.
        """
        wanted = clean_name(name)
        if not wanted:
            return ()
        # PHP writes a property `$p` where it is declared and `p` where it is used.
        names = (wanted, wanted.replace("$", "")) if "$" in wanted else (wanted,)
        leaves = {spelling.rpartition(".")[2] for spelling in names}
        near = sorted(place for leaf in leaves for place in self._by_leaf.get(leaf, ()))
        suffixes = tuple("." + spelling for spelling in names)
        return tuple(s for _, s in near if s.name in names or s.name.endswith(suffixes))

    def similar(self, name: str, limit: int = 3) -> tuple[Symbol, ...]:
        """At most `limit` definitions whose name is `alike`, nearest first, each qualified name once.

        Of equally near ones functions and classes come before variables, then the first in the file.
        """
        wanted = fold(name)
        near: dict[str, tuple[int, bool, int]] = {}
        by_name: dict[str, Symbol] = {}
        for position, symbol in enumerate(self._symbols):
            distance = difference(wanted, fold(symbol.leaf))
            if distance is not None and symbol.name not in by_name:
                by_name[symbol.name] = symbol
                near[symbol.name] = (distance, symbol.kind == "variable", position)
        return tuple(by_name[found] for found in sorted(near, key=near.__getitem__)[:limit])

    @cached_property
    def _scopes(self) -> list[Symbol]:
        """Functions and classes by their first line."""
        return sorted((symbol for symbol in self._symbols if symbol.kind != "variable"), key=_start)

    @cached_property
    def _reach(self) -> list[int]:
        """For each scope the last line that it or one before it contains."""
        return list(accumulate((scope.end for scope in self._scopes), max))

    @cached_property
    def _by_leaf(self) -> dict[str, list[tuple[int, Symbol]]]:
        """Positions and symbols by the last part of their names."""
        places: dict[str, list[tuple[int, Symbol]]] = {}
        for place in enumerate(self._symbols):
            places.setdefault(place[1].leaf, []).append(place)
        return places


def _start(symbol: Symbol) -> int:
    return symbol.start


def enclosing(outline: Outline, start: int, end: int) -> Symbol | None:
    """`Definitions.enclosing`, for a single question."""
    return Definitions(outline).enclosing(start, end)


def enclosing_chain(outline: Outline, start: int, end: int) -> tuple[Symbol, ...]:
    """`Definitions.enclosing_chain`, for a single question."""
    return Definitions(outline).enclosing_chain(start, end)


def find(outline: Outline, name: str) -> tuple[Symbol, ...]:
    """`Definitions.find`, for a single question."""
    return Definitions(outline).find(name)


def similar_names(outline: Outline, name: str, limit: int = 3) -> tuple[Symbol, ...]:
    """`Definitions.similar`, for a single question."""
    return Definitions(outline).similar(name, limit)
