"""What was left out of a shipment, and why, in words for a person."""

_LISTED = 100  # an archive of a hundred thousand bad names must not fill the report
_SHOWN = 120


def shown(name: str) -> str:
    """A name from an untrusted place, as it may be printed: no control characters, no surrogates, not endless."""
    cut = name if len(name) <= _SHOWN else name[:_SHOWN] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape", "replace").decode() for char in cut)


# Reasons for which nothing is lost: there is no content that anybody could get out of the shipment either.
NOTHING = "a link to nothing"
NO_FILE = "not a regular file"
_NO_LOSS = (
    NOTHING,
    f"{NOTHING} in the archive",
    f"{NOTHING} in the image",
    "a hard link to nothing in the image",
    NO_FILE,
)


def is_loss(trouble: str) -> bool:
    """Whether one of the lines of `Shipment.troubles` tells of something that is there and was not looked at."""
    return not trouble.endswith(_NO_LOSS)


class Troubles:
    """Collects what was left out, in the order of the shipment; beyond the first hundred it only counts."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._more = 0

    def add(self, name: str, why: str) -> None:
        """`name` (of a member, as the shipment has it) was left out because of `why`."""
        if len(self._lines) < _LISTED:
            self._lines.append(f"{shown(name)}: {why}")
        else:
            self._more += 1

    def lines(self) -> tuple[str, ...]:
        """One line for each, and one that counts those not listed."""
        more = (f"and {self._more} more were left out",) if self._more else ()
        return (*self._lines, *more)
