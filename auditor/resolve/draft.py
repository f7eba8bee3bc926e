"""First look: which commit, which file, or which files it might be. Reads trees, no contents.

All drafts of a repository are made before any content is fetched, so that one fetch brings
everything that the second look (`auditor.resolve.judge`) can ask for.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from auditor.model import Citation, Missing, Permalink, Revision, Unlooked
from auditor.model.checkout import Entry, Trees
from auditor.resolve.paths import PathIndex, PathRepair
from auditor.resolve.revisions import Asked, Settled
from auditor.spelling import edit_distance


@dataclass(frozen=True)  # without slots, which would leave no room for what is cached
class Claim:
    """A citation with its number in the run, and the ISO date that its branch links are read as of.

    `beside` names the functions of the frames before and after it in its stack; () where it ends that, or is no frame.
    """

    index: int
    citation: Citation
    as_of: str | None = None
    beside: tuple[str, ...] = ()

    @cached_property
    def asked(self) -> Asked:
        """The claim's link as a question for its revision."""
        if self.citation.link is None:
            raise ValueError("a citation without a link asks for no revision")
        return Asked(self.citation.link, self.as_of)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that a broken link may mean, with the reasons that lead to it."""

    link: Permalink
    revision: Revision
    entry: Entry
    reasons: tuple[str, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """What the trees tell about a claim: the entry it names, or why there is none, and what may be meant."""

    claim: Claim
    link: Permalink
    revision: Revision | None = None
    entry: Entry | None = None
    trouble: Missing | Unlooked | None = None
    candidates: tuple[Candidate, ...] = ()
    tip_entry: Entry | None = None

    def today(self) -> "Draft":
        """The same claim, read at the branch's commit of today: the date of a document may miss by a merge."""
        assert self.revision is not None
        assert self.revision.tip is not None
        revision = replace(self.revision, commit=self.revision.tip, as_of=None)
        return replace(self, revision=revision, entry=self.tip_entry, tip_entry=None, trouble=None, candidates=())

    def wanted(self) -> Iterable[str]:
        """The ids of the blobs that judging this draft needs."""
        entries = [self.entry, self.tip_entry, *(candidate.entry for candidate in self.candidates)]
        return (entry.id for entry in entries if entry is not None and entry.kind == "file")


class Drafter:
    """Makes drafts for the claims on one repository."""

    def __init__(self, trees: Trees, settled: Mapping[Asked, Settled | Missing]) -> None:
        self._trees = trees
        self._entry = cache(trees.entry)  # a report cites few files often
        self._settled = settled
        self._indexes: dict[str, PathIndex] = {}

    def index(self, commit: str) -> PathIndex:
        """Every path of a commit; built when a link has to be repaired."""
        if commit not in self._indexes:
            self._indexes[commit] = PathIndex(self._trees.paths(commit))
        return self._indexes[commit]

    def drafts(self, claims: Iterable[Claim]) -> list[Draft]:
        """A draft per claim, in the same order."""
        first = [self._draft(claim) for claim in claims]
        if not any(map(_needs_neighbours, first)):
            return first
        pins = _pins(first)
        return [self._from_neighbours(draft, pins) if _needs_neighbours(draft) else draft for draft in first]

    def _draft(self, claim: Claim) -> Draft:
        asked = claim.asked
        link = asked.link
        if link.view == "pull" and link.revision is None:
            return Draft(claim, link, trouble=Unlooked("the lines of a pull request's diff cannot be judged from git"))
        if link.revision is None and link.view != "gist":
            return Draft(claim, link, trouble=Missing("form", "the link names no commit"))
        settled = self._settled.get(asked)
        if not isinstance(settled, Settled):
            return Draft(claim, link, trouble=settled or Missing("commit", f"{link.revision} does not exist"))
        if link.diff is not None:
            return self._draft_diff(claim, settled)
        if link.view == "gist":
            return self._draft_gist(claim, settled)
        return self._draft_path(claim, settled)

    def _draft_path(self, claim: Claim, settled: Settled) -> Draft:
        link, revision = settled.link, settled.revision
        draft = Draft(claim, link, revision)
        if link.path == "":
            cut = any(defect.kind == "truncated" for defect in claim.citation.defects)
            trouble = Missing("path", "the link ends at the commit; no file is cited", commit=revision.commit)
            return replace(draft, trouble=trouble) if cut else draft
        entry = self._entry(revision.commit, link.path)
        tip = self._entry(revision.tip, link.path) if revision.tip and revision.tip != revision.commit else None
        if entry is None and tip is not None:
            return replace(draft, tip_entry=tip).today()
        if entry is not None and entry.kind == "file" and "" in link.path.split("/"):
            entry = None  # git's walk skips the empty part of `src//app.py`, hosts do not
        if entry is None or (entry.kind != "file" and link.anchor is not None):
            return self._draft_repaired(draft, entry)
        if self._is_below_submodule(revision.commit, link.path, entry):
            return self._draft_repaired(draft, entry)
        return Draft(claim, link, revision, entry, tip_entry=tip)

    def _is_below_submodule(self, commit: str, path: str, entry: Entry) -> bool:
        """Whether a submodule was found because the path leads into it."""
        if entry.kind != "submodule":
            return False
        above = self._entry(commit, os.path.dirname(path))
        return above is not None and above.kind == "submodule"

    def _draft_repaired(self, draft: Draft, entry: Entry | None) -> Draft:
        link, revision = draft.link, draft.revision
        assert revision is not None
        detail = self._why_no_file(revision.commit, link.path, entry)
        repair = self.index(revision.commit).repair(link.path) if entry is None else None
        candidates = self._candidates(link, revision, repair, repair.reason) if repair else ()
        near = tuple(candidate.link.path for candidate in candidates)
        return replace(draft, trouble=Missing("path", detail, near, commit=revision.commit), candidates=candidates)

    def _candidates(
        self, link: Permalink, revision: Revision, repair: PathRepair, *reasons: str
    ) -> tuple[Candidate, ...]:
        files = self.index(revision.commit).files
        return tuple(
            Candidate(replace(link, path=path), revision, files[path], reasons, repair.certain) for path in repair.paths
        )

    def _why_no_file(self, commit: str, path: str, entry: Entry | None) -> str:
        short = commit[:12]
        if entry is None:
            return f"{path} does not exist at {short}"
        if self._is_below_submodule(commit, path, entry):
            return f"{path} lies in the submodule {entry.path}, which is another repository"
        what = {"directory": "a directory", "submodule": "a submodule"}.get(
            entry.kind, "a symbolic link that leads to no file of the repository"
        )
        return f"{path} is {what} at {short}; it has no lines"

    def _draft_diff(self, claim: Claim, settled: Settled) -> Draft:
        """A diff view names its file by the SHA-256 of the path; its right half is the file at that commit."""
        link, revision = settled.link, settled.revision
        if link.side == "L":
            trouble = Unlooked("the link cites the old half of a diff, whose commit it does not name")
            return Draft(claim, link, revision, trouble=trouble)
        if link.anchor is None:
            return Draft(claim, link, revision)  # the file may be one that the commit deletes
        for path, entry in self.index(revision.commit).files.items():
            if hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest() == link.diff:
                return Draft(claim, replace(link, path=path), revision, entry)
        return Draft(claim, link, revision, trouble=Missing("path", "the commit holds no file with this diff id"))

    def _draft_gist(self, claim: Claim, settled: Settled) -> Draft:
        """A gist's anchor names its file by a slug in which every other character is a hyphen."""
        link, revision = settled.link, settled.revision
        if not link.path:
            return Draft(claim, link, revision)
        for path, entry in self.index(revision.commit).files.items():
            if re.sub(r"[^a-z0-9_]+", "-", path.lower()).strip("-") == link.path:
                return Draft(claim, link, revision, entry)
        return Draft(claim, link, revision, trouble=Missing("path", f"the gist has no file {link.path}"))

    def _from_neighbours(self, draft: Draft, pins: list[tuple[int, str, Revision]]) -> Draft:
        """The commit is missing or wrong: what do the document's other links to this repository cite?"""
        here = [(abs(index - draft.claim.index), revision) for index, document, revision in pins
                if document == draft.claim.citation.place.document]  # fmt: skip
        written = draft.link.revision
        if written is not None:
            here = [(far, revision) for far, revision in here if edit_distance(written, revision.commit, 3) <= 3]
        revisions = list(dict.fromkeys(revision for _, revision in sorted(here, key=lambda item: item[0])))
        found: list[Candidate] = []
        for revision in revisions:
            reason = f"other links of the report cite {revision.commit[:12]}"
            entry = self._entry(revision.commit, draft.link.path) if draft.link.path else None
            if entry is not None and entry.kind == "file":
                found.append(Candidate(draft.link, revision, entry, (reason,)))
            elif draft.link.path and (repair := self.index(revision.commit).repair(draft.link.path)):
                found += self._candidates(draft.link, revision, repair, reason, repair.reason)
        return replace(draft, candidates=tuple(found))


def _needs_neighbours(draft: Draft) -> bool:
    return isinstance(draft.trouble, Missing) and draft.trouble.what in ("form", "commit")


def _pins(drafts: Iterable[Draft]) -> list[tuple[int, str, Revision]]:
    """Number, document and revision of the claims whose file is there."""
    return [
        (draft.claim.index, draft.claim.citation.place.document, draft.revision)
        for draft in drafts
        if draft.revision and (draft.entry or draft.candidates)
    ]
