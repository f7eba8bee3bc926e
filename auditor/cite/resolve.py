"""References -> the places that they stand for, read at the pins of their dependencies."""

from collections.abc import Iterable, Mapping

from auditor.cite.dependencies import Dependencies
from auditor.cite.files import PinnedFiles
from auditor.cite.found import NotFound
from auditor.cite.reader import PinReader, needs_content, unresolved
from auditor.cite.source import OutlineOf
from auditor.errors import FetchError
from auditor.model import Unlooked
from auditor.model.reference import AnyReference, CodeReference, MalformedReference, Outcome, Pin, Unresolved
from auditor.permalinks import DEFAULT, Hosts

Pins = Mapping[str, Pin | Unlooked]


def needed_blobs(references: Iterable[AnyReference], pins: Pins) -> dict[str, tuple[str, ...]]:
    """The contents that `resolve_references` reads: blob ids by the name of the dependency, each once, in order.

    Looks at trees only.
    """
    needed: dict[str, dict[str, None]] = {}
    files = {name: PinnedFiles(pin) for name, pin in pins.items() if isinstance(pin, Pin)}
    for name, paths in _paths_by_dependency(references, pins).items():
        for path in paths if name in files else ():
            try:
                entries = [files[name].entry(found) for found in files[name].find(path)]
            except FetchError:
                continue  # resolving it tells
            if len(entries) == 1 and entries[0] and entries[0].kind == "file":
                needed.setdefault(name, {})[entries[0].id] = None
    return {name: tuple(blobs) for name, blobs in needed.items()}


def resolve_references(
    references: Iterable[AnyReference], pins: Pins, outline_of: OutlineOf, hosts: Hosts = DEFAULT
) -> tuple[Outcome, ...]:
    """What each reference stands for, in their order; never raises for what a reference or a repository holds.

    `pins` has every dependency of the manifest: where it is read, or why it cannot be looked at. What `needed_blobs`
    names must be here; `outline_of` outlines a file (blob id, path, content).
    """
    written = list(references)
    names = Dependencies(pins)
    paths = _paths_by_dependency(written, pins)
    readers = {
        name: PinReader(PinnedFiles(pin, outline_of, paths.get(name, ())), hosts)
        for name, pin in pins.items()
        if isinstance(pin, Pin)
    }
    # File by file, since only some are kept open.
    order = sorted(range(len(written)), key=lambda index: _path(written[index]))
    outcomes = {index: _outcome(written[index], names, pins, readers) for index in order}
    return tuple(outcomes[index] for index in range(len(written)))


def _path(reference: AnyReference) -> str:
    return reference.path if isinstance(reference, CodeReference) else ""


def _outcome(reference: AnyReference, names: Dependencies, pins: Pins, readers: Mapping[str, PinReader]) -> Outcome:
    if isinstance(reference, MalformedReference):
        return Unresolved(reference, "malformed", reference.problem, reference.hint)
    name = names.find(reference.dependency)
    if name is None:
        return unresolved(reference, names.missing(reference))
    pin = pins[name]
    if isinstance(pin, Unlooked):
        return unresolved(reference, NotFound("unlooked", f"{name}: {pin.message}", "run again when it can be had"))
    return readers[name].outcome(reference)


def _paths_by_dependency(references: Iterable[AnyReference], pins: Pins) -> dict[str, dict[str, None]]:
    """The paths, as written, of which references need the contents."""
    names = Dependencies(pins)
    paths: dict[str, dict[str, None]] = {}
    for reference in references:
        if isinstance(reference, CodeReference) and needs_content(reference):
            name = names.find(reference.dependency)
            if name is not None:
                paths.setdefault(name, {})[reference.path] = None
    return paths
