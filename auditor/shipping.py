"""The way of `auditor obligations` on one page: open what is shipped, look up its parts, judge, apply the waivers."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING

from auditor.checkout import open_store
from auditor.errors import DocumentError, ShipmentError, UsageError
from auditor.gather.artifacts import OpenArtifact, read_artifact, unread_files
from auditor.gather.parts import claim_components, list_parts, version_problems
from auditor.gather.subjects import SubjectReader
from auditor.gather.supplies import Sources, gather_supplies
from auditor.gather.surfaces import read_surfaces
from auditor.manifest import ENVIRONMENT, NAME, find_manifest, match_paths, read_manifest
from auditor.model import Audit, Finding, Incident, Review
from auditor.model.manifest import Distribution, DistributionKind, Manifest, ManifestProblem
from auditor.model.obligation import (
    Obligation,
    ObligationJudgement,
    Shipping,
    ShippingJudgement,
    Supply,
)
from auditor.obligations.run import judge_shipping
from auditor.obligations.waivers import apply_waivers
from auditor.permalinks import DEFAULT, Hosts
from auditor.rules import OF_LICENSES, OF_MANIFESTS, OF_OBLIGATIONS, OF_WAIVERS, license_mismatch, rule_ids
from auditor.shipment import Part, Shipment, open_shipment

if TYPE_CHECKING:
    from auditor.fetch import FetchSettings, Store

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ShippingOptions:
    """What is asked: the rules, the day that waivers are held against, what a person has reviewed before."""

    rules: tuple[ModuleType, ...]
    today: date
    hosts: Hosts = DEFAULT
    jobs: int = 8
    reviews: tuple[Review, ...] = ()
    offline: bool = False


def examine_shipping(
    manifest: Manifest | None,
    artifacts: Sequence[str],
    settings: Callable[[], "FetchSettings"],
    options: ShippingOptions,
    progress: Progress = lambda done, total, what: None,
    warn: Callable[[str], None] = lambda text: None,
) -> Audit:
    """Clause by clause what is owed for the artifacts of a manifest, or for `artifacts` (paths) alone.

    Raises DocumentError for an artifact that is not there, or no archive as it claims.
    """
    with ExitStack() as stack:
        gathered = gather_shipping(manifest, artifacts, settings, options, stack, progress, warn)
    return judge_gathered(gathered, manifest, options)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that the judge needs, what could not be looked at, and what is wrong with the manifest."""

    shipping: Shipping
    incidents: tuple[Incident, ...]
    findings: tuple[Finding, ...]


def gather_shipping(
    manifest: Manifest | None,
    artifacts: Sequence[str],
    settings: Callable[[], "FetchSettings"],
    options: ShippingOptions,
    stack: ExitStack,
    progress: Progress,
    warn: Callable[[str], None],
) -> Gathered:
    """Open the artifacts, look up every part in its repository, read the surfaces; `stack` closes what is opened."""
    reader = SubjectReader()
    opened = tuple(_open(manifest, artifacts, reader, stack, progress))
    parts = list_parts(manifest, opened)
    cancelled = Event()
    store = _store_of(settings, warn, stack, cancelled)
    installed = None
    if manifest and any(source.name == ENVIRONMENT for source in manifest.sources):
        from auditor.gather.installed import InstalledReleases

        installed = InstalledReleases(reader)
    sources = Sources(
        reader, options.hosts, opened, store, options.reviews, options.jobs, options.offline, installed, cancelled
    )
    supplies, incidents = gather_supplies(parts, sources, progress)
    surfaces, unread = read_surfaces(Path(manifest.document).parent, manifest.surfaces) if manifest else ((), ())
    problems = tuple(_problems(manifest, artifacts, opened)) if manifest else ()
    rules = [rule for rule in options.rules if rule in OF_MANIFESTS]
    findings = tuple(finding for problem in problems for rule in rules for finding in rule.check(problem))
    distribution = manifest.distribution if manifest else Distribution()
    shipping = Shipping(distribution, supplies, tuple(one.artifact for one in opened), surfaces)
    lost = (incident for one in opened for incident in unread_files(one))
    return Gathered(shipping, (*incidents, *lost, *unread), findings)


def _problems(
    manifest: Manifest, artifacts: Sequence[str], opened: Sequence[OpenArtifact]
) -> Iterator[ManifestProblem]:
    """What is wrong with the manifest; the artifacts that it names need not be there when others stand in for them."""
    spared = {glob.place for glob in manifest.distribution.artifacts} if artifacts else ()
    for problem in (*manifest.problems, *version_problems(manifest, opened)):
        if problem.kind != "no-match" or problem.place not in spared:
            yield problem


def _store_of(
    settings: Callable[[], "FetchSettings"], warn: Callable[[str], None], stack: ExitStack, cancelled: Event
) -> Callable[[], "Store"]:
    """Opens the cache of repositories when it is first asked for; `cancelled` ends what git has under way there."""

    @cache
    def store() -> "Store":
        made = open_store(settings(), warn, cancelled)
        stack.callback(made.close)
        return made

    return store


def judge_gathered(
    gathered: Gathered, manifest: Manifest | None, options: ShippingOptions, passed_on: bool = True
) -> Audit:
    """The verdicts with their findings, after the waivers; only on licences where nothing is `passed_on`."""
    shipping, rules = gathered.shipping, options.rules
    asked = [rule for rule in rules if rule in OF_OBLIGATIONS]
    judged = (
        *(_judge_supply(supply, rules) for supply in shipping.supplies),
        *(judge_shipping(shipping, asked) if passed_on else ()),
    )
    ran = [rule.ID for rule in rules]
    waived = apply_waivers(judged, manifest.waivers if manifest else (), options.today, ran)
    told = tuple(
        finding for fact in waived.waivers for rule in rules if rule in OF_WAIVERS for finding in rule.check(fact)
    )
    judgement = ShippingJudgement(
        shipping, waived.judgements, (*gathered.findings, *told), waived.accepted, waived.waivers
    )
    incidents = (*gathered.incidents, *_troubles(shipping), *_unexamined(judged, manifest is not None))
    return Audit(incidents=incidents, shipping=judgement)


def _open(
    manifest: Manifest | None,
    artifacts: Sequence[str],
    reader: SubjectReader,
    stack: ExitStack,
    progress: Progress,
) -> Iterator[OpenArtifact]:
    paths = list(dict.fromkeys(artifacts or (_artifacts_of(manifest) if manifest else ())))
    forms = set()
    for number, path in enumerate(paths):
        progress(number, len(paths), f"artifacts read  {path}")
        opened = _read(path, _entered(path, stack), manifest, reader)
        forms.add(opened.artifact.form)
        yield opened
    if manifest and not artifacts and "source" in manifest.distribution.kinds and "source" not in forms:
        folder = Path(manifest.document).parent
        yield _read(str(folder), _sources_of(folder, paths, _entered(str(folder), stack)), manifest, reader, "source")


def _entered(path: str, stack: ExitStack) -> Shipment:
    try:
        return stack.enter_context(open_shipment(path))
    except ShipmentError as error:
        raise DocumentError(str(error)) from error


def _read(
    path: str,
    shipment: Shipment,
    manifest: Manifest | None,
    reader: SubjectReader,
    form: DistributionKind | None = None,
) -> OpenArtifact:
    if manifest is None:
        # Nobody has said what the artifact should carry, so that nothing in it is too much.
        opened = read_artifact(path, shipment, reader)
        return replace(opened, artifact=replace(opened.artifact, certain=False))
    file = manifest.distribution.notices
    kinds = (form,) if form else manifest.distribution.kinds
    notices = file.path.rpartition("/")[2] if file else None
    return claim_components(read_artifact(path, shipment, reader, kinds, notices), manifest)


def _sources_of(folder: Path, artifacts: Sequence[str], whole: Shipment) -> Shipment:
    """The project itself, as whoever clones it gets it: what git tracks, else all but what was built from it."""
    from auditor.fetch import tracked_files

    tracked = tracked_files(folder)
    built = {Path(path).relative_to(folder).as_posix() for path in artifacts if Path(path).is_relative_to(folder)}
    if tracked is not None:
        return Part(whole, (tracked - built).__contains__)
    folders = {path.split("/")[0] for path in built}
    return Part(whole, lambda path: path.split("/")[0] not in folders)


def _artifacts_of(manifest: Manifest) -> list[str]:
    folder = Path(manifest.document).parent
    return [
        str(folder / path) for glob in manifest.distribution.artifacts for path in match_paths(folder, glob.pattern)
    ]


def _judge_supply(supply: Supply, rules: Sequence[ModuleType]) -> ObligationJudgement:
    """What the rules of licences say of a dependency at its pin; of an artifact's own texts only whether they agree."""
    subject = supply.subject
    if subject is None or supply.dependency.use == "dev-only":
        return ObligationJudgement(supply)
    asked = [rule for rule in rules if rule in OF_LICENSES and (subject.repository or rule is license_mismatch)]
    # What else lies in its repository, artwork or examples, is not what is shipped.
    own = replace(subject, files=tuple(file for file in subject.files if not file.bundled))
    findings = [finding for rule in asked for finding in rule.check(own)]
    if license_mismatch in asked:
        findings += license_mismatch.check(supply)
    return ObligationJudgement(supply, tuple(findings))


def _troubles(shipping: Shipping) -> Iterator[Incident]:
    """What contradicts itself in an artifact, such as a wheel's list of its own files."""
    for artifact in shipping.artifacts:
        if not artifact.components and not shipping.supplies:
            yield Incident("nothing in it says what it carries; list its parts in a manifest", artifact.name)
        for component in artifact.components:
            if component.troubles:
                more = len(component.troubles) - 1
                yield Incident(component.troubles[0] + (f" (and {more} more)" if more else ""), artifact.name)


def _unexamined(judged: Sequence[ObligationJudgement], with_manifest: bool) -> Iterator[Incident]:
    """An incident for each reason why something was not looked at, unless a finding tells of it already.

    Without a manifest nobody has said where the project speaks to the public: that is no incident, but stays counted.
    """
    told = {one.name for one in judged if isinstance(one.subject, Supply) and one.findings}
    seen: set[tuple[str, str | None, str]] = set()
    for one in judged:
        subject = one.subject
        if not isinstance(subject, Obligation) or subject.verdict != "unexamined" or one.name in told:
            continue
        if subject.when in ("promotion", "advertising", "network") and not with_manifest:
            continue
        place, artifact = subject.dependency.place, subject.artifact
        key = (one.name, artifact, subject.reason)
        if key not in seen:
            seen.add(key)
            where = f" in {artifact}" if artifact and artifact not in f"{subject.reason} {place.document}" else ""
            yield Incident(f"{one.name}{where}: {subject.reason}", place.document, place.line)


def open_targets(targets: Sequence[str], today: date) -> tuple[Manifest | None, list[str]]:
    """The manifest among the targets, else none if artifacts are named, else that of the current folder.

    `today` is the day that its waivers are held against. Raises UsageError when nothing says what is shipped,
    DocumentError for a manifest that cannot be read.
    """
    manifests = {target: path for target in targets if (path := _manifest_at(target)) is not None}
    if len(manifests) > 1:
        raise UsageError(f"{' and '.join(manifests)}: name one manifest")
    artifacts = [target for target in targets if target not in manifests]
    path = next(iter(manifests.values()), None)
    if path is None and not artifacts:
        path = find_manifest(Path())
        if path is None:
            raise UsageError(f"there is no {NAME} here; `auditor init` writes one, or name what is shipped")
    manifest = read_manifest(path, today, rule_ids()) if path is not None else None
    return manifest, artifacts


def _manifest_at(target: str) -> Path | None:
    if target.lower().endswith(".toml"):
        return Path(target)
    return find_manifest(Path(target)) if os.path.isdir(target) else None
