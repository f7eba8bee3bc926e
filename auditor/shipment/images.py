"""Saved container images: their layers read as the one file system that they make, without unpacking to disk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.errors import ShipmentError
from auditor.shipment.image_index import ImageLayers, find_images, folder_names
from auditor.shipment.image_layers import LayerPlace, Layers
from auditor.shipment.image_tree import ImageTree, Place, TooManyFoldersError
from auditor.shipment.limits import ShipmentLimits
from auditor.shipment.shipment import Shipment
from auditor.shipment.streams import LimitError, Stream
from auditor.shipment.tar_headers import TarMember, tar_members
from auditor.shipment.tars import Tar
from auditor.shipment.troubles import Troubles, shown


class Image(Shipment):
    """The files that a container has when it starts; of several images each in a folder of its own.

    Opening it passes over every layer once and remembers in which one each file is; reading passes over the layers
    that hold what is wanted.
    """

    def __init__(self, name: str, layers: Layers, places: dict[str, Place], troubles: Troubles, limits: ShipmentLimits):
        """`places` maps each path to where its content is."""
        super().__init__(name, places, troubles.lines())
        self._layers, self._places, self._limits = layers, places, limits

    def read_many(self, paths: Iterable[str], size: int | None = None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        """See `Shipment.read_many`; the order is that of the archive, layer by layer."""
        wanted: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for path in dict.fromkeys(paths):
            place = self._places.get(path)
            if place is None:
                yield path, ShipmentError(f"{self.name}: there is no {path!r}")
            elif size is None and place.size > self._limits.member_bytes:
                why = f"larger than {self._limits.member_bytes} bytes"
                yield path, ShipmentError(f"{self.name}: {shown(path)} is {why}")
            else:
                wanted[place.layer].append((place.offset, place.size, path))
        try:
            for number, stream in self._layers.streams(set(wanted)):
                yield from self._contents(stream, sorted(wanted.pop(number)), size)
        except (ShipmentError, LimitError) as error:  # the archive was there when it was listed
            yield from ((path, ShipmentError(f"{self.name}: {error}")) for rest in wanted.values() for *_, path in rest)

    def _contents(
        self, stream: Stream | ShipmentError, wanted: list[tuple[int, int, str]], size: int | None
    ) -> Iterator[tuple[str, bytes | ShipmentError]]:
        last: tuple[int | None, bytes | ShipmentError] = (None, b"")
        for offset, length, path in wanted:
            if isinstance(stream, ShipmentError):
                yield path, stream
                continue
            if offset != last[0]:  # a link has the place of what it leads to
                last = offset, self._content(stream, offset, length if size is None else min(size, length), path)
            yield path, last[1]

    def _content(self, stream: Stream, offset: int, size: int, path: str) -> bytes | ShipmentError:
        try:
            stream.skip_to(offset)
            data = stream.read(size)
        except (ShipmentError, LimitError) as error:
            return ShipmentError(f"{self.name}: {shown(path)}: {error}")
        return data if len(data) == size else ShipmentError(f"{self.name}: {shown(path)}: cut off")


def open_image(path: Path, outer: Shipment, limits: ShipmentLimits) -> Image | None:
    """The image that a folder or a tar archive holds; None if it is something else. `outer` is what was opened there.

    Raises ShipmentError for what says that it is an image and is none.
    """
    troubles = Troubles()
    images = find_images(outer, troubles)
    if not images:
        return None
    if len(images) > 1:
        troubles.add(outer.name, f"it holds {len(images)} images; the files of each are in a folder of its own")
    names = list(dict.fromkeys(layer for image in images for layer in image.layers))
    there = {name: place for name in names if (place := _place(path, outer, name)) is not None}
    for name in names:
        if name not in there:
            troubles.add(name, "this layer is not there; its files were not looked at")
    layers = Layers(path, tuple(there.values()), limits)
    numbers = {name: number for number, name in enumerate(there)}
    members = _members(layers, tuple(there), limits, troubles)
    return Image(outer.name, layers, dict(_files(images, numbers, members, limits, troubles)), troubles, limits)


def _place(path: Path, outer: Shipment, layer: str) -> LayerPlace | None:
    if isinstance(outer, Tar):
        return outer.place(layer)
    return path / layer if layer in outer.paths else None


def _members(
    layers: Layers, names: tuple[str, ...], limits: ShipmentLimits, troubles: Troubles
) -> dict[int, list[TarMember]]:
    """What each layer holds. One that cannot be read to its end is a trouble, and counts as far as it could."""
    found: dict[int, list[TarMember]] = defaultdict(list)
    left = limits.members
    for number, stream in layers.streams(set(range(len(names)))):
        if isinstance(stream, ShipmentError):
            troubles.add(names[number], f"this layer cannot be read: {stream}")
            continue
        try:
            for member in tar_members(stream):
                if left == 0:
                    raise LimitError(f"the layers hold more than {limits.members} members")
                left -= 1
                found[number].append(member)
        except (ShipmentError, LimitError) as error:
            troubles.add(names[number], f"this layer cannot be read to its end: {error}")
    return found


def _files(
    images: tuple[ImageLayers, ...],
    numbers: dict[str, int],
    members: dict[int, list[TarMember]],
    limits: ShipmentLimits,
    troubles: Troubles,
) -> Iterator[tuple[str, Place]]:
    for image, folder in zip(images, folder_names(images), strict=True):
        tree = ImageTree(limits.members, limits.name_length, troubles)
        try:
            for layer in image.layers:
                if layer in numbers:
                    tree.apply(numbers[layer], members.get(numbers[layer], []))
        except TooManyFoldersError:
            troubles.add(image.name or "the image", f"more than {limits.members} folders; the rest was not looked at")
        yield from ((folder + path, place) for path, place in tree.files())
