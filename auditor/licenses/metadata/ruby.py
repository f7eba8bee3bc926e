"""Gem specifications: their literal assignments; they are programs, which are not run."""

import re
from collections.abc import Iterator

from auditor.licenses.metadata.statements import declaration, line_at, problem
from auditor.model.license import Declaration

_ASSIGNED = re.compile(r"^[ \t]*\w+\.licenses?[ \t]*=[ \t]*", re.MULTILINE)
_VALUE = 1000  # characters behind the "=" that are looked at
_WORDS = re.compile(r"%w[\[({<|]([^\])}>|]*)[\])}>|]")
_LIST = re.compile(r"\[([^\]]*)\]")
_STRING = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")


def gemspec(path: str, data: bytes) -> Iterator[Declaration]:
    """`spec.license = "MIT"` and `spec.licenses = [...]`.

    RubyGems does not say how several licences of a list relate.
    """
    text = data.decode("utf-8", "replace")
    for assigned in _ASSIGNED.finditer(text):
        line = line_at(text, assigned.end())
        value = text[assigned.end() : assigned.end() + _VALUE]
        names = _literals(value)
        if not names or any("#{" in name for name in names):
            yield problem(path, line, value.partition("\n")[0], "is computed; only what is written out can be read")
        elif len(names) == 1:
            yield declaration(path, line, names[0])
        else:
            yield problem(path, line, ", ".join(names), "are several licences, without a word on AND or OR")


def _literals(value: str) -> list[str]:
    if words := _WORDS.match(value):
        return words[1].split()
    listed = _LIST.match(value)
    if not listed and not _STRING.match(value):
        return []
    strings = _STRING.finditer(listed[1]) if listed else iter([_STRING.match(value)])
    return [string[1] or string[2] or "" for string in strings if string]
