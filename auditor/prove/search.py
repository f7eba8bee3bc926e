"""The releases of one repository, looked for in its tags: first those of their versions, then those around."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from auditor.errors import FetchError
from auditor.model.checkout import Entry
from auditor.model.proof import Candidate, Proof, Release, Unproved
from auditor.prove.compare import compare_files, missing_files
from auditor.prove.judge import best_of, choose_candidate
from auditor.prove.tags import near_tags, version_tags

_MOST_TAGS = 100  # around a version; their trees come in one fetch, and most of what is in them they share

Outcome = Proof | Unproved
Place = tuple[str | None, str]  # a tag, if any, and its commit


class Tagged(Protocol):
    """What is asked of a repository; `auditor.fetch` provides it. Every method but `holding` may raise FetchError."""

    @property
    def mirrored(self) -> bool: ...
    def tags(self) -> Mapping[str, str]:
        """Each tag with its commit."""
        ...

    def commits(self, ids: Iterable[str]) -> dict[str, str]:
        """Full ids that exist, each with the commit it peels to; their trees are brought here."""
        ...

    def holding(self, commits: Iterable[str], blobs: Collection[str]) -> dict[str, frozenset[str]]:
        """Which of the blobs stand anywhere in each commit."""
        ...

    def paths(self, commit: str) -> Mapping[str, Entry]:
        """Every file of the commit by its path."""
        ...


@dataclass(frozen=True, slots=True)
class _Case:
    """A release, the tags that name its version, and where it is looked for."""

    release: Release
    own: tuple[str, ...]
    places: tuple[Place, ...]

    def is_settled_by(self, outcome: Outcome) -> bool:
        """Whether no other tag could be better: of what was installed from a commit, nothing else is asked."""
        return self.release.commit is not None or (isinstance(outcome, Proof) and outcome.matched == outcome.files)


def prove_in(repository: Tagged, url: str, releases: Sequence[tuple[Release, Sequence[str]]]) -> list[Outcome]:
    """The outcome for each release, given with the usual names of its version's tag; `url` names the repository.

    Raises FetchError when nothing of the repository can be had.
    """
    tags = repository.tags()
    cases = [_first(release, version_tags(release.version, tags, usual), tags) for release, usual in releases]
    outcomes = _look(repository, url, cases)
    unsettled = [number for number, case in enumerate(cases) if not case.is_settled_by(outcomes[number])]
    wider = [_wider(cases[number], tags) for number in unsettled]
    try:
        again = _look(repository, url, wider)
    except FetchError as error:
        again = [_unlooked(case.release, url, error) for case in wider]
    for number, outcome in zip(unsettled, again, strict=True):
        outcomes[number] = outcome
    return outcomes


def _unlooked(release: Release, url: str, error: FetchError) -> Unproved:
    return Unproved(release.name, release.version, url, str(error), looked=False)


def _first(release: Release, own: tuple[str, ...], tags: Mapping[str, str]) -> _Case:
    if release.commit is None:
        return _Case(release, own, tuple((tag, tags[tag]) for tag in own[:_MOST_TAGS]))
    leading = [tag for tag in (*own, *tags) if tags[tag] == release.commit]
    return _Case(release, own, ((leading[0] if leading else None, release.commit),))


def _wider(case: _Case, tags: Mapping[str, str]) -> _Case:
    near = near_tags(case.release.version, tags, _MOST_TAGS)
    places = dict.fromkeys((*case.places, *((tag, tags[tag]) for tag in near)))
    return _Case(case.release, case.own, tuple(places))


def _look(repository: Tagged, url: str, cases: Sequence[_Case]) -> list[Outcome]:
    """The trees of all places in one fetch, then one case after the other."""
    here = repository.commits(dict.fromkeys(commit for case in cases for _, commit in case.places))
    return [_judge(repository, url, case, here) for case in cases]


def _judge(repository: Tagged, url: str, case: _Case, here: Mapping[str, str]) -> Outcome:
    release = case.release
    places = [(tag, here[commit]) for tag, commit in case.places if commit in here]
    if not places:
        return Unproved(release.name, release.version, url, _nowhere(case) + _whose(repository))
    ids = frozenset(one for file in release.files for one in file.ids)
    held = repository.holding([commit for _, commit in places], ids)
    all_of = len(release.files)
    candidates = [Candidate(tag, commit, all_of - len(missing_files(release, held[commit]))) for tag, commit in places]
    best = next(iter(best_of(candidates, case.own)), candidates[0])
    # Only to say why files differ are the paths of a whole commit needed.
    entries = repository.paths(best.commit) if 0 < best.matched < all_of else {}
    paths = [path for path, entry in entries.items() if entry.kind == "file"]
    compared = compare_files(release, held[best.commit], paths)
    verdict = choose_candidate(candidates, case.own, compared)
    if verdict.chosen is None:
        reason = verdict.reason + _whose(repository)
        return Unproved(release.name, release.version, url, reason, verdict.runners_up)
    return Proof(
        release.name,
        release.version,
        url,
        best.tag,
        best.commit,
        compared.matched,
        compared.files,
        compared.differing,
        verdict.runners_up,
    )


def _nowhere(case: _Case) -> str:
    if case.release.commit is not None:
        return f"the commit that it was installed from, {case.release.commit[:12]}, is not there"
    return "no tag is there"


def _whose(repository: Tagged) -> str:
    return " (in the mirror's copy)" if repository.mirrored else ""
