"""A repository at one commit, seen as a shipment: its files can be listed, and are fetched when they are read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from auditor.errors import FetchError, ShipmentError, UsageError
from auditor.permalinks import Hosts, parse_link, parse_repository
from auditor.shipment import Shipment

if TYPE_CHECKING:
    from auditor.fetch import FetchSettings, Repository, Store


@dataclass(frozen=True, slots=True)
class Asked:
    """A target on a code host: the repository as shown, where it is cloned from, a revision, perhaps a path in it.

    `tags` are names of which the first that is a tag there is taken, where there is no `revision`.
    """

    repository: str
    clone: str
    revision: str
    path: str = ""
    tags: tuple[str, ...] = ()


def parse_target(target: str, hosts: Hosts) -> Asked:
    """`URL@REVISION`, a link to a file or folder at a revision, or a repository's URL alone (its HEAD).

    Raises UsageError for a URL that names no repository.
    """
    parsed = parse_link(target, hosts)
    if parsed is not None and parsed.link.revision and not parsed.defects and "@" not in parsed.link.revision:
        from auditor.permalinks import clone_url

        link = parsed.link
        return Asked(link.repository_url, clone_url(link), link.revision or "HEAD", link.path)
    scheme, _, rest = target.partition("://")
    place, at, revision = rest.rpartition("@")
    if not at or "/" not in place:  # the only "@" is that of `user@host`
        place, revision = rest, "HEAD"
    url = f"{scheme}://{place}".rstrip("/")
    if not revision or "/" not in place:
        raise UsageError(f"{target}: write URL@COMMIT, as https://github.com/pallets/flask@2.2.2")
    repository = parse_repository(url, hosts) or url.removesuffix(".git")
    return Asked(repository, repository if parse_repository(url, hosts) else url, revision)


class CommitFiles(Shipment):
    """The files of `commit` below the folder that was asked for; links inside the repository are followed."""

    def __init__(self, name: str, repository: "Repository", commit: str, paths: Iterable[str]) -> None:
        super().__init__(name, paths, ())
        self.commit = commit
        self._repository = repository

    @property
    def blobs(self) -> Mapping[str, str]:
        """The git blob id of every file, links followed."""
        entries = self._repository.entries([(self.commit, path) for path in self.paths])
        return {path: entry.id for (_, path), entry in entries.items() if entry.kind == "file"}

    def read_many(self, paths: Iterable[str], size: int | None = None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        """See `Shipment`; everything that is asked for at once is one fetch."""
        asked = list(paths)
        entries = self._repository.entries([(self.commit, path) for path in asked])
        blobs = {path: entry for path in asked if (entry := entries.get((self.commit, path))) and entry.kind == "file"}
        self._repository.fetch_blobs([entry.id for entry in blobs.values()])
        for path in asked:
            yield path, self._content(path, blobs[path].id if path in blobs else None, size)

    def _content(self, path: str, blob: str | None, size: int | None) -> bytes | ShipmentError:
        if blob is None:
            return ShipmentError(f"{path}: a link that leads out of the repository, or nowhere")
        try:
            return self._repository.read(blob)[:size]
        except FetchError as error:
            return ShipmentError(f"{path}: {error}")


def open_store(settings: "FetchSettings", warn: Callable[[str], None], cancelled: Event | None = None) -> "Store":
    """The cache of repositories; `warn` is told when it cannot be kept, `cancelled` ends what git has under way."""
    from auditor.fetch import Store, check_git

    check_git()
    store = Store(settings, cancelled)
    if store.warning:
        warn(store.warning)
    return store


@contextmanager
def open_commit(asked: Asked, store: "Store") -> Iterator[CommitFiles]:
    """The files at the revision. Raises FetchError when the repository, the revision or the path cannot be had."""
    with store.repository(asked.clone) as repository:
        commit = _commit(asked, repository)
        root = repository.entry(commit, asked.path)
        if root is None:
            raise FetchError("not-found", f"{asked.repository}: no {asked.path} at {commit[:12]}")
        paths = [path for path, entry in repository.paths(commit).items() if entry.kind in ("file", "symlink")]
        if root.kind == "directory" and asked.path:
            paths = [path for path in paths if path.startswith(f"{asked.path}/")]
        elif asked.path:
            paths = [asked.path]
        yield CommitFiles(asked.repository.rpartition("/")[2], repository, commit, paths)


def _commit(asked: Asked, repository: "Repository") -> str:
    if asked.tags and not asked.revision:
        return _tagged(asked, repository)
    full = asked.revision.lower()
    if len(full) in (40, 64) and all(digit in "0123456789abcdef" for digit in full):
        found = repository.commits([full]).get(full)
    else:
        named = repository.names([(asked.revision, None)]).get((asked.revision, None))
        found = repository.commits([named.commit]).get(named.commit) if named else None
    if found is None:
        where = " in the mirror's copy" if repository.mirrored else ""
        raise FetchError("not-found", f"{asked.repository} has no revision {asked.revision}{where}")
    return found


def _tagged(asked: Asked, repository: "Repository") -> str:
    """The commit of the first of the names that is a tag."""
    named = repository.names([(tag, None) for tag in asked.tags])
    for tag in asked.tags:
        if (found := named.get((tag, None))) and found.kind == "tag":
            commit = repository.commits([found.commit]).get(found.commit)
            if commit is not None:
                return commit
    raise FetchError("not-found", f"{asked.repository} has no tag like {asked.tags[0]}")
