"""The file system that the layers of a container image make (OCI image specification, "Image Layer Filesystem
Changeset").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.shipment.paths import member_path
from auditor.shipment.tar_headers import TarMember
from auditor.shipment.troubles import Troubles

_WHITEOUT = ".wh."
_OPAQUE = ".wh..wh..opq"
_HOPS = 40  # MAXSYMLINKS of Linux
_STEPS = 20_000_000  # along links, in all: a hundred for each file of a large image
# Filled by the kernel when a container runs; a link to there leads to nothing that is shipped.
_RUNNING = frozenset(("dev", "proc", "run", "sys"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file's content is: the number of its layer, and offset and size there."""

    layer: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class _Link:
    target: str


_Folder = dict[str, "_Entry"]
_Entry = Place | _Link | _Folder


class TooManyFoldersError(Exception):
    """The layers have more folders than are kept in memory."""


class ImageTree:
    """Layers are applied one after the other; then `files` tells what there is."""

    def __init__(self, folders: int, name_length: int, troubles: Troubles) -> None:
        """At most so many `folders` are kept, and paths of so many characters."""
        self._root: _Folder = {}
        self._folders_left = folders
        self._name_length = name_length
        self._troubles = troubles
        self._steps_left = _STEPS

    def apply(self, layer: int, members: list[TarMember]) -> None:
        """Lays one layer over those below. Raises TooManyFoldersError."""
        entries = [(path, member) for member in members if (path := self._path(member.name))]
        # "Whiteout files MUST only apply to resources in lower/parent layers", in whatever order they come.
        for path, _ in entries:
            self._white_out(path)
        for path, member in entries:
            if not path.rpartition("/")[2].startswith(_WHITEOUT):
                self._add(path, layer, member)

    def files(self) -> Iterator[tuple[str, Place]]:
        """Every regular file, and every link that leads to one, with its content's place."""
        waiting: list[tuple[str, _Folder]] = [("", self._root)]
        while waiting:
            prefix, folder = waiting.pop()
            for name, entry in folder.items():
                if isinstance(entry, dict):
                    waiting.append((f"{prefix}{name}/", entry))
                elif isinstance(entry, Place):
                    yield prefix + name, entry
                elif isinstance(found := self._lookup(prefix + name), Place):
                    yield prefix + name, found
                elif found is None and self._first_part(prefix + name, entry) not in _RUNNING:
                    self._troubles.add(prefix + name, "a link to nothing in the image")

    def _path(self, name: str) -> str:
        try:
            return member_path(name.lstrip("/"), self._name_length)  # the root is the image's own
        except ValueError as error:
            self._troubles.add(name, str(error))
            return ""

    def _white_out(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        if name.startswith(_WHITEOUT) and isinstance(inside := self._lookup(folder), dict):
            if name == _OPAQUE:
                inside.clear()
            else:
                inside.pop(name.removeprefix(_WHITEOUT), None)

    def _add(self, path: str, layer: int, member: TarMember) -> None:
        parent, _, name = path.rpartition("/")
        folder = self._made_folder(parent)
        match member.kind:
            case "folder":
                if not isinstance(folder.get(name), dict):
                    folder[name] = self._new_folder()
            case "file":
                folder[name] = Place(layer, member.offset, member.size)
            case "symbolic link":
                folder[name] = _Link(member.target)
            case "hard link":
                self._link_hard(path, folder, member.target)
            case "other":  # a device or a pipe; it hides what was there, and nothing of it is shipped
                folder.pop(name, None)

    def _link_hard(self, path: str, folder: _Folder, target: str) -> None:
        aim = self._path(target)
        above = self._lookup(aim.rpartition("/")[0]) if aim else None
        found = above.get(aim.rpartition("/")[2]) if isinstance(above, dict) else None
        if found is None or isinstance(found, dict):
            self._troubles.add(path, "a hard link to nothing in the image")
        else:
            folder[path.rpartition("/")[2]] = found

    def _made_folder(self, path: str) -> _Folder:
        """The folder at a path, through links, and made where it is not there."""
        folder, walked = self._root, ""
        for name in path.split("/") if path else ():
            walked = f"{walked}/{name}" if walked else name
            inside = folder.get(name)
            if isinstance(inside, _Link):
                inside = self._lookup(walked)
            if not isinstance(inside, dict):
                inside = folder[name] = self._new_folder()
            folder = inside
        return folder

    def _new_folder(self) -> _Folder:
        if self._folders_left == 0:
            raise TooManyFoldersError
        self._folders_left -= 1
        return {}

    def _lookup(self, path: str) -> "Place | _Folder | None":
        """What a path leads to, links followed as Linux does inside the image: its root is "/", and above that."""
        trail: list[_Folder] = [self._root]
        left = path.split("/")[::-1]
        hops = 0
        while left:
            part = left.pop()
            if part in ("", "."):
                continue
            if part == "..":
                del trail[max(1, len(trail) - 1) :]
                continue
            entry = trail[-1].get(part)
            if isinstance(entry, _Link):
                hops, parts = hops + 1, entry.target.split("/")
                self._steps_left -= len(parts)
                if hops > _HOPS or self._steps_left < 0:
                    return None
                if entry.target.startswith("/"):
                    trail = [self._root]
                left += parts[::-1]
            elif isinstance(entry, dict):
                trail.append(entry)
            else:
                return entry if not any(rest not in ("", ".") for rest in left) else None
        return trail[-1]

    @staticmethod
    def _first_part(path: str, link: _Link) -> str:
        """The folder right below the root that a link leads into."""
        if link.target.startswith("/"):
            return link.target.lstrip("/").partition("/")[0]
        parts = path.split("/")[:-1]
        for part in link.target.split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part not in ("", "."):
                parts.append(part)
        return parts[0] if parts else ""
