"""Whether the licence texts that are there fit the expression that was declared; facts only, no judgement."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.licenses.expressions import Combination, Tree, base_id, expression_tree, normalise

_VERSIONED = re.compile(r"(.*)-(\d+(?:\.\d+)*)")
# LGPL-3.0 "incorporates the terms and conditions of version 3 of the GNU General Public License": both texts lie there.
_INCORPORATES = {"LGPL-3.0": frozenset({"GPL-3.0"})}
# The file of that name holds the licence of the Python Software Foundation and those of its predecessors.
_CONTAINS = {"Python-2.0": frozenset({"PSF-2.0"}), "Python-2.0.1": frozenset({"PSF-2.0"})}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How texts and declaration differ.

    undeclared     ids that were found and that the declaration does not name, sorted
    without_text   parts of the declaration for which no text was found: ids, or an OR of which no side is there
    custom         `LicenseRef-…` of the declaration: no text can be held against them
    """

    undeclared: tuple[str, ...] = ()
    without_text: tuple[str, ...] = ()
    custom: tuple[str, ...] = ()


def agrees(found: Iterable[str], declared: str) -> Agreement:
    """Compares the ids of the texts that were found with a declared SPDX expression.

    An id may be without "-only" or "-or-later" ("GPL-3.0"), since a text does not say which. A declaration "or later"
    is also met by a later version's text. Of an OR one side's texts are enough. The text of an exception is not asked
    for, as it mostly stands in the sources. A declaration that is no expression covers nothing.
    """
    texts = {base_id(one) for one in found}
    tree = expression_tree(normalise(declared).expression or "")
    if tree is None:
        return Agreement(undeclared=tuple(sorted(texts)))
    leaves = list(_leaves(tree))
    undeclared = {
        text for text in texts if not any(_covers(leaf, one) for leaf in leaves for one in _answered_by(text))
    }
    return Agreement(
        tuple(sorted(undeclared)),
        tuple(dict.fromkeys(_missing(tree, {one for text in texts for one in _answered_by(text)}))),
        tuple(dict.fromkeys(leaf for leaf in leaves if _is_custom(leaf))),
    )


def _answered_by(text: str) -> frozenset[str]:
    """The licences whose text is there where `text` is."""
    return _CONTAINS.get(text, frozenset()) | {text}


def _leaves(tree: Tree) -> Iterable[str]:
    if isinstance(tree, str):
        yield tree
    else:
        for part in tree.parts:
            yield from _leaves(part)


def _missing(tree: Tree, texts: set[str]) -> list[str]:
    """The parts of the declaration that no text answers."""
    if isinstance(tree, str):
        return [] if _is_custom(tree) or any(_meets(tree, text) for text in texts) else [tree]
    missing = [_missing(part, texts) for part in tree.parts]
    if tree.operator == "AND":
        return [one for part in missing for one in part]
    return [] if [] in missing else [_written(tree)]


def _written(tree: Tree) -> str:
    if isinstance(tree, str):
        return tree
    parts = (f"({_written(part)})" if isinstance(part, Combination) else part for part in tree.parts)
    return f" {tree.operator} ".join(parts)


def _meets(leaf: str, text: str) -> bool:
    """Whether a text is that of a declared licence, or of a later version where that may be used."""
    license_id = leaf.partition(" WITH ")[0]
    if base_id(license_id) == text:
        return True
    mine, other = _VERSIONED.fullmatch(base_id(license_id)), _VERSIONED.fullmatch(text)
    if not (license_id.endswith(("-or-later", "+")) and mine and other and mine[1] == other[1]):
        return False
    return _numbers(other[2]) > _numbers(mine[2])


def _covers(leaf: str, text: str) -> bool:
    """Whether a text may lie there because of a declared licence."""
    license_id, _, exception = leaf.partition(" WITH ")
    incorporated = _INCORPORATES.get(base_id(license_id), frozenset())
    return _meets(leaf, text) or text in incorporated or text == exception


def _is_custom(leaf: str) -> bool:
    return "LicenseRef-" in leaf


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))
