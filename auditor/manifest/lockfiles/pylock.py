"""pylock.toml, the lock file of PEP 751 (packaging.python.org: pylock.toml specification)."""

import re
from collections.abc import Mapping
from typing import Any

from auditor.manifest.lockfiles.common import Draft, LockReading, entries, list_of, open_toml, table_of
from auditor.manifest.repositories import split_revision
from auditor.model.manifest import Use

_GROUP = re.compile(r"""["']([^"']*+)["'][ \t]+in[ \t]+dependency_groups""")
_PUBLISHERS = {"GitHub": "https://github.com/", "GitLab": "https://gitlab.com/"}  # kinds of PEP 740's publishers


def read_pylock(document: str, data: bytes) -> LockReading:
    """The packages of a pylock.toml; the version of the format is 1.0."""
    draft = Draft(document, "pypi")
    if (toml := open_toml(draft, data)) is None:
        return draft.reading()
    draft.version(toml.top.get("lock-version"), ("1",))
    defaults = {name for name in list_of(toml.top.get("default-groups")) if isinstance(name, str)}
    for line, package in entries(toml, "packages"):
        vcs = table_of(package.get("vcs"))
        if "directory" in package or "path" in vcs:
            draft.own(package.get("name"))
            continue
        draft.add(
            package.get("name"),
            line,
            version=package.get("version"),
            repository=vcs.get("url") if vcs else _publisher(package),
            revision=split_revision(vcs.get("commit-id") or vcs.get("requested-revision")),
            use=_use(package.get("marker"), defaults),
        )
    return draft.reading()


def _publisher(package: Mapping[str, Any]) -> str | None:
    """The repository that a trusted publisher of the files has named."""
    for identity in list_of(package.get("attestation-identities")):
        match identity:
            case {"kind": str(kind), "repository": str(name)} if kind in _PUBLISHERS:
                return _PUBLISHERS[kind] + name
    return None


def _use(marker: object, defaults: set[str]) -> Use | None:
    """Only for development: every alternative of the marker asks for a group, none of them installed by default."""
    if not isinstance(marker, str) or "extras" in marker:
        return None
    groups = set(_GROUP.findall(marker))
    always = any("dependency_groups" not in part for part in marker.split(" or "))
    return None if not groups or always or groups & defaults else "dev-only"
