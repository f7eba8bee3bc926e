"""The catalogue: one module per rule; its docstring is its documentation.

A rule's id is its module's name with hyphens. Rules are pure: each reads the facts about
one thing and says what is wrong; none reaches a disk or a network.
"""

from collections.abc import Iterable
from types import ModuleType

from auditor.errors import UsageError
from auditor.rules import (
    abbreviated_commit,
    acknowledgement_missing,
    advertising_review,
    apache_notice_missing,
    blank_lines,
    changes_unmarked,
    commit_not_found,
    cut_definition,
    drifted_link,
    endorsement_review,
    foreign_commit,
    frame_mismatch,
    frame_release_conflict,
    frame_unlinked,
    inverted_range,
    license_mismatch,
    license_missing,
    license_not_spdx,
    license_quote_altered,
    license_text_altered,
    license_unknown,
    license_unstated,
    line_out_of_range,
    malformed_link,
    manifest_problem,
    missing_revision,
    notice_altered,
    notice_missing,
    notice_position,
    notice_stale,
    path_not_found,
    printed_link_differs,
    reference_ambiguous,
    reference_malformed,
    reference_unknown,
    repository_archived,
    repository_moved,
    repository_not_found,
    source_offer_missing,
    unknown_symbol,
    unpinned_link,
    waiver_expired,
    waiver_malformed,
    waiver_unused,
    wrong_symbol,
)

# In the order in which a link is read: its form, the revision, the path, the lines, what they show.
OF_CITATIONS: tuple[ModuleType, ...] = (
    malformed_link,
    missing_revision,
    repository_not_found,
    repository_moved,
    repository_archived,
    commit_not_found,
    abbreviated_commit,
    unpinned_link,
    foreign_commit,
    path_not_found,
    line_out_of_range,
    inverted_range,
    blank_lines,
    wrong_symbol,
    unknown_symbol,
    cut_definition,
    frame_mismatch,
    frame_release_conflict,
    frame_unlinked,
    drifted_link,
    printed_link_differs,
)
# Of the licences of one target.
OF_LICENSES: tuple[ModuleType, ...] = (license_missing, license_unknown, license_text_altered, license_mismatch)
# Of what a report says about a licence, and of a repository about whose licence it says nothing.
OF_STATEMENTS: tuple[ModuleType, ...] = (license_not_spdx, license_mismatch, license_quote_altered)
OF_REPOSITORIES: tuple[ModuleType, ...] = (license_unstated,)
# Of a reference by name in an author's text.
OF_REFERENCES: tuple[ModuleType, ...] = (reference_malformed, reference_unknown, reference_ambiguous)
# Of a clause and what is shipped, of the manifest, and of what somebody has decided to accept.
OF_OBLIGATIONS: tuple[ModuleType, ...] = (
    notice_missing,
    notice_altered,
    notice_stale,
    notice_position,
    acknowledgement_missing,
    endorsement_review,
    advertising_review,
    changes_unmarked,
    apache_notice_missing,
    source_offer_missing,
)
OF_MANIFESTS: tuple[ModuleType, ...] = (manifest_problem,)
OF_WAIVERS: tuple[ModuleType, ...] = (waiver_unused, waiver_expired)
OF_COMMENTS: tuple[ModuleType, ...] = (waiver_malformed,)
CATALOGUE: tuple[ModuleType, ...] = tuple(
    dict.fromkeys(
        (
            *OF_CITATIONS,
            *OF_REFERENCES,
            *OF_STATEMENTS,
            *OF_REPOSITORIES,
            *OF_LICENSES,
            *OF_OBLIGATIONS,
            *OF_MANIFESTS,
            *OF_WAIVERS,
            *OF_COMMENTS,
        )
    )
)


def rule_ids() -> tuple[str, ...]:
    """Every rule's id, in the catalogue's order."""
    return tuple(rule.ID for rule in CATALOGUE)


def rule_named(rule_id: str) -> ModuleType:
    """The rule's module. Raises UsageError that lists the nearest ids."""
    for rule in CATALOGUE:
        if rule_id == rule.ID:
            return rule
    import difflib

    near = difflib.get_close_matches(rule_id, rule_ids(), 3)
    hint = f"; perhaps {', '.join(near)}" if near else "; `auditor explain` lists all"
    raise UsageError(f"there is no rule {rule_id!r}{hint}")


def select_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[ModuleType, ...]:
    """The rules of `select` (all when empty) without those of `ignore`. Raises UsageError for unknown ids."""
    chosen = {rule_named(rule_id).ID for rule_id in select} or set(rule_ids())
    chosen -= {rule_named(rule_id).ID for rule_id in ignore}
    return tuple(rule for rule in CATALOGUE if rule.ID in chosen)
