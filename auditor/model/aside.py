"""Findings that are not raised: somebody has accepted them, they were there before, or a change did not touch them.

They stay counted, and what accepts nothing any more is told.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.model.finding import Finding
from auditor.model.report import Place

if TYPE_CHECKING:  # a check that sets nothing aside has no need of what a shipment is made of
    from auditor.model.obligation import WaivedFinding, WaiverFact


@dataclass(frozen=True, slots=True)
class Pragma:
    """A comment in a document that accepts findings: `<!-- auditor: ignore wrong-symbol – reason -->`.

    `rules` are the ids as written; `covers` is the part of the document that it holds for, None where nothing follows.
    `trouble` says what is wrong with its form ("": nothing); it then accepts nothing.
    """

    place: Place
    rules: tuple[str, ...] = ()
    reason: str = ""
    covers: Place | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """A finding that was there when the baseline was written: `count` of them that are alike.

    `rule`, `document` and `message` are for people; `fingerprint` alone decides.
    """

    fingerprint: str
    rule: str
    document: str
    message: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is not raised.

    `waived` were accepted in place, `waivers` says what became of each comment that accepts. `known` are in the
    baseline; `gone` are entries of it for which there is nothing any more, `count` of each. `untouched` stand outside
    of what was changed. `told` are findings about the comments themselves: those are raised.
    """

    waived: "tuple[WaivedFinding, ...]" = ()
    waivers: "tuple[WaiverFact, ...]" = ()
    known: tuple[Finding, ...] = ()
    gone: tuple[BaselineEntry, ...] = ()
    untouched: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()


NOTHING = SetAside()
