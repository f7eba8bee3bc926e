"""A damaged cache entry is thrown away and made again: once, and only if it can be made again."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from auditor.errors import FetchError
from auditor.fetch.remote import Remote

Result = TypeVar("Result")


class Healing(ABC):
    """Something cached that can be fetched again."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._healed = False

    @abstractmethod
    def rebuild(self) -> None:
        """Throw the cached state away and bring back what this session asked for."""

    def healing(self, action: Callable[[], Result]) -> Result:
        """The action's result; if the cache turns out to be damaged, rebuild it once and act again."""
        try:
            return action()
        except FetchError as error:
            if error.reason != "damaged" or self._healed or not self._remote.reachable:
                raise
        self._healed = True
        self.rebuild()
        return action()
