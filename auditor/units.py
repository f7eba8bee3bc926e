"""How a run is cut into units: one repository each, with all claims on it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.model import Citation, Repair, Report, Resolution, Unlooked
from auditor.permalinks import clone_url
from auditor.resolve import Claim, Guest, Seat, is_full_id

_ASKERS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One repository: how it is shown, the URL it is fetched from, and the claims on it.

    `speaking` are the documents that say something about licences, so that this one's is asked for too.
    """

    repository: str
    clone: str
    claims: tuple[Claim, ...]
    speaking: frozenset[str] = frozenset()


def claims_of(reports: Iterable[tuple[Report, Path | None]], as_of: str | None) -> list[Claim]:
    """Every citation with its number; branch links with the date that their text is from."""
    claims: list[Claim] = []
    opened = list(reports)
    for (report, _), dates in zip(opened, [{}] * len(opened) if as_of else _dates_of(opened), strict=True):
        for citation in report.citations:
            date = (as_of or dates.get(citation.url or "")) if _is_named(citation) else None
            claims.append(Claim(len(claims), citation, date))
    return _with_neighbours(claims)


def _with_neighbours(claims: list[Claim]) -> list[Claim]:
    """Frames learn what the frames before and after them run, whatever repository those are of."""
    stacks: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        if claim.citation.frame is not None and claim.citation.stack is not None:
            stacks.setdefault((claim.citation.place.document, claim.citation.stack), []).append(claim)
    told = list(claims)
    for stack in stacks.values():
        for before, claim, after in zip(stack, stack[1:], stack[2:], strict=False):
            names = (one.citation.frame.function for one in (before, after) if one.citation.frame)
            told[claim.index] = replace(claim, beside=tuple(names))
    return told


def _dates_of(reports: list[tuple[Report, Path | None]]) -> list[dict[str, str | None]]:
    """The dates of every report's branch links; each asks git for one file's history, several at once."""
    pool = ThreadPoolExecutor(_ASKERS, thread_name_prefix="dates")
    try:
        return list(pool.map(lambda pair: _written_dates(*pair), reports))
    finally:
        pool.shutdown(cancel_futures=True)


def _is_named(citation: Citation) -> bool:
    """Whether the link's revision is a name that may move."""
    revision = citation.link.revision if citation.link else None
    return revision is not None and not is_full_id(revision)


def _written_dates(report: Report, path: Path | None) -> dict[str, str | None]:
    """When each branch link was written: the report's own history, its last commit, or what it says itself."""
    urls = {citation.url for citation in report.citations if citation.url and _is_named(citation)}
    if not urls:
        return {}
    dates: dict[str, str | None] = dict.fromkeys(urls, report.date)
    if path is not None:
        from auditor.fetch import last_commit_date, written_dates

        committed = last_commit_date(path)
        if committed:
            dates = dict.fromkeys(urls, committed)
        if report.format != "pdf":
            dates |= {url: date for url, date in written_dates(path, urls).items() if date}
    return dates


def units_of(claims: Iterable[Claim], speaking: frozenset[str] = frozenset()) -> list[Unit]:
    """The claims that have a link, by repository, in order of first citation."""
    grouped: dict[str, list[Claim]] = {}
    addresses: dict[str, tuple[str, str]] = {}
    for claim in claims:
        link = claim.citation.link
        if link is None:
            continue
        clone = clone_url(link)
        key = clone.lower()
        addresses.setdefault(key, (link.repository_url, clone))
        grouped.setdefault(key, []).append(claim)
    return [Unit(*addresses[key], tuple(members), speaking) for key, members in grouped.items()]


def unit_guests(units: list[Unit], claims: list[Claim]) -> list[list[Guest]]:
    """For each unit the claims without a repository, and frames of its stacks that cite another one."""
    documents: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.citation.link is None or claim.citation.frame is not None:
            documents.setdefault(claim.citation.place.document, []).append(claim)
    guests: list[list[Guest]] = []
    for unit in units:
        own = {claim.index for claim in unit.claims}
        stacks = {(c.citation.place.document, c.citation.stack) for c in unit.claims if c.citation.frame}
        here = []
        for document in dict.fromkeys(claim.citation.place.document for claim in unit.claims):
            for claim in documents.get(document, []):
                unlinked = claim.citation.link is None
                same_stack = (document, claim.citation.stack) in stacks
                if claim.index not in own and (unlinked or same_stack):
                    here.append(Guest(claim, _tail(claim.citation)))
        guests.append(here)
    return guests


def _tail(citation: Citation) -> str:
    """A linked frame must match by the whole path of its link, a bare one by what is written."""
    if citation.link is not None and citation.link.path:
        folder, _, name = citation.link.path.rpartition("/")
        file = citation.frame.file if citation.frame else name
        return f"{folder}/{file.replace(chr(92), '/').rpartition('/')[2]}" if folder else file
    return citation.path or ""


def seated(resolution: Resolution, seats: list[Seat]) -> Resolution:
    """The resolution with the seat that a guest was offered in another repository, if it was exactly one."""
    if not seats:
        return resolution
    citation = resolution.citation
    if citation.url is None:
        fitting = [s for s in seats if s.frame is None or s.frame.state == "fits"] or seats
        if len(fitting) > 1:
            several = Unlooked("several places that the report cites have this file and line", incident=False)
            others = tuple(seat.link for seat in fitting[1:])
            repair = Repair(fitting[0].link, ("one of the places that have it",), False, alternatives=others)
            return replace(resolution, target=several, repair=repair)
        repair = Repair(fitting[0].link, ("the only cited repository that has it",), False, fitting[0].located)
        return replace(
            resolution, target=fitting[0].located, frame=fitting[0].frame, repair=repair,
            repository=fitting[0].link.repository_url,
        )  # fmt: skip
    if resolution.frame is not None and resolution.frame.state != "fits" and len(seats) == 1:
        return replace(resolution, frame=replace(resolution.frame, elsewhere=seats[0].link))
    return resolution
