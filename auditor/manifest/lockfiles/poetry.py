"""poetry.lock."""

from collections.abc import Mapping
from typing import Any

from auditor.manifest.lockfiles.common import Draft, LockReading, entries, list_of, open_toml, table_of
from auditor.manifest.repositories import split_revision
from auditor.model.manifest import Use


def read_poetry(document: str, data: bytes) -> LockReading:
    """The packages of a poetry.lock; the version of the format is 1 or 2."""
    draft = Draft(document, "pypi")
    if (toml := open_toml(draft, data)) is None:
        return draft.reading()
    metadata = table_of(toml.top.get("metadata"))
    # Before Poetry 1.0 the file did not tell its version; its packages were the same.
    draft.version(metadata.get("lock-version", "1"), ("1", "2"), toml.place(("metadata", "lock-version")).line)
    for line, package in entries(toml, "package"):
        source = table_of(package.get("source"))
        if source.get("type") == "directory":
            draft.own(package.get("name"))
            continue
        git = source.get("type") == "git"
        draft.add(
            package.get("name"),
            line,
            version=package.get("version"),
            repository=source.get("url") if git else None,
            revision=split_revision(source.get("resolved_reference") or source.get("reference") if git else None),
            use=_use(package),
        )
    return draft.reading()


def _use(package: Mapping[str, Any]) -> Use | None:
    """Groups other than main "must only contain dependencies you need in your development process" (Poetry's
    documentation, Dependency groups). The file names them since Poetry 2.0, and did until 1.4 as `category`.
    """
    groups = list_of(package.get("groups"))
    if (groups and "main" not in groups) or package.get("category", "main") != "main":
        return "dev-only"
    return None
