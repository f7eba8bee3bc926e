"""Which definition encloses a line, where a name is defined, and on which lines code stands.

Pure: source text in, values out. tree-sitter and its grammars are imported with the first file
that is outlined, so that importing this package costs nothing.
"""

from auditor.model.symbol import Outline
from auditor.symbols.cache import dump_outline, load_outline, signature
from auditor.symbols.languages import language_of
from auditor.symbols.lookup import Definitions, enclosing, enclosing_chain, find, similar_names
from auditor.symbols.names import alike, clean_name, fold

__all__ = [
    "Definitions",
    "alike",
    "clean_name",
    "dump_outline",
    "enclosing",
    "enclosing_chain",
    "find",
    "fold",
    "language_of",
    "load_outline",
    "outline_source",
    "signature",
    "similar_names",
]


def outline_source(path: str, source: bytes) -> Outline | None:
    """The outline of a file's content; never raises, whatever the bytes.

    None when it is binary or very large, or when no grammar of its language is installed:
    then only its lines can be judged.
    """
    try:
        from auditor.symbols.outline import outline_of
    except ImportError:  # tree-sitter itself is optional
        return None
    return outline_of(path, source)
