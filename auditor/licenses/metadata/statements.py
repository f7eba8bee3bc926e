"""What all readers of metadata share: a value becomes a `Declaration`, a place in a text its line."""

from dataclasses import replace

from auditor.licenses.expressions import normalise
from auditor.licenses.names import known_names
from auditor.model.license import Declaration

_SHOWN = 200
# A name of a licence has no more than these; what has is a licence's text, pasted where its name belongs.
_NAME_LENGTH = 400
_NAME_LINES = 2
_OSI = "OSI Approved"
_CLASSIFIER = "License ::"


class MetadataError(ValueError):
    """The file cannot be read as the metadata that its name promises; the text says why."""


def declaration(path: str, line: int | None, written: str) -> Declaration:
    """What a file states at a line (one-based, None: not known): an expression or a licence's name."""
    text = written.strip()
    if len(text.splitlines()) > _NAME_LINES or (len(text) > _NAME_LENGTH and not _is_expression(text)):
        return problem(path, line, text, "is a whole text, not a name")
    meaning = normalise(text)
    return Declaration(path, line, shorten(text), meaning.expression, meaning.problem)


def expression(path: str, line: int | None, written: str) -> Declaration:
    """As `declaration`, for a field that can hold nothing but an expression."""
    meaning = normalise(written)
    return Declaration(path, line, shorten(written), meaning.expression, meaning.problem)


def alternatives(path: str, line: int | None, names: list[str]) -> Declaration:
    """Several licences of which one may be chosen."""
    if len(names) == 1:
        return declaration(path, line, names[0])
    meanings = [declaration(path, line, name) for name in names]
    written = ", ".join(meaning.written for meaning in meanings)
    for meaning in meanings:
        if meaning.expression is None:
            return replace(meaning, written=shorten(written), problem=f"{meaning.written}: {meaning.problem}")
    joined = normalise(" OR ".join(f"({meaning.expression})" for meaning in meanings))
    return Declaration(path, line, shorten(written), joined.expression, joined.problem)


def classifiers(path: str, found: list[tuple[int | None, str]]) -> list[Declaration]:
    """Python's classifiers, each with its line, as far as they are about licences.

    "OSI Approved" alone counts only where no other classifier names a licence.
    """
    stated = [(line, text.strip()) for line, text in found if text.strip().startswith(_CLASSIFIER)]
    named = [(line, text) for line, text in stated if not text.endswith(_OSI)]
    return [_classified(path, line, text) for line, text in named or stated[:1]]


def _classified(path: str, line: int | None, text: str) -> Declaration:
    name = text.rpartition("::")[2].strip()
    meaning = declaration(path, line, known_names().classifiers.get(name, name))
    return replace(meaning, written=shorten(text))


def problem(path: str, line: int | None, written: str, why: str) -> Declaration:
    """A statement that gives no expression."""
    return Declaration(path, line, shorten(written), None, why)


def pointer(path: str, line: int | None, file: str) -> Declaration:
    """A statement that only points at a file with the licence's text."""
    return problem(path, line, file, "names a file, no licence")


def shorten(text: str) -> str:
    """As one line that can be shown."""
    line = " ".join(text[: 2 * _SHOWN].split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def utf8(data: bytes) -> str:
    """The text of a format that must be UTF-8. Raises MetadataError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MetadataError(f"is not UTF-8 (byte {error.start})") from None


def line_at(text: str, offset: int) -> int | None:
    """The one-based line of an offset; None for -1, "not found"."""
    return None if offset < 0 else text.count("\n", 0, offset) + 1


def _is_expression(text: str) -> bool:
    return normalise(text).expression is not None
