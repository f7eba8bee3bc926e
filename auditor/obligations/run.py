"""The stage as a whole: obligations and stale notices with what the rules say of them."""

from collections.abc import Iterable, Iterator
from types import ModuleType

from auditor.model import Finding
from auditor.model.obligation import Obligation, ObligationJudgement, Shipping, StaleNotice
from auditor.obligations.judge import judge_obligations
from auditor.obligations.owed import read_owed
from auditor.obligations.shelf import shelve
from auditor.obligations.stale import find_stale


def judge_shipping(shipping: Shipping, rules: Iterable[ModuleType] = ()) -> tuple[ObligationJudgement, ...]:
    """Every obligation, then every stale notice; each rule's `check` is asked about each of them."""
    licensed = tuple(map(read_owed, shipping.supplies))
    shelves = tuple(map(shelve, shipping.artifacts))
    rules = tuple(rules)
    obligations = judge_obligations(shipping, licensed, shelves)
    subjects: tuple[Obligation | StaleNotice, ...] = (*obligations, *find_stale(licensed, shelves, obligations))
    told: set[tuple[str, str, int]] = set()
    return tuple(ObligationJudgement(subject, tuple(_asked(subject, rules, told))) for subject in subjects)


def _asked(
    subject: Obligation | StaleNotice, rules: Iterable[ModuleType], told: set[tuple[str, str, int]]
) -> Iterator[Finding]:
    """What the rules say; what is wrong in a file of the project is said once, in however many artifacts that goes."""
    for rule in rules:
        for finding in rule.check(subject):
            place = finding.place
            key = (rule.ID, place.document, place.line)
            in_file = isinstance(subject, Obligation) and place != subject.dependency.place
            if not in_file or key not in told:
                yield finding
            if in_file:
                told.add(key)
