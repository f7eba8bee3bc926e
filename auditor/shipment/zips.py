"""Zip files and what is one by another name: wheels, eggs, jars."""

import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.errors import ShipmentError
from auditor.shipment.limits import ShipmentLimits
from auditor.shipment.paths import link_target, member_path, settle_links
from auditor.shipment.shipment import Shipment
from auditor.shipment.troubles import Troubles, shown

# All that zipfile and its decompressors were seen to raise on damaged files (RuntimeError: encrypted).
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, ValueError, RuntimeError,
    OverflowError, MemoryError, IndexError, KeyError,
)  # fmt: skip
_ENTRY = b"PK\1\2"  # the signature of an entry of the central directory (APPNOTE 4.3.12)
_ENTRY_BYTES = 512  # a generous mean: 46, the name, and what file systems add
_CHUNK = 1 << 16
_ENCRYPTED = 1  # bit 0 of the flags (APPNOTE 4.4.4)
_UTF8 = 0x800  # bit 11
_LONGEST_TARGET = 4096  # PATH_MAX: a link's content is its target


class Zip(Shipment):
    """A zip file; its members are read one by one, and what was unpacked in all is counted."""

    def __init__(self, path: Path, limits: ShipmentLimits) -> None:
        """Reads the table of contents. Raises ShipmentError."""
        self._limits = limits
        self._packed = path.stat().st_size
        self._unpacked = 0
        self._file = _Measured(path, limits.members)
        self._archive = _opened(self._file, path.name)
        self.name = path.name
        troubles = Troubles()
        self._members = self._listed(troubles)
        super().__init__(path.name, self._members, troubles.lines())

    def read_many(self, paths: Iterable[str], size: int | None = None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        """See `Shipment.read_many`; the order is that of `paths`."""
        for path in paths:
            try:
                yield path, self._content(path, size)
            except ShipmentError as error:
                yield path, error

    def close(self) -> None:
        """Closes the archive."""
        self._archive.close()
        self._file.close()

    def _listed(self, troubles: Troubles) -> dict[str, zipfile.ZipInfo]:
        files: dict[str, zipfile.ZipInfo] = {}
        links: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            name = _name(info)
            try:
                path = member_path(name, self._limits.name_length)
            except ValueError as error:
                troubles.add(name, str(error))
                continue
            if not path or name.endswith("/"):
                continue
            if path in files:
                troubles.add(path, "the name occurs twice; the last one counts")
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind == stat.S_IFLNK:
                links[path] = info
            elif kind in (0, stat.S_IFREG):
                files[path] = info
            else:
                troubles.add(path, "not a regular file")
        targets = {path: self._target(path, info) for path, info in links.items() if path not in files}
        settled = settle_links(set(files), targets, troubles)
        return files | {path: files[target] for path, target in settled.items()}

    def _target(self, path: str, info: zipfile.ZipInfo) -> str | None:
        try:
            data = self._unpack(path, info, _LONGEST_TARGET)
        except ShipmentError:
            return ""
        return link_target(path, data.decode("utf-8", "replace"))

    def _content(self, path: str, size: int | None) -> bytes:
        if (info := self._members.get(path)) is None:
            raise ShipmentError(f"{self.name}: there is no {path!r}")
        data = self._unpack(path, info, self._limits.member_bytes + 1 if size is None else size)
        if size is None and len(data) > self._limits.member_bytes:
            raise ShipmentError(f"{self.name}: {shown(path)} is larger than {self._limits.member_bytes} bytes")
        return data

    def _unpack(self, path: str, info: zipfile.ZipInfo, size: int) -> bytes:
        """At most `size` bytes, counted as they come."""
        where = f"{self.name}: {shown(path)}"
        if info.flag_bits & _ENCRYPTED:
            raise ShipmentError(f"{where} is encrypted")
        data = io.BytesIO()
        try:
            with self._archive.open(info) as member:
                while data.tell() < size and (chunk := member.read(min(_CHUNK, size - data.tell()))):
                    data.write(chunk)
                    self._count(where, info, data.tell(), len(chunk))
        except _DAMAGE as error:
            raise ShipmentError(f"{where} cannot be unpacked: {str(error) or type(error).__name__}") from error
        return data.getvalue()

    def _count(self, where: str, info: zipfile.ZipInfo, member: int, chunk: int) -> None:
        self._unpacked += chunk
        if self._unpacked > self._limits.whole_bytes:
            raise ShipmentError(f"{where}: more than {self._limits.whole_bytes} bytes were unpacked in all")
        # The stated packed size can only be too small for zipfile to go on, or too large for the file.
        packed = max(1, min(info.compress_size, self._packed))
        if member > self._limits.ratio_floor and member > self._limits.ratio * packed:
            raise ShipmentError(f"{where} unpacks to more than {self._limits.ratio} times its size")


class _Measured(io.FileIO):
    """A file from which zipfile may not take a table of contents of more than so many entries into memory."""

    def __init__(self, path: Path, entries: int) -> None:
        super().__init__(os.fspath(path))
        self._entries = entries

    def read(self, size: int | None = -1, /) -> bytes:
        size = -1 if size is None else size
        if size > self._entries * _ENTRY_BYTES + _CHUNK:
            raise ShipmentError(f"its table of contents has {size} bytes")
        data = super().read(size) or b""
        if data.count(_ENTRY) > self._entries:
            raise ShipmentError(f"more than {self._entries} members")
        return data


def _opened(file: _Measured, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (*_DAMAGE, ShipmentError) as error:
        file.close()
        raise ShipmentError(f"{name} cannot be read as a zip file: {str(error) or type(error).__name__}") from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name. Without the flag it is code page 437 by the standard, UTF-8 in most programs."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    # Some programs on Windows write backslashes, against APPNOTE 4.4.17.1; zipfile takes them as part of the name.
    return name.replace("\\", "/")
