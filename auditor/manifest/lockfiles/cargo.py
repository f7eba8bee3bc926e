"""Cargo.lock. It does not tell what is needed for tests only."""

from urllib.parse import urldefrag

from auditor.manifest.lockfiles.common import Draft, LockReading, entries, open_toml
from auditor.manifest.repositories import split_revision


def read_cargo(document: str, data: bytes) -> LockReading:
    """The packages of a Cargo.lock of version 1 to 4; the first two do not tell theirs.

    A package without a source is a member of the workspace or lies in a folder beside it.
    """
    draft = Draft(document, "cargo")
    if (toml := open_toml(draft, data)) is None:
        return draft.reading()
    draft.version(toml.top.get("version", 1), ("1", "2", "3", "4"), toml.place(("version",)).line)
    for line, package in entries(toml, "package"):
        source = package.get("source")
        if not isinstance(source, str):
            draft.own(package.get("name"))
            continue
        url, commit = urldefrag(source) if source.startswith("git+") else (None, None)
        draft.add(
            package.get("name"),
            line,
            version=package.get("version"),
            repository=url,
            revision=split_revision(commit),
        )
    return draft.reading()
