"""Outlines as bytes for a cache on disk.

Columns of one JSON list load several times faster than a record per symbol,
and unlike pickled or marshalled data they can be read from an untrusted place.
"""

import json
from functools import cache

from auditor.model.symbol import Outline, Symbol, SymbolKind
from auditor.symbols.languages import WHEELS

_KINDS: dict[str, SymbolKind] = {"f": "function", "c": "class", "v": "variable"}


def dump_outline(outline: Outline) -> bytes:
    """An outline as compact JSON; the same outline gives the same bytes."""
    symbols = outline.symbols
    columns = [
        outline.language,
        outline.broken,
        [s.name for s in symbols],
        "".join(s.kind[0] for s in symbols),
        [s.start for s in symbols],
        [s.end for s in symbols],
        [s.line for s in symbols],
        [s.body for s in symbols],
        [line for lines in outline.code for line in lines],
    ]
    return json.dumps(columns, separators=(",", ":"), ensure_ascii=False).encode()


def load_outline(data: bytes) -> Outline:
    """The outline that `dump_outline` wrote.

    Raises ValueError when the bytes are something else, such as a damaged file.
    """
    try:
        language, broken, names, letters, starts, ends, lines, bodies, code = json.loads(data)
        kinds = [_KINDS[letter] for letter in letters]
        if not len(names) == len(kinds) == len(starts) == len(ends) == len(lines) == len(bodies):
            raise ValueError("columns differ in length")
        symbols = tuple(map(Symbol, names, kinds, starts, ends, lines, bodies))
        return Outline(language, symbols, tuple(zip(code[::2], code[1::2], strict=True)), broken)
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("not an outline") from error


@cache
def signature() -> str:
    """What an outline depends on besides its source: a cache drops its entries when this changes.

    Names the release of tree-sitter and of every grammar, and a digest of this package itself.
    """
    modules = sorted({"tree_sitter", *(module for module, _, _ in WHEELS.values())})
    return " ".join([f"outline={_own_digest()}", *(f"{module}={_release(module)}" for module in modules)])


def _release(module: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # takes longer to import than all the rest here

    try:
        return version(module.replace("_", "-"))
    except PackageNotFoundError:
        return "none"


def _own_digest() -> str:
    import hashlib
    from importlib.resources import files

    package = files(__package__)
    sources = [*package.iterdir(), *package.joinpath("grammars").iterdir()]
    digest = hashlib.sha256()
    for source in sorted(sources, key=lambda file: file.name):
        if source.name.endswith((".py", ".scm")):
            digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]
