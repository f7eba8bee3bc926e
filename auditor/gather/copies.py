"""Vendored copies in an artifact: where they are declared, and where upstream's own files are found by blob id."""

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from threading import Lock

from auditor.errors import ShipmentError
from auditor.gather.artifacts import OpenArtifact
from auditor.licenses.find import is_source
from auditor.model.manifest import Dependency
from auditor.model.obligation import VendoredCopy
from auditor.model.shipment import Component, Copy
from auditor.shipment.vendored import ReadMany, Tree, compare_copy

_LEAST_BYTES = 200  # shorter files are alike by chance
_LEAST_FILES = 3  # equal source files that make a copy; one is enough if it has the dependency's name
# Where projects themselves keep code of others: what is found there says nothing about the project.
_OF_OTHERS = frozenset(
    "vendor vendored _vendor third_party thirdparty 3rdparty external extern externals contrib deps node_modules bower_"
    "components static assets docs doc tests test examples example".split()
)
_READING = Lock()  # an archive is read by one thread at a time
# Evidence that a component is there as it was released, put there by a packager; see `Component.evidence`.
_RELEASED = (
    "/METADATA",
    "/PKG-INFO",
    "METADATA",
    "PKG-INFO",
    "package.json",
    "pom.properties",
    "MANIFEST.MF",
    "/status",
)


def find_copies(
    opened: OpenArtifact,
    dependency: Dependency,
    upstream: Tree,
    declared: Sequence[tuple[str, str]] = (),
    component: Component | None = None,
) -> Iterator[VendoredCopy]:
    """The copies of a dependency's code in an artifact, each held against `upstream`.

    `declared` are (path as the manifest has it, path as a user can open it). Of a component that lies there as it was
    released no copy is made: its packager answers for what differs.
    """
    released = component is not None and component.evidence.endswith(_RELEASED)
    taken: set[str] = set()
    places: list[tuple[str, str | None]] = []
    for path, shown in declared:
        if (there := find_place(opened.shipment.paths, path)) is not None:
            places.append((there, shown))
        else:  # looked for, and not there
            yield VendoredCopy(opened.artifact.name, path, Copy(), shown)
    if component is not None and not released and component.root and not places:
        places.append((component.root, None))
    for place, document in places:
        files = [path for path in opened.scan.blobs if path == place or path.startswith(f"{place}/")]
        taken.update(files)
        yield _compared(opened, place, document, files, upstream)
    others = {path for one in opened.artifact.components if one is not component for path in _own_files(one)}
    if not released and not declared:
        free = {path: blob for path, blob in opened.scan.blobs.items() if path not in taken and path not in others}
        for found in _found(opened, free, dependency, upstream.blobs):
            files = [path for path in free if path == found or path.startswith(f"{found}/")]
            yield _compared(opened, found, None, files, upstream)


def find_place(paths: Collection[str], declared: str) -> str | None:
    """Where a folder or file of the project lies in an artifact: under as much of its path as is there.

    "src/p/_vendor/x" is "p/_vendor/x" in a wheel, and below a folder of the version's name in an sdist.
    """
    parts = declared.strip("/").split("/")
    for first in range(len(parts)):
        tail = "/".join(parts[first:])
        found = {prefix for path in paths if (prefix := _prefix(path, tail)) is not None}
        if first and first + 1 == len(parts):  # a name alone may stand for anything, except at the top
            found &= {tail}
        if found:
            return min(found, key=lambda one: (one.count("/"), one))
    return None


def _prefix(path: str, tail: str) -> str | None:
    """The beginning of a path that ends with `tail`, whole folders only."""
    at = f"/{path}/".find(f"/{tail}/")
    return path[: at + len(tail)] if at >= 0 else None


def _own_files(component: Component) -> Iterable[str]:
    return component.files if component.kind == "bundled" else ()


def _found(
    opened: OpenArtifact, free: Mapping[str, str], dependency: Dependency, upstream: Mapping[str, str]
) -> Iterator[str]:
    """The folders or files in which upstream's own source files are found."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for path, blob in upstream.items():
        if is_source(path) and _OF_OTHERS.isdisjoint(path.lower().split("/")[:-1]):
            wanted[blob].append(path)
    hits = [
        (path, wanted[blob][0])
        for path, blob in free.items()
        if blob in wanted and opened.scan.sizes[path] >= _LEAST_BYTES and is_source(path)
    ]
    groups: Counter[str] = Counter(_root(path, origin) for path, origin in hits)
    for root, count in groups.items():
        if count >= _LEAST_FILES:
            yield root or os.path.commonpath([os.path.dirname(path) for path, _ in hits])
    for path, origin in hits:
        if groups[_root(path, origin)] < _LEAST_FILES and _is_named(path, dependency.name):
            yield path


def _root(path: str, upstream: str) -> str:
    """The folder of the copy that stands for the highest of upstream's folders that was kept."""
    here, there = path.split("/"), upstream.split("/")
    common = 0
    while common < min(len(here), len(there)) and here[-1 - common] == there[-1 - common]:
        common += 1
    kept = len(here) - common
    return "/".join(here[: kept + 1] if common > 1 else here[:kept])


def _is_named(path: str, name: str) -> bool:
    stem = PurePosixPath(path).stem.lower().replace("-", "_")
    return stem == name.lower().replace("-", "_").replace(".", "_")


def _compared(
    opened: OpenArtifact, place: str, document: str | None, files: Sequence[str], upstream: Tree
) -> VendoredCopy:
    """The files at a place, with paths relative to it, against upstream."""
    single = files == [place]
    folder = place.rpartition("/")[0] if single else place
    start = len(folder) + 1 if folder else 0
    copied = Tree({path[start:]: opened.scan.blobs[path] for path in files}, _reading(opened, folder))
    shown = document and (os.path.dirname(document) if single else document)
    return VendoredCopy(opened.artifact.name, folder, compare_copy(copied, upstream), shown)


def _reading(opened: OpenArtifact, folder: str) -> ReadMany:
    """How the files below a folder are read, by their paths relative to it."""
    prefix = f"{folder}/" if folder else ""

    def read_many(paths: Collection[str], size: int | None) -> list[tuple[str, bytes | ShipmentError]]:
        with _READING:
            found = dict(opened.shipment.read_many([f"{prefix}{path}" for path in paths], size))
        return [(path, found[f"{prefix}{path}"]) for path in paths]

    return read_many
