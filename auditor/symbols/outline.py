"""The definitions of a source file and the lines on which code stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tree_sitter import Node, QueryCursor, Tree

from auditor.model.symbol import Outline, Symbol, SymbolKind
from auditor.symbols.damage import damage
from auditor.symbols.declarators import declared
from auditor.symbols.grammars import DEFINING_MACROS, Grammar, grammar, parse
from auditor.symbols.languages import language_of
from auditor.symbols.lines import Text, line_ranges
from auditor.symbols.names import clean_name

MAX_BYTES = 4 * 1024 * 1024
BINARY_PROBE = 8000  # git calls a file binary when a NUL stands in its first 8,000 bytes
MAX_SYMBOLS = 50_000  # above any file written by hand; what is generated beyond it is not cited by name
MAX_EFFORT = 200_000_000  # steps a query may waste on malformed text: a quarter of a second
MAX_PENDING = 2_000  # half-matched patterns; deep nesting would otherwise take quadratic time
MAX_NAME = 300  # characters of a qualified name; deep nesting would otherwise take quadratic space

_KINDS: tuple[SymbolKind, ...] = ("function", "class", "variable")
# The C grammar reads `namespace n { }` as a function without complaint, so it needs a hint.
_CPP_HEADER = re.compile(rb"^[ \t]*(?:class|namespace|template|using|public:|private:|protected:)(?=[ \t<:\r\n])", re.M)


def outline_of(path: str, source: bytes) -> Outline | None:
    """The outline of a file's content; never raises, whatever the bytes.

    None when there is no grammar for its language, or when it is binary, larger than
    `MAX_BYTES`, or defines more than `MAX_SYMBOLS` names: then only its lines can be judged.
    """
    if len(source) > MAX_BYTES or b"\0" in source[:BINARY_PROBE]:
        return None
    first_line = source[:200].partition(b"\n")[0].decode("utf-8", "replace")
    language = language_of(path, first_line)
    if language is None:
        return None
    languages = _header_languages(source) if path.lower().endswith(".h") else (language,)
    trees = [parsed for name in languages if (parsed := _parse(name, source))]
    if not trees:
        return None
    return _outline(min(trees, key=lambda parsed: parsed.errors), source)


def _header_languages(source: bytes) -> tuple[str, ...]:
    """The languages of a `.h` file, the likelier first: it decides when both make the same sense of it."""
    return ("cpp", "c") if _CPP_HEADER.search(source) else ("c", "cpp")


@dataclass(frozen=True, slots=True)
class _Parsed:
    language: str
    grammar: Grammar
    tree: Tree
    errors: int


def _parse(language: str, source: bytes) -> _Parsed | None:
    known = grammar(language)
    tree = None if known is None else parse(language, known, source)
    if known is None or tree is None:
        return None
    errors, effort = damage(tree)
    return _Parsed(language, known, tree, errors) if effort <= MAX_EFFORT else None


def _outline(parsed: _Parsed, source: bytes) -> Outline | None:
    root = parsed.tree.root_node
    text = Text(source)
    definitions: dict[int, _Definition] = {}  # by where the name starts: one name, one definition
    prefixes: list[Node] = []
    regions: list[_Region] = []
    cursor = QueryCursor(parsed.grammar.query, match_limit=MAX_PENDING)
    matches = cursor.matches(root)
    for _, captures in sorted(matches, key=lambda match: match[0]):
        text.blank_comments(captures.get("comment", ()))
        text.blank_docstrings(captures.get("docstring", ()))
        prefixes += captures.get("prefix", ())
        regions += [_Region(node.start_byte, node.end_byte, None) for node in captures.get("local", ())]
        found = _definition(captures, source)
        if found is not None:
            definitions.setdefault(found.name.start_byte, found)
    if len(definitions) > MAX_SYMBOLS or cursor.did_exceed_match_limit:
        return None
    starts = text.prefixed(prefixes)
    symbols = tuple(_symbols(definitions.values(), regions, starts, text))
    return Outline(parsed.language, symbols, line_ranges(text.code), root.has_error)


@dataclass(frozen=True, slots=True, eq=False)
class _Definition:
    """What one match of a query says; `scope` is a type that qualifies the name from outside."""

    kind: SymbolKind
    extent: Node
    name: Node
    body: Node | None
    scope: Node | None


@dataclass(frozen=True, slots=True)
class _Region:
    """Bytes in which names are qualified by `owner`; without an owner they are local to a nameless function."""

    start: int
    end: int
    owner: _Definition | None


def _definition(captures: dict[str, list[Node]], source: bytes) -> _Definition | None:
    for macro in captures.get("macro", ()):
        if source[macro.start_byte : macro.end_byte] not in DEFINING_MACROS:
            return None
    for kind in _KINDS:
        if kind not in captures:
            continue
        extent = captures[kind][0]
        name, is_function = declared(captures["declarator"][0]) if "declarator" in captures else (None, False)
        name = name or captures["name"][0]
        body = captures["body"][0] if "body" in captures else extent.child_by_field_name("body")
        scope = captures["scope"][0] if "scope" in captures else None
        return _Definition("function" if is_function and kind == "variable" else kind, extent, name, body, scope)
    return None


@dataclass(frozen=True, slots=True)
class _Scope:
    end: int
    name: str
    is_local: bool


def _symbols(
    definitions: Iterable[_Definition], regions: list[_Region], starts: dict[int, int], text: Text
) -> Iterable[Symbol]:
    """Walk definitions and the regions they open from first byte to last, with a stack of open regions."""
    regions = regions + [_Region(d.body.start_byte, d.body.end_byte, d) for d in definitions if d.body is not None]
    # Where both start on one byte the region comes first; a nameless region goes around the named one.
    events: list[tuple[tuple[int, int, int, int], _Region | _Definition]] = [
        ((region.start, 0, -region.end, region.owner is not None), region) for region in regions
    ]
    events += [((d.extent.start_byte, 1, -d.extent.end_byte, d.name.start_byte), d) for d in definitions]
    names: dict[_Definition, str] = {}
    stack = [_Scope(len(text.source), "", False)]
    for (position, *_), event in sorted(events, key=lambda event: event[0]):
        while len(stack) > 1 and stack[-1].end <= position:
            stack.pop()
        around = stack[-1]
        if isinstance(event, _Region):
            stack.append(_opened(event, around, names))
            continue
        name = _qualified(event, around, text.source)
        if len(name) <= MAX_NAME and not (around.is_local and event.kind == "variable"):
            names[event] = name
            yield _symbol(event, name, starts, text)


def _opened(region: _Region, around: _Scope, names: dict[_Definition, str]) -> _Scope:
    owner = region.owner
    if owner is None:
        return _Scope(region.end, around.name, True)
    if owner not in names:  # itself no symbol, so it qualifies nothing
        return _Scope(region.end, around.name, around.is_local)
    return _Scope(region.end, names[owner], owner.kind == "function")


def _qualified(definition: _Definition, around: _Scope, source: bytes) -> str:
    nodes = [node for node in (definition.scope, definition.name) if node is not None]
    # A name longer than the bound is left out anyway; there is no need to clean all of it.
    parts = [source[node.start_byte : node.end_byte][: 2 * MAX_NAME].decode("utf-8", "replace") for node in nodes]
    return ".".join(filter(None, [around.name, *map(clean_name, parts)]))


def _symbol(definition: _Definition, name: str, starts: dict[int, int], text: Text) -> Symbol:
    extent, body = definition.extent, definition.body
    line = definition.name.start_point.row + 1
    start = text.line_of(starts[extent.start_byte]) if extent.start_byte in starts else extent.start_point.row + 1
    # Some nodes take the line break after them along.
    last_row = extent.end_point.row - (extent.end_point.column == 0 and extent.end_byte > extent.start_byte)
    end = max(text.last_filled(last_row + 1), line)
    return Symbol(name, definition.kind, start, end, line, min(body.start_point.row + 1, end) if body else end)
