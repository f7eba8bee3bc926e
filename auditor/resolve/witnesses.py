"""The frames of stacks as witnesses: can one have been running at its line in some version of its file?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from auditor.model import Frame, Permalink, Symbol
from auditor.model.checkout import Entry
from auditor.resolve.calls import judge_call, statement_at
from auditor.resolve.content import FileText
from auditor.resolve.draft import Claim, Draft
from auditor.resolve.frames import judge_frame
from auditor.resolve.guests import Invitation

# "no": it cannot have been running there; "doubtful": nothing on the line calls a frame beside it; "fits": something on
# it may; "proved": it does, or nothing needs to be called there. "unknown": the file defines no such function.
Level = Literal["no", "doubtful", "fits", "proved", "unknown"]

# The languages in which nothing is called without a bracket but by what `calls` knows.
_BRACKETED = frozenset({"c", "cpp", "csharp", "go", "java", "javascript", "php", "python", "rust", "tsx", "typescript"})
# Folders that projects move all their code into, or out of.
_SOURCE_FOLDERS = ("src", "lib")
_MOST_FRAMES = 200  # of a stack; deeper ones repeat themselves


@dataclass(frozen=True, slots=True)
class Witness:
    """A frame, and the file that its link means, at the commit that is cited.

    `beside` names the functions of the frames before and after it, () where it ends its stack.
    """

    index: int
    frame: Frame
    beside: tuple[str, ...]
    link: Permalink
    commit: str
    entry: Entry

    def places(self) -> Iterator[str]:
        """Where its file may stand in another version, the likeliest path first."""
        path = self.entry.path
        yield path
        first, _, rest = path.partition("/")
        if first in _SOURCE_FOLDERS and "/" in rest:
            yield rest
        yield from (f"{folder}/{path}" for folder in _SOURCE_FOLDERS if "/" in path and folder != first)

    def may_fit(self, text: FileText) -> bool:
        """A first look at a version, without its outline; False is certain."""
        return 1 <= self.frame.line <= len(text.lines) and bool(text.lines[self.frame.line - 1].strip())

    def stand(self, file: FileText) -> tuple[Level, Symbol | None]:
        """How it fits a version of its file, and the function around its line there."""
        fact = judge_frame(self.frame, file)
        if fact.state == "unjudged" or fact.function is None or file.outline is None or file.definitions is None:
            return ("unknown" if fact.state in ("unjudged", "fits") else "no"), None
        if fact.state != "fits":
            return "no", None
        return self._level(file, file.outline.language, fact.function), fact.function

    def _level(self, file: FileText, language: str, function: Symbol) -> Level:
        """Whether a line of the named function calls on. The first line of a definition is what people cite for it."""
        if language == "python" and self.frame.line < function.body:
            return "fits"
        if not self.beside:
            return "proved"
        call = judge_call(statement_at(file.lines, self.frame.line), self.beside, lambda name: _defines(file, name))
        if call == "unlikely":
            return "doubtful" if language in _BRACKETED else "fits"
        return "proved" if call == "named" else "fits"


@dataclass(slots=True)
class Stack:
    """The frames of a stack by the numbers of their claims: those that link into the repository (at most 200), and
    as many others whose file it has at one of the commits that they cite."""

    own: dict[int, Witness] = field(default_factory=dict)
    guests: dict[int, Witness] = field(default_factory=dict)


def witnesses_of(drafts: Iterable[Draft], invitations: Iterable[Invitation]) -> dict[tuple[str, int], Stack]:
    """The frames that bear witness for one repository, by document and number of their stack."""
    stacks: dict[tuple[str, int], Stack] = {}
    for draft in drafts:
        own = _witness(draft)
        if own is not None:
            stack = stacks.setdefault(_place(draft.claim), Stack())
            if len(stack.own) < _MOST_FRAMES:
                stack.own[own.index] = own
    for one in invitations:
        claim, invited = one.guest.claim, stacks.get(_place(one.guest.claim))
        if invited is None or claim.citation.frame is None or one.entry.kind != "file":
            continue
        if one.revision.commit in {witness.commit for witness in invited.own.values()}:
            commit, frame = one.revision.commit, claim.citation.frame
            if len(invited.guests) < _MOST_FRAMES:
                guest = Witness(claim.index, frame, claim.beside, one.link, commit, one.entry)
                invited.guests.setdefault(claim.index, guest)
    return stacks


def _place(claim: Claim) -> tuple[str, int]:
    stack = claim.citation.stack
    return claim.citation.place.document, -1 if stack is None else stack


def _witness(draft: Draft) -> Witness | None:
    """The frame of a link into the repository, if it has one and the file is known."""
    claim, revision, entry = draft.claim, draft.revision, draft.entry
    if entry is None and draft.candidates:
        revision, entry = draft.candidates[0].revision, draft.candidates[0].entry
    frame = claim.citation.frame
    if frame is None or claim.citation.stack is None or revision is None or entry is None or entry.kind != "file":
        return None
    if entry.path.rpartition("/")[2] != frame.file.replace("\\", "/").rpartition("/")[2]:
        return None
    return Witness(claim.index, frame, claim.beside, draft.link, revision.commit, entry)


def _defines(file: FileText, name: str) -> bool:
    definitions = file.definitions
    return definitions is not None and any(symbol.kind == "function" for symbol in definitions.find(name))
