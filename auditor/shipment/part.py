"""Some of the files of a shipment."""

from collections.abc import Callable, Iterable, Iterator

from auditor.errors import ShipmentError
from auditor.shipment.shipment import Shipment


class Part(Shipment):
    """Those files of `whole` whose paths are `wanted`; closing it closes the whole."""

    def __init__(self, whole: Shipment, wanted: Callable[[str], bool]) -> None:
        super().__init__(whole.name, filter(wanted, whole.paths), whole.troubles)
        self._whole = whole

    def read_many(self, paths: Iterable[str], size: int | None = None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        """See `Shipment.read_many`."""
        return self._whole.read_many(paths, size)

    def close(self) -> None:
        """See `Shipment.close`."""
        self._whole.close()
