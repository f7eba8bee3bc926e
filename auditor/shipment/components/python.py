"""Python distributions: `*.dist-info`, `*.egg-info`, and an sdist's `PKG-INFO` (PyPA, "Core metadata specifications")."""

import csv
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from auditor.licenses.declared import declared_licenses
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import below, folder_of, plain, purl, same_name

_METADATA = re.compile(r"(?:(?P<site>.*)/)?(?P<info>[^/]+\.dist-info)/METADATA")
_EGG = re.compile(r"(?:(?P<site>.*)/)?(?P<info>[^/]+\.egg-info)(?:/PKG-INFO)?|(?:(?P<egg>.*)/)?EGG-INFO/PKG-INFO")
_SDIST = re.compile(r"(?:(?P<root>[^/]+)/)?PKG-INFO")
_LISTS = ("RECORD", "top_level.txt")
_LONGEST_HEADER = 1 << 18  # bytes; the fields come before the description, which may be long
_LONGEST_RECORD = 64 << 20


@dataclass(frozen=True, slots=True)
class _Found:
    """Metadata: the folder that holds the modules, and the folder that holds the metadata."""

    path: str
    site: str
    info: str
    fields: dict[str, str]
    component: Component


class PythonReader:
    """See `Reader`."""

    def __init__(self, shipment: str, paths: Set[str]) -> None:
        """`shipment` is the name of the shipment's file, `paths` what it holds."""
        self._shipment, self._paths = shipment.lower(), paths
        self._found: list[_Found] = []
        self._lists: dict[str, bytes] = {}

    def wants(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        if name in _LISTS:
            return folder_of(path).endswith((".dist-info", ".egg-info"))
        return name in ("METADATA", "PKG-INFO") or name.endswith(".egg-info")

    def read(self, path: str, data: bytes) -> None:
        if path.rpartition("/")[2] in _LISTS:
            self._lists[path] = data[:_LONGEST_RECORD]
        elif match := _METADATA.fullmatch(path) or _EGG.fullmatch(path) or _SDIST.fullmatch(path):
            groups = match.groupdict()
            site = groups.get("site") or groups.get("egg") or groups.get("root") or ""
            self._take(path, site, below(site, groups.get("info") or ""), data)

    def components(self) -> Iterator[Component]:
        own = self._own()
        for found in self._found:
            if own is not None and found is not own and _says_the_same(found, own):
                continue  # an sdist's egg-info repeats its PKG-INFO
            yield self._component(found, found is own)

    def _take(self, path: str, site: str, info: str, data: bytes) -> None:
        fields = _fields(data[:_LONGEST_HEADER].decode("utf-8", "replace"))
        if not (name := plain(fields.get("name"))):
            return
        version = plain(fields.get("version")) or None
        declared = tuple(
            declaration for declaration in declared_licenses("METADATA", data) if declaration.written.strip()
        )
        component = Component(
            name, "bundled", site, path, version, "pypi", purl("pypi", name, version), _at(path, declared)
        )
        self._found.append(_Found(path, site, info, fields, component))

    def _own(self) -> _Found | None:
        """The metadata of what the shipment itself is: at its root, and alone there or named like its file."""
        sdist = [one for one in self._found if one.path == "PKG-INFO" or one.info in ("", f"{one.site}/")]
        top = [one for one in self._found if one.path.count("/") <= 1 and one.info.endswith("-info")]
        for candidates in (sdist, top):
            named = [one for one in candidates if self._names(one)]
            if len(candidates) == 1 or named:
                return (named or candidates)[0]
        return None

    def _names(self, found: _Found) -> bool:
        """Whether the shipment's file is called `name-version…` (PyPA, "Binary distribution format")."""
        parts = self._shipment.split("-")
        version = (found.component.version or "").lower()
        return same_name(parts[0]) == same_name(found.component.name) and parts[1:2] == [version]

    def _component(self, found: _Found, own: bool) -> Component:
        component = found.component
        if own:
            return Component(
                component.name, "distribution", "" if found.info.endswith("-info") else found.site, found.path,
                component.version, "pypi", component.purl, component.license_declared,
            )  # fmt: skip
        files = tuple(sorted(self._files(found)))
        return Component(
            component.name, "bundled", found.info or found.site, found.path, component.version, "pypi",
            component.purl, component.license_declared, files=files,
        )  # fmt: skip

    def _files(self, found: _Found) -> Iterator[str]:
        """What is installed by it, as far as it is here: by RECORD, else the modules of `top_level.txt`."""
        yield found.path
