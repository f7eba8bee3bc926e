"""SPDX licence expressions (SPDX specification 3.0, annex B): the only door to license-expression.

That library crashes on some input (aboutcode-org/license-expression#76), and its index takes names that SPDX does not
have for ids (`LicenseRef-Apache` for Apache-2.0). So every word is looked up here first, and only the ids of one
expression, as symbols of their own, are given to its parser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from auditor.licenses.names import fold, known_names

_LONGEST = 8192  # characters; the longest real ones, of SciPy and Linux distributions, have some hundred
_DEEPEST = 50  # open parentheses
_MOST_WORDS = 1000
_WORD = re.compile(r"[()]|[^\s()]+")
_OPERATORS = frozenset(("AND", "OR", "WITH"))
_OWN = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?(?:LicenseRef|AdditionRef)-[A-Za-z0-9.-]+")
_KIND = re.compile(r" licen[cs]e$", re.IGNORECASE)  # "Apache-2.0 License"
_SUFFIX = re.compile(r"(?:-only|-or-later|\+)$")
_SHOWN = 60
# Where the library's index (30.4.4) departs from the SPDX list (3.27): names that are no ids, and an id that it lacks.
_NO_IDS = frozenset(("gpl", "bsd-2", "verbatim-man-pages"))
_MISSING_IDS = {"net-snmp": ("Net-SNMP", False)}


@dataclass(frozen=True, slots=True)
class Normalised:
    """What an expression means.

    `expression` is the canonical SPDX expression, or None; then `problem` says why, as the rest of a sentence that
    begins with what was written. `unknown` are the words that are no SPDX id. `note` tells what was read into it.
    """

    expression: str | None
    problem: str | None = None
    unknown: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Combination:
    """Expressions that apply together (AND) or of which one may be chosen (OR)."""

    operator: Literal["AND", "OR"]
    parts: tuple["Tree", ...]


# A leaf is an id, perhaps with its exception: "MIT", "GPL-2.0-only WITH Classpath-exception-2.0".
Tree = str | Combination


def normalise(text: str) -> Normalised:
    """The SPDX expression that `text` means, be it one or a well-known name of a licence. Raises nothing."""
    text = " ".join(text.split()) if len(text) <= _LONGEST else text
    if problem := _unfit(text):
        return Normalised(None, problem)
    written = _KIND.sub("", text)
    if (known := _ids().get(written.lower())) and not known[1]:
        return Normalised(known[0], note=_renamed(written, known[0]))
    names, folded = known_names(), fold(text)
    if reason := names.unclear.get(folded):
        return Normalised(None, reason)
    if license_id := names.ids.get(folded):
        return Normalised(license_id)
    if "/" in text and (choice := _slashed(text)):
        return choice
    return _parsed(text)


def license_ids(expression: str) -> frozenset[str]:
    """The licences and exceptions of an expression by the names of their texts: without `-only`, `-or-later` and `+`.

    An exception is an element of its own. Empty for what is no expression.
    """
    words = _WORD.findall(normalise(expression).expression or "")
    return frozenset(base_id(word) for word in words if word not in _OPERATORS and word not in "()")


def base_id(license_id: str) -> str:
    """The id of a licence's text: `GPL-3.0` for `GPL-3.0-or-later`, `Apache-2.0` for `Apache-2.0+`."""
    return _SUFFIX.sub("", license_id)


def expression_tree(expression: str) -> Tree | None:
    """A normalised expression taken apart; None for what is no expression."""
    words = list(_resolved(expression, [])) if not _unfit(expression) else []
    parsed = _parse(words)
    return None if parsed is None else _tree(parsed)


def _unfit(text: str) -> str | None:
    """Why a text is not even tried; also keeps the parser, which recurses, from running out of stack."""
    if not text.strip():
        return "is empty"
    if len(text) > _LONGEST:
        return f"is too long for an expression ({len(text)} characters)"
    depth = deepest = words = 0
    for match in _WORD.finditer(text):
        words += 1
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        deepest = max(deepest, depth)
    if deepest > _DEEPEST or words > _MOST_WORDS:
        return f"is too complex for an expression ({words} words, {deepest} levels of parentheses)"
    return None


@cache
def _ids() -> dict[str, tuple[str, bool]]:
    """Every SPDX id and former id, lower case, with its present spelling and whether it is an exception."""
    from license_expression import get_spdx_licensing  # type: ignore[import-untyped]

    ids = dict(_MISSING_IDS)
    symbols = get_spdx_licensing().known_symbols
    for key, symbol in symbols.items():
        for written in (*symbol.aliases, key):
            if not key.startswith("LicenseRef-") and not written.startswith("LicenseRef-") and " " not in written:
                ids[written.lower()] = key, bool(symbol.is_exception)
    return {written: known for written, known in ids.items() if written not in _NO_IDS}


def _renamed(written: str, license_id: str) -> str | None:
    if written.lower() == license_id.lower():
        return None
    return f"{written} is a former id; today it is {license_id}"


def _slashed(text: str) -> Normalised | None:
    """A choice as in old Cargo manifests: "multiple licenses could be separated with a /" (The Cargo Book, license)."""
    parts = [_ids().get(part.strip().lower(), ("", True)) for part in text.split("/")]
    if any(is_exception for _, is_exception in parts):
        return None
    joined = " OR ".join(license_id for license_id, _ in parts)
    return Normalised(joined, note="the slash is read as OR, as in old Cargo manifests")


def _parsed(text: str) -> Normalised:
    unknown: list[str] = []
    words = list(_resolved(text, unknown))
    if unknown:
        shown = ", ".join(word[:_SHOWN] for word in unknown[:5])
        what = f"{shown} is no SPDX id" if len(unknown) == 1 else f"{shown} are no SPDX ids"
        return Normalised(None, f"is no SPDX expression: {what}", tuple(unknown))
    parsed = _parse(words)
    if parsed is None:
        return Normalised(None, "is no well-formed SPDX expression")
    expression = str(parsed.render())
    notes = (_renamed(old, new) for old, new in zip(_WORD.findall(text), words, strict=True) if old not in "()")
    return Normalised(expression, note="; ".join(filter(None, notes)) or None)


def _resolved(text: str, unknown: list[str]) -> Iterator[str]:
    """The words of an expression as SPDX spells them; those that it does not know are also put into `unknown`."""
    names = known_names()
    for word in _WORD.findall(text):
        lower = word.lower()
        plain = _ids().get(lower.removesuffix("+"), (word, True))
        if word in "()" or word.upper() in _OPERATORS:
            yield word.upper()
        elif lower in names.deprecated:
            yield names.deprecated[lower]
        elif lower in _ids():
            yield _ids()[lower][0]
        elif lower.endswith("+") and not plain[1] and not _SUFFIX.search(plain[0]):
            yield plain[0] + "+"  # "this version or any later one"
        else:
            if not _OWN.fullmatch(word):
                unknown.append(word)
            yield word


def _parse(words: list[str]) -> Any:
    """The parser's tree of `words`, or None when they do not form an expression."""
    from license_expression import LicenseSymbol, Licensing

    ids = {part for word in words for part in word.split(" ")} - _OPERATORS - {"(", ")"}
    exceptions = {one for one in ids if _ids().get(one.lower(), ("", False))[1] or "AdditionRef-" in one}
    try:
        licensing = Licensing([LicenseSymbol(one, is_exception=one in exceptions) for one in sorted(ids)])
        return licensing.parse(" ".join(words), validate=True, strict=True, simple=True)
    except Exception:  # its own kinds, but also AttributeError, IndexError, TypeError: see the top
        return None


def _tree(parsed: Any) -> Tree:
    if parsed.isliteral:
        return str(parsed.render())
    operator: Literal["AND", "OR"] = "AND" if parsed.operator.strip() == "AND" else "OR"
    return Combination(operator, tuple(_tree(part) for part in parsed.args))
