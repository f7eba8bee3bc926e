"""A folder on disk, or one file of it."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.errors import ShipmentError
from auditor.shipment.limits import ShipmentLimits
from auditor.shipment.shipment import Shipment
from auditor.shipment.troubles import Troubles

# What version control, Python and its tools keep beside a project; nothing of it is shipped.
_NOT_SHIPPED = frozenset(
    ".git .hg .svn .bzr __pycache__ .tox .nox .mypy_cache .pytest_cache .ruff_cache .hypothesis".split()
)
_ENVIRONMENT = "pyvenv.cfg"  # marks a virtual environment (PEP 405)


class Folder(Shipment):
    """Regular files below a folder, or just one; links are followed only to regular files inside."""

    def __init__(self, name: str, files: dict[str, str], troubles: tuple[str, ...], limits: ShipmentLimits) -> None:
        """`files` maps each path to where the operating system has it."""
        super().__init__(name, files, troubles)
        self._files = files
        self._limits = limits

    def read_many(self, paths: Iterable[str], size: int | None = None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        """See `Shipment.read_many`; the order is that of `paths`."""
        for path in paths:
            if (place := self._files.get(path)) is None:
                yield path, ShipmentError(f"{self.name}: there is no {path!r}")
                continue
            try:
                content = _content(place, self._limits.member_bytes + 1 if size is None else size)
            except OSError as error:
                yield path, ShipmentError(f"{path}: {error.strerror or error}")
                continue
            if size is None and len(content) > self._limits.member_bytes:
                yield path, ShipmentError(f"{path}: larger than {self._limits.member_bytes} bytes")
            else:
                yield path, content


def open_folder(root: Path, limits: ShipmentLimits) -> Folder:
    """The files below `root`, without what version control and caches keep there. Raises ShipmentError."""
    troubles = Troubles()
    files: dict[str, str] = {}
    base = os.path.realpath(root)
    for entry, path in _walk(os.fspath(root), troubles):
        if len(files) == limits.members:
            troubles.add(path, f"more than {limits.members} files; this one and the rest were not looked at")
            break
        shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if why := _unfit(entry, base):
            troubles.add(shown, why)
        elif shown in files:
            troubles.add(shown, "a second file whose name is not UTF-8 looks the same")
        elif not _leads_to_folder(entry):
            files[shown] = entry.path
    return Folder(Path(base).name or base, files, troubles.lines(), limits)


def open_file(path: Path, limits: ShipmentLimits) -> Folder:
    """A shipment of one file. Raises nothing: that it cannot be read shows when it is read."""
    return Folder(path.name, {path.name: os.fspath(path)}, (), limits)


def _walk(root: str, troubles: Troubles) -> Iterator[tuple["os.DirEntry[str]", str]]:
    """Everything but folders, with its path below `root`, folder by folder in the order of names."""
    waiting = [(root, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            if not prefix:
                raise ShipmentError(f"{root}: {error.strerror or error}") from error
            troubles.add(prefix, f"this folder cannot be read: {error.strerror or error}")
            continue
        if prefix and any(entry.name == _ENVIRONMENT for entry in entries):
            continue
        kept = [entry for entry in entries if entry.name not in _NOT_SHIPPED]
        folders = [entry for entry in kept if entry.is_dir(follow_symlinks=False)]
        waiting.extend((entry.path, f"{prefix}{entry.name}/") for entry in reversed(folders))
        yield from ((entry, prefix + entry.name) for entry in kept if not entry.is_dir(follow_symlinks=False))


def _unfit(entry: "os.DirEntry[str]", base: str) -> str | None:
    """Why an entry that is no folder cannot be listed."""
    if not entry.is_symlink():
        return None if entry.is_file(follow_symlinks=False) else "not a regular file"
    target = os.path.realpath(entry.path)
    if os.path.commonpath((base, target)) != base:
        return "a link that leads out of the folder"
    return None if os.path.isfile(target) or os.path.isdir(target) else "a link to nothing"


def _leads_to_folder(entry: "os.DirEntry[str]") -> bool:
    """What is in there is listed at its own place."""
    return entry.is_symlink() and os.path.isdir(entry.path)


def _content(place: str, size: int) -> bytes:
    """At most `size` bytes. Raises OSError, also when a device or a pipe has taken the file's place."""
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "not a regular file")
        return file.read(size)
