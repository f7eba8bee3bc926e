"""Each dependency with what its own source says of its licence: its repository at the pin, else the artifact itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING

from auditor.checkout import Asked, CommitFiles, open_commit
from auditor.errors import FetchError
from auditor.gather.artifacts import OpenArtifact
from auditor.gather.copies import find_copies
from auditor.gather.releases import tags_of
from auditor.gather.subjects import SubjectReader, with_reviews, with_riders
from auditor.model import Incident, LicenseFile, LicenseSubject, Review
from auditor.model.manifest import Dependency
from auditor.model.obligation import Supply, VendoredCopy
from auditor.model.shipment import Component
from auditor.obligations.carried import find_component
from auditor.permalinks import Hosts, parse_repository
from auditor.shipment.vendored import Tree

if TYPE_CHECKING:
    from auditor.fetch import Store
    from auditor.gather.installed import InstalledReleases

_MOST_HEADERS = 50  # source files with comments of their own in which a licence is looked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dependency to look up. `found_in` are the artifacts in which it was found, None where the manifest names it.

    `vendored` are its copies: (path as the manifest has it, path as a user can open it).
    """

    dependency: Dependency
    found_in: tuple[str, ...] | None = None
    vendored: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """What dependencies are looked up in; `store` is asked when the first of them is in a repository.

    `installed` are the releases of an environment, where the manifest takes that for a source. When `offline` only the
    repositories that a manifest names are asked for: they may be in the cache. `cancelled`, once it is set, ends what
    the store has under way.
    """

    reader: SubjectReader
    hosts: Hosts
    artifacts: tuple[OpenArtifact, ...]
    store: Callable[[], "Store"]
    reviews: tuple[Review, ...] = ()
    jobs: int = 8
    offline: bool = False
    installed: "InstalledReleases | None" = None
    cancelled: Event = field(default_factory=Event)


def gather_supplies(
    wanted: Sequence[Wanted], sources: Sources, progress: Callable[[int, int, str], None]
) -> tuple[tuple[Supply, ...], tuple[Incident, ...]]:
    """The supplies in the order of `wanted`, and an incident for every repository that could not be looked at."""
    asked = {
        number: asked
        for number, one in enumerate(wanted)
        if _is_asked_for(one, sources) and (asked := asked_of(one.dependency, sources.hosts))
    }
    found, troubles = _look_up(wanted, asked, sources, progress)
    supplies = []
    for number, one in enumerate(wanted):
        if number not in found:
            found[number] = _from_artifacts(one, sources, troubles.get(number))
            if one.found_in is not None and found[number].texts:
                troubles.pop(number, None)  # nobody has claimed a pin, and its own texts are there
        supplies.append(found[number])
    return tuple(supplies), tuple(troubles[number] for number in sorted(troubles))


def _look_up(
    wanted: Sequence[Wanted],
    asked: Mapping[int, Asked],
    sources: Sources,
    progress: Callable[[int, int, str], None],
) -> tuple[dict[int, Supply], dict[int, Incident]]:
    """What the repositories say, several of them at once, by the numbers in `wanted`; and which could not be had."""
    found: dict[int, Supply] = {}
    troubles: dict[int, Incident] = {}
    if asked:
        sources.store()  # made here, before threads ask for it
    pool = ThreadPoolExecutor(max_workers=sources.jobs)
    try:
        runs = {pool.submit(_from_repository, wanted[number], one, sources): number for number, one in asked.items()}
        for done, run in enumerate(as_completed(runs)):
            number = runs[run]
            progress(done, len(runs), f"repositories read  {wanted[number].dependency.name}")
            try:
                found[number] = run.result()
            except FetchError as error:
                troubles[number] = _incident(wanted[number].dependency, error)
    except BaseException:
        sources.cancelled.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return found, troubles


def _is_asked_for(wanted: Wanted, sources: Sources) -> bool:
    """Whether a repository is to be asked, and not only what is here: the very release, or the artifact's own texts."""
    if wanted.dependency.commit is None and sources.installed and sources.installed.subject(wanted.dependency):
        return False
    return wanted.found_in is None or not sources.offline


def asked_of(dependency: Dependency, hosts: Hosts) -> Asked | None:
    """What to open of a dependency's repository; None where nothing pins it."""
    if dependency.repository is None or dependency.use == "dev-only":
        return None
    repository = parse_repository(dependency.repository, hosts) or dependency.repository.removesuffix(".git")
    clone = repository if parse_repository(dependency.repository, hosts) else dependency.repository
    revision = dependency.commit or dependency.revision
    if revision:
        return Asked(repository, clone, revision)
    tags = tags_of(dependency.name, dependency.version or "")
    return Asked(repository, clone, "", tags=tags) if tags else None


def _from_repository(wanted: Wanted, asked: Asked, sources: Sources) -> Supply:
    """The licence at the pin, and the copies of its code in every artifact."""
    dependency = wanted.dependency
    with open_commit(asked, sources.store()) as files:
        target = f"{asked.repository}@{files.commit}"
        subject = sources.reader.subject(target, files)
        subject = replace(subject, repository=asked.repository, commit=files.commit)
        copies = tuple(_copies(wanted, files, sources.artifacts))
    settled = with_riders(with_reviews(subject, sources.reviews))
    return Supply(dependency, settled, sources.reader.texts(settled), copies, found_in=wanted.found_in)


def _copies(wanted: Wanted, files: CommitFiles, artifacts: Sequence[OpenArtifact]) -> Iterator[VendoredCopy]:
    if not artifacts:
        return
    upstream = Tree(files.blobs, files.read_many)
    for opened in artifacts:
        component = find_component(wanted.dependency, opened.artifact)
        yield from find_copies(opened, wanted.dependency, upstream, wanted.vendored, component)


def _from_artifacts(wanted: Wanted, sources: Sources, trouble: Incident | None) -> Supply:
    """The licence as the artifacts themselves have it, of the first that has any text of it."""
    dependency = wanted.dependency
    subject = sources.installed.subject(dependency) if sources.installed else None
    if subject is not None and subject.files:
        settled = with_riders(with_reviews(subject, sources.reviews))
        return Supply(dependency, settled, sources.reader.texts(settled), found_in=wanted.found_in)
    for opened, component in _carriers(wanted, sources.artifacts):
        read = _own_subject(opened, component, sources)
        if subject is None or (not subject.files and read.files):
            subject = read
    unlooked = _why(dependency, trouble)
    if subject is None or (trouble is not None and not subject.files and wanted.found_in is None):
        return Supply(dependency, unlooked=unlooked, found_in=wanted.found_in)
    return Supply(dependency, subject, sources.reader.texts(subject), found_in=wanted.found_in, unlooked=unlooked)


def _carriers(wanted: Wanted, artifacts: Sequence[OpenArtifact]) -> Iterator[tuple[OpenArtifact, Component]]:
    for opened in artifacts:
        component = find_component(wanted.dependency, opened.artifact)
        if component is None and wanted.found_in is not None:
            component = next((one for one in opened.artifact.components if one.name == wanted.dependency.name), None)
        if component is not None:
            yield opened, component


def _own_subject(opened: OpenArtifact, component: Component, sources: Sources) -> LicenseSubject:
    """What the artifact itself has on the licence of a component: its own files, else texts that name it."""
    paths = [path for path in component.license_files if path in opened.scan.contents]
    read = (sources.reader.file(path, opened.scan.contents[path]) for path in paths)
    files = tuple(part for file in read for part in opened.left.get(file.path, (file,)))
    declared = component.license_declared
    if not component.license_files and (given := opened.given.get(component.name)):
        files, declared = given, ()  # what a list declares is not about the very texts that were found
    subject = LicenseSubject(opened.artifact.name, files or tuple(_headers(opened, component, sources)), declared)
    return with_riders(with_reviews(subject, sources.reviews))


def _headers(opened: OpenArtifact, component: Component, sources: Sources) -> Iterator[LicenseFile]:
    """Licence texts in the comments of a component's own source files, where it has no file for them."""
    own = set(component.files)
    paths = [path for path in opened.scan.comments if path in own]
    for path in paths[:_MOST_HEADERS]:
        file = sources.reader.file(path, opened.scan.comments[path].encode("utf-8", "replace"))
        if file.text is not None and file.text.matches:
            yield file


def _why(dependency: Dependency, trouble: Incident | None) -> str:
    """Why its own source was not looked at, as a sentence."""
    if trouble is not None:
        return trouble.message
    if dependency.use == "dev-only":
        return "it is used for development only"
    if dependency.repository is None:
        return "its repository is not known"
    if dependency.commit or dependency.revision or dependency.version:
        return "its repository was not asked for"
    return "neither its version nor its commit is known"


def _incident(dependency: Dependency, error: FetchError) -> Incident:
    return Incident(f"{dependency.name}: {error}", dependency.place.document, dependency.place.line)
