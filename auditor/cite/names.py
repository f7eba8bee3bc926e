"""Definitions and clauses by the names that an author gives them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from auditor.cite.found import BY_TEXT, MOST_CHOICES, Found, Meant, NotFound, chosen, line_list
from auditor.cite.grammar import rewritten
from auditor.cite.source import SourceFile
from auditor.model import Clause, Lines, Symbol
from auditor.model.reference import CodeReference, Wanted
from auditor.symbols import clean_name, fold

Defining = Callable[[str], Iterable[tuple[str, Symbol]]]


def find_name(reference: CodeReference, name: Wanted, file: SourceFile, defining: Defining) -> Found:
    """The definition, or in a file of a licence the clause, of this name.

    `defining` gives the definitions of a name in other files, by path. Raises NotFound, and Unreadable for a licence
    too long to be read.
    """
    if file.definitions is not None:
        return _find_symbol(reference, name, file, defining)
    if file.is_license or any(file.clauses):
        return _find_clause(reference, name, file)
    detail = f"names cannot be looked up in {file.path}: its language is not known here"
    raise NotFound("unlooked", detail, BY_TEXT)


def _find_symbol(reference: CodeReference, name: Wanted, file: SourceFile, defining: Defining) -> Found:
    """The definition of this full name, else the one whose full name ends so."""
    assert file.definitions is not None
    ending = file.definitions.find(name.text)
    wanted = clean_name(name.text)
    symbols = [symbol for symbol in ending if symbol.name == wanted] or list(ending)
    if symbol := chosen(symbols, name.number):
        return Found(Lines(symbol.start, symbol.end), symbol)
    if symbols:
        raise _several(reference, name, file, symbols)
    broken = ", parts of which could not be parsed," if file.outline and file.outline.broken else ""
    similar = (_renamed(reference, symbol, file, name) for symbol in file.similar(name.text))
    elsewhere = (
        _moved(reference, path, symbol) for path, symbol in defining(wanted.rpartition(".")[2]) if path != file.path
    )
    remedy = "name a definition of the file, or the file that defines it"
    raise NotFound("unknown", f"{file.path}{broken} defines no {name.text}", remedy, chain(similar, elsewhere))


def _several(reference: CodeReference, name: Wanted, file: SourceFile, symbols: Sequence[Symbol]) -> NotFound:
    meant = [_renamed(reference, symbol, file, name) for symbol in symbols[:MOST_CHOICES]]
    times = f"{len(symbols)} times" if len(symbols) > 1 else "once"
    if name.number is not None:
        detail = f"{file.path} defines {name.text} only {times}"
        return NotFound("unknown", detail, "the definitions count from #1 at the top", meant)
    detail = f"{file.path} defines {name.text} {times}, on {line_list([symbol.line for symbol in symbols])}"
    return NotFound("ambiguous", detail, "write the full name, or #1, #2, … behind it, from the top", meant)


def _renamed(reference: CodeReference, symbol: Symbol, file: SourceFile, name: Wanted) -> Meant:
    """The reference to another definition of the same file, by a name that only this one has."""
    assert file.definitions is not None
    alike = [other for other in file.definitions.find(symbol.name) if other.name == symbol.name]
    number = alike.index(symbol) + 1 if len(alike) > 1 else None
    changed = rewritten(reference, target=(Wanted(symbol.name, number), reference.spot))
    sure = number is None and fold(symbol.leaf) == fold(name.text)
    return Meant(changed, symbol.name, file.path, Lines(symbol.start, symbol.end), sure)


def _moved(reference: CodeReference, path: str, symbol: Symbol) -> Meant:
    """The reference to a definition in another file."""
    changed = rewritten(reference, path=path, target=(Wanted(symbol.name), reference.spot))
    return Meant(changed, symbol.name, path, Lines(symbol.start, symbol.end))


def _find_clause(reference: CodeReference, name: Wanted, file: SourceFile) -> Found:
    """The condition that a reader would call so."""
    known = [named for clauses in file.clauses for named in _by_name(clauses)]
    if not known:
        detail = f"the conditions of {file.path} are not known here, so {name.text} cannot be looked up"
        raise NotFound("unlooked", detail, BY_TEXT)
    matching = [named for named in known if _folded(named[0]) == _folded(name.text)]
    if clause := chosen(matching, name.number):
        return Found(clause[1], clause=clause[0])
    meant = [
        Meant(rewritten(reference, target=(Wanted(text, number), reference.spot)), text, file.path, lines)
        for text, lines, number in _with_numbers(matching or known)
    ]
    if matching and name.number is None:
        detail = f"{file.path} has {len(matching)} conditions that are called {name.text}"
        raise NotFound("ambiguous", detail, "write #1, #2, … behind the name, from the top", meant)
    count = f"only {len(matching)} of the" if matching else "no"
    detail = f"{file.path} has {count} conditions that are called {name.text}"
    raise NotFound(
        "unknown", detail, f"its conditions are {', '.join(dict.fromkeys(text for text, _ in known))}", meant
    )


def _by_name(clauses: Iterable[Clause]) -> Iterator[tuple[str, Lines]]:
    """The names of a licence's conditions in order, each with the lines of all that is asked under it."""
    named: dict[str, list[Lines]] = {}
    for clause in clauses:
        named.setdefault(clause.name, []).append(clause.lines)
    for name, parts in named.items():
        yield name, Lines(min(part.start for part in parts), max(part.end for part in parts))


def _with_numbers(named: Sequence[tuple[str, Lines]]) -> Iterator[tuple[str, Lines, int | None]]:
    """Each with its number among those of its name, None where there is no other."""
    names = [name for name, _ in named]
    seen: dict[str, int] = {}
    for name, lines in named[:MOST_CHOICES]:
        seen[name] = seen.get(name, 0) + 1
        yield name, lines, seen[name] if names.count(name) > 1 else None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
