"""The dependencies of a manifest and of the lock files that it names become one list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.manifest.lockfiles import LONGEST, LockReading, canonical_name, dependencies_of, is_lock_file, read_file
from auditor.model.manifest import Dependency, ManifestProblem, Source

ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Gathered:
    """All dependencies, those of the manifest first, and what is wrong with the sources of the others."""

    dependencies: tuple[Dependency, ...]
    problems: tuple[ManifestProblem, ...]
    own: tuple[str, ...] = ()


def known_names(dependencies: Iterable[Dependency]) -> dict[str, None]:
    """Every name by which a dependency may be called, in order; PyPI's also as PyPI compares them."""
    return dict.fromkeys(name for one in dependencies for name in (one.name, _key(one)))


def gather_dependencies(
    written: Sequence[Dependency], sources: Iterable[Source], folder: Path, site_packages: Path | None = None
) -> Gathered:
    """Read the sources, lock files below `folder` or "environment", and put what the manifest says above them.

    `site_packages` is the environment's folder of packages, None that of the running interpreter. Raises nothing.
    """
    problems: list[ManifestProblem] = []
    locked: list[Dependency] = []
    own: list[str] = []
    for source in sources:
        reading = _read(source, folder, site_packages)
        problems += reading.problems
        locked += reading.dependencies
        own += reading.own
    merged, differing = merge_dependencies(written, locked)
    return Gathered(tuple(merged), (*problems, *differing), tuple(own))


def _read(source: Source, folder: Path, site_packages: Path | None) -> LockReading:
    if source.name == ENVIRONMENT:
        from auditor.manifest.lockfiles.environment import read_environment

        return read_environment(site_packages)
    if not is_lock_file(source.name):
        return _unread(source, "is no lock file whose format is known", "name a lock file, or “environment”")
    try:
        data = read_file(folder / source.name, LONGEST)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return _unread(source, f"cannot be read: {why}", "name a file, relative to the manifest")
    return dependencies_of(str(folder / source.name), data)


def _unread(source: Source, why: str, remedy: str) -> LockReading:
    message = f"{source.name[:200]} {why}"
    subject = f"manifest.dependencies-from.{source.name}"[:200]
    return LockReading(
        problems=(ManifestProblem("source-unreadable", "error", source.place, message, remedy, subject),)
    )


def merge_dependencies(
    written: Sequence[Dependency], locked: Sequence[Dependency]
) -> tuple[list[Dependency], list[ManifestProblem]]:
    """What is `written`, completed from what is `locked` under the same name, and then the rest of that.

    A version that is not among the locked ones stays as written, and is told.
    """
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for index, dependency in enumerate(locked):
        by_name[_key(dependency)].append(index)
    merged: list[Dependency] = []
    problems: list[ManifestProblem] = []
    used: set[int] = set()
    for mine in written:
        same = [index for index in _candidates(mine, by_name) if _same_ecosystem(mine, locked[index])]
        exact = [index for index in same if _same_version(mine, locked[index])]
        if same and not exact:
            problems.append(_differing(mine, [locked[index] for index in same]))
        used |= set(exact or same)
        merged += [_above(mine, locked[index]) for index in exact] or [mine]
    return merged + [one for index, one in enumerate(locked) if index not in used], problems


def _candidates(mine: Dependency, by_name: dict[str, list[int]]) -> list[int]:
    return sorted(index for name in {_key(mine), mine.name} for index in by_name.get(name, ()))


def _key(dependency: Dependency) -> str:
    return canonical_name(dependency.ecosystem, dependency.name)


def _same_ecosystem(mine: Dependency, other: Dependency) -> bool:
    """A repository that a report cites is not a package of the same name that is somewhere else."""
    if other.ecosystem == "generic":
        return mine.repository is None or mine.repository == other.repository
    return mine.ecosystem in ("generic", other.ecosystem)


def _same_version(mine: Dependency, other: Dependency) -> bool:
    return None in (mine.version, other.version) or mine.version == other.version


def _above(mine: Dependency, other: Dependency) -> Dependency:
    """What the manifest says, completed from the lock file."""
    same_place = mine.repository in (None, other.repository) and mine.commit is None and mine.revision is None
    return replace(
        mine,
        ecosystem=other.ecosystem if mine.ecosystem == "generic" else mine.ecosystem,
        version=mine.version or other.version,
        repository=mine.repository or other.repository,
        commit=other.commit if same_place else mine.commit,
        revision=other.revision if same_place else mine.revision,
        license=mine.license or other.license,
        use=mine.use or other.use,
    )


def _differing(mine: Dependency, others: Sequence[Dependency]) -> ManifestProblem:
    versions = ", ".join(dict.fromkeys(str(other.version) for other in others[:5]))
    return ManifestProblem(
        "version-differs", "warning", mine.place_of("version"),
        f"{mine.name} {mine.version} is written here, {others[0].place.document} has {versions}",
        "write the version that is shipped, or leave it to the lock file", f"dependency.{mine.name}.version",
    )  # fmt: skip
