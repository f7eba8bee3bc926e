"""Tar archives, packed or not, and what is one by another name: sdists, npm packages, crates, gems."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from auditor.errors import ShipmentError
from auditor.shipment.limits import ShipmentLimits
from auditor.shipment.paths import link_target, member_path, settle_links
from auditor.shipment.shipment import Shipment
from auditor.shipment.streams import LimitError, Stream
from auditor.shipment.tar_headers import TarMember, tar_members
from auditor.shipment.troubles import Troubles, shown

_GEM_CONTENT = "data.tar.gz"  # RubyGems: beside it lie metadata.gz and checksums.yaml.gz


class Tar(Shipment):
    """A tar archive. Opening it passes over the whole once and remembers where each file is.

    Nothing can be sought in a packed one, so every reading unpacks it anew up to what is wanted: prefer `read_many`.
    """

    def __init__(self, path: Path, limits: ShipmentLimits, window: tuple[int, int] | None = None) -> None:
        """Reads the headers, in the `window` (offset, size) of the file if there is one. Raises ShipmentError."""
        self._path, self._limits, self._window = path, limits, window
        troubles = Troubles()
        self._places = self._listed(troubles)
        super().__init__(path.name, self._places, troubles.lines())

    def place(self, path: str) -> tuple[int, int] | None:
        """Offset and size of a file's content in the unpacked archive."""
        return self._places.get(path)

    def read_many(self, paths: Iterable[str], size: int | None = None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        """See `Shipment.read_many`; the order is that of the archive."""
        wanted = []
        for path in dict.fromkeys(paths):
            if (place := self._places.get(path)) is None:
                yield path, ShipmentError(f"{self.name}: there is no {path!r}")
            elif size is None and place[1] > self._limits.member_bytes:
                yield (
                    path,
                    ShipmentError(f"{self.name}: {shown(path)} is larger than {self._limits.member_bytes} bytes"),
                )
            else:
                wanted.append((place, path))
        if wanted:
            yield from self._contents(sorted(wanted), size)

    def _contents(
        self, wanted: list[tuple[tuple[int, int], str]], size: int | None
    ) -> Iterator[tuple[str, bytes | ShipmentError]]:
        last: tuple[tuple[int, int] | None, bytes] = (None, b"")
        try:
            opened = Stream(self._path, self._limits, self._window)
        except ShipmentError as error:  # it was there when it was listed
            yield from ((path, error) for _, path in wanted)
            return
        with closing(opened) as stream:
            for place, path in wanted:
                try:
                    if place != last[0]:  # a link has the place of what it leads to
                        last = place, _content(stream, place, size)
                except (ShipmentError, LimitError) as error:
                    yield path, ShipmentError(f"{self.name}: {shown(path)}: {error}")
                else:
                    yield path, last[1]

    def _listed(self, troubles: Troubles) -> dict[str, tuple[int, int]]:
        files: dict[str, tuple[int, int]] = {}
        links: dict[str, str | None] = {}
        with closing(Stream(self._path, self._limits, self._window)) as stream:
            try:
                for count, member in enumerate(tar_members(stream)):
                    if count == self._limits.members:
                        troubles.add(
                            member.name, f"more than {count} members; this one and the rest were not looked at"
                        )
                        break
                    self._enter(member, files, links, troubles)
            except LimitError as error:
                troubles.add(self._path.name, f"{error}; the rest was not looked at")
            except ShipmentError as error:
                raise ShipmentError(f"{self._path.name} cannot be read as a tar archive: {error}") from error
        settled = settle_links(set(files), links, troubles)
        return files | {path: files[target] for path, target in settled.items()}

    def _enter(
        self,
        member: TarMember,
        files: dict[str, tuple[int, int]],
        links: dict[str, str | None],
        troubles: Troubles,
    ) -> None:
        try:
            path = member_path(member.name, self._limits.name_length)
            if member.kind == "hard link":
                links[path] = member_path(member.target, self._limits.name_length)
        except ValueError as error:
            troubles.add(member.name, str(error))
            return
        if member.kind == "file":
            if path in files:
                troubles.add(path, "the name occurs twice; the last one counts")
            files[path] = member.offset, member.size
        elif member.kind == "symbolic link":
            links[path] = link_target(path, member.target)
        elif member.kind == "other":
            troubles.add(path, "not a regular file")


def open_gem(path: Path, limits: ShipmentLimits) -> Tar:
    """The files of a Ruby gem: a packed tar archive within a plain one. Raises ShipmentError."""
    if (place := Tar(path, limits).place(_GEM_CONTENT)) is None:
        raise ShipmentError(f"{path.name}: there is no {_GEM_CONTENT} in this gem")
    return Tar(path, limits, place)


def _content(stream: Stream, place: tuple[int, int], size: int | None) -> bytes:
    offset, length = place
    stream.skip_to(offset)
    wanted = length if size is None else min(size, length)
    data = stream.read(wanted)
    if len(data) < wanted:
        raise ShipmentError("cut off")
    return data
