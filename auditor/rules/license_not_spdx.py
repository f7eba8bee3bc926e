"""The stated licence is no SPDX identifier or expression.

What it checks: names of licences against the SPDX licence list. In a field that is made for it ("License Type") an
ambiguous name such as "BSD" is a warning, and a clear one such as "MIT License" a note; in running prose only
ambiguous names are noted.

Why it matters: "BSD" stands for more than twenty licences with different conditions; tools and lawyers
need to know which.

How to fix: write the identifier. The replacement has it where the texts at the cited commit prove exactly one.
"""

import re
from collections.abc import Iterator

from auditor.model import Finding, Replacement, Severity, StatementFact
from auditor.rules.license_mismatch import disagrees, families_of, is_settled

ID = "license-not-spdx"

_NUMBER = re.compile(r"\d+")
_VERSIONED_BY_CHOICE = ("GPL-", "LGPL-", "AGPL-", "GFDL-")  # the text does not say "only" or "or later"


def check(fact: StatementFact) -> Iterator[Finding]:
    """Fires for names of the licences of repositories; what differs from the texts is said by another rule."""
    statement = fact.statement
    if statement.kind != "license" or statement.repository is None:
        return
    from auditor.licenses.expressions import normalise

    meant = normalise(statement.written)
    if is_expression(statement.written, meant.expression) or (meant.expression and not statement.explicit):
        return
    if disagrees(fact):
        return
    severity: Severity = "warning" if statement.explicit and meant.expression is None else "note"
    replacement = _replacement(fact, meant.expression) if statement.explicit else None
    problem = "is no SPDX identifier" if meant.expression or meant.unknown else meant.problem
    yield Finding(
        rule=ID,
        severity=severity,
        message=f"“{statement.written}” {problem}",
        place=statement.place,
        remedy=_remedy(fact, meant.expression, replacement),
        subject=f"{statement.repository}: {statement.written}",
        replacement=replacement,
    )


def is_expression(written: str, meant: str | None) -> bool:
    """Whether a name is an SPDX expression already, be it with a former id or in other letter case."""
    if meant is None:
        return False
    words = [word.lower() for word in re.split(r"[\s()]+", written) if word]
    ids = [word.lower() for word in re.split(r"[\s()]+", meant) if word]
    return len(words) == len(ids) and all(
        one == other or other in (f"{one}-only", f"{one.removesuffix('+')}-or-later")
        for one, other in zip(words, ids, strict=True)
    )


def _replacement(fact: StatementFact, meant: str | None) -> Replacement | None:
    """The id of the one text that is there; safe when it is what the name can mean."""
    if len(fact.licenses) != 1 or not is_settled(fact.files) or fact.licenses[0].startswith(_VERSIONED_BY_CHOICE):
        return None
    (license_id,) = fact.licenses
    return Replacement(license_id, safe=meant == license_id or (meant is None and _may_mean(fact, license_id)))


def _may_mean(fact: StatementFact, license_id: str) -> bool:
    """Whether an ambiguous name speaks of the family of the id alone, and of no other version of it."""
    written = fact.statement.written
    families = families_of(written)
    numbers = set(_NUMBER.findall(written)) <= set(_NUMBER.findall(license_id))
    return bool(families) and families == families_of(license_id) and numbers


def _remedy(fact: StatementFact, meant: str | None, replacement: Replacement | None) -> str:
    if replacement is not None and replacement.safe:
        return f"write {replacement.text}, whose text lies in {_paths(fact)} at the cited commit"
    if meant is not None:
        return f"write {meant}"
    if not fact.licenses:
        return "write the SPDX identifier of the licence; `auditor licenses` tells it from the text"
    found = " and ".join(fact.licenses)
    choice = " with -only or -or-later" if fact.licenses[0].startswith(_VERSIONED_BY_CHOICE) else ""
    return f"write the SPDX identifier; the text in {_paths(fact)} is {found}{choice}"


def _paths(fact: StatementFact) -> str:
    return ", ".join(file.path for file in fact.files if file.text and file.text.matches)
