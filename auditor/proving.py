"""From releases to commits on one page: what is installed or packed, the tags of its repository, the proof by content.

For each repository two fetches, or three: its history, the trees of the tags that name the versions; and where one of
those has not all of a release's files, the trees of the tags around. No content of a file is fetched.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from auditor.errors import FetchError, ShipmentError
from auditor.gather.releases import stated_repository, tags_of
from auditor.manifest.repositories import is_full_id, repository_url
from auditor.model import Incident
from auditor.model.manifest import Dependency
from auditor.model.proof import Proof, Release, Unproved
from auditor.permalinks import DEFAULT, Hosts, parse_repository
from auditor.prove import Outcome, distributions_in, files_of, is_own_file, prove_in, read_installed
from auditor.shipment import open_shipment
from auditor.spelling import plain_name

if TYPE_CHECKING:
    from importlib.metadata import Distribution

    from auditor.fetch import Store

Progress = Callable[[int, int, str], None]


def installed_releases(folders: Iterable[Path] | None = None) -> tuple[Release, ...]:
    """Every package in some folders, by name; None: in the running interpreter's environment."""
    return tuple(sorted(map(_installed, distributions_in(folders)), key=lambda one: (one.name.lower(), one.version)))


def _installed(found: "Distribution") -> Release:
    release = read_installed(found)
    if release.repository is not None:
        return replace(release, repository=repository_url(release.repository))
    try:
        metadata = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    except (OSError, ValueError):
        metadata = ""
    return replace(release, repository=stated_repository(metadata.encode("utf-8", "replace")))


def packed_release(path: Path) -> Release:
    """A wheel or an sdist. Raises ShipmentError for what is neither, or cannot be read."""
    with open_shipment(path) as shipment:
        told = [one for one in shipment.paths if _is_metadata(one)]
        if not told:
            raise ShipmentError(f"{path}: neither a wheel nor an sdist of Python: it has no metadata")
        chosen = min(told, key=lambda one: (one.count("/"), one))
        metadata = shipment.read(chosen)
        start = "" if chosen.endswith("METADATA") else chosen.removesuffix("PKG-INFO")
        own = [one for one in shipment.paths if is_own_file(_place(one, start))]
        read = shipment.read_many(own)
        files = files_of((_place(one, start), data) for one, data in read if isinstance(data, bytes))
    fields = BytesHeaderParser().parsebytes(metadata)
    name, version = str(fields["Name"] or ""), str(fields["Version"] or "")
    return Release(name, version, files, stated_repository(metadata))


def _is_metadata(path: str) -> bool:
    return path.count("/") == 1 and path.endswith((".dist-info/METADATA", "/PKG-INFO"))


def _place(path: str, start: str) -> str:
    """Where a member is unpacked: without an sdist's own folder, or a wheel's folders for kinds of files (PEP 427)."""
    first, _, rest = path.removeprefix(start).partition("/")
    return rest.partition("/")[2] if first.endswith(".data") and "/" in rest else path.removeprefix(start)


@dataclass(frozen=True, slots=True)
class Pinned:
    """Dependencies with the commits that could be proved; `outcomes` are for those that were to be pinned, by name."""

    dependencies: tuple[Dependency, ...]
    outcomes: tuple[Outcome, ...]
    incidents: tuple[Incident, ...]


def pin_dependencies(
    dependencies: Sequence[Dependency],
    installed: Iterable[Release],
    store: "Store",
    hosts: Hosts = DEFAULT,
    jobs: int = 8,
    progress: Progress = lambda done, total, what: None,
    cancelled: Event | None = None,
) -> Pinned:
    """Pins the Python packages among some dependencies, by what of them is installed.

    A commit that is stated already stays: that is where the installed files are looked for. An abbreviated one is
    completed by a proof that agrees.
    """
    known: dict[str, Release] = {}
    for one in installed:
        known.setdefault(plain_name(one.name), one)
    wanted = [number for number, one in enumerate(dependencies) if one.ecosystem in ("pypi", "generic")]
    releases = [
        _release_of(dependencies[number], known.get(plain_name(dependencies[number].name))) for number in wanted
    ]
    outcomes, incidents = prove_releases(releases, store, hosts, jobs, progress, cancelled)
    pinned = list(dependencies)
    for number, outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, Proof) and outcome.commit.startswith(pinned[number].commit or ""):
            pinned[number] = replace(
                pinned[number], version=outcome.version, repository=outcome.repository, commit=outcome.commit
            )
    ordered = sorted(outcomes, key=lambda one: (one.distribution.lower(), one.version))
    return Pinned(tuple(pinned), tuple(ordered), incidents)


def _release_of(dependency: Dependency, found: Release | None) -> Release:
    """What is installed of a dependency, if it is that version."""
    if found is None or dependency.version not in (None, found.version):
        version = dependency.version or ""
        there = f"; {found.version} is" if found else ""
        return Release(dependency.name, version, trouble=f"it is not installed here{there}")
    stated = dependency.commit if is_full_id(dependency.commit or "") else found.commit
    return replace(found, name=dependency.name, repository=dependency.repository or found.repository, commit=stated)


def prove_release(release: Release, store: "Store", hosts: Hosts = DEFAULT) -> Outcome:
    """The commit that one release was made from; where its repository cannot be had, `looked` is False."""
    outcomes, _ = prove_releases([release], store, hosts, jobs=1)
    return outcomes[0]


def prove_releases(
    releases: Sequence[Release],
    store: "Store",
    hosts: Hosts = DEFAULT,
    jobs: int = 8,
    progress: Progress = lambda done, total, what: None,
    cancelled: Event | None = None,
) -> tuple[tuple[Outcome, ...], tuple[Incident, ...]]:
    """The outcomes in the order of the releases, several repositories at once; an incident for each that cannot be had.

    `cancelled`, that of the store, is set when this is interrupted.
    """
    found: dict[int, Outcome] = {}
    groups: dict[str, list[int]] = {}
    for number, release in enumerate(releases):
        if reason := _why_not(release):
            found[number] = Unproved(release.name, release.version, release.repository, reason)
        else:
            groups.setdefault(_known_as(release, hosts), []).append(number)
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        runs = {
            pool.submit(_prove_at, url, [releases[one] for one in group], store): url for url, group in groups.items()
        }
        for done, run in enumerate(as_completed(runs)):
            progress(done, len(runs), f"repositories compared  {runs[run]}")
            found.update(zip(groups[runs[run]], run.result(), strict=True))
    except BaseException:
        if cancelled is not None:
            cancelled.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    outcomes = tuple(found[number] for number in range(len(releases)))
    return outcomes, tuple(_incidents(outcomes))


def _incidents(outcomes: Iterable[Outcome]) -> Iterator[Incident]:
    """One for each reason why something was not looked at."""
    names: dict[str, list[str]] = {}
    for one in outcomes:
        if isinstance(one, Unproved) and not one.looked:
            names.setdefault(one.reason, []).append(one.distribution)
    return (Incident(f"{', '.join(whose)}: {reason}") for reason, whose in names.items())


def _why_not(release: Release) -> str:
    """Why a release cannot be held against anything, as a clause; "" where it can."""
    if release.trouble:
        return release.trouble
    if not release.files:
        return "it has no files that could be compared"
    return "" if release.repository else "its metadata name no repository"


def _known_as(release: Release, hosts: Hosts) -> str:
    url = release.repository or ""
    return parse_repository(url, hosts) or url


def _prove_at(url: str, releases: Sequence[Release], store: "Store") -> list[Outcome]:
    asked = [(release, tags_of(release.name, release.version)) for release in releases]
    try:
        with store.repository(url) as repository:
            return prove_in(repository, url, asked)
    except FetchError as error:
        return [Unproved(one.name, one.version, url, str(error), looked=False) for one in releases]
