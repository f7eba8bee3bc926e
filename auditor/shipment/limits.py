"""How much of a shipment is read at most: an archive may have been made to exhaust whoever opens it."""

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ShipmentLimits:
    """Bounds that are counted while reading; the sizes that an archive states about itself are not trusted.

    members       files of one shipment
    member_bytes  one file, unpacked
    whole_bytes   everything unpacked from one archive (a folder is not unpacked, so this does not bind it)
    ratio         unpacked to packed; deflate reaches 1032 at most, ordinary sources stay under 20
    ratio_floor   bytes that may be unpacked before the ratio counts: Pillow's wheel holds a library of 2 MiB, nearly
                  all zeros, that is packed 224:1
    name_length   characters of a path (PATH_MAX of Linux)
    """

    members: int = 200_000
    member_bytes: int = 64 * _MIB
    whole_bytes: int = 4096 * _MIB
    ratio: int = 200
    ratio_floor: int = 16 * _MIB
    name_length: int = 4096
