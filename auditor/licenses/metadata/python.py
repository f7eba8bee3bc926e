"""Python's metadata: METADATA and PKG-INFO (core metadata), pyproject.toml, setup.cfg, setup.py."""

import ast
import re
import warnings
from collections.abc import Iterator

from auditor.licenses.metadata.statements import (
    MetadataError,
    classifiers,
    declaration,
    expression,
    pointer,
    problem,
    utf8,
)
from auditor.licenses.metadata.toml import Toml
from auditor.model.license import Declaration

_OPTION = re.compile(r"([A-Za-z][\w-]*)[ \t]*[=:](.*)")


def core_metadata(path: str, data: bytes) -> Iterator[Declaration]:
    """METADATA or PKG-INFO: `License-Expression` (PEP 639), then `License`, then the classifiers."""
    fields = list(_fields(data.decode("utf-8", "replace")))
    for name, line, value in fields:
        if name == "license-expression":
            yield expression(path, line, value)
    for name, line, value in fields:
        if name == "license" and value.strip():
            yield declaration(path, line, value)
    yield from classifiers(path, [(line, value) for name, line, value in fields if name == "classifier"])


def _fields(text: str) -> Iterator[tuple[str, int, str]]:
    """Name (lower case), line and value of each header field; a value goes on in indented lines, even blank ones."""
    name, start, value = "", 0, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line:
            break
        if line[0] in " \t":
            value.append(line.strip().removeprefix("|"))
            continue
        yield name, start, "\n".join(value)
        name, _, first = line.partition(":")
        name, start, value = name.strip().lower(), number, [first.strip()]
    yield name, start, "\n".join(value)


def pyproject(path: str, data: bytes) -> Iterator[Declaration]:
    """`[project]` (PEP 621, PEP 639), and Poetry's and Flit's own tables."""
    toml = Toml(utf8(data))
    for table in ("project", "tool.poetry", "tool.flit.metadata"):
        line = toml.line(table, "license")
        match toml.value(table, "license"):
            case str(text):
                yield declaration(path, line, text)
            case {"text": str(text)}:
                yield declaration(path, line, text)
            case {"file": str(file)}:
                yield pointer(path, line, file)
            case None:
                pass
            case other:
                yield problem(path, line, str(type(other).__name__), "is neither a text nor a table of text or file")
        found = toml.value(table, "classifiers")
        texts = [text for text in found if isinstance(text, str)] if isinstance(found, list) else []
        yield from classifiers(path, [(toml.line_of(text), text) for text in texts])


def setup_cfg(path: str, data: bytes) -> Iterator[Declaration]:
    """The section `[metadata]` of setuptools' declarative configuration."""
    for name, line, value in _options(data.decode("utf-8", "replace"), "metadata"):
        if name in ("license", "license_expression") and value.strip():
            if value.strip().startswith("file:"):
                yield pointer(path, line, value.strip().removeprefix("file:").strip())
            else:
                yield declaration(path, line, value)
        elif name in ("classifiers", "classifier"):
            yield from classifiers(path, [(line + number, text) for number, text in enumerate(value.split("\n"))])


def _options(text: str, section: str) -> Iterator[tuple[str, int, str]]:
    """Name, line and value of each option of one section; a value goes on in indented lines."""
    inside, name, start, value = False, "", 0, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] in ("#", ";"):
            continue
        if line[:1] in (" ", "\t") and name:
            value += [""] * (number - start - len(value)) + [line.strip()]
            continue
        if name:
            yield name, start, "\n".join(value)
            name = ""
        if line.startswith("["):
            inside = line.partition("]")[0] == f"[{section}"
        elif inside and (option := _OPTION.match(line)):
            name, start, value = option[1].lower().replace("-", "_"), number, [option[2].strip()]
    if name:
        yield name, start, "\n".join(value)


def setup_py(path: str, data: bytes) -> Iterator[Declaration]:
    """The literal arguments of `setup(…)`; the file is read, never run."""
    for call in (node for node in ast.walk(_syntax(data)) if isinstance(node, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
        if called != "setup":
            continue
        for keyword in call.keywords:
            value, line = keyword.value, keyword.value.lineno
            if keyword.arg in ("license", "license_expression"):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield declaration(path, line, value.value)
                elif not isinstance(value, ast.Constant):
                    yield problem(path, line, keyword.arg, "is computed; only what is written out can be read")
            elif keyword.arg == "classifiers" and isinstance(value, ast.List | ast.Tuple):
                literals = (node for node in value.elts if isinstance(node, ast.Constant))
                yield from classifiers(
                    path, [(one.lineno, one.value) for one in literals if isinstance(one.value, str)]
                )


def _syntax(data: bytes) -> ast.AST:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a stray backslash in their file is not ours to tell
            return ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise MetadataError(f"is not Python 3: {str(error).splitlines()[0] if str(error) else 'too deep'}") from None
