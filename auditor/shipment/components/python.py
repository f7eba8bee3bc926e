"""Python distributions: `*.dist-info`, `*.egg-info`, an sdist's `PKG-INFO` (PyPA, "Core metadata specifications")."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.licenses.metadata import declared_licenses
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import below, folder_of, plain, purl, same_name, under

_INSTALLED = re.compile(r"(?:(?P<site>.*)/)?[^/]+\.(?:dist-info/METADATA|egg-info/PKG-INFO|egg-info)")
_EGG = re.compile(r"(?:(?P<site>.*)/)?EGG-INFO/PKG-INFO")
_SDIST = re.compile(r"(?:(?P<site>[^/]+)/)?PKG-INFO")
_LISTS = ("RECORD", "top_level.txt")
_FIELD = re.compile(r"(Name|Version):[ \t]*(\S[^\r\n]*)", re.IGNORECASE)
_LONGEST_HEAD = 1 << 18  # bytes; the fields come before the description


@dataclass(frozen=True, slots=True)
class _Found:
    """A distribution, the folder that holds its modules, and whether it could be what the shipment itself is."""

    component: Component
    site: str
    outermost: bool


class PythonReader:
    """See `Reader`."""

    def __init__(self, shipment: str, paths: Sequence[str]) -> None:
        """`shipment` is the name of the shipment's file, `paths` what it holds, sorted."""
        self._shipment, self._ordered, self._paths = shipment, paths, set(paths)
        self._found: list[_Found] = []
        self._lists: dict[str, bytes] = {}

    def wants(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        if name in _LISTS:
            return folder_of(path).endswith((".dist-info", ".egg-info"))
        return name in ("METADATA", "PKG-INFO") or name.endswith(".egg-info")

    def read(self, path: str, data: bytes) -> None:
        if path.rpartition("/")[2] in _LISTS:
            self._lists[path] = data
        elif match := _INSTALLED.fullmatch(path):
            info = path if path.endswith("-info") else folder_of(path)
            self._take(path, data, match["site"] or "", root=info, outermost=not match["site"])
        elif match := _EGG.fullmatch(path) or _SDIST.fullmatch(path):
            site = match["site"] or ""
            self._take(path, data, site, root=site, outermost=not site or "EGG-INFO" not in path)

    def components(self) -> Iterator[Component]:
        own = self._own()
        for found in self._found:
            if found is own:
                root = "" if found.component.root.endswith("-info") else found.component.root
                yield replace(found.component, kind="distribution", root=root)
            elif own is None or not _repeats(found, own):
                yield replace(found.component, files=tuple(self._files(found)))

    def _take(self, path: str, data: bytes, site: str, root: str, outermost: bool) -> None:
        head = data[:_LONGEST_HEAD].decode("utf-8", "replace").replace("\r\n", "\n").partition("\n\n")[0]
        fields = {match[1].lower(): plain(match[2]) for line in head.split("\n") if (match := _FIELD.match(line))}
        if not (name := fields.get("name", "")):
            return
        version = fields.get("version") or None
        declared = tuple(replace(one, path=path) for one in declared_licenses("METADATA", data))
        component = Component(
            name, "bundled", root, path, version, "pypi", purl("pypi", name, version), license_declared=declared
        )
        self._found.append(_Found(component, site, outermost))

    def _own(self) -> _Found | None:
        """What the shipment itself is: the metadata at its root, which is alone there or named like the file."""
        outermost = [one for one in self._found if one.outermost]
        sdist = [one for one in outermost if _SDIST.fullmatch(one.component.evidence)]
        candidates = sdist or outermost
        named = [one for one in candidates if self._is_named(one)]
        return (named or candidates)[0] if len(candidates) == 1 or named else None

    def _is_named(self, found: _Found) -> bool:
        """Whether the shipment's file is called `name-…` (PyPA, "Binary distribution format")."""
        return same_name(self._shipment.partition("-")[0]) == same_name(found.component.name)

    def _files(self, found: _Found) -> Iterator[str]:
        """What was installed by it, as far as it is here: by RECORD, else the modules of `top_level.txt`."""
        record = self._lists.get(below(found.component.root, "RECORD"))
        if record is not None:
            for name in record_names(record):
                if (path := _joined(found.site, name)) in self._paths:
                    yield path
            return
        listed = self._lists.get(below(found.component.root, "top_level.txt"), b"").decode("utf-8", "replace").split()
        for module in listed or [same_name(found.component.name).replace("-", "_")]:
            yield from under(self._ordered, below(found.site, module))
            if (single := below(found.site, f"{module}.py")) in self._paths:
                yield single


def record_names(data: bytes) -> Iterator[str]:
    """The paths that a RECORD lists (PyPA, "Recording installed projects"), as far as it can be read."""
    yield from (row[0] for row in record_rows(data))


def record_rows(data: bytes) -> Iterator[tuple[str, str]]:
    """Path and hash ("" if none) of each line of a RECORD; stops where it is no CSV."""
    try:
        for row in csv.reader(data.decode("utf-8", "replace").splitlines()):
            if row and row[0]:
                yield row[0], row[1] if len(row) > 1 else ""
    except csv.Error:
        return


def _repeats(found: _Found, own: _Found) -> bool:
    """An sdist's egg-info says again what its PKG-INFO says."""
    return found.component.evidence.endswith("PKG-INFO") and same_name(found.component.name) == same_name(
        own.component.name
    )


def _joined(site: str, name: str) -> str:
    """A path of RECORD, relative to the folder of the modules; "" for one that leads out of the shipment."""
    parts = site.split("/") if site else []
    for part in name.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
