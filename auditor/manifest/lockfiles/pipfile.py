"""Pipfile.lock."""

from auditor.manifest.lockfiles.common import Draft, LockReading, open_json, table_of
from auditor.manifest.lockfiles.json_lines import key_lines
from auditor.manifest.repositories import split_revision


def read_pipfile(document: str, data: bytes) -> LockReading:
    """The packages of every category of a Pipfile.lock; the version of the format is 6."""
    draft = Draft(document, "pypi")
    if (opened := open_json(draft, data)) is None:
        return draft.reading()
    top, text = opened
    lines = key_lines(text, depth=2)
    draft.version(table_of(top.get("_meta")).get("pipfile-spec"), ("6",), lines.get(("_meta", "pipfile-spec"), 1))
    for category, packages in top.items():
        if category == "_meta":
            continue
        for name, value in table_of(packages).items():
            package = table_of(value)
            if "path" in package:
                draft.own(name)
                continue
            version = package.get("version")
            draft.add(
                name,
                lines.get((category, name), 1),
                version=version.removeprefix("==") if isinstance(version, str) else None,
                repository=package.get("git"),
                revision=split_revision(package.get("ref") if "git" in package else None),
                use="dev-only" if category == "develop" else None,
            )
    return draft.reading()
