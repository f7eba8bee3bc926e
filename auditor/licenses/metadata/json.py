"""package.json (npm) and composer.json (PHP)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from auditor.licenses.metadata.statements import (
    MetadataError,
    alternatives,
    declaration,
    line_at,
    pointer,
    problem,
    utf8,
)
from auditor.model.license import Declaration

_TOKEN = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"|[{}\[\]]', re.DOTALL)
_SEE = re.compile(r"SEE LICEN[SC]E IN (.+)", re.IGNORECASE)


def package_json(path: str, data: bytes) -> Iterator[Declaration]:
    """`license`: an expression, "SEE LICENSE IN file", or as of old an object; `licenses`: a choice, as of old.

    npm's documentation of package.json replaces the old lists by "(ISC OR GPL-3.0)".
    """
    top, text = _object(data)
    for key in ("license", "licenses"):
        if (value := top.get(key)) is None:
            continue
        line = _line(text, key)
        names = [name for one in (value if isinstance(value, list) else [value]) for name in _npm_names(one)]
        if not names:
            yield problem(path, line, json.dumps(value)[:200], "names no licence")
        elif len(names) == 1 and (see := _SEE.fullmatch(names[0].strip())):
            yield pointer(path, line, see[1])
        else:
            yield alternatives(path, line, names)


def composer_json(path: str, data: bytes) -> Iterator[Declaration]:
    """`license`: an expression or a list, which is a choice ("disjunctive license", getcomposer.org: The schema)."""
    top, text = _object(data)
    value, line = top.get("license"), _line(text, "license")
    if isinstance(value, str):
        yield declaration(path, line, value)
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        yield alternatives(path, line, value)
    elif value is not None:
        yield problem(path, line, json.dumps(value)[:200], "names no licence")


def _npm_names(value: Any) -> list[str]:
    match value:
        case str(name) | {"type": str(name)} | {"name": str(name)} | {"url": str(name)}:
            return [name]
    return []


def _object(data: bytes) -> tuple[dict[str, Any], str]:
    text = utf8(data)
    try:
        top = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MetadataError(f"is not JSON: {str(error)[:200] or 'too deep'}") from None
    if not isinstance(top, dict):
        raise MetadataError("is no JSON object")
    return top, text


def _line(text: str, key: str) -> int | None:
    """The line of a key of the outermost object; of the last one, which counts when it is there twice."""
    depth, found = 0, -1
    for token in _TOKEN.finditer(text):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
        elif depth == 1 and token[1] == key and text[token.end() : token.end() + 20].lstrip().startswith(":"):
            found = token.start()
    return line_at(text, found)
