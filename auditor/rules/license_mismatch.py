"""The stated licence is not the one whose text is there.

What it checks: the licence that a report states for a repository, the one that a manifest expects of a dependency, and
the one that metadata declare, against the licence texts beside them (in a repository: the files at its root, at the
cited commit). An ambiguous name ("BSD") agrees with every licence of that family. It is silent where a text was
changed, could not be read or is not known, and where any part of the statement is found.

Why it matters: who relies on the statement keeps to the wrong conditions.

How to fix: state the licence of the texts; or, if the project's other documents say otherwise, cite those.
"""

import re
from collections.abc import Iterable, Iterator

from auditor.model import Finding, LicenseFile, LicenseSubject, Lines, Related, Replacement, StatementFact
from auditor.model.obligation import Supply
from auditor.rules.base import license_finding, text_link

ID = "license-mismatch"

# Families that people name without saying which licence of them is meant.
_FAMILIES = frozenset("apache agpl bsd cddl epl gpl lgpl mit mpl isc zlib unlicense".split())
_NO_TEXT = re.compile(r"(?:notice|authors|copyright|patents|credits|third)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


def check(fact: StatementFact | LicenseSubject | Supply) -> Iterator[Finding]:
    """Fires when none of the stated licences has its text there, and what is there is known."""
    if isinstance(fact, LicenseSubject):
        yield from _declared(fact)
    elif isinstance(fact, StatementFact):
        yield from _stated(fact)
    else:
        yield from _expected(fact)


def _declared(subject: LicenseSubject) -> Iterator[Finding]:
    """What metadata declare, held against the target's own licence files."""
    own = tuple(file for file in subject.files if not file.bundled)
    found = tuple(dict.fromkeys(name for file in own if file.text for name in file.text.licenses))
    if not found or any(file.accepted for file in own):
        return
    for declaration in subject.declarations:
        if is_settled(own) and differs(declaration.expression or declaration.written, (*found, *_referred(own))):
            there = " and ".join(found)
            where = ", ".join(file.path for file in own if file.text and file.text.matches)
            message = f"{declaration.path} declares {declaration.written}, but {where} is {there}"
            lines = Lines(declaration.line, declaration.line) if declaration.line else None
            remedy = f"declare {there}, or add the text of what is declared"
            yield license_finding(ID, "error", subject, declaration.path, lines, message, remedy)


def _expected(supply: Supply) -> Iterator[Finding]:
    """What the manifest expects of a dependency, held against the texts of its source."""
    expected, subject = supply.dependency.license, supply.subject
    own = tuple(file for file in subject.files if not file.bundled) if subject else ()
    found = tuple(dict.fromkeys(name for file in own if file.text for name in file.text.licenses))
    if not expected or not found or any(file.accepted for file in own) or not is_settled(own):
        return
    if differs(expected, (*found, *_referred(own))):
        there = " and ".join(found)
        where = ", ".join(file.path for file in own if file.text and file.text.matches)
        yield Finding(
            rule=ID,
            severity="error",
            message=f"{supply.dependency.name}: {expected} is expected, but its {where} is {there}",
            place=supply.dependency.place_of("license"),
            remedy=f"write {there}, and see whether you can keep to it",
            subject=f"{supply.dependency.name}: {expected}",
            replacement=Replacement(f'"{found[0]}"', safe=False) if len(found) == 1 else None,
        )


def _stated(fact: StatementFact) -> Iterator[Finding]:
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
    if statement.kind != "license" or not fact.licenses or not is_settled(fact.files):
        return False
    return differs(statement.written, (*fact.licenses, *_referred(fact.files)))


def differs(written: str, found: Iterable[str]) -> bool:
    """Whether none of the licences that a name or expression means is among those that were found."""
    from auditor.licenses.agreement import agrees
    from auditor.licenses.expressions import license_ids, normalise

    meant = normalise(written).expression
    there = {base_id for named in found for base_id in license_ids(named)}
    if meant is None:
        families = families_of(written)
        return bool(families) and not any(families & families_of(license_id) for license_id in there)
    agreement = agrees(there, meant)
    nothing_fits = not license_ids(meant) & there and set(agreement.undeclared) >= there
    return nothing_fits and bool(agreement.without_text) and not agreement.custom


def is_settled(files: Iterable[LicenseFile]) -> bool:
    """Whether every licence file was read and is one of the known texts, unchanged."""
    for file in files:
        if file.text is None or file.riders or any(match.license is None for match in file.text.matches):
            return False
        if not file.text.matches and not _NO_TEXT.search(file.path):
            return False
    return True


def families_of(written: str) -> set[str]:
    """The families of licences that a name or an id speaks of: "0BSD" and "New BSD License" of BSD, "GPLv3" of GPL."""
    families = {word.rstrip("v") for word in _WORD.findall(written.lower())} & _FAMILIES
    return families | {"gpl"} if families & {"agpl", "lgpl"} else families  # some write "Lesser GPL"


def _referred(files: Iterable[LicenseFile]) -> Iterator[str]:
    """The expressions that the files only name."""
    for file in files:
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
