"""The tables `[[dependency]]` of a manifest."""

from collections.abc import Mapping
from typing import cast

from auditor.licenses.expressions import normalise
from auditor.manifest.fields import Table
from auditor.manifest.lockfiles import canonical_name
from auditor.manifest.repositories import is_full_id, repository_url, split_revision
from auditor.model.manifest import ECOSYSTEMS, USES, Dependency, Ecosystem, Use, Vendored

_SHOWN = 100


def read_dependencies(top: Table) -> tuple[list[Dependency], list[Vendored]]:
    """Every dependency that has a name, of two of one name and version the first, and the copies that they name."""
    dependencies: list[Dependency] = []
    copies: list[Vendored] = []
    seen: dict[tuple[str, str], dict[str | None, Dependency]] = {}
    for table in top.tables("dependency"):
        paths = [(path, place) for path, place in table.texts("path") if path.strip()]
        dependency = _dependency(table, bool(paths))
        table.finish()
        if dependency is None:
            continue
        versions = seen.setdefault((dependency.ecosystem, canonical_name(dependency.ecosystem, dependency.name)), {})
        if twin := _twin(dependency, versions):
            message = f"{dependency.name[:_SHOWN]} is listed twice, first in line {twin.place.line}"
            table.complain("duplicate", "error", "name", message, "remove one, or give each its own version")
            continue
        versions[dependency.version] = dependency
        dependencies.append(dependency)
        copies += [Vendored(path, dependency.name, place) for path, place in paths]
    return dependencies, copies


def _twin(dependency: Dependency, versions: Mapping[str | None, Dependency]) -> Dependency | None:
    """Another of the same name that cannot be told from this one: several versions may be in use, each told."""
    if dependency.version is None:
        return next(iter(versions.values()), None)
    return versions.get(dependency.version) or versions.get(None)


def _dependency(table: Table, copied: bool) -> Dependency | None:
    name = table.text("name", required=True)
    made = Dependency(
        name or "",
        table.place(),
        cast(Ecosystem, table.choice("ecosystem", ECOSYSTEMS) or "generic"),
        table.text("version"),
        _repository(table),
        _commit(table),
        table.text("revision"),
        _license(table),
        cast(Use | None, table.choice("use", USES) or ("vendored" if copied else None)),
        table.flag("modified"),
        table.places(),
    )
    return made if name else None


def _repository(table: Table) -> str | None:
    written = table.text("repository")
    if written is None or (known := repository_url(written)):
        return known if written else None
    remedy = "write its URL, such as https://github.com/pallets/flask"
    table.complain("wrong-value", "error", "repository", f"“{written[:_SHOWN]}” is no URL of a repository", remedy)
    return None


def _commit(table: Table) -> str | None:
    """A commit id. An abbreviated one can be followed, but what it stands for may change.

    Of that in a version of Go (v0.0.0-20200115085410-6d4e4cb37c7d) nobody has more digits.
    """
    written = table.text("commit")
    if written is None:
        return None
    commit, name = split_revision(written)
    if commit is None:
        remedy = f'write 40 hexadecimal digits; for a branch or a tag write revision = "{(name or "")[:_SHOWN]}"'
        table.complain("wrong-value", "error", "commit", f"“{written[:_SHOWN]}” is no commit id", remedy)
    elif not is_full_id(commit) and not (table.text("version") or "").removesuffix("+incompatible").endswith(commit):
        message = f"“{commit}” is an abbreviated commit id ({len(commit)} digits)"
        table.complain("short-commit", "note", "commit", message, "write all 40 digits")
    return commit


def _license(table: Table) -> str | None:
    written = table.text("license")
    if written is None:
        return None
    meaning = normalise(written)
    if meaning.expression is None:
        remedy = "write an SPDX id or expression, such as BSD-3-Clause or MIT OR Apache-2.0"
        table.complain("not-spdx", "error", "license", f"“{written[:_SHOWN]}” {meaning.problem}", remedy)
    return meaning.expression
