"""Crates, gems, Go modules and PHP packages: those whose own files say name and version in one place."""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from auditor.licenses.metadata import declared_licenses
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import below, folder_of, plain, purl

_CRATE = re.compile(r"(?:[^/]+/)?Cargo\.toml|(?:.*/)?vendor/[^/]+/Cargo\.toml")
_VCS = ".cargo_vcs_info.json"
_GEMSPEC = re.compile(
    r"(?P<home>(?:.*/)?)specifications/(?:default/)?(?P<full>(?P<name>[^/]+)-(?P<version>\d[^/-]*))\.gemspec"
)
_GO_LIST = re.compile(r"(?:.*/)?vendor/modules\.txt")
_GO_MODULE = re.compile(r"# (\S{1,300}) (v\S{1,200})(?: => (\S{1,300})(?: (v\S{1,200}))?)?")
_PHP_LIST = re.compile(r"(?:.*/)?vendor/composer/installed\.json")
_COMMIT = re.compile(r"[0-9a-f]{40}")


class OtherReader:
    """See `Reader`."""

    def __init__(self, shipment: str, paths: Sequence[str]) -> None:
        self._shipment, self._paths = shipment, paths
        self._crates: dict[str, Component] = {}
        self._commits: dict[str, str] = {}
        self._found: list[Component] = []

    def wants(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        if name == "Cargo.toml":
            return _CRATE.fullmatch(path) is not None
        lists = name in ("modules.txt", "installed.json") and (_GO_LIST.fullmatch(path) or _PHP_LIST.fullmatch(path))
        return name == _VCS or bool(lists) or (name.endswith(".gemspec") and _GEMSPEC.fullmatch(path) is not None)

    def read(self, path: str, data: bytes) -> None:
        name, folder = path.rpartition("/")[2], folder_of(path)
        if name == "Cargo.toml":
            self._read_crate(path, folder, data)
        elif name == _VCS:
            git = _object(_json(data)).get("git")
            commit = plain(_object(git).get("sha1"))
            if _COMMIT.fullmatch(commit):
                self._commits[folder] = commit
        elif name == "modules.txt":
            self._found += _go_modules(path, folder, data.decode("utf-8", "replace"))
        elif name == "installed.json":
            self._found += _php_packages(path, folder_of(folder), data)
        elif match := _GEMSPEC.fullmatch(path):
            gem, version, root = match["name"], match["version"], f"{match['home']}gems/{match['full']}"
            self._found.append(Component(gem, "bundled", root, path, version, "gem", purl("gem", gem, version)))

    def components(self) -> Iterator[Component]:
        for folder, crate in self._crates.items():
            yield replace(crate, commit=self._commits.get(folder))
        yield from self._found
        # A gem's description lies outside the files that are read; its file is called `NAME-VERSION.gem`.
        if match := re.fullmatch(r"(.+?)-(\d[\w.]*)(?:-[\w-]+)?\.gem", self._shipment):
            evidence = next(
                (path for path in self._paths if path == f"{match[1]}.gemspec"), self._paths[0] if self._paths else ""
            )
            yield Component(match[1], "distribution", "", evidence, match[2], "gem", purl("gem", match[1], match[2]))

    def _read_crate(self, path: str, folder: str, data: bytes) -> None:
        try:
            top: Any = tomllib.loads(data.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
            return
        package = _object(_object(top).get("package"))
        if not (name := plain(package.get("name"))):
            return
        version = plain(package.get("version")) or None
        kind = "bundled" if "vendor/" in path else "distribution"
        declared = tuple(replace(one, path=path) for one in declared_licenses("Cargo.toml", data))
        repository = plain(package.get("repository")) or None
        self._crates[folder] = Component(
            name, "distribution" if kind == "distribution" else "bundled", folder, path, version, "cargo",
            purl("cargo", name, version), declared, repository=repository,
        )  # fmt: skip


def _go_modules(path: str, folder: str, text: str) -> Iterator[Component]:
    """`# MODULE VERSION` (Go Modules Reference, "Vendoring"); a replacement is what really lies there."""
    for line in text.splitlines():
        if match := _GO_MODULE.fullmatch(line[:1000].strip()):
            place, version = match[1], match[4] or (None if match[3] else match[2])
            module = match[3] if match[4] else place
            space, _, name = module.rpartition("/")
            url = purl("golang", name, version, space)
            yield Component(plain(module), "bundled", below(folder, place), path, version, "golang", url)


def _php_packages(path: str, folder: str, data: bytes) -> Iterator[Component]:
    """Composer's list of what it has put beside it."""
    top = _json(data)
    packages = top.get("packages") if isinstance(top, dict) else top
    for package in packages if isinstance(packages, list) else ():
        name, version = plain(_object(package).get("name")), plain(_object(package).get("version")) or None
        if "/" in name:
            space, _, rest = name.rpartition("/")
            url = purl("composer", rest, version, space)
            written = json.dumps({"license": _object(package).get("license")}).encode()
            declared = tuple(replace(one, path=path, line=None) for one in declared_licenses("composer.json", written))
            yield Component(name, "bundled", below(folder, name), path, version, "composer", url, declared)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
