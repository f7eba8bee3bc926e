"""What `--baseline` and `--changed-since` leave of an audit, and where the documents lie."""

import argparse
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from auditor.baseline import apply_baseline, read_baseline
from auditor.changes import keep_changed, touched_documents
from auditor.errors import DocumentError, EnvironmentTrouble, UsageError
from auditor.model import Audit
from auditor.model.aside import BaselineEntry
from auditor.model.change import Changes
from auditor.model.worktree import UNKNOWN, Worktree
from auditor.read import Document


@dataclass(frozen=True, slots=True)
class Screen:
    """Through which an audit goes; None leaves everything. It is made first, so that mistakes end the run at once."""

    baseline: tuple[BaselineEntry, ...] | None = None
    changes: Changes | None = None
    worktree: Worktree = UNKNOWN

    def documents(self, documents: Sequence[Document]) -> list[Document]:
        """The documents that are worth reading: all, or those that were changed."""
        if self.changes is None:
            return list(documents)
        touched = frozenset(touched_documents([one.name for one in documents], self.changes, self.worktree))
        return [one for one in documents if one.name in touched]

    def apply(self, audit: Audit, rules: Collection[ModuleType], manifests: Collection[str] = ()) -> Audit:
        """What is left of the audit; `rules` are those that ran, `manifests` the files that say what is used."""
        if self.baseline is not None:
            audit = apply_baseline(audit, self.baseline, [rule.ID for rule in rules])
        return audit if self.changes is None else keep_changed(audit, self.changes, self.worktree, manifests)


def screen_of(arguments: argparse.Namespace) -> Screen:
    """What the arguments ask for. Raises DocumentError for a bad baseline, UsageError for a revision that is none."""
    baseline = read_baseline(_bytes(arguments.baseline), arguments.baseline) if arguments.baseline else None
    if not arguments.changed_since:
        return Screen(baseline)
    from auditor.fetch.changes import changed_since

    changes = changed_since(Path(), arguments.changed_since)
    if changes is None:
        raise UsageError(f"--changed-since {arguments.changed_since}: the current folder is in no git repository")
    return Screen(baseline, changes, Worktree(changes.root, os.path.realpath(".")))


def worktree_here() -> Worktree:
    """The repository that the current folder lies in, for outputs that name its files and its commit."""
    from auditor.fetch import own_repository

    here = Path(os.path.realpath("."))
    try:
        known = own_repository(here / "document")
    except EnvironmentTrouble:  # without git the names are all that there is
        return UNKNOWN
    if known is None:
        return UNKNOWN
    root, commit, repository = known
    return Worktree(str(root), str(here), repository, commit)


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise DocumentError(f"{path}: cannot be read: {said}; `auditor baseline` writes it") from error
