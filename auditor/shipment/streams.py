"""The bytes of a packed file, unpacked and counted as they come."""

import bz2
import gzip
import importlib
import io
import lzma
import zlib
from pathlib import Path
from typing import BinaryIO

from auditor.errors import ShipmentError
from auditor.shipment.limits import ShipmentLimits

_CHUNK = 1 << 20
_MAGIC = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\0": "xz", b"\x5d\0\0": "xz", b"\x28\xb5\x2f\xfd": "zst"}
_DAMAGE = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, MemoryError)


class LimitError(Exception):
    """Nothing more is unpacked: the shipment may have been made to exhaust its reader."""


class Stream:
    """Reads forward only. Raises ShipmentError for damage, LimitError at a limit."""

    def __init__(self, path: Path, limits: ShipmentLimits, window: tuple[int, int] | None = None) -> None:
        """Opens `path`, or the `window` (offset, size) of it; packed or not shows in its first bytes."""
        self._name = path.name
        self._limits = limits
        raw = _opened(path)
        self._packed: BinaryIO = _Window(raw, *window) if window else raw
        magic = self._packed.read(8)
        self._packed.seek(0)
        kind = next((kind for start, kind in _MAGIC.items() if magic.startswith(start)), "")
        self.packed = bool(kind)
        try:
            self._file = _unpacker(kind, self._packed)
        except BaseException:
            self._packed.close()
            raise

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, fewer only at the end."""
        try:
            data = self._file.read(size)
            here, packed = self._file.tell(), self._packed.tell()
        except _DAMAGE as error:
            raise ShipmentError(f"{self._name} cannot be unpacked: {str(error) or type(error).__name__}") from error
        if here > self._limits.whole_bytes:
            raise LimitError(f"more than {self._limits.whole_bytes} bytes")
        if self.packed and here > self._limits.ratio_floor and here > self._limits.ratio * packed:
            raise LimitError(f"unpacks to more than {self._limits.ratio} times its size")
        return data

    def skip_to(self, offset: int) -> None:
        """Moves forward to `offset` of the unpacked bytes. Raises ShipmentError when there are fewer."""
        if not self.packed and offset > self._file.tell():
            self._file.seek(offset - 1)
        while (missing := offset - self._file.tell()) > 0:
            if not self.read(min(missing, _CHUNK)):
                raise ShipmentError(f"{self._name} is cut off")

    def close(self) -> None:
        """Closes the file."""
        self._file.close()
        self._packed.close()


def _opened(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise ShipmentError(f"{path.name}: {error.strerror or error}") from error


class _Window(io.BufferedReader):
    """A part of a file as if it were one."""

    def __init__(self, file: io.BufferedReader, offset: int, size: int) -> None:
        super().__init__(file.raw)
        self._whole = file
        self._from, self._size = offset, size
        self.seek(0)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence != io.SEEK_SET:
            offset += self.tell() if whence == io.SEEK_CUR else self._size
        return super().seek(self._from + offset) - self._from

    def tell(self) -> int:
        return super().tell() - self._from

    def read(self, size: int | None = -1, /) -> bytes:
        left = max(0, self._size - self.tell())
        return super().read(left if size is None or size < 0 else min(size, left))


def _unpacker(kind: str, packed: BinaryIO) -> BinaryIO:
    if kind == "gz":
        return gzip.GzipFile(fileobj=packed)  # type: ignore[return-value]  # it reads and seeks, which is all we need
    if kind == "bz2":
        return bz2.BZ2File(packed)  # type: ignore[return-value]
    if kind == "xz":
        return lzma.LZMAFile(packed)  # type: ignore[return-value]
    if kind == "zst":
        try:
            zstd = importlib.import_module("compression.zstd")  # from Python 3.14 on (PEP 784)
        except ImportError as error:
            raise ShipmentError("this file is packed with Zstandard, which Python reads from 3.14 on") from error
        unpacked: BinaryIO = zstd.ZstdFile(packed)
        return unpacked
    return packed
