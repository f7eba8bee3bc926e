"""Obligations as the judge makes them, for the tests of the rules about them."""

from auditor.model import Clause, Lines, Place
from auditor.model.manifest import Dependency, Waiver
from auditor.model.obligation import Breach, Evidence, Obligation, ObligationVerdict, When

ENTRY = Place("auditor.toml", 4, 1, 7, 1)
CLAUSE = Clause("clause 2", "binary-reproduce", Lines(10, 12), "Put the notice into the documentation.", "…")
URL = "https://github.com/o/flask/blob/0123456789abcdef0123456789abcdef01234567/LICENSE#L10-L12"
WAIVER = Waiver("notice-missing", "flask", "it is in the manual", "Ada", None, Place("auditor.toml", 20, 1, 20, 9))


def obligation(
    breach: Breach | None,
    *evidence: Evidence,
    verdict: ObligationVerdict = "violated",
    when: When = "binary",
    readings: tuple[str, ...] = (),
) -> Obligation:
    return Obligation(
        Dependency("flask", ENTRY),
        "BSD-3-Clause",
        CLAUSE,
        when,
        "dist/p.whl",
        verdict,
        "something is wrong",
        "LICENSE",
        URL,
        evidence,
        readings,
        breach,
    )


def broken(path: str, note: str = "it is here", document: str | None = None) -> Evidence:
    return Evidence(path, Lines(3, 5), note, True, document)
