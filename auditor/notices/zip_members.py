"""The members of a zip file as they lie in it, so that they can be put into another one without packing them again.

`zipfile` can copy a member only by unpacking and packing it, which changes its bytes. The numbers and layouts are those
of PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 (local file header), 4.3.12 (central directory), 4.3.16 (its end).
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from auditor.errors import DocumentError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_LONGEST_COMMENT = 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF  # this value, or 0xFFFF for counts, says that the true one is in a zip64 record (4.4.1.4)
_MOST_MEMBERS = 0xFFFE
_DESCRIPTOR_FLAG = 1 << 3
_DESCRIPTORS = (12, 16, 20, 24)  # 4.3.9: crc and two sizes of 4 or 8 bytes, with or without a signature
_UTF8_FLAG = 1 << 11
_STORED, _DEFLATED = 0, 8
_VERSION_NEEDED = 20  # 4.4.3.2: deflate


class Header(NamedTuple):
    """An entry of the central directory without the name, extra field and comment that follow it."""

    sign: bytes
    made_by: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    internal: int
    external: int
    offset: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its entry in the central directory, and everything from its local header to the next one."""

    header: Header
    name: bytes
    extra: bytes
    comment: bytes
    local: memoryview


def read_members(data: bytes) -> tuple[list[Member], bytes]:
    """The members in the order in which they lie in the file, and the comment of the archive.

    Raises DocumentError, which says what is wrong, unless members and central directory fill the file without a gap:
    what else lies in it would be lost, and another program might take it for a member.
    """
    start = max(0, len(data) - _END.size - _LONGEST_COMMENT)
    at = data.rfind(_END_SIGN, start)
    if at < 0 or len(data) < at + _END.size:
        raise DocumentError("it has no central directory")
    _, disk, first_disk, _, count, size, offset, comment = _END.unpack_from(data, at)
    if count == 0xFFFF or _IN_ZIP64 in (size, offset):
        raise DocumentError("zip64 archives (4 GiB, 65,535 members and more) are not supported")
    if disk or first_disk or at + _END.size + comment != len(data) or offset + size != at:
        raise DocumentError("its central directory is not where it should be")
    entries = list(_entries(data, offset, at))
    if len(entries) != count:
        raise DocumentError(f"its central directory has {len(entries)} entries, and says {count}")
    return _members(data, entries, offset), data[at + _END.size :]


def repacked(like: Member, content: bytes, name: bytes | None = None) -> Member:
    """A member with other content, and perhaps another name: the time, attributes and packing are those of `like`."""
    name = like.name if name is None else name
    method = _STORED if like.header.method == _STORED else _DEFLATED
    packed = content if method == _STORED else _deflated(content)
    header = like.header._replace(
        needed=_VERSION_NEEDED, flags=like.header.flags & _UTF8_FLAG, method=method, crc=zlib.crc32(content),
        packed=len(packed), size=len(content), name_length=len(name), extra_length=0, comment_length=0,
    )  # fmt: skip
    local = _LOCAL.pack(_LOCAL_SIGN, *header[2:12])
    return Member(header, name, b"", b"", memoryview(local + name + packed))


def join_members(members: Sequence[Member], comment: bytes) -> Iterator[bytes | memoryview]:
    """The pieces of an archive with these members. Raises DocumentError when it would have to be zip64."""
    if len(members) > _MOST_MEMBERS or sum(len(member.local) for member in members) >= _IN_ZIP64:
        raise DocumentError("it would be larger than a zip file can be without zip64")
    central: list[bytes] = []
    offset = 0
    for member in members:
        yield member.local
        header = _CENTRAL.pack(*member.header._replace(offset=offset))
        central.append(header + member.name + member.extra + member.comment)
        offset += len(member.local)
    directory = b"".join(central)
    yield directory
    count = len(members)
    yield _END.pack(_END_SIGN, 0, 0, count, count, len(directory), offset, len(comment)) + comment


def _entries(data: bytes, at: int, end: int) -> Iterator[tuple[Header, int]]:
    """Each entry of the central directory, and where what follows its fixed part begins."""
    while at < end:
        if at + _CENTRAL.size > end or not data.startswith(_CENTRAL_SIGN, at):
            raise DocumentError("its central directory is damaged")
        header = Header(*_CENTRAL.unpack_from(data, at))
        if _IN_ZIP64 in (header.packed, header.size, header.offset):
            raise DocumentError("zip64 archives (4 GiB, 65,535 members and more) are not supported")
        at += _CENTRAL.size
        yield header, at
        at += header.name_length + header.extra_length + header.comment_length
    if at != end:
        raise DocumentError("its central directory is damaged")


def _members(data: bytes, entries: Iterable[tuple[Header, int]], end: int) -> list[Member]:
    ordered = sorted(entries, key=lambda entry: entry[0].offset)
    ends = [*(header.offset for header, _ in ordered[1:]), end]
    if ordered and ordered[0][0].offset != 0:
        raise DocumentError("it does not begin with a member")
    view, members, names = memoryview(data), list[Member](), set[bytes]()
    for (header, at), stop in zip(ordered, ends, strict=True):
        extra = at + header.name_length
        comment = extra + header.extra_length
        name = data[at:extra]
        local = view[header.offset : stop]
        if not _fits(header, name, local) or name in names:
            raise DocumentError("a member and its entry in the central directory do not agree")
        names.add(name)
        members.append(
            Member(header, name, data[extra:comment], data[comment : comment + header.comment_length], local)
        )
    return members


def _fits(header: Header, name: bytes, local: memoryview) -> bool:
    """Whether the bytes begin with a header of that name and hold the member's content and nothing else."""
    if len(local) < _LOCAL.size:
        return False
    sign, *_, name_length, extra_length = _LOCAL.unpack_from(local)
    begin = _LOCAL.size + name_length
    rest = len(local) - begin - extra_length - header.packed
    allowed = _DESCRIPTORS if header.flags & _DESCRIPTOR_FLAG else (0,)
    return sign == _LOCAL_SIGN and local[_LOCAL.size : begin] == name and rest in allowed


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)  # raw, as zip files have it
    return packer.compress(content) + packer.flush()
