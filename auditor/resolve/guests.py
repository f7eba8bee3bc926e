"""Frames and paths that name no repository: do they fit a file of one that the report cites?"""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model import Anchor, Citation, FrameFact, Located, Permalink, Revision
from auditor.model.checkout import Entry
from auditor.resolve.content import FileText, locate_lines
from auditor.resolve.draft import Claim, Draft, Drafter
from auditor.resolve.frames import judge_frame
from auditor.resolve.judge import Judge

# A traceback from somewhere else may share a file name with any of many pins.
_MOST_PINS = 8


@dataclass(frozen=True, slots=True)
class Guest:
    """A claim of another repository, or of none, that may belong to this one.

    `tail` is the path, or the end of it, as the claim has it.
    """

    claim: Claim
    tail: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a guest would fit: the link to it there, the lines, and the frame's fact."""

    index: int
    link: Permalink
    located: Located
    frame: FrameFact | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A guest and the one file of a pin that its path may mean."""

    guest: Guest
    link: Permalink
    revision: Revision
    entry: Entry


def invite(guests: Iterable[Guest], drafts: Iterable[Draft], drafter: Drafter) -> list[Invitation]:
    """For every guest the single file that its path can mean, at each pin its document cites."""
    pins: dict[str, dict[str, tuple[Permalink, Revision]]] = {}
    for draft in drafts:
        if draft.revision and (draft.entry or draft.candidates):
            document = pins.setdefault(draft.claim.citation.place.document, {})
            document.setdefault(draft.revision.commit, (draft.link, draft.revision))
    invitations = []
    for guest in guests:
        here = list(pins.get(guest.claim.citation.place.document, {}).values())[:_MOST_PINS]
        for link, revision in here:
            tail = guest.tail.replace("\\", "/").lstrip("./")
            paths = drafter.index(revision.commit).ending_with(tail) or _by_last_parts(drafter, revision.commit, tail)
            if len(paths) == 1:
                entry = drafter.index(revision.commit).files[paths[0]]
                invitations.append(Invitation(guest, link, revision, entry))
    return invitations


def _by_last_parts(drafter: Drafter, commit: str, tail: str) -> list[str]:
    """An absolute path of some machine: the longest end of it that is a path here, of two parts at least."""
    parts = tail.split("/")
    for start in range(1, len(parts) - 1):
        if found := drafter.index(commit).ending_with("/".join(parts[start:])):
            return found
    return []


def seat(invitation: Invitation, judge: Judge) -> Seat | None:
    """The guest's place, when the line exists there; for a frame, when it also lies in the named function."""
    citation = invitation.guest.claim.citation
    file = judge.file(invitation.entry)
    fact = judge_frame(citation.frame, file) if citation.frame else None
    anchor = _anchor(citation, file, fact)
    located = locate_lines(file, invitation.revision.commit, anchor)
    if not isinstance(located, Located) or located.lines is None:
        return None
    if citation.frame and (fact is None or fact.function is None):
        return None
    base = invitation.link
    link = Permalink(
        base.host, base.site, base.repository, "blob", invitation.revision.commit, "commit", file.path, anchor
    )
    return Seat(invitation.guest.claim.index, link, located, fact)


def _anchor(citation: Citation, file: FileText, fact: FrameFact | None) -> Anchor:
    """A frame is cited by its own line where it fits, else by the line of its function."""
    if citation.frame is None:
        return Anchor(citation.start or 1, citation.end if citation.end != citation.start else None)
    if fact is not None and fact.state != "fits" and fact.function is not None:
        return Anchor(fact.function.line)
    return Anchor(citation.frame.line)
