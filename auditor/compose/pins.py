"""The repositories of the dependencies, open at their pins for as long as a report is put together."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from auditor.errors import FetchError
from auditor.gather.owed_notices import expression_of
from auditor.gather.supplies import asked_of
from auditor.model import Unlooked
from auditor.model.obligation import Supply
from auditor.model.reference import Pin
from auditor.permalinks import Hosts

if TYPE_CHECKING:
    from auditor.fetch import Repository, Store


class OpenPins:
    """Every dependency by name: where it can be read, or why it cannot."""

    def __init__(
        self, supplies: Iterable[Supply], hosts: Hosts, store: Callable[[], "Store"], stack: ExitStack
    ) -> None:
        """`stack` closes the repositories."""
        self._repositories: dict[str, Repository] = {}
        self._clones: dict[str, str] = {}
        self.pins: Mapping[str, Pin | Unlooked] = {
            supply.dependency.name: self._open(supply, hosts, store, stack) for supply in supplies
        }

    def fetch(self, blobs: Mapping[str, Iterable[str]]) -> None:
        """Brings the contents (blob ids by dependency) here, each repository's in one fetch. Raises FetchError."""
        wanted: dict[str, list[str]] = {}
        for name, ids in blobs.items():
            if name in self._clones:
                wanted.setdefault(self._clones[name], []).extend(ids)
        for clone, ids in wanted.items():
            self._repositories[clone].fetch_blobs(list(dict.fromkeys(ids)))

    def _open(self, supply: Supply, hosts: Hosts, store: Callable[[], "Store"], stack: ExitStack) -> Pin | Unlooked:
        subject, asked = supply.subject, asked_of(supply.dependency, hosts)
        if subject is None or subject.repository is None or subject.commit is None or asked is None:
            return Unlooked(supply.unlooked or "it was not looked at")
        try:
            if asked.clone not in self._repositories:
                self._repositories[asked.clone] = stack.enter_context(store().repository(asked.clone))
            repository = self._repositories[asked.clone]
            if not repository.commits([subject.commit]):
                return Unlooked(f"{subject.repository} has no commit {subject.commit}")
        except FetchError as error:
            return Unlooked(str(error))
        self._clones[supply.dependency.name] = asked.clone
        own = [file for file in subject.files if not file.bundled]
        return Pin(subject.repository, subject.commit, repository, repository, expression_of(own, subject))
