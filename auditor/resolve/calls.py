"""Can a line of code have called a function? Read from the text alone, where calls are written with brackets."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from auditor.symbols import fold

Call = Literal["named", "possible", "unlikely"]

_LONGEST_STATEMENT = 20  # lines looked at on either side
_LONGEST_LINE = 1000  # characters of each
_CALLED = re.compile(r"([A-Za-z_$][\w$]{0,200})!?[ \t]{0,4}\(")
# fmt: off
# Words before a bracket that call nothing, in the languages that have outlines.
_NO_CALLS = frozenset({
    "and", "as", "assert", "await", "case", "catch", "def", "del", "elif", "else", "except", "fn", "for", "foreach",
    "func", "function", "if", "in", "is", "lambda", "match", "not", "or", "raise", "return", "sizeof", "switch",
    "throw", "typeof", "until", "when", "while", "with", "yield",
})
# fmt: on
# What calls without a bracket: iteration, context managers, coroutines, imports, decorators.
_HIDDEN = re.compile(r"\b(?:async|await|for|from|foreach|import|new|using|with|yield)\b|@\w")
# Python calls these for a call of anything: a class, an instance.
_BEHIND_A_CALL = frozenset({"__call__", "__init__", "__new__", "__post_init__"})


def statement_at(lines: Sequence[str], line: int) -> str:
    """The lines around a one-based line as far as round and square brackets hold them together.

    At most `_LONGEST_STATEMENT` lines on either side. Brackets in strings and comments count too: that makes a
    statement longer, so that more can have been called there.
    """
    first = max(1, line - _LONGEST_STATEMENT)
    balance, start = 0, line
    for number in range(line - 1, first - 1, -1):
        balance += _open(lines[number - 1])
        if balance > 0:
            start, balance = number, 0
    depth, end = sum(_open(lines[number - 1]) for number in range(start, line + 1)), line
    while depth > 0 and end < min(len(lines), line + _LONGEST_STATEMENT):
        end += 1
        depth += _open(lines[end - 1])
    return "\n".join(lines[number - 1][:_LONGEST_LINE] for number in range(start, end + 1))


def judge_call(statement: str, called: Iterable[str], is_function: Callable[[str], bool]) -> Call:
    """Whether a statement can have called one of some functions.

    "named": it does, by the function's name, or by a value where the function stands behind one (`__call__`).
    "possible": it calls something that may lead there. "unlikely": it calls nothing, or only functions for which
    `is_function` tells that the same file defines them, under other names.
    """
    words = {word for word in _CALLED.findall(statement) if word not in _NO_CALLS}
    folded = {fold(word) for word in words}
    values = [word for word in words if not is_function(word)]
    names = [name.rpartition(".")[2].replace(" ", "_") for name in called]
    if any(fold(name) in folded or (values and _is_behind_a_call(name)) for name in names):
        return "named"
    hidden = any(_is_implied(name) or _holds(statement, name) for name in names)
    return "possible" if values or hidden or _HIDDEN.search(statement) else "unlikely"


def _is_behind_a_call(name: str) -> bool:
    """Also where an underscore was lost: `_init__`."""
    return name.startswith("_") and f"__{name.strip('_')}__" in _BEHIND_A_CALL


def _is_implied(name: str) -> bool:
    """What an operator, an attribute or a statement may call: `__add__`, `__getattr__`, `__enter__`."""
    return name.startswith("__") and not _is_behind_a_call(name)


def _holds(statement: str, name: str) -> bool:
    """A property, or a function that is handed on."""
    return re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", statement) is not None


def _open(line: str) -> int:
    line = line[:_LONGEST_LINE]
    return line.count("(") + line.count("[") - line.count(")") - line.count("]")
