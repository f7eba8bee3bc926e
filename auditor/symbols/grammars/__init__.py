"""The grammars: each is one optional wheel, imported when the first file of its language is met.

What is taken from a syntax tree is declared beside this file, per language, in tree-sitter's own query language:

    @function @class @variable   the extent of a definition
    @name                        its name; @declarator: a C declarator that contains it
    @scope                       a type that qualifies the name (the receiver of a Go method)
    @body                        what the name qualifies; by default the field "body" of the definition
    @prefix                      decorator or attribute that belongs to the definition after it
    @local                       body of a nameless function: variables in it are local
    @macro                       a call that defines the name if it is one of `DEFINING_MACROS`
    @comment @docstring          text that is not code

When two patterns name the same word, the one written first decides. The queries contain no text
predicates: py-tree-sitter has crashed on them (tree-sitter/py-tree-sitter#308).
"""

import threading
import time
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from tree_sitter import Language, Parser, Query, QueryError, Tree

from auditor.symbols.languages import WHEELS

# Ruby's ways to define a method by calling one.
DEFINING_MACROS = frozenset(
    {b"attr_accessor", b"attr_reader", b"attr_writer", b"define_method", b"define_singleton_method"}
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language that can be parsed here, and what to take from its trees."""

    language: Language
    query: Query


@cache
def grammar(language: str) -> Grammar | None:
    """The grammar of a language in `WHEELS`; None when its wheel is missing or does not fit the queries."""
    module, function, queries = WHEELS[language]
    try:
        loaded = _language(getattr(import_module(module), function)())
        return Grammar(loaded, Query(loaded, "\n".join(_query_text(name) for name in queries)))
    except (ImportError, AttributeError, ValueError, QueryError):
        return None


_warnings_filter = threading.Lock()


def _language(pointer: object) -> Language:
    # The Solidity wheel still hands over a bare pointer, about which tree-sitter warns each time.
    with _warnings_filter, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return Language(pointer)


def _query_text(name: str) -> str:
    return files(__package__).joinpath(f"{name}.scm").read_text(encoding="utf-8")


class _Parsers(threading.local):
    """This thread's parsers: a parser must not be shared between threads."""

    def __init__(self) -> None:
        self.by_language: dict[str, Parser] = {}


_parsers = _Parsers()
_CHUNK = 64 * 1024  # bytes handed to the parser at a time
_SECONDS = 0.5
_SECONDS_PER_BYTE = 4 / 2**20  # ten times what the slowest grammar was seen to take for ordinary code


def parse(language: str, known: Grammar, source: bytes) -> Tree | None:
    """The syntax tree of a text; None when it is so malformed that parsing it takes out of all proportion.

    Recovery from errors takes quadratic time on some texts (a hundred thousand quotes in Scala),
    so the processor time of this thread is bounded; ordinary code stays far below the bound.
    """
    parser = _parsers.by_language.get(language)
    if parser is None:
        parser = _parsers.by_language[language] = Parser(known.language)
    deadline = time.thread_time() + _SECONDS + _SECONDS_PER_BYTE * len(source)
    parser.reset()  # it would otherwise resume a text it was stopped in
    try:
        return parser.parse(
            lambda offset, _: source[offset : offset + _CHUNK],
            progress_callback=lambda _offset, _has_error: time.thread_time() > deadline,
        )
    except ValueError:  # how tree-sitter reports that it was stopped
        return None
