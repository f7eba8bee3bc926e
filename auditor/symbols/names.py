"""Names of definitions as people write them, and how alike two names are."""

import re
from functools import lru_cache

from auditor.spelling import edit_distance

# Words that introduce a name in some language; they are dropped when a name follows.
_INTRODUCERS = frozenset(
    {"abstract", "async", "class", "const", "contract", "def", "default", "dyn", "enum", "export", "extern", "final"}
    | {"fn", "fun", "func", "function", "impl", "inline", "interface", "let", "library", "mod", "module", "mut"}
    | {"namespace", "override", "private", "protected", "pub", "public", "static", "struct", "trait", "unsafe"}
    | {"val", "var", "virtual"}
)
# Receivers and links of a prototype chain say nothing about what is named.
_RECEIVERS = frozenset({"self", "cls", "this", "super", "Self", "$this", "parent"})
_SAYING_NOTHING = _RECEIVERS | {"prototype"}
_SEPARATORS = re.compile(r"(?:->|::|\?\.|[.#\\]|(?<=\w):(?=\w))+")
_BRACKET = re.compile(r"[()\[\]{}<>]")
_OPERATOR = re.compile(r"\boperator\s*(?:\(\)|\[\]|[^\w\s(.]+|\s[\w:]+)")
_EDGES = " \t\r\n`'\"*&@,;:."

SHORTEST_MISSPELT = 5  # letters; in shorter names two slips leave nothing to recognise
SHORTEST_PREFIX = 6  # letters that a cut-off name must still share
# Of the longer name. With 0.7 `process_request` would pass for `process_request_thread`, which is another method.
PREFIX_SHARE = 0.75
MOST_SLIPS = 2
LONGEST_NAME = 200  # characters; nobody misspells a longer name recognisably


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """The dotted name inside a piece of code or prose, without arguments, generics and introducing words.

    >>> clean_name("func (s *Server) Serve(w)"), clean_name("Foo<T>::bar()"), clean_name("self.x")
    ('Serve', 'Foo.bar', 'x')

    Several plain words stay as they are ("process request thread"). Text without
    any name in it (`<module>`, `[]`) is returned stripped of quotes.
    """
    words = text.split(".")
    if all(map(str.isidentifier, words)) and _SAYING_NOTHING.isdisjoint(words):
        return text  # as most names are
    # "\0" marks where arguments stood: the word before them is the name of a declaration.
    marked = _without_brackets(text.replace("->", "."))
    operator = _OPERATOR.search(text)
    if operator:
        owner = clean_name(text[: operator.start()])
        return f"{owner}.{operator[0]}" if owner else operator[0]
    parts = [part for part in _SEPARATORS.split(_named_words(marked)) if part.strip(_EDGES)]
    while len(parts) > 1 and parts[0].strip(_EDGES) in _RECEIVERS:
        del parts[0]
    return ".".join(part.strip(_EDGES) for part in parts if part != "prototype") or text.strip("`'\" \t\r\n")


def _without_brackets(text: str) -> str:
    """The text with each bracketed group cut out; "\\0" stands for a group in parentheses."""
    kept, depth, end = [], 0, 0
    for bracket in _BRACKET.finditer(text):
        if bracket[0] in "([{<":
            if depth == 0:
                kept.append(text[end : bracket.start()])
                if bracket[0] == "(":
                    kept.append("\0")
            depth += 1
        else:
            if depth == 0:
                kept.append(text[end : bracket.start()])
            depth = max(depth - 1, 0)
        end = bracket.end()
    if depth == 0:
        kept.append(text[end:])
    return "".join(kept)


def _named_words(marked: str) -> str:
    """Of a declaration the word that is declared, else all words."""
    words = marked.split()
    introduced = 0
    while introduced < len(words) - 1 and words[introduced].strip(_EDGES) in _INTRODUCERS:
        introduced += 1
    words = words[introduced:]
    called = next((word for word in words if "\0" in word and word.strip(_EDGES + "\0")), None)
    if called is None and introduced:
        called = next((word for word in words if word.strip(_EDGES + "\0")), "")
    return (" ".join(words) if called is None else called).replace("\0", "")


def alike(a: str, b: str) -> bool:
    """Whether one name may be a slip for the other.

    True when they are equal but for case, underscores and spaces; at most
    `MOST_SLIPS` letters apart (names of `SHORTEST_MISSPELT` letters or more); or
    one is the other cut off. Only the last part of qualified names is compared.
    """
    return difference(fold(a), fold(b)) is not None


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """The letters and digits of a name's last part, in lower case."""
    leaf = clean_name(name[: 4 * LONGEST_NAME]).rpartition(".")[2]
    return "".join(filter(str.isalnum, leaf)).casefold() or leaf


def difference(a: str, b: str) -> int | None:
    """How far two folded names are apart, 0 when equal; None when they are not alike."""
    if a == b:
        return 0
    short, long = sorted((a, b), key=len)
    if len(long) > LONGEST_NAME or len(short) < SHORTEST_MISSPELT:
        return None
    gap = len(long) - len(short)
    # One slip changes at most two members of the set of letters.
    if gap <= MOST_SLIPS and len(set(a) ^ set(b)) <= 2 * MOST_SLIPS:
        slips = edit_distance(short, long, MOST_SLIPS)
        if slips <= MOST_SLIPS:
            return slips
    cut_off = long.startswith(short) and len(short) >= max(SHORTEST_PREFIX, PREFIX_SHARE * len(long))
    return gap if cut_off else None
