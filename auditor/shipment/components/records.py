"""Whether a wheel's RECORD tells the truth (PyPA, "Binary distribution format": "The .dist-info/RECORD file")."""

import base64
import hashlib
import re
from collections.abc import Iterator

from auditor.errors import ShipmentError
from auditor.shipment.components.python import record_rows
from auditor.shipment.shipment import Shipment
from auditor.shipment.troubles import shown

# "RECORD.jws", "RECORD.p7s" and RECORD itself "cannot contain hashes of themselves".
_UNLISTED = re.compile(r"[^/]+\.dist-info/RECORD(?:\.jws|\.p7s)?")
# "The hash algorithm must be sha256 or better"
_ALGORITHMS = frozenset(("sha256", "sha384", "sha512"))
_SHOWN = 20


def record_troubles(shipment: Shipment, path: str) -> tuple[str, ...]:
    """What the RECORD at `path`, of a wheel, says wrongly, a line each, the first twenty. Reads every file once."""
    found = list(_wrong(shipment, path))
    more = (f"{path}: and {len(found) - _SHOWN} more",) if len(found) > _SHOWN else ()
    return (*(f"{path}: {line}" for line in found[:_SHOWN]), *more)


def _wrong(shipment: Shipment, path: str) -> Iterator[str]:
    try:
        rows = dict(record_rows(shipment.read(path)))
    except ShipmentError as error:
        yield str(error)
        return
    paths = set(shipment.paths)
    yield from (f"lists {shown(name)}, which is not there" for name in rows if name not in paths)
    unlisted = sorted(one for one in paths - rows.keys() if not _UNLISTED.fullmatch(one))
    yield from (f"does not list {shown(name)}" for name in unlisted)
    listed = [name for name in rows if name in paths and not _UNLISTED.fullmatch(name)]
    for name, content in shipment.read_many(listed):
        algorithm, _, expected = rows[name].partition("=")
        if isinstance(content, ShipmentError):
            yield f"could not be compared: {content}"
        elif algorithm not in _ALGORITHMS:
            yield f"has no hash by sha256 or better for {shown(name)}"
        elif _digest(algorithm, content) != expected.rstrip("="):
            yield f"has another hash for {shown(name)}"


def _digest(algorithm: str, content: bytes) -> str:
    """As RECORD writes it: "urlsafe-base64-nopad encoding of the digest"."""
    return base64.urlsafe_b64encode(hashlib.new(algorithm, content).digest()).rstrip(b"=").decode()
