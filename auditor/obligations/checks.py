"""Which check answers for which atom; an atom without one is put to a person."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from auditor.obligations.case import Case, Outcome
from auditor.obligations.headers import check_marks, check_position
from auditor.obligations.notice import (
    check_disclaimer,
    check_license_copy,
    check_named,
    check_notice,
    check_other_terms,
)
from auditor.obligations.notice_file import check_notice_file
from auditor.obligations.offers import check_network_source, check_source_offer
from auditor.obligations.promotion import check_acknowledgement, check_advertising, check_promotion

# What a person does, not what is in a shipment: a lawsuit, a fee, a contract, a claim to be the author.
ACTS = frozenset(
    ("no-added-restrictions", "no-license-fee", "no-lock", "no-misrepresent", "no-sale-alone", "patent-peace")
)


def check_case(case: Case) -> Outcome:
    """The verdict on one clause on one occasion."""
    check = _CHECKS.get(case.clause.atom)
    return check(case) if check else Outcome("review", f"a person must judge this: {case.clause.asks}")


def _check_documented(case: Case) -> Outcome:
    """An acknowledgement in the documentation, where the licence quotes it; else a person knows what it must say."""
    if case.clause.names:
        return check_acknowledgement(case)
    return Outcome("review", f"a person must judge this: {case.clause.asks}")


def _check_same_files(case: Case) -> Outcome:
    """Unchanged files are under their licence still."""
    if case.copies and not case.modified:
        return Outcome("fulfilled", "every file of the copy that is upstream's is unchanged")
    return Outcome("review", f"a person must judge this: {case.clause.asks}")


_CHECKS: Mapping[str, Callable[[Case], Outcome]] = MappingProxyType(
    {
        "advertising-ack": check_advertising,
        "any-form-ack": check_acknowledgement,
        "binary-reproduce": check_notice,
        "binary-reproduce-disclaimer": check_disclaimer,
        "change-summary": check_marks,
        "documentation-ack": _check_documented,
        "documentation-notice": check_notice,
        "keep-notice": check_notice,
        "keep-notice-file": check_notice_file,
        "license-copy": check_license_copy,
        "license-copy-source": check_license_copy,
        "mark-changes": check_marks,
        "network-source": check_network_source,
        "no-endorse": check_promotion,
        "no-publicity": check_promotion,
        "no-trademark": check_promotion,
        "other-terms": check_other_terms,
        "same-license-file": _check_same_files,
        "source-keep": check_notice,
        "source-offer": check_source_offer,
        "source-position": check_position,
        "state-changes": check_marks,
        "tell-recipients": check_named,
        "use-notice": check_named,
    }
)
