"""Bills of materials in the shipment: CycloneDX in `*.dist-info/sboms` (PEP 770) and beside vendored code."""

import json
import re
from collections.abc import Iterator
from typing import Any

from auditor.licenses.metadata.statements import declaration
from auditor.model.license import Declaration
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import folder_of, plain

_PLACE = re.compile(r"(?:.*/)?[^/]+\.dist-info/sboms/[^/]+|(?:.*/)?(?:[^/]+\.cdx|bom|[^/]+\.cyclonedx)\.json")
_URL = re.compile(r"pkg:([a-z0-9.+-]{1,40})/[^\s?#]{1,300}")
_DEEPEST = 8
_LONGEST_URL = 1000


class BillReader:
    """See `Reader`. What a bill names is "stated": that it is really carried was not seen."""

    def __init__(self) -> None:
        self._found: list[Component] = []

    def wants(self, path: str) -> bool:
        return ("/sboms/" in path or path.endswith(".json")) and _PLACE.fullmatch(path) is not None

    def read(self, path: str, data: bytes) -> None:
        try:
            top: Any = json.loads(data)
        except (ValueError, RecursionError):
            top = None
        if isinstance(top, dict) and top.get("bomFormat") == "CycloneDX":
            self._found += _components(path, top.get("components"))
        elif "/sboms/" in path:
            trouble = f"{path}: a bill of materials that is no CycloneDX in JSON; it was not read"
            self._found.append(Component(path.rpartition("/")[2], "unknown", path, path, troubles=(trouble,)))

    def components(self) -> Iterator[Component]:
        yield from self._found


def _components(path: str, listed: Any, depth: int = 0) -> Iterator[Component]:
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, dict) or not (name := plain(one.get("name"))):
            continue
        url = _URL.match(str(one.get("purl") or "")[:_LONGEST_URL])
        version = plain(one.get("version")) or None
        yield Component(
            name, "stated", folder_of(path), path, version, url[1] if url else "", url[0] if url else None,
            tuple(_declared(path, one.get("licenses"))),
        )  # fmt: skip
        if depth < _DEEPEST:
            yield from _components(path, one.get("components"), depth + 1)


def _declared(path: str, licenses: Any) -> Iterator[Declaration]:
    for one in licenses if isinstance(licenses, list) else ():
        match one:
            case {"expression": str(written)} | {"license": {"id": str(written)}} | {"license": {"name": str(written)}}:
                yield declaration(path, None, written)
