"""Which layers an image has: the `manifest.json` of `docker save`, and the OCI image layout (`index.json`)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from auditor.errors import ShipmentError
from auditor.shipment.shipment import Shipment
from auditor.shipment.troubles import Troubles, shown

_DOCKER = "manifest.json"
_OCI = ("oci-layout", "index.json")
_LONGEST = 4 << 20  # bytes of a manifest (the OCI distribution specification asks registries to take four megabytes)
_MOST = 200  # images in one archive, manifests of an image, layers of one (Docker itself allows 127)
_DIGEST = re.compile(r"(sha256|sha512):([0-9a-f]{32,128})")
_NAMES = ("io.containerd.image.name", "org.opencontainers.image.ref.name")
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class ImageLayers:
    """An image's name ("" where it has none) and the paths of its layers in the outer shipment, lowest first."""

    name: str
    layers: tuple[str, ...]


def find_images(outer: Shipment, troubles: Troubles) -> tuple[ImageLayers, ...]:
    """The images that a folder or an archive holds; () if it is none.

    Raises ShipmentError for one that says it is an image layout and cannot be read as one.
    """
    paths = set(outer.paths)
    if _DOCKER in paths and (images := _docker_images(outer)):
        return images
    if not paths.issuperset(_OCI):
        return ()
    try:
        return tuple(_oci_images(outer, troubles))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = str(error) if type(error) is ValueError else f"its manifests are damaged ({type(error).__name__})"
        raise ShipmentError(f"{outer.name} cannot be read as a container image: {why}") from None


def folder_names(images: tuple[ImageLayers, ...]) -> tuple[str, ...]:
    """A folder for each of several images, from its name; "" for an only one."""
    if len(images) < 2:
        return ("",) * len(images)
    names: list[str] = []
    for number, image in enumerate(images, start=1):
        name = _UNSAFE.sub("_", image.name)[:100].strip("._") or "image"
        names.append(f"{name if name not in names else f'{name}-{number}'}")
    return tuple(f"{name}/" for name in names)


def _docker_images(outer: Shipment) -> tuple[ImageLayers, ...]:
    """`docker save`: one object for each image. () for any other file that has the same name."""
    try:
        top = _json(outer, _DOCKER)
    except (ValueError, ShipmentError):
        return ()
    found = []
    for image in top[:_MOST] if isinstance(top, list) else ():
        match image:
            case {"Config": str(), "Layers": [*layers]} if all(isinstance(layer, str) for layer in layers):
                tags = image.get("RepoTags")
                name = tags[0] if isinstance(tags, list) and tags and isinstance(tags[0], str) else ""
                found.append(ImageLayers(name, tuple(layers[:_MOST])))
            case _:
                return ()
    return tuple(found)


def _oci_images(outer: Shipment, troubles: Troubles) -> Iterator[ImageLayers]:
    """Manifests of one name are one image for several platforms: the first that is there is read."""
    named: dict[str, list[dict[str, Any]]] = {}
    paths = set(outer.paths)
    for descriptor in _json(outer, "index.json")["manifests"][:_MOST]:
        notes = descriptor.get("annotations") or {}
        named.setdefault(next((notes[key] for key in _NAMES if key in notes), ""), []).append(descriptor)
    for name, descriptors in named.items():
        choices = list(_choices(outer, paths, descriptors))
        there = [choice for choice in choices if _blob(choice) in paths]
        if not there:
            raise ValueError(f"no manifest of the image {shown(name)!r} is there")
        if len(choices) > 1:
            others = ", ".join(_platform(choice) for choice in choices if choice is not there[0])
            troubles.add(name or "index.json", f"{_platform(there[0])} was looked at, not {others}")
        layers = _json(outer, _blob(there[0]))["layers"][:_MOST]
        yield ImageLayers(name, tuple(_blob(layer) for layer in layers))


def _choices(outer: Shipment, paths: set[str], descriptors: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The manifests of an image, those of an index one by one; no attestations, which are about an image."""
    waiting, seen = descriptors[::-1], set[str]()
    while waiting:
        descriptor = waiting.pop()
        path = _blob(descriptor)
        about = (descriptor.get("annotations") or {}).get("vnd.docker.reference.type")
        if path in seen or len(seen) > _MOST or about == "attestation-manifest":
            continue
        seen.add(path)
        inner = _json(outer, path).get("manifests") if path in paths else None
        if inner is None:
            yield descriptor
        else:
            waiting += inner[:_MOST][::-1]


def _platform(descriptor: dict[str, Any]) -> str:
    platform = descriptor.get("platform") or {}
    parts = (platform.get("os"), platform.get("architecture"), platform.get("variant"))
    return shown("/".join(str(part) for part in parts if part) or str(descriptor.get("digest", ""))[:19])


def _blob(descriptor: dict[str, Any]) -> str:
    """Where the content of a descriptor lies (OCI image layout: `blobs/<algorithm>/<encoded>`)."""
    if (digest := _DIGEST.fullmatch(descriptor["digest"])) is None:
        raise ValueError(f"{shown(str(descriptor['digest']))} is no digest")
    return f"blobs/{digest[1]}/{digest[2]}"


def _json(outer: Shipment, path: str) -> Any:
    try:
        return json.loads(outer.head(path, _LONGEST))
    except (ValueError, RecursionError):
        raise ValueError(f"{shown(path)} is not JSON") from None
