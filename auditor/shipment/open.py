"""The door: which kind of shipment a path is."""

import stat
from pathlib import Path

from auditor.errors import ShipmentError
from auditor.shipment.folders import open_file, open_folder
from auditor.shipment.images import open_image
from auditor.shipment.limits import ShipmentLimits
from auditor.shipment.shipment import Shipment
from auditor.shipment.tars import Tar, open_gem
from auditor.shipment.zips import Zip

_ZIPS = (".zip", ".whl", ".egg", ".jar", ".war", ".ear", ".aar", ".pyz", ".nupkg", ".vsix")
_TARS = (
    ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst", ".crate",
    ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.lzma", ".tar.zst",
)  # fmt: skip
_ZIP_MAGIC = (b"PK\3\4", b"PK\5\6")
_TAR_MAGIC = slice(257, 262)  # "ustar"


def open_shipment(path: str | Path, limits: ShipmentLimits | None = None) -> Shipment:
    """The folder, archive or single file at `path`. Raises ShipmentError.

    A name that promises an archive must hold one; any other file is an archive if it begins like one. Archives within
    archives stay closed, except in a gem and in a saved container image, where that is the format.
    """
    path, limits = Path(path), limits or ShipmentLimits()
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            folder = open_folder(path, limits)
            return open_image(path, folder, limits) or folder
        if not stat.S_ISREG(mode):
            raise ShipmentError(f"{path} is neither a file nor a folder")
        with open(path, "rb") as file:
            start = file.read(512)
        return _archive(path, start, limits) or open_file(path, limits)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ShipmentError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _archive(path: Path, start: bytes, limits: ShipmentLimits) -> Shipment | None:
    name = path.name.lower()
    if name.endswith(_ZIPS) or start.startswith(_ZIP_MAGIC):
        return Zip(path, limits)
    if name.endswith(".gem"):
        return open_gem(path, limits)
    if name.endswith(_TARS) or start[_TAR_MAGIC] == b"ustar":
        archive = Tar(path, limits)
        return open_image(path, archive, limits) or archive
    return None
