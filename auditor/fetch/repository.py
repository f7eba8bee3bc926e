"""A repository of somebody else, as far as it was asked for: commits, names, paths, contents."""

from collections.abc import Collection, Iterable, Mapping

from auditor.fetch.history import History, Named
from auditor.fetch.objects import Objects
from auditor.fetch.remote import Remote
from auditor.fetch.trees import Entry, Trees


class Repository:
    """Open between `with store.repository(url)` and its end; not to be shared between threads.

    Every method may raise `FetchError`. Ask for all commits at once, then for all paths, then for
    all blobs: each of the first and the last is one fetch, whatever the number. `mirrored` says that
    a copy was asked instead of the repository itself, so that what is missing may exist all the same.
    """

    def __init__(self, remote: Remote, objects: Objects, history: History, *, mirrored: bool) -> None:
        self.mirrored = mirrored
        self._remote = remote
        self._objects = objects
        self._history = history
        self._trees = Trees(objects)
        self._kinds: dict[str, str] = {}

    @property
    def moved_to(self) -> str | None:
        """Where the host redirected to, if it did, in this session or the one that filled the cache."""
        return self._remote.moved_to

    def commits(self, ids: Iterable[str]) -> dict[str, str]:
        """Full ids to the commit each one means (an annotated tag's id means its commit).

        Ids that the repository does not have, or that are blobs or trees (`kind` tells), are
        left out. One fetch for all that are not in the cache, one more for each absent id.
        """
        known = self._objects.bring_commits(ids)
        self._kinds |= {name: about.type for name, about in known.items()}
        return {name: about.commit for name, about in known.items() if about.commit}

    def kind(self, object_id: str) -> str | None:
        """What an id given to `commits` turned out to be: "commit", "tag", "tree", "blob"; None if absent."""
        return self._kinds.get(object_id)

    def names(self, asked: Iterable[tuple[str, str | None]]) -> dict[tuple[str, str | None], Named]:
        """What (revision as written, ISO date or None) pairs mean; unknown and ambiguous ones are left out.

        A revision is an abbreviated commit id (4 digits or more), a branch, a tag, or "HEAD". With a
        date, a branch or HEAD means its newest first-parent commit of that moment or before (a date
        without time: the end of that day, UTC); if the branch has none so old, it is left out.
        """
        return self._history.names(asked)

    def tip(self, name: str) -> str | None:
        """Today's commit of a branch."""
        return self._history.refs().get(f"refs/heads/{name}")

    def ref_names(self) -> tuple[str, ...]:
        """Names of all branches and tags, longest first: `release/v2.6.x/path` starts with one of them."""
        refs = (full for full in self._history.refs() if full.startswith(("refs/heads/", "refs/tags/")))
        names = {full.removeprefix("refs/").partition("/")[2] for full in refs}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def tags(self) -> dict[str, str]:
        """Today's tags, each with its commit, by name; those of anything else than a commit are left out."""
        start = "refs/tags/"
        refs = sorted(self._history.refs().items())
        return {full.removeprefix(start): commit for full, commit in refs if full.startswith(start)}

    def contains(self, commits: Iterable[str]) -> dict[str, bool | None]:
        """Whether commits can be reached from any branch or tag of the repository.

        False is the mark of a commit that a host serves from a fork or a pull request. None: the
        history could not be had, or is larger than `Limits.history_bytes`. What is no full id is left out.
        """
        return self._history.contains(commits)

    def entry(self, commit: str, path: str) -> Entry | None:
        """What stands at a path of a fetched commit, links inside the tree followed ("" is the root).

        A link that leads outside, in circles or nowhere is returned itself (kind "symlink"); below a
        submodule, the submodule is. None if there is nothing.
        """
        return self._trees.entries([(commit, path)]).get((commit, path))

    def entries(self, asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
        """`entry` for many (commit, path) places at once: link texts that must be fetched come together."""
        return self._trees.entries(asked)

    def paths(self, commit: str) -> Mapping[str, Entry]:
        """Every file, link and submodule of a fetched commit by its path."""
        return self._trees.paths(commit)

    def holding(self, commits: Iterable[str], blobs: Collection[str]) -> dict[str, frozenset[str]]:
        """Which of the blobs (ids) stand anywhere in each of the fetched commits, by their trees alone."""
        return self._trees.holding(commits, blobs)

    def fetch_blobs(self, ids: Iterable[str]) -> None:
        """Bring blobs into the cache: one fetch of exactly those that are not there yet."""
        self._objects.bring_blobs(ids)

    def read(self, blob_id: str) -> bytes:
        """A fetched blob's content; `FetchError` "too-large" above `Limits.blob_bytes`, "damaged" if absent."""
        return self._objects.read_blob(blob_id)

    def close(self) -> None:
        """End the reading process."""
        self._objects.close()
