"""npm packages: `package.json` in `node_modules`, in a vendor folder, or at the root of the whole."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from auditor.licenses.metadata import declared_licenses
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import folder_of, plain, purl

_PLACE = re.compile(
    r"(?:package/)?package\.json|(?:.*/)?(?:node_modules|vendor|_vendor|third_party)/(?:@[^/]+/)?[^/]+/package\.json"
)
_NAME = re.compile(r"(?:@[\w.~-]+/)?[\w.~-]+")


class NodeReader:
    """See `Reader`."""

    def __init__(self) -> None:
        self._found: list[Component] = []

    def wants(self, path: str) -> bool:
        return path.endswith("package.json") and _PLACE.fullmatch(path) is not None

    def read(self, path: str, data: bytes) -> None:
        try:
            top = json.loads(data)
        except (ValueError, RecursionError):
            top = None
        root = folder_of(path)
        name = plain(top.get("name")) if isinstance(top, dict) else ""
        if not isinstance(top, dict) or not _NAME.fullmatch(name):
            if root not in ("", "package"):
                file = root.rpartition("/")[2]
                self._found.append(Component(file, "unknown", root, path, troubles=(f"{path}: names no package",)))
            return
        version = plain(top.get("version")) or None
        declared = tuple(replace(one, path=path) for one in declared_licenses("package.json", data))
        self._found.append(
            Component(
                name,
                "distribution" if root in ("", "package") else "bundled",
                root,
                path,
                version,
                "npm",
                npm_purl(name, version),
                license_declared=declared,
                repository=_repository(top.get("repository")),
            )
        )

    def components(self) -> Iterator[Component]:
        yield from self._found


def npm_purl(name: str, version: str | None) -> str | None:
    """The package URL of an npm package, whose scope is a namespace there."""
    scope, slash, rest = name.rpartition("/")
    return purl("npm", rest, version, scope if slash else "")


def _repository(value: Any) -> str | None:
    url = plain(value.get("url") if isinstance(value, dict) else value)
    return url.removeprefix("git+") if "://" in url else None
