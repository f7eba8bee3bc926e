"""The headers of a tar archive (POSIX.1-2017 "pax", ustar, and what GNU tar adds).

Python's own tarfile takes a header of any size into memory and, before 3.11.10, 3.12.6 and 3.13.4, can be made to spend
hours in a regular expression (CVE-2024-6232) or to run in circles (CVE-2025-8194). What is needed here is little.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from auditor.errors import ShipmentError
from auditor.shipment.streams import LimitError, Stream

_BLOCK = 512
_LONGEST_HEADER = 1 << 20  # bytes of a pax or long-name header; real ones hold some hundred
_ALL_HEADERS = 128 << 20  # bytes of those in one archive; two hundred thousand real ones come near
_USED = ("path", "linkpath", "size", "GNU.sparse.major", "GNU.sparse.map", "GNU.sparse.size")
_PAX, _PAX_GLOBAL, _GNU_NAME, _GNU_LINK, _GNU_SPARSE = b"x", b"g", b"L", b"K", b"S"
_DATA_FOLLOWS = frozenset({b"0", b"\0", b"7"})
_NO_DATA = frozenset({b"1", b"2", b"3", b"4", b"5", b"6"})

Kind = Literal["file", "hard link", "symbolic link", "folder", "other"]
_KINDS: dict[bytes, Kind] = {
    b"0": "file", b"\0": "file", b"7": "file", b"1": "hard link", b"2": "symbolic link", b"5": "folder",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TarMember:
    """One member: `offset` and `size` of its content in the unpacked archive, `target` where a link leads."""

    name: str
    kind: Kind
    offset: int
    size: int
    target: str


def tar_members(stream: Stream) -> Iterator[TarMember]:
    """The members in order, contents passed over. Raises ShipmentError for what is no tar archive, or a damaged one."""
    offset, first, spent, extra, shared = 0, True, 0, dict[str, bytes](), dict[str, bytes]()
    while True:
        stream.skip_to(offset)
        block = stream.read(_BLOCK)
        if not (block.strip(b"\0") or 0 < len(block) < _BLOCK or (first and not block)):
            return
        _check(block)
        kind, size = block[156:157], _number(block[124:136])
        offset += _BLOCK
        if kind in (_PAX, _PAX_GLOBAL, _GNU_NAME, _GNU_LINK):
            data = _header_data(stream, size)
            offset, spent = offset + _padded(size), spent + size + _BLOCK
            if spent > _ALL_HEADERS:
                raise LimitError(f"more than {_ALL_HEADERS} bytes of headers")
            if kind == _PAX_GLOBAL:
                shared |= _pax(data)
            else:
                extra |= (
                    _pax(data) if kind == _PAX else {"path" if kind == _GNU_NAME else "linkpath": data.rstrip(b"\0")}
                )
            continue
        member, offset = _member(stream, block, offset, shared | extra)
        yield member
        first, extra = False, {}


def _member(stream: Stream, block: bytes, offset: int, extra: dict[str, bytes]) -> tuple[TarMember, int]:
    """The member that a header block describes, and where the next header is."""
    flag = block[156:157]
    size = _decimal(extra["size"]) if "size" in extra else _number(block[124:136])
    if flag == _GNU_SPARSE:
        offset += _sparse_blocks(stream, block)
    name = extra.get("path") or _field(block, 345, 500, b"/") + _field(block, 0, 100)
    kind = _KINDS.get(flag, "other")
    if any(key.startswith("GNU.sparse") for key in extra):
        kind = "other"  # its content begins with a map of the holes
    elif kind == "file" and name.endswith(b"/"):
        kind = "folder"  # as before POSIX
    target = extra.get("linkpath") or _field(block, 157, 257)
    member = TarMember(_text(name), kind, offset, size, _text(target))
    return member, offset if flag in _NO_DATA else offset + _padded(size)


def _check(block: bytes) -> None:
    """Raises ShipmentError for a block whose checksum (bytes 148 to 155, as if blank) is wrong."""
    if len(block) < _BLOCK:
        raise ShipmentError("cut off within a header")
    if _number(block[148:156]) != sum(block) - sum(block[148:156]) + 8 * ord(" "):
        raise ShipmentError("no tar archive, or a damaged one: a header's checksum is wrong")


def _header_data(stream: Stream, size: int) -> bytes:
    if size > _LONGEST_HEADER:
        raise ShipmentError(f"a header of {size} bytes")
    data = stream.read(size)
    if len(data) < size:
        raise ShipmentError("cut off within a header")
    return data


def _pax(data: bytes) -> dict[str, bytes]:
    """The records `length keyword=value\\n` of an extended header, those that matter here."""
    records, start = {}, 0
    while start < len(data) and data[start] != 0:
        space = data.find(b" ", start, start + 12)
        length = _decimal(data[start:space]) if space > 0 else 0
        record = data[space + 1 : start + length]
        key, equals, value = record.partition(b"=")
        if not equals or not value.endswith(b"\n"):
            raise ShipmentError("a damaged extended header")
        if (name := key.decode("utf-8", "replace")) in _USED:
            records[name] = value[:-1]
        start += length
    return records


def _sparse_blocks(stream: Stream, block: bytes) -> int:
    """The bytes of further headers behind one of GNU's sparse files (byte 482: one follows; there, byte 504)."""
    count, more = 0, block[482]
    while more:
        block = stream.read(_BLOCK)
        if len(block) < _BLOCK:
            raise ShipmentError("cut off within a header")
        count, more = count + 1, block[504]
    return count * _BLOCK


def _number(field: bytes) -> int:
    """Octal digits, or for large values GNU's base 256. Raises ShipmentError."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    try:
        return int(field.split(b"\0")[0].strip() or b"0", 8)
    except ValueError:
        raise ShipmentError("no tar archive, or a damaged one: a number is wrong") from None


def _decimal(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > 20:
        raise ShipmentError("a damaged extended header")
    return int(digits)


def _field(block: bytes, start: int, end: int, suffix: bytes = b"") -> bytes:
    """Text up to the first NUL; the prefix of a path counts only in the ustar format (GNU's keeps dates there)."""
    if start == 345 and block[257:263] != b"ustar\0":
        return b""
    text = block[start:end].split(b"\0")[0]
    return text + suffix if text else b""


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")
