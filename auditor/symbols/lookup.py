"""Questions to an outline: what stands around a line, where a name is defined, what is called almost so."""

from auditor.model.symbol import Outline, Symbol
from auditor.symbols.names import clean_name, difference, fold


def enclosing(outline: Outline, start: int, end: int) -> Symbol | None:
    """The innermost function or class that contains both lines; None at the top level."""
    chain = enclosing_chain(outline, start, end)
    return chain[-1] if chain else None


def enclosing_chain(outline: Outline, start: int, end: int) -> tuple[Symbol, ...]:
    """The functions and classes that contain both lines, outermost first."""
    first, last = min(start, end), max(start, end)
    around = [s for s in outline.symbols if s.start <= first and last <= s.end and s.kind != "variable"]
    return tuple(sorted(around, key=lambda symbol: (symbol.start, -symbol.end)))


def find(outline: Outline, name: str) -> tuple[Symbol, ...]:
    """The definitions of a name, in order of appearance.

    `name` is cleaned first, so `Foo::bar()`, `Foo#bar` and `self.bar` are understood. It may be
    qualified as far as the asker knows: `bar` and `Foo.bar` both find `module.Foo.bar`.
    """
    wanted = clean_name(name)
    if not wanted:
        return ()
    # PHP writes a property `$p` where it is declared and `p` where it is used.
    names = (wanted, wanted.replace("$", ""))
    suffixes = tuple("." + spelling for spelling in names)
    # Both spellings end alike; the plain comparison tells nearly all symbols of a large file apart.
    ending = wanted.rpartition("$")[2]
    near = [s for s in outline.symbols if ending in s.name]
    return tuple(s for s in near if s.name in names or s.name.endswith(suffixes))


def similar_names(outline: Outline, name: str, limit: int = 3) -> tuple[Symbol, ...]:
    """At most `limit` definitions whose name is `alike`, nearest first, each qualified name once.

    Of equally near ones functions and classes come before variables, then the first in the file.
    """
    wanted = fold(name)
    near: dict[str, tuple[int, bool, int]] = {}
    by_name: dict[str, Symbol] = {}
    for position, symbol in enumerate(outline.symbols):
        distance = difference(wanted, fold(symbol.leaf))
        if distance is not None and symbol.name not in by_name:
            by_name[symbol.name] = symbol
            near[symbol.name] = (distance, symbol.kind == "variable", position)
    return tuple(by_name[found] for found in sorted(near, key=near.__getitem__)[:limit])
