"""Read `auditor.toml`, or `[tool.auditor]` of a pyproject.toml: claims with places, and what is wrong with them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from auditor.errors import DocumentError
from auditor.manifest.dependencies import read_dependencies
from auditor.manifest.fields import Table
from auditor.manifest.gather import gather_dependencies, known_names
from auditor.manifest.globs import match_paths, pattern_trouble
from auditor.manifest.lockfiles import canonical_name, read_file
from auditor.manifest.report import read_report_plan
from auditor.manifest.toml import Toml, TomlTrouble
from auditor.model.manifest import (
    DISTRIBUTION_KINDS,
    Distribution,
    Glob,
    Manifest,
    ManifestProblem,
    NoticesFile,
    Source,
    Surfaces,
    Vendored,
    Waiver,
)

Names = Mapping[str, None]

NAME = "auditor.toml"
_PYPROJECT = "pyproject.toml"
_LONGEST = 1 << 20  # bytes


def find_manifest(folder: Path) -> Path | None:
    """The manifest of a folder: `auditor.toml`, else a pyproject.toml that has a table `[tool.auditor]`."""
    if (folder / NAME).is_file():
        return folder / NAME
    try:
        top = Toml(_PYPROJECT, read_file(folder / _PYPROJECT, _LONGEST), _LONGEST).top
    except (OSError, TomlTrouble):
        return None
    return folder / _PYPROJECT if isinstance(_own_table(top), dict) else None


def read_manifest(path: Path, today: date, rules: Collection[str] = (), site_packages: Path | None = None) -> Manifest:
    """Everything that a manifest says, with the dependencies of the lock files that it names.

    Waivers are held against `today`, and against the ids of the `rules` where these are given. `site_packages` is the
    environment that "environment" stands for, None the running interpreter's. Raises DocumentError, naming the line,
    for a file that is not TOML or cannot be read.
    """
    toml = _open(path)
    inside = path.name == _PYPROJECT
    values = _own_table(toml.top) if inside else toml.top
    if not isinstance(values, dict):
        raise DocumentError(f"{path}: has no table [tool.auditor]; `auditor init` writes an {NAME}")
    problems: list[ManifestProblem] = []
    top = Table(toml, ("tool", "auditor") if inside else (), values, problems, "manifest")
    written, copies = read_dependencies(top)
    sources = tuple(Source(name, place) for name, place in top.texts("dependencies-from"))
    gathered = gather_dependencies(written, sources, path.parent, site_packages)
    problems += gathered.problems
    known = known_names(gathered.dependencies)
    manifest = Manifest(
        str(path),
        gathered.dependencies,
        sources,
        _distribution(top.table("distribution"), path.parent),
        _vendored(top, copies, known, path.parent),
        _surfaces(top.table("surfaces"), path.parent),
        _waivers(top, known, today, rules),
        read_report_plan(top, path.parent),
    )
    top.finish()
    problems.sort(
        key=lambda one: (one.place.document != str(path), one.place.document, one.place.line, one.place.column)
    )
    return replace(manifest, problems=tuple(problems))


def _open(path: Path) -> Toml:
    try:
        return Toml(str(path), read_file(path, _LONGEST), _LONGEST)
    except TomlTrouble as trouble:
        raise DocumentError(f"{path}:{trouble.line}: {trouble}") from trouble
    except FileNotFoundError as error:
        raise DocumentError(f"{path}: no such file; `auditor init` writes one") from error
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror or error}") from error


def _own_table(top: Mapping[str, Any]) -> Any:
    tool = top.get("tool")
    return tool.get("auditor") if isinstance(tool, dict) else None


def _distribution(table: Table, folder: Path) -> Distribution:
    chosen = table.choices("kind", DISTRIBUTION_KINDS)
    kinds = tuple(kind for kind in DISTRIBUTION_KINDS if kind in chosen)
    modified = table.flag("modified") or False
    artifacts = _globs(table, "artifacts", folder)
    notices = table.text("notices")
    trouble = notices and pattern_trouble(notices)
    if notices and trouble:
        table.complain("wrong-value", "error", "notices", f"“{notices[:100]}” {trouble}", "name a file of the project")
    file = NoticesFile(notices, table.place("notices")) if notices and not trouble else None
    table.finish()
    return Distribution(kinds, modified, artifacts, file, table.place())


def _surfaces(table: Table, folder: Path) -> Surfaces:
    surfaces = Surfaces(_globs(table, "promotion", folder))
    table.finish()
    return surfaces


def _globs(table: Table, key: str, folder: Path) -> tuple[Glob, ...]:
    globs = tuple(Glob(pattern, place) for pattern, place in table.texts(key))
    return tuple(glob for glob in globs if _fits(table, key, glob, folder))


def _fits(table: Table, key: str, glob: Glob, folder: Path) -> bool:
    """Whether a pattern can be followed; one that matches nothing now is kept, and told."""
    shown, subject = glob.pattern[:100], f"{key}.{glob.pattern}"
    if trouble := pattern_trouble(glob.pattern):
        remedy = "name paths of the project, such as dist/*.whl"
        table.complain("wrong-value", "error", subject, f"“{shown}” {trouble}", remedy, glob.place)
        return False
    if next(match_paths(folder, glob.pattern), None) is None:
        remedy = "build it first, or mend the pattern: nothing is looked at there"
        table.complain("no-match", "error", subject, f"“{shown}” matches nothing", remedy, glob.place)
    return True


def _vendored(top: Table, copies: list[Vendored], known: Names, folder: Path) -> tuple[Vendored, ...]:
    """The copies that dependencies name themselves, and those of the table `vendored`."""
    copies = list(copies)
    for table in top.tables("vendored"):
        path, dependency = table.text("path", required=True), table.text("dependency", required=True)
        if dependency and not _is_known(dependency, known):
            _unknown_dependency(table, dependency, known)
        if path and dependency:
            copies.append(Vendored(path, dependency, table.place("path")))
        table.finish()
    kept = (copy for copy in copies if _fits(top, "vendored", Glob(copy.path, copy.place), folder))
    return tuple(replace(copy, path=copy.path.rstrip("/")) for copy in kept)


def _waivers(top: Table, known: Names, today: date, rules: Collection[str]) -> tuple[Waiver, ...]:
    found = []
    for table in top.tables("waiver"):
        rule, reason = table.text("rule", required=True), table.text("reason", required=True)
        dependency, by, expires = table.text("dependency"), table.text("by"), table.day("expires")
        if rule and rules and rule not in rules:
            remedy = table.nearest(rule, tuple(sorted(rules)))
            table.complain("unknown-name", "error", "rule", f"there is no rule “{rule[:100]}”", remedy)
        if dependency and not _is_known(dependency, known):
            _unknown_dependency(table, dependency, known)
        if by is None:
            table.complain("missing-key", "warning", "by", "nobody answers for this waiver", 'write by = "…"')
        if expires is None:
            table.complain(
                "missing-key", "warning", "expires", "this waiver never expires", "write expires = YYYY-MM-DD"
            )
        if rule and reason:  # without a reason nothing is waived
            found.append(Waiver(rule, dependency, reason, by or "", expires, table.place()))
            if not found[-1].holds(today):
                remedy = "look at the matter again, then remove the waiver or renew it"
                table.complain("waiver-expired", "error", "expires", f"this waiver expired on {expires}", remedy)
        table.finish()
    return tuple(found)


def _is_known(name: str, known: Names) -> bool:
    return name in known or canonical_name("pypi", name) in known


def _unknown_dependency(table: Table, name: str, known: Names) -> None:
    message = f"there is no dependency “{name[:100]}”"
    table.complain("unknown-name", "error", "dependency", message, table.nearest(name, known))
