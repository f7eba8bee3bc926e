"""The grammars: each is one optional wheel, imported when the first file of its language is met.

What is taken from a syntax tree is declared beside this file, per language, in tree-sitter's own query language:

    @function @class @variable   the extent of a definition
    @name                        its name; @declarator: a C declarator that contains it
    @scope                       a type that qualifies the name (the receiver of a Go method)
    @body                        what the name qualifies; by default the field "body" of the definition
    @prefix                      decorator or attribute that belongs to the definition after it
    @local                       body of a nameless function: variables in it are local
    @comment @docstring          text that is not code

When two patterns name the same word, the one written first decides.
"""

import threading
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from tree_sitter import Language, Parser, Query, QueryError

from auditor.symbols.languages import WHEELS


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
    def __init__(self) -> None:
        self.by_language: dict[str, Parser] = {}


_parsers = _Parsers()


def parser(language: str, grammar: Grammar) -> Parser:
    """This thread's parser of a language; a parser must not be shared between threads."""
    known = _parsers.by_language.get(language)
    if known is None:
        known = _parsers.by_language[language] = Parser(grammar.language)
    return known
