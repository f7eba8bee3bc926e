"""Java archives: Maven's `pom.properties`, the manifest, and archives within archives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.licenses.metadata import declared_licenses
from auditor.model.license import Declaration
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import folder_of, plain, purl

_MAVEN = re.compile(r"(?:.*/)?META-INF/maven/[^/]+/[^/]+/pom\.(?:properties|xml)")
_MANIFEST = "META-INF/MANIFEST.MF"
_ARCHIVES = (".jar", ".war", ".ear", ".aar", ".whl", ".egg", ".nupkg", ".gem", ".crate", ".zip", ".tgz", ".tar.gz")
_PROPERTY = re.compile(r"(groupId|artifactId|version)[ \t]*[=:][ \t]*(\S.{0,200})")


class JavaReader:
    """See `Reader`."""

    def __init__(self, shipment: str, paths: Sequence[str]) -> None:
        self._shipment = shipment.lower()
        self._inner = [path for path in paths if path.lower().endswith(_ARCHIVES)]
        self._found: dict[str, Component] = {}
        self._declared: dict[str, tuple[Declaration, ...]] = {}
        self._manifest: dict[str, str] = {}

    def wants(self, path: str) -> bool:
        return path == _MANIFEST or ("META-INF/maven/" in path and _MAVEN.fullmatch(path) is not None)

    def read(self, path: str, data: bytes) -> None:
        folder = folder_of(path)
        if path == _MANIFEST:
            self._manifest = _manifest(data.decode("utf-8", "replace"))
        elif path.endswith(".xml"):
            self._declared[folder] = tuple(replace(one, path=path) for one in declared_licenses("pom.xml", data))
        else:
            fields = {match[1]: plain(match[2]) for line in data.decode("utf-8", "replace").splitlines()
                      if (match := _PROPERTY.match(line.strip()))}  # fmt: skip
            if name := fields.get("artifactId"):
                version, group = fields.get("version") or None, fields.get("groupId", "").replace("/", "")
                self._found[folder] = Component(
                    name, "bundled", folder, path, version, "maven", purl("maven", name, version, group)
                )

    def components(self) -> Iterator[Component]:
        own = self._own()
        for folder, component in self._found.items():
            declared = self._declared.get(folder, ())
            if folder == own:
                yield replace(component, kind="distribution", root="", license_declared=declared)
            else:
                yield replace(component, license_declared=declared)
        if own is None and (whole := self._by_manifest()) is not None:
            yield whole
        for path in self._inner:
            trouble = f"{path}: an archive within the shipment; it was not opened"
            yield Component(path.rpartition("/")[2], "unknown", path, path, files=(path,), troubles=(trouble,))

    def _own(self) -> str | None:
        """The folder of the properties that are the archive's own: the only ones, or those that its name begins with.

        A jar with the properties of several is a shaded one: it holds all of them.
        """
        outermost = {folder: one for folder, one in self._found.items() if folder.startswith("META-INF/")}
        named = [
            folder
            for folder, one in outermost.items()
            if self._shipment.startswith((f"{one.name}-{one.version}.".lower(), f"{one.name}.".lower()))
        ]
        candidates = named or list(outermost)
        return candidates[0] if len(candidates) == 1 else None

    def _by_manifest(self) -> Component | None:
        """What the manifest calls the whole: an OSGi bundle, or by the version attributes of the JAR specification."""
        fields = self._manifest
        bundle = fields.get("bundle-symbolicname", "").partition(";")[0].strip()
        name = bundle or fields.get("implementation-title", "")
        version = fields.get("bundle-version" if bundle else "implementation-version") or None
        return Component(plain(name), "distribution", "", _MANIFEST, plain(version) or None) if name else None


def _manifest(text: str) -> dict[str, str]:
    """The main section: up to the first empty line; a line that begins with a space goes on the one before."""
    fields: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if not line:
            break
        if line.startswith(" ") and name:
            fields[name] += line[1:]
        else:
            name, _, value = line.partition(":")
            name = name.lower()
            fields[name] = value.strip()
    return fields
