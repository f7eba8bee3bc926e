"""Whether the code of a release is that of a commit, shown by the git ids of its files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file as it is shipped or installed; `path` is relative to where the release is unpacked, with `/`.

    `ids` are those under which git may hold it: of the content as it is, and with line ends as git keeps them, in
    repositories of either kind of id.
    """

    path: str
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Release:
    """Something released, with its own files, as found in an environment or an archive.

    `repository` is the address that its metadata name. `commit` is set where it is known already which one it was made
    from (PEP 610: it was installed from version control). `trouble` says why there is nothing to compare.
    """

    name: str
    version: str
    files: tuple[ReleaseFile, ...] = ()
    repository: str | None = None
    commit: str | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commit that a release may have been made from, the tag that leads there (None: no tag does), and how many of
    the release's files stand in it."""

    tag: str | None
    commit: str
    matched: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The commit whose files a release has.

    `matched` of the `files` that count stand in it, byte for byte but for line ends. `differing` are the others, each
    with the reason why; those that were made when the release was built do not count. `runners_up` are the tags that
    come next, where others had to be looked at.
    """

    distribution: str
    version: str
    repository: str
    tag: str | None
    commit: str
    matched: int
    files: int
    differing: tuple[tuple[str, str], ...] = ()
    runners_up: tuple[Candidate, ...] = ()

    @property
    def score(self) -> float:
        """The share of the files that stand in the commit, above 0 and at most 1."""
        return self.matched / self.files

    @property
    def told(self) -> str:
        """In words: "proved by content: 34 of 34 files at tag v2.2.2"."""
        where = f"tag {self.tag}" if self.tag else f"commit {self.commit[:12]}"
        return f"proved by content: {self.matched} of {self.files} files at {where}"


@dataclass(frozen=True, slots=True)
class Unproved:
    """A release of which no commit could be shown to be its own, and why; `looked` is False where nobody could look."""

    distribution: str
    version: str
    repository: str | None
    reason: str
    runners_up: tuple[Candidate, ...] = ()
    looked: bool = True

    @property
    def told(self) -> str:
        """In words: "not proved: …"."""
        return f"not proved: {self.reason}"
