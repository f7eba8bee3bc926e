"""Stage 3: citations and the objects of one repository become resolutions: what is really there.

In three steps, so that a repository is asked as little as possible: `settle_revisions`
(names to commits), `draft` (paths, from trees alone; says which contents are needed), `judge` (contents).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.model import Missing, Resolution
from auditor.model.checkout import Blobs, Entry, Trees
from auditor.resolve.content import OutlineOf
from auditor.resolve.draft import Claim, Draft, Drafter
from auditor.resolve.guests import Guest, Invitation, Seat, invite, seat
from auditor.resolve.judge import Judge
from auditor.resolve.relations import shows
from auditor.resolve.revisions import Asked, Settled, is_full_id, settle_revisions
from auditor.resolve.stacks import Dating, Fit, Spot, date_stacks

__all__ = [
    "Asked",
    "Claim",
    "Dating",
    "Fit",
    "Guest",
    "Plan",
    "Seat",
    "Settled",
    "Spot",
    "date_stacks",
    "is_full_id",
    "judge_plan",
    "plan_repository",
    "settle_revisions",
    "shows",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a repository's claims from its trees, and the blobs needed to know the rest."""

    drafts: tuple[Draft, ...]
    invitations: tuple[Invitation, ...]
    blobs: tuple[str, ...]


def plan_repository(
    claims: Iterable[Claim], guests: Iterable[Guest], trees: Trees, settled: Mapping[Asked, Settled | Missing]
) -> Plan:
    """Look up every path; nothing is read but trees."""
    drafter = Drafter(trees, settled)
    drafts = drafter.drafts(claims)
    invitations = invite(guests, drafts, drafter)
    wanted = [blob for draft in drafts for blob in draft.wanted()]
    wanted += [invitation.entry.id for invitation in invitations if invitation.entry.kind == "file"]
    return Plan(tuple(drafts), tuple(invitations), tuple(dict.fromkeys(wanted)))


def judge_plan(plan: Plan, blobs: Blobs, outline_of: OutlineOf) -> tuple[list[Resolution], list[Seat]]:
    """Read the contents and judge; resolutions come in the order of the plan's drafts."""
    cited: dict[tuple[str, str], list[Entry]] = {}
    for draft in plan.drafts:
        entries = [draft.entry, *(candidate.entry for candidate in draft.candidates)]
        for entry in entries:
            if draft.revision and entry is not None and entry.kind == "file":
                document = draft.claim.citation.place.document
                cited.setdefault((document, draft.revision.commit), []).append(entry)
    judge = Judge(blobs, outline_of, cited)
    # Files are read in order of their ids, so that each is read and outlined once however often it is cited.
    order = sorted(range(len(plan.drafts)), key=lambda index: _blob_of(plan.drafts[index]))
    resolutions = {index: judge.resolution(plan.drafts[index]) for index in order}
    seats = [found for invitation in plan.invitations if (found := seat(invitation, judge))]
    return [resolutions[index] for index in range(len(plan.drafts))], seats


def _blob_of(draft: Draft) -> str:
    return draft.entry.id if draft.entry is not None else ""
