"""package-lock.json and npm-shrinkwrap.json (docs.npmjs.com: package-lock.json)."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag

from auditor.manifest.lockfiles.common import Draft, LockReading, open_json, table_of
from auditor.manifest.lockfiles.json_lines import key_lines
from auditor.manifest.repositories import split_revision

_FOLDER = "node_modules/"
_DEEPEST = 24  # levels of `dependencies` in each other; the line of what is deeper is that of its parent
_GIT = ("git+", "git:", "git@", "github:", "gitlab:", "bitbucket:")
Lines = Mapping[tuple[str, ...], int]


def read_npm(document: str, data: bytes) -> LockReading:
    """The packages of a package-lock.json of version 1, 2 or 3."""
    draft = Draft(document, "npm")
    if (opened := open_json(draft, data)) is None:
        return draft.reading()
    top, text = opened
    lines = key_lines(text, depth=2 * _DEEPEST)
    draft.version(top.get("lockfileVersion"), ("1", "2", "3"), lines.get(("lockfileVersion",), 1))
    if isinstance(top.get("packages"), dict):
        _read_packages(draft, top["packages"], lines)
    else:
        _read_tree(draft, top, lines)
    return draft.reading()


def _read_packages(draft: Draft, packages: Mapping[str, Any], lines: Lines) -> None:
    """Since version 2: a flat table by the folder that each package is put into; "" is the project."""
    for folder, value in packages.items():
        package = table_of(value)
        if not folder:
            continue
        if _FOLDER not in folder:  # of a workspace; the link to it tells its name when this does not
            draft.own(package.get("name"))
            continue
        name = package.get("name") or folder.rpartition(_FOLDER)[2]
        if package.get("link") is True:
            draft.own(name)
            continue
        _add(draft, name, package, package.get("resolved"), lines.get(("packages", folder), 1))


def _read_tree(draft: Draft, top: Mapping[str, Any], lines: Lines) -> None:
    """Version 1: packages inside of packages."""
    for path, value in _walk(top):
        package = table_of(value)
        version = package.get("version")
        if isinstance(version, str) and version.startswith("file:"):
            draft.own(path[-1])
            continue
        place = path
        while place and place not in lines:
            place = place[:-1]
        resolved = version if isinstance(version, str) and version.startswith(_GIT) else package.get("resolved")
        _add(draft, path[-1], package, resolved, lines.get(place, 1))


def _walk(top: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    waiting: list[tuple[tuple[str, ...], Any]] = [((), top)]
    while waiting:
        path, value = waiting.pop()
        if path:
            yield path, value
        # Nothing real is that deep, and a path is as long as it is deep.
        if len(path) < 2 * _DEEPEST:
            inner = list(table_of(table_of(value).get("dependencies")).items())
            waiting += [((*path, "dependencies", name), package) for name, package in reversed(inner)]


def _add(draft: Draft, name: object, package: Mapping[str, Any], resolved: object, line: int) -> None:
    """One package; an alias ("npm:name@1.0") counts by its real name."""
    version = package.get("version")
    if isinstance(version, str) and version.startswith("npm:"):
        name, _, version = version.removeprefix("npm:").rpartition("@")
    git = isinstance(resolved, str) and resolved.startswith(_GIT)
    url, commit = urldefrag(resolved) if isinstance(resolved, str) and git else (None, None)
    draft.add(
        name,
        line,
        version=None if isinstance(version, str) and version.startswith(_GIT) else version,
        repository=url,
        revision=split_revision(commit),
        license=package.get("license"),
        use="dev-only" if package.get("dev") is True else None,
    )
