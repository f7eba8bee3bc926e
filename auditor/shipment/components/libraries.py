"""Shared libraries that auditwheel, delocate and delvewheel put beside a wheel's own modules, told by their names."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditor.model.shipment import Component

_DATA = Path(__file__).parent / "data" / "libraries.toml"
# `name.libs` (auditwheel, delvewheel), `.dylibs` (delocate)
_PLACE = re.compile(r"(?:.*/)?(?:[^/]+\.libs|\.dylibs|\.libs)/[^/]+")
_ENDING = re.compile(r"(?:\.so(?:\.\d+){0,5}|(?:\.\d+){0,5}\.dylib|\.dll)", re.IGNORECASE)
# What the tools add to keep names apart: 8 digits of a SHA-256 (auditwheel), 32 (delvewheel); it may be there twice.
_HASH = re.compile(r"(?:-(?:[0-9a-f]{32}|[0-9a-f]{8})){1,3}\Z")
_VERSION = re.compile(r"[-.]?\d+(?:[._]\d+)*")


@dataclass(frozen=True, slots=True)
class Library:
    """A known library, as `data/libraries.toml` describes its fields.

    `license` is for information: what counts is the text in the shipment.
    """

    stems: tuple[str, ...]
    repository: str
    license: str
    authority: str
    packages: tuple[str, ...]


@cache
def table() -> dict[str, Library]:
    """Known libraries by name."""
    entries = tomllib.loads(_DATA.read_text("utf-8"))
    return {
        name: Library(
            tuple(entry["stems"]), entry["repository"], entry["license"], entry["authority"],
            tuple(entry.get("packages", ())),
        )
        for name, entry in entries.items()
    }  # fmt: skip


@cache
def stems() -> dict[str, str]:
    """The name of each known library by the stems of its files, lower case."""
    return {stem.lower(): name for name, library in table().items() for stem in library.stems}


def library_stem(file: str) -> str:
    """The library that a file holds, without hash, version and ending: "libgfortran-040039e1.so.5.0.0" → "libgfortran".

    "" for a file that is no shared library.
    """
    ending = next((match for match in _ENDING.finditer(file) if match.end() == len(file)), None)
    return _HASH.sub("", file[: ending.start()]) if ending is not None else ""


class LibraryReader:
    """See `Reader`; names suffice, nothing is read."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._files = [path for path in paths if _PLACE.fullmatch(path)]

    def wants(self, path: str) -> bool:
        return False

    def read(self, path: str, data: bytes) -> None:
        raise AssertionError(path)

    def components(self) -> Iterator[Component]:
        """A component for each library that the table knows, with all its files in a folder; one for any other file."""
        known: dict[tuple[str, str], list[str]] = {}
        for path in self._files:
            folder, _, file = path.rpartition("/")
            if (library := _known(library_stem(file))) is not None:
                known.setdefault((folder, library), []).append(path)
            elif library_stem(file):
                yield Component(file, "unknown", path, path, files=(path,))
        for (_, library), files in known.items():
            repository = table()[library].repository
            yield Component(library, "bundled", files[0], files[0], files=tuple(files), repository=repository)


def _known(stem: str) -> str | None:
    """The name of the library whose files have this stem, with or without the version that some put into it."""
    return stems().get(stem.lower()) or stems().get(_VERSION.sub("", stem).lower())
