"""The whole way on one page: read, group by repository, fetch, resolve, check.

Each stage is one call; none knows the next. A unit is one repository with everything
that is asked of it, and units do not depend on each other.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from auditor.errors import DocumentError, FetchError
from auditor.licensed import Licensed, plan_licenses, read_licenses, speaking_documents
from auditor.model import Audit, Incident, Missing, Report, Resolution, Unlooked
from auditor.model.hosted import HostedRepository
from auditor.permalinks import DEFAULT, Hosts, parse_link
from auditor.pragmas import accept_in_place
from auditor.read import Document, KeptReports, read_report
from auditor.resolve import Claim, Dating, Guest, Plan, Seat, date_stacks
from auditor.rules import OF_CITATIONS
from auditor.stacks import with_releases
from auditor.statements import judge_statements
from auditor.units import Unit, claims_of, unit_guests, units_of
from auditor.verdict import judge_resolution

if TYPE_CHECKING:
    from auditor.fetch import FetchSettings, Repository, Store
    from auditor.resolve.outlines import OutlineCache

Progress = Callable[[int, int, str], None]


AskHost = Callable[[Iterable[str]], Mapping[str, HostedRepository]]


def _never(url: str) -> bool:
    return False


def ask_nobody(urls: Iterable[str]) -> Mapping[str, HostedRepository]:
    """Without a token nothing is asked."""
    return {}


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What to check, and how. `as_of` (ISO date) overrides the dates at which branch links are read.

    `ask_host` gives what a code host knows about repositories, by the URLs it is given.
    """

    rules: tuple[ModuleType, ...]
    hosts: Hosts = DEFAULT
    jobs: int = 8
    as_of: str | None = None
    excluded: Callable[[str], bool] = _never
    ask_host: AskHost = ask_nobody

    @property
    def reachability(self) -> bool:
        """Whether the histories are needed: only one rule asks for them."""
        return any(rule.ID == "foreign-commit" for rule in self.rules)

    @property
    def releases(self) -> bool:
        """Whether the tags of a repository are asked when the frames of a stack do not fit what they cite."""
        return any(rule.ID == "frame-release-conflict" for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a unit found: resolutions by the numbers of their claims, seats for guests, licences for each document.

    `datings` are the releases that stacks fit, `incidents` why they could not be looked for.
    """

    resolutions: dict[int, Resolution]
    seats: tuple[Seat, ...] = ()
    licenses: Mapping[str, Licensed] = field(default_factory=dict)
    datings: tuple[Dating, ...] = ()
    incidents: tuple[Incident, ...] = ()


def check_documents(
    documents: Iterable[Document],
    settings: "FetchSettings",
    options: CheckOptions,
    progress: Progress = lambda done, total, what: None,
    warn: Callable[[str], None] = lambda text: None,
) -> Audit:
    """Verify every citation of the documents.

    `progress` is told (how many are done, of how many, of what and which is under way), `warn` what the
    user should know of the environment. Raises DocumentError and EnvironmentTrouble when no audit is possible.
    """
    shelf = KeptReports(settings.cache.expanduser() / "reports", options.hosts.grammars)
    opened_documents = list(documents)
    reports, incidents = read_documents(opened_documents, options, progress, shelf)
    claims = claims_of(reports, options.as_of)
    opened = tuple(report for report, _ in reports)
    units = units_of(claims, speaking_documents(opened, options.hosts))
    outcomes = _run_units(units, claims, settings, options, progress, warn)
    resolutions = _with_hosted(_merge(claims, outcomes), options.ask_host)
    texts = {document.name: document.data for document in opened_documents}
    resolutions = with_releases(resolutions, (one for outcome in outcomes for one in outcome.datings), texts)
    rules = [rule for rule in options.rules if rule in OF_CITATIONS]
    judgements = tuple(judge_resolution(resolution, rules) for resolution in resolutions)
    statements = judge_statements(reports, _licensed(units, outcomes), options.rules, options.hosts)
    incidents += [*_incidents_of(resolutions), *(one for outcome in outcomes for one in outcome.incidents)]
    return accept_in_place(Audit(opened, judgements, tuple(incidents), statements), opened_documents, options.rules)


def _with_hosted(resolutions: list[Resolution], ask_host: AskHost) -> list[Resolution]:
    """The resolutions with what the host says of their repositories; git may have said before where one moved to."""
    facts = ask_host(dict.fromkeys(one.repository for one in resolutions if one.repository))
    known = [facts.get(one.repository or "") for one in resolutions]
    return [
        replace(one, hosted=hosted, moved_to=one.moved_to or hosted.moved_to) if hosted else one
        for one, hosted in zip(resolutions, known, strict=True)
    ]


def _licensed(units: list[Unit], outcomes: list[Outcome]) -> dict[str, dict[str, Licensed]]:
    """The licence files that were read, by document and repository."""
    known: dict[str, dict[str, Licensed]] = {}
    for unit, outcome in zip(units, outcomes, strict=True):
        for document, licensed in outcome.licenses.items():
            known.setdefault(document, {})[unit.repository.lower()] = licensed
    return known


def read_documents(
    documents: list[Document], options: CheckOptions, progress: Progress, shelf: KeptReports
) -> tuple[list[tuple[Report, Path | None]], list[Incident]]:
    """Read every document; what could not be read of one that was found, not named, is an incident."""
    reports: list[tuple[Report, Path | None]] = []
    incidents: list[Incident] = []
    for number, document in enumerate(documents):
        progress(number, len(documents), f"documents read  {document.name}")
        try:
            report = shelf.read(document, partial(_read, document, options.hosts))
        except DocumentError as error:
            if document.required:
                raise
            incidents.append(Incident(str(error), document.name))
            continue
        kept = tuple(c for c in report.citations if c.url is None or not options.excluded(c.url))
        reports.append((replace(report, citations=kept), document.path))
        incidents += [Incident(trouble, document.name) for trouble in report.troubles]
    return reports, incidents


def _read(document: Document, hosts: Hosts) -> Report:
    return read_report(document.data, document.name, lambda url: parse_link(url, hosts), document.form)


def _run_units(
    units: list[Unit],
    claims: list[Claim],
    settings: "FetchSettings",
    options: CheckOptions,
    progress: Progress,
    warn: Callable[[str], None],
) -> list[Outcome]:
    """Examine the units, several at once."""
    if not units:
        return []
    from auditor.fetch import Store, check_git
    from auditor.resolve.outlines import OutlineCache

    check_git()
    cancelled = threading.Event()
    store = Store(settings, cancelled)
    if store.warning:
        warn(store.warning)
    outlines = OutlineCache(store.root / "outlines.sqlite")
    guests = unit_guests(units, claims)
    jobs = max(1, min(options.jobs, len(units)))
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="unit")
    try:
        futures: dict[Future[Outcome], int] = {
            pool.submit(examine_unit, unit, guests[index], store, outlines, options): index
            for index, unit in enumerate(units)
        }
        _await(futures, units, progress)
        if outlines.warning:
            warn(outlines.warning)
        return [future.result() for future in futures]
    except BaseException:
        cancelled.set()
        outlines.close()  # so that a unit at work does not outline the rest of its files
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        outlines.close()
        store.close()


def _await(futures: dict[Future[Outcome], int], units: list[Unit], progress: Progress) -> None:
    """Wait for all, telling how far it is; the first real failure ends it."""
    pending = set(futures)
    while pending:
        running = next((units[futures[f]].repository for f in pending if f.running()), "")
        done_now = len(futures) - len(pending)
        progress(done_now, len(futures), f"repositories examined  {running.removeprefix('https://')}")
        done, pending = wait(pending, timeout=0.2, return_when=FIRST_COMPLETED)
        for future in done:
            future.result()
    progress(len(futures), len(futures), "repositories examined")


def examine_unit(
    unit: Unit, guests: list[Guest], store: "Store", outlines: "OutlineCache", options: CheckOptions
) -> Outcome:
    """Everything that is asked of one repository. What fails is told in the resolutions, not raised."""
    try:
        with store.repository(unit.clone) as repository:
            return _examine(unit, guests, repository, store.is_mirrored(unit.clone), outlines, options)
    except FetchError as error:
        said = str(error)
        where = "" if unit.repository in said or unit.clone in said else f"{unit.repository}: "
        target: Missing | Unlooked = Unlooked(where + said)
        if error.reason == "not-found" and not store.is_mirrored(unit.clone):
            target = Missing("repository", str(error))
        return Outcome({claim.index: _blank(claim, target) for claim in unit.claims})


def _examine(
    unit: Unit,
    guests: list[Guest],
    repository: "Repository",
    mirrored: bool,
    outlines: "OutlineCache",
    options: CheckOptions,
) -> Outcome:
    from auditor.resolve import judge_plan, plan_repository, settle_revisions

    asked = [claim.asked for claim in unit.claims]
    settled = settle_revisions(asked, repository, options.reachability)
    plan = plan_repository(unit.claims, guests, repository, settled)
    licenses = plan_licenses(unit.claims, unit.speaking, settled, repository)
    repository.fetch_blobs([*plan.blobs, *licenses.blobs])
    resolutions, seats = judge_plan(plan, repository, outlines.outline)
    found, moved_to = {}, repository.moved_to
    for claim, resolution in zip(unit.claims, resolutions, strict=True):
        if mirrored and isinstance(resolution.target, Missing) and resolution.target.what == "commit":
            # A copy may lack what the original has: that is no proof that it does not exist.
            resolution = replace(resolution, target=Unlooked(f"{resolution.target.detail} (in the mirror's copy)"))
        found[claim.index] = replace(resolution, moved_to=moved_to) if moved_to else resolution
    datings, incidents = _date(plan, unit, repository, outlines) if options.releases else ([], [])
    read = read_licenses(licenses, unit.repository, repository)
    return Outcome(found, tuple(seats), read, tuple(datings), tuple(incidents))


def _date(
    plan: Plan, unit: Unit, repository: "Repository", outlines: "OutlineCache"
) -> tuple[list[Dating], list[Incident]]:
    """The releases that the frames of stacks fit; tags that cannot be had leave what was found as it is."""
    try:
        return date_stacks(plan.drafts, plan.invitations, repository, outlines.outline), []
    except FetchError as error:
        message = f"{unit.repository}: which release its frames ran in could not be looked up: {error}"
        return [], [Incident(message, unit.claims[0].citation.place.document)]


def _blank(claim: Claim, target: Missing | Unlooked) -> Resolution:
    link = claim.citation.link
    return Resolution(claim.citation, target, link.repository_url if link else None)


def _merge(claims: list[Claim], outcomes: list[Outcome]) -> list[Resolution]:
    """The resolutions in the order of the claims; guests take the one seat that they were offered."""
    from auditor.units import seated

    found = {index: resolution for outcome in outcomes for index, resolution in outcome.resolutions.items()}
    seats: dict[int, list[Seat]] = {}
    for outcome in outcomes:
        for offer in outcome.seats:
            seats.setdefault(offer.index, []).append(offer)
    nothing = Unlooked("no repository that the report cites has this file and line", incident=False)
    return [seated(found.get(claim.index) or _blank(claim, nothing), seats.get(claim.index, [])) for claim in claims]


def _incidents_of(resolutions: list[Resolution]) -> list[Incident]:
    """One incident per document and reason, at the first citation that it concerns."""
    first: dict[tuple[str, str], tuple[Resolution, int]] = {}
    for resolution in resolutions:
        if isinstance(resolution.target, Unlooked) and resolution.target.incident:
            key = (resolution.citation.place.document, resolution.target.message)
            known = first.get(key)
            first[key] = (known[0] if known else resolution, known[1] + 1 if known else 1)
    incidents = []
    for (document, message), (resolution, count) in first.items():
        more = f" ({count} citations)" if count > 1 else ""
        incidents.append(Incident(message + more, document, resolution.citation.place.line))
    return incidents
