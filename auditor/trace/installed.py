"""Which installed distribution a file belongs to, by the lists that installers leave behind.

`RECORD` lists every file of a distribution with its hash (PEP 376, PEP 427), `installed-files.txt` those of an older
install; where a distributor has taken both away, `top_level.txt` still names the packages.
"""

import importlib.metadata
import json
import os
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from auditor.model.trace import Origin

_MOST_BYTES = 32 << 20  # of one list of files; the longest known are of 2 MB
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Owner:
    """The distribution that a file belongs to; `path` is relative to where it is installed, `digest` its SHA-256 there
    as the installer recorded it, in the form of RECORD (None: it recorded none)."""

    origin: Origin
    path: str
    digest: str | None = None

    def is_edited(self, content: bytes) -> bool:
        """Whether the content is not what was installed."""
        found = urlsafe_b64encode(sha256(content).digest()).decode().rstrip("=")
        return self.digest is not None and found != self.digest


class Installed:
    """The distributions of some folders, the entries of `sys.path`. Nothing is read before it is needed."""

    def __init__(self, folders: Iterable[str]) -> None:
        self._sites = [_Site(folder) for folder in dict.fromkeys(folders)]

    def owner(self, file: str) -> Owner | None:
        """Of a file by its full path; None where no distribution lists it."""
        return next((owner for site in self._sites if (owner := site.owner(file))), None)

    def holds(self, file: str) -> bool:
        """Whether a file lies where distributions are installed."""
        return any(site.infos and file.startswith(site.folder + os.sep) for site in self._sites)

    @cached_property
    def editable(self) -> dict[str, Origin]:
        """The folders of projects that are installed as editable, each with what it is called."""
        pairs = (pair for site in self._sites for info in site.infos for pair in _editable(info))
        return dict(pairs)


class _Site:
    def __init__(self, folder: str) -> None:
        self.folder = os.path.abspath(folder)

    @cached_property
    def infos(self) -> list[Path]:
        try:
            names = sorted(os.listdir(self.folder))
        except OSError:
            return []
        return [Path(self.folder, name) for name in names if name.endswith((".dist-info", ".egg-info"))]

    @cached_property
    def _lists(self) -> list[tuple[Path, bytes]]:
        return [(info, _content(info / "RECORD") or _content(info / "installed-files.txt")) for info in self.infos]

    def owner(self, file: str) -> Owner | None:
        if not self.infos:
            return None
        path = os.path.relpath(file, self.folder).replace(os.sep, "/")
        for info, listed in self._lists:
            if (rest := _after(listed, path)) is not None:
                digest = rest.removeprefix("sha256=").partition(",")[0] if rest.startswith("sha256=") else None
                return Owner(_origin(info), path, digest)
        return self._by_top_level(path)

    def _by_top_level(self, path: str) -> Owner | None:
        top = path.partition("/")[0].removesuffix(".py")
        claims = [
            info
            for info, listed in self._lists
            if not listed and top in _content(info / "top_level.txt").decode("utf-8", "replace").split()
        ]
        if len(claims) != 1:
            return None
        return Owner(_origin(claims[0], "its installer left no list of files; the package's name alone says so"), path)


def _after(listed: bytes, path: str) -> str | None:
    """What a list of files says after a path, "" where it says nothing more; None where the path is not listed."""
    quoted = '"' + path.replace('"', '""') + '"'
    for start, ends in ((path, ","), (quoted, ","), (f"../{path}", "\r\n")):
        written = start.encode("utf-8", "surrogateescape")
        for end in ends.encode():
            needle = written + bytes([end])
            place = 0 if listed.startswith(needle) else listed.find(b"\n" + needle) + 1
            if place or listed.startswith(needle):
                return listed[place + len(needle) :].split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    return None


def _origin(info: Path, note: str = "") -> Origin:
    name, version = _name(info)
    source = _direct_url(info)
    vcs = source.get("vcs_info")
    commit = str(vcs.get("commit_id")) if isinstance(vcs, dict) else ""
    return Origin(
        "distribution",
        name,
        version,
        _public(source.get("url")) if commit else None,
        commit if _COMMIT.fullmatch(commit) else None,
        note,
    )


def _name(info: Path) -> tuple[str, str | None]:
    """As the metadata says, else as the folder is called."""
    try:
        metadata = importlib.metadata.PathDistribution(info).metadata
        name, version = metadata["Name"], metadata["Version"]
    except Exception:  # whatever a damaged file makes of the e-mail parser
        name, version = None, None
    named = info.name.rpartition(".")[0].split("-")
    return (name or named[0], version or (named[1] if len(named) > 1 else None))


def _direct_url(info: Path) -> dict[str, Any]:
    """Where a distribution that came from no index is from (PEP 610)."""
    try:
        value = json.loads(_content(info / "direct_url.json"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _editable(info: Path) -> Iterator[tuple[str, Origin]]:
    source = _direct_url(info)
    kind = source.get("dir_info")
    try:
        url = urlsplit(str(source.get("url")))
    except ValueError:
        return
    if isinstance(kind, dict) and kind.get("editable") is True and url.scheme == "file":
        name, version = _name(info)
        yield os.path.realpath(unquote(url.path)), Origin("project", name, version)


def _public(url: object) -> str | None:
    """An address without what may be a secret in it; None for a place on this machine."""
    try:
        parts = urlsplit(str(url))
        address = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return None
    return parts._replace(netloc=address).geturl() if address and parts.scheme != "file" else None


def _content(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return b""
