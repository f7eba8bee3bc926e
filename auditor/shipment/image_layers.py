"""The layers of a container image as streams: files of a folder, or parts of an archive that is read forward."""

import gzip
import importlib
import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from auditor.errors import ShipmentError
from auditor.shipment.limits import ShipmentLimits
from auditor.shipment.streams import LimitError, Stream

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1 << 16
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"

LayerPlace = tuple[int, int] | Path
"""Offset and size of a layer within the unpacked archive, or the file that it is."""


class Layers:
    """The layers at `places`; those with an offset lie in `archive`."""

    def __init__(self, archive: Path, places: Sequence[LayerPlace], limits: ShipmentLimits) -> None:
        self._archive, self._places, self._limits = archive, places, limits

    def streams(self, numbers: set[int]) -> Iterator[tuple[int, Stream | ShipmentError]]:
        """The layers with these numbers, unpacked, in the archive's order, which is read once.

        Each is closed when the next one is asked for. Raises ShipmentError when the archive itself cannot be opened.
        """
        files = [(number, place) for number in sorted(numbers) if isinstance(place := self._places[number], Path)]
        for number, path in files:
            yield from _given(number, path.name, path, self._limits)
        parts = [(place, number) for number in numbers if not isinstance(place := self._places[number], Path)]
        if not parts:
            return
        with closing(Stream(self._archive, self._limits)) as outer:
            for (offset, size), number in sorted(parts):
                part = io.BufferedReader(_Part(outer, offset, size), _BUFFER)
                yield from _given(number, self._archive.name, part, self._limits)


def _given(
    number: int, name: str, source: Path | BinaryIO, limits: ShipmentLimits
) -> Iterator[tuple[int, Stream | ShipmentError]]:
    try:
        stream = Stream(source, limits) if isinstance(source, Path) else _LayerStream(source, name, limits)
    except ShipmentError as error:
        yield number, error
        return
    with closing(stream):
        yield number, stream


class _LayerStream(Stream):
    """A layer within an archive; packed as the OCI image specification allows: not, by gzip or by Zstandard."""

    def __init__(self, part: BinaryIO, name: str, limits: ShipmentLimits) -> None:
        # The base class opens a path; this is open already.
        self._name, self._limits, self._packed = name, limits, part
        try:
            magic = part.read(4)
            part.seek(0)
        except OSError as error:
            raise ShipmentError(f"{name}: {error}") from error
        self.packed = magic.startswith((_GZIP, _ZSTD))
        self._file = _unpacked(magic, part)


def _unpacked(magic: bytes, part: BinaryIO) -> BinaryIO:
    if magic.startswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=part))  # it reads and tells, which is all we need
    if magic == _ZSTD:
        try:
            zstd = importlib.import_module("compression.zstd")  # from Python 3.14 on (PEP 784)
        except ImportError as error:
            raise ShipmentError("it is packed with Zstandard, which Python reads from 3.14 on") from error
        return cast(BinaryIO, zstd.ZstdFile(part))
    return part


class _Part(io.RawIOBase):
    """A part of a stream as if it were a file, for a reader that goes forward."""

    def __init__(self, outer: Stream, offset: int, size: int) -> None:
        self._outer, self._offset, self._size, self._at = outer, offset, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        try:
            self._outer.skip_to(self._offset + self._at)
            data = self._outer.read(wanted)
        except (ShipmentError, LimitError) as error:
            raise OSError(str(error)) from error
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
