"""What the package managers of Linux distributions have installed: dpkg, apk; rpm's database is only noticed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.licenses.metadata.statements import declaration
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import plain, purl

# A folder above, as several images in one shipment have it, goes before each.
_DPKG = re.compile(r"(?P<top>(?:.*/)?)var/lib/dpkg/(?:status|status\.d/[^/]+(?<!\.md5sums))")
_DPKG_LIST = re.compile(r"(?P<top>(?:.*/)?)var/lib/dpkg/info/(?P<name>[^/:]+)(?::[^/]+)?\.list")
_APK = re.compile(r"(?P<top>(?:.*/)?)(?:usr/)?lib/apk/db/installed")
_RPM = re.compile(r"(?:.*/)?(?:usr/lib/sysimage|var/lib)/rpm/(?:Packages|Packages\.db|rpmdb\.sqlite)")
_RELEASE = re.compile(r"(?P<top>(?:.*/)?)(?:etc|usr/lib)/os-release")
_INSTALLED = "installed"


@dataclass(slots=True)
class _Package:
    """An installed package; `files` are absolute paths without the first slash."""

    top: str
    evidence: str
    kind: str
    name: str
    version: str
    architecture: str
    license: str
    line: int
    files: list[str] = field(default_factory=list)


class PackageReader:
    """See `Reader`."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = set(paths)
        self._rpm = [path for path in paths if "/rpm/" in path and _RPM.fullmatch(path)]
        self._packages: list[_Package] = []
        self._lists: dict[tuple[str, str], list[str]] = {}
        self._distributions: dict[str, str] = {}

    def wants(self, path: str) -> bool:
        if path.endswith("/os-release"):
            return _RELEASE.fullmatch(path) is not None
        if "/apk/db/" in path:
            return _APK.fullmatch(path) is not None
        return "var/lib/dpkg/" in path and (_DPKG.fullmatch(path) or _DPKG_LIST.fullmatch(path)) is not None

    def read(self, path: str, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        if match := _RELEASE.fullmatch(path):
            if found := re.search(r"^ID=[\"']?([a-z0-9._-]{1,40})", text, re.MULTILINE):
                self._distributions.setdefault(match["top"], found[1])
        elif match := _APK.fullmatch(path):
            self._packages += _apk(text, match["top"], path)
        elif match := _DPKG_LIST.fullmatch(path):
            self._lists[match["top"], match["name"]] = [line[1:] for line in text.splitlines() if line.startswith("/")]
        elif match := _DPKG.fullmatch(path):
            self._packages += _dpkg(text, match["top"], path)

    def components(self) -> Iterator[Component]:
        for package in self._packages:
            yield self._component(package)
        for path in self._rpm:
            trouble = f"{path}: rpm's database, which is not read; the packages in it are not listed"
            yield Component(path.rpartition("/")[2], "unknown", path, path, files=(path,), troubles=(trouble,))

    def _component(self, package: _Package) -> Component:
        usual = {"deb": "debian", "apk": "alpine"}[package.kind]
        url = purl(package.kind, package.name, package.version, self._distributions.get(package.top, usual))
        suffix = f"?arch={package.architecture}" if package.architecture else ""
        listed = package.files or self._lists.get((package.top, package.name), [])
        files = dict.fromkeys(path for name in listed if (path := self._present(package.top, name)))
        declared = (declaration(package.evidence, package.line, package.license),) if package.license else ()
        # Debian policy 12.5: the copyright information of every package is there.
        copyright_ = f"{package.top}usr/share/doc/{package.name}/copyright"
        return Component(
            package.name,
            "bundled",
            package.evidence,
            package.evidence,
            package.version or None,
            package.kind,
            f"{url}{suffix}" if url else None,
            declared,
            (copyright_,) if package.kind == "deb" and copyright_ in self._paths else (),
            tuple(files),
        )

    def _present(self, top: str, name: str) -> str | None:
        """The path of a listed file; `/bin`, `/lib` and `/sbin` may be links into `/usr` (merged /usr)."""
        return next((path for path in (top + name, f"{top}usr/{name}") if path in self._paths), None)


def _dpkg(text: str, top: str, path: str) -> Iterator[_Package]:
    """The paragraphs of a status file (deb-control(5)); only what is installed."""
    fields: dict[str, str] = {}
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.startswith((" ", "\t")):
            continue
        if line:
            name, _, value = line.partition(":")
            fields[name.lower()] = plain(value)
            continue
        if fields.get("package") and fields.get("status", _INSTALLED).split()[-1:] == [_INSTALLED]:
            yield _Package(
                top,
                path,
                "deb",
                fields["package"],
                fields.get("version", ""),
                fields.get("architecture", ""),
                "",
                start,
            )
        fields, start = {}, number + 1


def _apk(text: str, top: str, path: str) -> Iterator[_Package]:
    """The records of apk's database (Alpine's wiki, "Apk spec"): a letter, a colon, a value; an empty line ends one."""
    package, folder = _Package(top, path, "apk", "", "", "", "", 1), ""
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        key, value = line[:2], plain(line[2:])
        if key == "P:":
            package.name, package.line = value, number
        elif key == "V:":
            package.version = value
        elif key == "A:":
            package.architecture = value
        elif key == "L:":
            package.license = value
        elif key == "F:":
            folder = line[2:]
        elif key == "R:":
            package.files.append(f"{folder}/{line[2:]}" if folder else line[2:])
        elif not line:
            if package.name:
                yield package
            package, folder = _Package(top, path, "apk", "", "", "", "", number + 1), ""
