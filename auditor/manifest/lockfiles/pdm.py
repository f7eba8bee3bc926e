"""pdm.lock. Extras and development groups look the same in it; the pyproject.toml beside it tells them apart."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.manifest.lockfiles.common import Draft, LockReading, entries, list_of, open_toml, table_of
from auditor.manifest.lockfiles.files import read_file
from auditor.manifest.repositories import split_revision
from auditor.manifest.toml import Toml, TomlTrouble
from auditor.model.manifest import Use

_LONGEST = 1 << 20


def read_pdm(document: str, data: bytes) -> LockReading:
    """The packages of a pdm.lock; the version of the format is 4."""
    draft = Draft(document, "pypi")
    if (toml := open_toml(draft, data)) is None:
        return draft.reading()
    metadata = table_of(toml.top.get("metadata"))
    draft.version(metadata.get("lock_version"), ("4",), toml.place(("metadata", "lock_version")).line)
    development = _development_groups(document)
    for line, package in entries(toml, "package"):
        if "path" in package and not str(package["path"]).endswith((".whl", ".gz", ".zip")):
            draft.own(package.get("name"))
            continue
        draft.add(
            package.get("name"),
            line,
            version=package.get("version"),
            repository=package.get("git"),
            revision=split_revision((package.get("revision") or package.get("ref")) if "git" in package else None),
            use=_use(package, development),
        )
    return draft.reading()


def _use(package: Mapping[str, Any], development: frozenset[str]) -> Use | None:
    groups = {group for group in list_of(package.get("groups")) if isinstance(group, str)}
    return "dev-only" if groups and groups <= development else None


def _development_groups(document: str) -> frozenset[str]:
    """The groups of the project that are no extras: PEP 735, and PDM's own table."""
    try:
        top = Toml("pyproject.toml", read_file(Path(document).with_name("pyproject.toml"), _LONGEST), _LONGEST).top
    except (OSError, TomlTrouble):
        return frozenset()
    own = table_of(table_of(top.get("tool")).get("pdm")).get("dev-dependencies")
    return frozenset((*table_of(top.get("dependency-groups")), *table_of(own)))
