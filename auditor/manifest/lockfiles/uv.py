"""uv.lock: a graph of packages; those of the project itself are its roots."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urldefrag

from auditor.manifest.lockfiles.common import Draft, LockReading, entries, list_of, open_toml, table_of
from auditor.manifest.repositories import split_revision
from auditor.model.manifest import Use

_LOCAL = ("virtual", "editable", "directory", "path")
Package = Mapping[str, Any]
_Step = tuple[str, str | None, str]


def read_uv(document: str, data: bytes) -> LockReading:
    """The packages of a uv.lock; the version of the format is 1, revisions of it do not matter to readers."""
    draft = Draft(document, "pypi")
    if (toml := open_toml(draft, data)) is None:
        return draft.reading()
    draft.version(toml.top.get("version"), ("1",))
    found = entries(toml, "package")
    used = _uses([package for _, package in found], table_of(toml.top.get("manifest")))
    for (line, package), use in zip(found, used, strict=True):
        source = table_of(package.get("source"))
        if any(kind in source for kind in _LOCAL):
            draft.own(package.get("name"))
            continue
        git = source.get("git")
        url, commit = urldefrag(git) if isinstance(git, str) else (None, None)
        draft.add(
            package.get("name"),
            line,
            version=package.get("version"),
            repository=url,
            revision=split_revision(commit),
            use=use,
        )
    return draft.reading()


def _uses(packages: list[Package], manifest: Mapping[str, Any]) -> list[Use | None]:
    """What each package is there for: only for development if the roots reach it by their groups alone."""
    graph = _Graph(packages)
    roots = [package for package in packages if {"virtual", "editable"} & table_of(package.get("source")).keys()]
    runtime = [*list_of(manifest.get("requirements"))]
    development = [link for links in table_of(manifest.get("dependency-groups")).values() for link in list_of(links)]
    for root in roots:
        runtime += list_of(root.get("dependencies"))
        runtime += [link for links in table_of(root.get("optional-dependencies")).values() for link in list_of(links)]
        groups = table_of(root.get("dev-dependencies")).values()
        development += [link for links in groups for link in list_of(links)]
    needed = graph.reach(runtime)
    only = graph.reach(development) - needed
    return ["dev-only" if index in only else None for index in range(len(packages))]


class _Graph:
    """Who needs whom. A link names a package, its version only where there are several, and the extras wanted."""

    def __init__(self, packages: list[Package]) -> None:
        self._packages = packages
        self._by_name: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
        for index, package in enumerate(packages):
            name, version = package.get("name"), package.get("version")
            if isinstance(name, str):
                self._by_name[name, None].append(index)
                if isinstance(version, str):
                    self._by_name[name, version].append(index)

    def reach(self, links: Iterable[Any]) -> set[int]:
        """The numbers of all packages that the links lead to, by any way."""
        seen: set[_Step] = set()
        found: set[int] = set()
        waiting = list(links)
        while waiting:
            for step in _steps(waiting.pop()):
                if step in seen:
                    continue
                seen.add(step)
                for index in self._by_name.get(step[:2], ()):
                    found.add(index)
                    waiting += self._links(index, step[2])
        return found

    def _links(self, index: int, extra: str) -> list[Any]:
        package = self._packages[index]
        if not extra:
            return list_of(package.get("dependencies"))
        return list_of(table_of(package.get("optional-dependencies")).get(extra))


def _steps(link: object) -> list[_Step]:
    table = table_of(link)
    name, version = table.get("name"), table.get("version")
    if not isinstance(name, str):
        return []
    extras = [extra for extra in list_of(table.get("extra")) if isinstance(extra, str)]
    return [(name, version if isinstance(version, str) else None, extra) for extra in ("", *extras)]
