"""The one way in which the rest of the tool sees a folder, a file or an archive."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from auditor.errors import ShipmentError


class Shipment(ABC):
    """Files and how to read them; a context manager.

    `name` is the last part of the path that was opened. `paths` are the regular files, POSIX, relative, sorted; of
    links those that lead to a regular file inside. `troubles` are the members that were left out and why, a line each.

    A member that cannot be read (encrypted, too large, damaged) is listed all the same: only reading it fails.
    """

    def __init__(self, name: str, paths: Iterable[str], troubles: tuple[str, ...]) -> None:
        self.name = name
        self.paths = tuple(sorted(paths))
        self.troubles = troubles

    @abstractmethod
    def read_many(self, paths: Iterable[str], size: int | None = None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        """The content of each path, or why it could not be had, in the shipment's own order: one pass over an archive.

        With `size` only the first `size` bytes of each.
        """

    def read(self, path: str) -> bytes:
        """The whole content of one file. Raises ShipmentError. For several files of an archive use `read_many`."""
        return self._only(path, None)

    def head(self, path: str, size: int) -> bytes:
        """At most the first `size` bytes of one file, however large it is. Raises ShipmentError."""
        return self._only(path, size)

    def _only(self, path: str, size: int | None) -> bytes:
        for _, content in self.read_many((path,), size):
            if isinstance(content, ShipmentError):
                raise content
            return content
        raise ShipmentError(f"{self.name}: there is no {path!r}")

    def close(self) -> None:  # noqa: B027  # most kinds hold nothing open
        """Lets go of the file that is held open, if any."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
