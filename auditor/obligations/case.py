"""What a check is given, one clause on one occasion, and what it answers."""

from dataclasses import dataclass

from auditor.model import Clause
from auditor.model.obligation import Breach, Evidence, ObligationVerdict, Supply, VendoredCopy, When
from auditor.obligations.owed import Owed
from auditor.obligations.pages import Page
from auditor.obligations.shelf import Key, Shelf


@dataclass(frozen=True, slots=True)
class Case:
    """One clause of a dependency's licence on one occasion.

    `shelf` are the texts of the artifact, None where the occasion is no artifact. `copies` are the vendored copies that
    concern it. `others` are the copyright statements of everybody else, `modified` whether the code was changed.
    """

    supply: Supply
    owed: Owed
    clause: Clause
    when: When
    shelf: Shelf | None = None
    copies: tuple[VendoredCopy, ...] = ()
    others: frozenset[Key] = frozenset()
    modified: bool = False
    surfaces: tuple[Page, ...] = ()

    @property
    def name(self) -> str:
        """The dependency's name."""
        return self.supply.dependency.name

    @property
    def artifact(self) -> str | None:
        """The artifact's name."""
        return self.shelf.artifact.name if self.shelf else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on a case with its reason, see `Obligation`."""

    verdict: ObligationVerdict
    reason: str
    evidence: tuple[Evidence, ...] = ()
    breach: Breach | None = None
    readings: tuple[str, ...] = ()


def not_found(case: Case, reason: str, breach: Breach, evidence: tuple[Evidence, ...] = ()) -> Outcome:
    """The verdict on something that is not there: violated, unless it may stand in what could not be read."""
    unread = case.shelf.artifact.unread if case.shelf else ()
    if unread:
        return Outcome("unexamined", f"{reason}, but not all could be read: {unread[0]}", evidence)
    return Outcome("violated", reason, evidence, breach)
