"""All readers over one shipment, in one pass; then every file is allotted to the component that it belongs to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from auditor.errors import ShipmentError
from auditor.licenses.find import license_paths
from auditor.model.shipment import Component
from auditor.shipment.components.bills import BillReader
from auditor.shipment.components.bundles import BundleReader
from auditor.shipment.components.drafts import Reader, below, folder_of
from auditor.shipment.components.java import JavaReader
from auditor.shipment.components.libraries import LibraryReader
from auditor.shipment.components.merge import foreign_banners, merge_banners, merge_bills, merge_roots
from auditor.shipment.components.node import NodeReader
from auditor.shipment.components.others import OtherReader
from auditor.shipment.components.packages import PackageReader
from auditor.shipment.components.python import PythonReader
from auditor.shipment.components.records import record_troubles
from auditor.shipment.components.vendor import VendorReader
from auditor.shipment.shipment import Shipment

_LICENSES = ".dist-info/licenses/"  # PEP 639: below it, a licence file keeps the path that it had in the source


def find_components(shipment: Shipment) -> tuple[Component, ...]:
    """What the shipment carries, sorted by place and name. Raises nothing: what could not be read is a trouble.

    Two passes over an archive at most: one for all evidence, and one over a wheel's files to compare its RECORD.
    """
    name, paths = shipment.name, shipment.paths
    vendor, bundles, bills = VendorReader(paths), BundleReader(), BillReader()
    certain: list[Reader] = [
        PythonReader(name, paths), NodeReader(), OtherReader(name, paths), JavaReader(name, paths),
        PackageReader(paths), LibraryReader(paths),
    ]  # fmt: skip
    unread = _read(shipment, [*certain, vendor, bundles, bills])
    told = merge_roots([component for reader in certain for component in reader.components()])
    folders, banners = merge_banners(list(vendor.components()), foreign_banners(told, list(bundles.components())))
    known = {component.root for component in told}
    drafts = merge_roots([*told, *banners, *(folder for folder in folders if folder.root not in known)])
    allotted = _allotted(drafts, paths, {folder.root for folder in folders})
    found = [*merge_bills(allotted, list(bills.components())), *unread]
    checked = [_with_record(shipment, component) for component in found]
    return tuple(
        sorted(checked, key=lambda component: (component.root, component.name.lower(), component.version or ""))
    )


def _read(shipment: Shipment, readers: Sequence[Reader]) -> list[Component]:
    """Gives each reader what it wants; evidence that cannot be read is a component of which nothing else is known."""
    wanted = {path: takers for path in shipment.paths if (takers := [one for one in readers if one.wants(path)])}
    unread = []
    for path, content in shipment.read_many(wanted):
        if isinstance(content, ShipmentError):
            file = path.rpartition("/")[2]
            unread.append(Component(file, "unknown", path, path, files=(path,), troubles=(str(content),)))
            continue
        for reader in wanted[path]:
            reader.read(path, content)
    return unread


def _allotted(drafts: list[Component], paths: Sequence[str], folders: set[str]) -> list[Component]:
    """Every file to one component: to the first that lists it, else to the one with the innermost folder.

    Vendor folders (`folders`) come last; one of which others own every file is none of its own.
    """
    owner = {path: number for number, draft in reversed(list(enumerate(drafts))) for path in draft.files}
    roots = {draft.root: number for number, draft in reversed(list(enumerate(drafts))) if draft.kind != "stated"}
    files: dict[int, list[str]] = defaultdict(list)
    for path in paths:
        number = owner.get(path)
        if number is None:
            number = _innermost(path, roots)
        if number is not None:
            files[number].append(path)
    licenses = _licenses(paths, drafts, files)
    return [
        replace(
            draft,
            files=tuple(files[number]),
            license_files=tuple(sorted({*draft.license_files, *licenses.get(number, ())})),
        )
        for number, draft in enumerate(drafts)
        if files[number] or draft.kind == "stated" or draft.root not in folders
    ]


def _innermost(path: str, roots: dict[str, int]) -> int | None:
    while path:
        path = folder_of(path)
        if path in roots:
            return roots[path]
    return None


def _licenses(paths: Sequence[str], drafts: list[Component], files: dict[int, list[str]]) -> dict[int, set[str]]:
    """The licence files among each component's own, and those that a wheel keeps for it in `*.dist-info/licenses`."""
    owners = {path: number for number, own in files.items() for path in own}
    roots = {draft.root: number for number, draft in enumerate(drafts) if draft.kind in ("bundled", "unknown")}
    found: dict[int, set[str]] = defaultdict(set)
    for path in license_paths(paths):
        if path in owners:
            found[owners[path]].add(path)
        _, kept, origin = path.partition(_LICENSES)
        if kept and (number := _ending(folder_of(origin), roots)) is not None:
            found[number].add(path)
    return found


def _ending(folder: str, roots: dict[str, int]) -> int | None:
    """The component whose root a folder's path ends with: "src/pip/_vendor/idna" for "pip/_vendor/idna"."""
    while "/" in folder:
        if folder in roots:
            return roots[folder]
        folder = folder.partition("/")[2]
    return None


def _with_record(shipment: Shipment, component: Component) -> Component:
    """A wheel's own component, with what its RECORD says wrongly."""
    info = folder_of(component.evidence)
    if component.kind != "distribution" or not info.endswith(".dist-info") or not shipment.name.endswith(".whl"):
        return component
    record = below(info, "RECORD")
    if record not in shipment.paths:
        return replace(component, troubles=(*component.troubles, f"{record}: is not there"))
    return replace(component, troubles=(*component.troubles, *record_troubles(shipment, record)))
