"""What a stage may ask of a repository, whoever provides it; `auditor.fetch` does.

The stages that judge never import the one that fetches: they see a repository through these protocols.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

EntryKind = Literal["file", "directory", "symlink", "submodule"]


class Entry(Protocol):
    """Something in a tree: `id` is its git object id, `path` where it really is (symlinks followed)."""

    @property
    def path(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> EntryKind: ...


class Named(Protocol):
    """The commit that a name stands for, and what sort of name it is."""

    @property
    def commit(self) -> str: ...
    @property
    def kind(self) -> Literal["abbreviation", "branch", "tag", "head"]: ...
    @property
    def full_name(self) -> str: ...


class Trees(Protocol):
    """The paths of commits that are here already."""

    def entry(self, commit: str, path: str) -> Entry | None:
        """What stands at `path`, or None."""
        ...

    def paths(self, commit: str) -> Mapping[str, Entry]:
        """Every file of the commit by its path."""
        ...


class Blobs(Protocol):
    """The contents of files that are here already."""

    def read(self, blob_id: str) -> bytes:
        """The bytes of a blob; raises FetchError "too-large" above the limit."""
        ...


class Tagged(Blobs, Protocol):
    """A repository that can be asked for its tags, and for what they hold."""

    def tags(self) -> Mapping[str, str]:
        """Today's tags, each with the full id of its commit."""
        ...

    def commits(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Bring commits with their trees; those that exist, each with the commit it peels to."""
        ...

    def entries(self, asked: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Entry]:
        """What stands at (commit, path) places of commits that are here already."""
        ...

    def fetch_blobs(self, ids: Iterable[str]) -> None:
        """Bring the contents of files."""
        ...


class Revisions(Protocol):
    """Commits and names of one repository."""

    def commits(self, ids: Iterable[str]) -> dict[str, str]:
        """Full ids that exist, each with the commit it peels to."""
        ...

    def names(self, asked: Iterable[tuple[str, str | None]]) -> Mapping[tuple[str, str | None], Named]:
        """(abbreviation, branch or tag; ISO date or None) to its commit, where there is exactly one."""
        ...

    def tip(self, name: str) -> str | None:
        """Today's commit of a branch."""
        ...

    def ref_names(self) -> tuple[str, ...]:
        """Branch and tag names, longest first."""
        ...

    def contains(self, commits: Iterable[str]) -> dict[str, bool | None]:
        """Whether a branch or tag contains each commit; None where that could not be told."""
        ...
