"""A notices file goes into a copy of a wheel, as PEP 639 has it: in `*.dist-info/licenses`, and named in METADATA.

"License-File" is defined from Metadata 2.4 on, where its paths are relative to `licenses` (PEP 639, "Add License-File
field"), so an older Metadata-Version is raised to 2.4. Before, setuptools wrote fields of this name with paths relative
to `*.dist-info`; raising the version would turn them into false statements, so a wheel that has such is refused.
"""

import base64
import csv
import hashlib
import io
import os
import re
from pathlib import Path

from auditor.errors import DocumentError, ShipmentError, UsageError
from auditor.files import write_atomically
from auditor.notices.zip_members import Member, join_members, read_members, repacked
from auditor.shipment import Shipment, open_shipment
from auditor.shipment.components.records import record_troubles

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}")
_RECORD = re.compile(r"[^/]+\.dist-info/RECORD")
_VERSION = re.compile(rb"metadata-version:[ \t]*(\d{1,4})\.(\d{1,4})[ \t]*", re.IGNORECASE)
_LICENSE_FILE = re.compile(rb"license-file:[ \t]*([^\r\n]*)", re.IGNORECASE)
_OLDEST, _KNOWN = (2, 4), 2  # the first version that defines License-File, the last major version there is


def add_to_wheel(wheel: Path, notices: bytes, name: str, output: Path) -> None:
    """Write to `output` the wheel `wheel` with `notices` as `*.dist-info/licenses/NAME`.

    RECORD and METADATA are brought up to date, every other member stays byte for byte, packed as it is; the same input
    gives the same bytes (with the same zlib). A file `output` is replaced. Raises UsageError for a bad name or for
    `output` being the wheel itself, DocumentError for a wheel that is signed or damaged, that has such a file, whose
    RECORD is wrong, or whose METADATA would become so.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be the name of a file in a wheel: use letters, digits and . _ + -")
    try:
        if output.exists() and os.path.samefile(wheel, output):
            raise UsageError(f"{output} is the wheel itself; name another file")
        with open_shipment(wheel) as shipment:
            files = _files(shipment, notices, name)
        members, comment = read_members(wheel.read_bytes())
        copy = b"".join(join_members(_placed(members, files), comment))
    except (ShipmentError, OSError) as error:
        raise DocumentError(f"{wheel}: {getattr(error, 'strerror', None) or error}") from error
    except DocumentError as error:
        raise DocumentError(f"{wheel}: {error}") from error
    write_atomically(output, copy)


def _files(shipment: Shipment, notices: bytes, name: str) -> dict[str, bytes]:
    """METADATA, the notices and RECORD by path, as they are to be."""
    info = _info(shipment)
    path = f"{info}/licenses/{name}"
    if path.casefold() in (one.casefold() for one in shipment.paths):
        raise DocumentError(f"it has {path} already")
    files = {f"{info}/METADATA": _metadata(shipment, info, name), path: notices}
    return files | {f"{info}/RECORD": _record(shipment.read(f"{info}/RECORD"), files)}


def _info(shipment: Shipment) -> str:
    """The wheel's `*.dist-info`, after a look at what would make a copy of the wheel worth nothing."""
    records = [path for path in shipment.paths if _RECORD.fullmatch(path)]
    if len(records) != 1:
        raise DocumentError(f"it is no wheel: it has {len(records) or 'no'} *.dist-info/RECORD")
    for signature in (f"{records[0]}.jws", f"{records[0]}.p7s"):
        if signature in shipment.paths:
            raise DocumentError(f"it is signed ({signature}), and the signature would not hold for the copy")
    if troubles := (*shipment.troubles, *record_troubles(shipment, records[0])):
        raise DocumentError(troubles[0])
    return records[0].rpartition("/")[0]


def _metadata(shipment: Shipment, info: str, name: str) -> bytes:
    """METADATA with the field "License-File", after those that it has, else at the top."""
    lines = shipment.read(f"{info}/METADATA").splitlines(keepends=True)
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    versions = [(at, match) for at in range(end) if (match := _VERSION.fullmatch(lines[at].rstrip(b"\r\n")))]
    fields = [(at, match[1]) for at in range(end) if (match := _LICENSE_FILE.match(lines[at]))]
    if len(versions) != 1 or int(versions[0][1][1]) > _KNOWN:
        raise DocumentError(f"{info}/METADATA has no Metadata-Version that is known here")
    at, found = versions[0]
    line_end = lines[at][len(found[0]) :] or b"\n"
    if (int(found[1]), int(found[2])) < _OLDEST:
        _check_older(shipment, info, [value for _, value in fields])
        lines[at] = b"Metadata-Version: 2.4" + line_end
    last = fields[-1][0] if fields else at
    lines.insert(last + 1, f"License-File: {name}".encode() + line_end)
    return b"".join(lines)


def _check_older(shipment: Shipment, info: str, values: list[bytes]) -> None:
    for value in (value.decode("utf-8", "replace").strip() for value in values):
        if f"{info}/licenses/{value}" not in shipment.paths:
            raise DocumentError(
                f"{info}/METADATA has License-File: {value}, a path from before Metadata 2.4; "
                "build the wheel with a backend that writes Metadata 2.4 (setuptools 77 or later)"
            )


def _record(data: bytes, files: dict[str, bytes]) -> bytes:
    """RECORD with new rows for `files`: the first takes the place of the one it has, the others follow."""
    lines = data.splitlines(keepends=True)
    listed = next(iter(files))
    places = [at for at, line in enumerate(lines) if _path_of(line) == listed]
    if len(places) != 1:
        raise DocumentError(f"RECORD does not list {listed} once")
    line = lines[places[0]]
    line_end = line[len(line.rstrip(b"\r\n")) :] or b"\n"
    rows = [_row(path, content) + line_end for path, content in files.items()]
    lines[places[0] : places[0] + 1] = rows
    return b"".join(lines)


def _path_of(line: bytes) -> str:
    try:
        return next(csv.reader([line.decode("utf-8", "replace")]), [""])[0]
    except (csv.Error, IndexError):
        return ""


def _row(path: str, content: bytes) -> bytes:
    """Path, hash and size: "urlsafe-base64-nopad encoding of the digest" (PyPA, "Binary distribution format")."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([path, f"sha256={digest}", len(content)])
    return text.getvalue().encode()


def _placed(members: list[Member], files: dict[str, bytes]) -> list[Member]:
    """The members with the new files in them: what is new stands before RECORD, which wheels have last."""
    metadata, notices, record = (path.encode() for path in files)
    by_name = {member.name: member for member in members}
    if metadata not in by_name or record not in by_name:
        raise DocumentError("its members have other names than they seem to")
    new = {
        path.encode(): repacked(by_name.get(path.encode(), by_name[metadata]), data, path.encode())
        for path, data in files.items()
    }
    placed: list[Member] = []
    for member in members:
        if member.name == record:
            placed.append(new[notices])
        placed.append(new.get(member.name, member))
    return placed
