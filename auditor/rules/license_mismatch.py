"""The stated licence is not the one whose text lies in the repository at the cited commit.

What it checks: the licence that the report states for a repository, against the licence texts in the files at the
repository's root. An ambiguous name ("BSD") agrees with every licence of that family. It is silent where a text was
changed, could not be read or is not known, and where any part of the statement is found.

Why it matters: who relies on the report keeps to the wrong conditions.

How to fix: state the licence of the texts; or, if the project's other documents say otherwise, cite those.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.model import Finding, LicenseFile, Related, Replacement, StatementFact
from auditor.rules.license_quote_altered import text_link

if TYPE_CHECKING:
    from auditor.licenses.expressions import Normalised

ID = "license-mismatch"

# Families that people name without saying which licence of them is meant.
_FAMILIES = frozenset("apache agpl bsd cddl epl gpl lgpl mit mpl isc zlib unlicense".split())
_NO_TEXT = re.compile(r"(?:notice|authors|copyright|patents|credits|third)", re.IGNORECASE)
_KIND = re.compile(r"[ \t]+licen[sc](?:es?|ing)\.?$", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


def check(fact: StatementFact) -> Iterator[Finding]:
    """Fires when none of the stated licences has its text there, and what is there is known."""
    statement = fact.statement
    if not disagrees(fact):
        return
    there = " and ".join(fact.licenses)
    where = ", ".join(dict.fromkeys(file.path for file in _licensed(fact)))
    yield Finding(
        rule=ID,
        severity="error",
        message=f"“{statement.written}” is stated, but {where} of {statement.repository} is {there}",
        place=statement.place,
        remedy=f"write {there} if nothing else says otherwise",
        subject=f"{statement.repository}: {statement.written}",
        replacement=Replacement(fact.licenses[0], safe=False) if len(fact.licenses) == 1 else None,
        related=tuple(_related(fact)),
    )


def disagrees(fact: StatementFact) -> bool:
    """Whether the statement is certainly not about the texts that were found."""
    statement = fact.statement
    if statement.kind != "license" or not fact.licenses or not is_settled(fact):
        return False
    from auditor.licenses.agreement import agrees
    from auditor.licenses.expressions import license_ids

    meant = meaning(statement.written).expression
    found = {base_id for named in (*fact.licenses, *_referred(fact)) for base_id in license_ids(named)}
    if meant is None:
        families = _families(statement.written)
        return bool(families) and not any(families & _families(license_id) for license_id in found)
    agreement = agrees(found, meant)
    nothing_fits = not license_ids(meant) & found and set(agreement.undeclared) >= found
    return nothing_fits and bool(agreement.without_text) and not agreement.custom


def meaning(written: str) -> "Normalised":
    """What a name means; the word "License" behind an identifier ("Apache-2.0 License") adds nothing to it."""
    from auditor.licenses.expressions import normalise

    meant = normalise(written)
    shorter = _KIND.sub("", written)
    return normalise(shorter) if meant.unknown and shorter and normalise(shorter).expression else meant


def is_settled(fact: StatementFact) -> bool:
    """Whether every licence file at the root was read and is one of the known texts, unchanged."""
    for file in fact.files:
        if file.text is None or any(match.license is None for match in file.text.matches):
            return False
        if not file.text.matches and not _NO_TEXT.search(file.path):
            return False
    return True


def _families(written: str) -> set[str]:
    """The families that a name or an id speaks of: "0BSD" and "New BSD License" of BSD, "GPLv3" of GPL."""
    return {word.rstrip("v") for word in _WORD.findall(written.lower())} & _FAMILIES


def _referred(fact: StatementFact) -> Iterator[str]:
    """The expressions that the files only name."""
    for file in fact.files:
        for reference in file.text.references if file.text else ():
            if reference.expression is not None:
                yield reference.expression


def _licensed(fact: StatementFact) -> list[LicenseFile]:
    return [file for file in fact.files if file.text and file.text.matches]


def _related(fact: StatementFact) -> Iterator[Related]:
    for file in _licensed(fact):
        for match in file.text.matches if file.text else ():
            url = text_link(fact, file.path, match.lines)
            yield Related(url, file.path, match.lines.start, match.lines.end, f"the text of {match.license}")
