"""The lines at which the keys of a JSON text stand, which Python's reader does not tell."""

import re

# A text of JSON that has been read before: every quote is closed. Possessive, so that nothing is tried twice.
_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+)"([ \t\r\n]*+:)?+|[{}\[\]\n]', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def key_lines(text: str, depth: int) -> dict[tuple[str, ...], int]:
    """The one-based line of each key, by its path of keys, down to `depth`; of one that is there twice the last.

    Arrays are passed over: what is inside one has no path.
    """
    lines: dict[tuple[str, ...], int] = {}
    open_keys: list[str] = [""] * (depth + 1)
    level, arrays, line = 0, 0, 1
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first == "\n":
            line += 1
        elif first in "[]":
            arrays += 1 if first == "[" else -1
        elif arrays:
            line += token[0].count("\n")
        elif first in "{}":
            level += 1 if first == "{" else -1
        else:
            if token[2] and level <= depth:
                open_keys[level] = _plain(token[1])
                lines[tuple(open_keys[1 : level + 1])] = line
            line += token[0].count("\n")
    return lines


def _plain(written: str) -> str:
    if "\\" not in written:
        return written
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _SIMPLE.get(match[2], match[2]), written)
