"""The stage as a whole: obligations and stale notices with what the rules say of them."""

from collections.abc import Iterable
from types import ModuleType

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
    return tuple(
        ObligationJudgement(subject, tuple(finding for rule in rules for finding in rule.check(subject)))
        for subject in subjects
    )
