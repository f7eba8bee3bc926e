"""Findings as every list for machines shows them: numbered where they are alike, the worst first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model import SEVERITIES, Audit, Finding, Judgement, StatementJudgement


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, the judgement it belongs to where it is about a place in a report, and its number.

    `number` counts from 1, in the order of the document, the findings of one fingerprint: the same mistake made twice.
    """

    finding: Finding
    subject: Judgement | StatementJudgement | None = None
    number: int = 1

    @property
    def key(self) -> str:
        """A name that no other finding of the run has, and that stays when lines move."""
        return f"{self.finding.fingerprint}:{self.number}"


def tell_findings(audit: Audit) -> tuple[Told, ...]:
    """Every finding once, errors before warnings before notes, else in the order of the audit."""
    counts: Counter[str] = Counter()
    told = []
    for finding, subject in _pairs(audit):
        fingerprint = finding.fingerprint
        counts[fingerprint] += 1
        told.append(Told(finding, subject, counts[fingerprint]))
    return tuple(sorted(told, key=lambda one: SEVERITIES.index(one.finding.severity)))


def _pairs(audit: Audit) -> Iterator[tuple[Finding, Judgement | StatementJudgement | None]]:
    """In the order of `Audit.findings`."""
    subjects: dict[int, Judgement | StatementJudgement] = {}
    for judgement in audit.judgements:
        subjects |= dict.fromkeys(map(id, judgement.findings), judgement)
    for stated in audit.statements:
        subjects |= dict.fromkeys(map(id, stated.findings), stated)
    for finding in audit.findings:
        yield finding, subjects.get(id(finding))
