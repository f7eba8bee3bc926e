"""What the readers of each ecosystem share: a component before its files are allotted, and the names of packages."""

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Protocol
from urllib.parse import quote

from auditor.model.shipment import Component

_SEPARATORS = re.compile(r"[-_.\s]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 214  # npm's limit, the strictest that is written down


class Reader(Protocol):
    """Collects what one kind of evidence says: asked for every path, given the content of those that it wants.

    `components` is called once, after all has been read. A component without `files` owns what lies below its `root`.
    """

    def wants(self, path: str) -> bool:
        """Whether the file is evidence."""

    def read(self, path: str, data: bytes) -> None:
        """Takes in one file. Raises nothing, whatever is in it."""

    def components(self) -> Iterator[Component]:
        """What was found, in any order."""


def plain(name: object) -> str:
    """A name or a version from an untrusted file, as one short line; "" for what is no text."""
    return _CONTROL.sub("", name).strip()[:_LONGEST_NAME] if isinstance(name, str) else ""


def same_name(name: str) -> str:
    """The form in which names are compared (PyPA, "Names and normalization"; other registries differ in no more)."""
    return _SEPARATORS.sub("-", name).strip("-").lower()


def purl(kind: str, name: str, version: str | None, namespace: str = "") -> str | None:
    """The package URL (purl specification), None without a name. `namespace` may hold slashes."""
    if not name:
        return None
    if kind == "pypi":
        name = name.lower().replace("_", "-")
    space = "".join(f"{quote(part, safe='')}/" for part in namespace.split("/") if part)
    suffix = f"@{quote(version, safe='')}" if version else ""
    return f"pkg:{kind}/{space}{quote(name, safe='')}{suffix}"


def folder_of(path: str) -> str:
    """The folder that a path lies in, "" for the root."""
    return path.rpartition("/")[0]


def below(folder: str, name: str) -> str:
    """A path below a folder, which may be the root."""
    return f"{folder}/{name}" if folder else name


def under(ordered: Sequence[str], folder: str) -> Iterator[str]:
    """Those of the sorted paths that lie below a folder."""
    start = bisect.bisect_left(ordered, f"{folder}/")
    return itertools.takewhile(lambda path: path.startswith(f"{folder}/"), itertools.islice(ordered, start, None))
