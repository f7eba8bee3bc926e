"""Which releases of a repository the frames of a stack can have been running in.

A stack is a witness: each of its frames says which function ran at which line, and the frames beside it what was called
from there. Where one of them does not fit the commit that its link cites, the repository's tags are asked: commits and
trees in one fetch, then the contents that stand at the frames' paths, which tags share for the most part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from auditor.model import Anchor, Located, Outline, Permalink, Tag
from auditor.model.checkout import Entry, Tagged
from auditor.resolve.content import OutlineOf, load_file, locate_lines
from auditor.resolve.draft import Draft
from auditor.resolve.guests import Invitation
from auditor.resolve.tags import in_order
from auditor.resolve.witnesses import Level, Stack, Witness, witnesses_of

# Bounds that no real report comes near.
_MOST_STACKS = 50
_MOST_TAGS = 1000
_FILES_KEPT = 64
# So many lines that call no frame beside them count against a version in which another one explains them all.
_DOUBTS = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A frame's own line at a release that it fits, and the text of the function around."""

    located: Located
    function: tuple[str, ...]

    def at(self, tag: Tag) -> "Spot":
        """The same content in another release."""
        return replace(self, located=replace(self.located, commit=tag.commit))


@dataclass(frozen=True, slots=True)
class Fit:
    """A release, and where in it those frames are that fit it, by the numbers of their claims."""

    tag: Tag
    spots: Mapping[int, Spot]


@dataclass(frozen=True, slots=True)
class Dating:
    """What a stack's frames tell about one repository.

    All of the frames `own`, which link into it, fit each of the releases `fits`, oldest first; of the stack's other
    frames those fit for which there is a spot. `doubtful` are the own frames at whose line, in the commit that they
    cite, nothing calls a frame beside them. A tag without a name is the commit that they cite.
    """

    document: str
    stack: int
    link: Permalink
    own: frozenset[int]
    fits: tuple[Fit, ...]
    doubtful: frozenset[int] = frozenset()


def date_stacks(
    drafts: Iterable[Draft], invitations: Iterable[Invitation], repository: Tagged, outline_of: OutlineOf
) -> list[Dating]:
    """A dating for each stack that fits a release, but not what it cites; none where nothing is amiss.

    Raises FetchError when the tags or a content cannot be had.
    """
    dater = _Dater(repository, outline_of)
    stacks = list(witnesses_of(drafts, invitations).items())[:_MOST_STACKS]
    return [dating for place, stack in stacks if (dating := dater.dating(*place, stack))]


@dataclass(frozen=True, slots=True)
class _Case:
    """A version in which every own frame can have been running, and how well each of them fits."""

    levels: Mapping[int, Level]
    fit: Fit

    @property
    def rank(self) -> tuple[int, int]:
        """The more, the better: few doubts, many proofs."""
        levels = list(self.levels.values())
        return -levels.count("doubtful"), levels.count("proved")

    def refutes(self, levels: Mapping[int, Level]) -> bool:
        """Whether it explains calls that do not stand in another version, and leaves none open that does there.

        One such line may come of a frame that the report leaves out; `_DOUBTS` in one version are no accident.
        """
        explained = sum(level == "doubtful" and self.levels[index] == "proved" for index, level in levels.items())
        opened = any(self.levels[index] == "doubtful" and level != "doubtful" for index, level in levels.items())
        return explained >= _DOUBTS and not opened


class _Dater:
    """Dates the stacks of one repository; what a frame is worth in a content is judged once."""

    def __init__(self, repository: Tagged, outline_of: OutlineOf) -> None:
        self._repository = repository
        self._tags: tuple[list[Tag], list[Tag]] | None = None
        self._load = lru_cache(maxsize=_FILES_KEPT)(partial(load_file, blobs=repository, outline_of=outline_of))
        self._text = lru_cache(maxsize=_FILES_KEPT)(partial(load_file, blobs=repository, outline_of=_no_outline))
        self._known: dict[tuple[int, str], tuple[Level, Spot | None]] = {}

    def dating(self, document: str, number: int, stack: Stack) -> Dating | None:
        levels = {index: self._stand(one, one.entry)[0] for index, one in stack.own.items()}
        cited = {index: level for index, level in levels.items() if level != "unknown"}
        own = {index: stack.own[index] for index in cited}
        if not own:
            return None
        doubtful = frozenset(index for index, level in cited.items() if level == "doubtful")
        amiss = "no" in cited.values() or len(doubtful) >= _DOUBTS
        fits = self._at_tags(own, stack.guests, cited) if amiss else self._at_pin(own, stack.guests)
        link = next(iter(own.values())).link
        return Dating(document, number, link, frozenset(own), tuple(fits), doubtful) if fits else None

    def _at_pin(self, own: Mapping[int, Witness], guests: Mapping[int, Witness]) -> list[Fit]:
        """The one commit that all own frames cite, if other frames of the stack fit it as well."""
        commits = {one.commit for one in own.values()}
        if len(commits) > 1:
            return []
        tag, spots = Tag("", commits.pop()), {}
        for index, one in guests.items():
            level, spot = self._stand(one, one.entry)
            if spot is not None and level != "doubtful":
                spots[index] = spot.at(tag)
        return [Fit(tag, spots)] if spots else []

    def _at_tags(self, own: dict[int, Witness], guests: dict[int, Witness], cited: Mapping[int, Level]) -> list[Fit]:
        """The final releases that fit better than what is cited; if there are none, such other tags."""
        if self._tags is None:
            self._tags = in_order(self._repository.tags(), _MOST_TAGS)
        for tags in self._tags:
            files = self._files(tags, own | guests)
            cases = [case for tag, found in files if (case := self._case(tag, found, own, guests))]
            best = max(cases, key=lambda case: case.rank, default=None)
            if best is not None and ("no" in cited.values() or best.refutes(cited)):
                return [case.fit for case in cases if not best.refutes(case.levels)]
        return []

    def _files(self, tags: list[Tag], witnesses: dict[int, Witness]) -> Iterator[tuple[Tag, dict[int, Entry]]]:
        """For each tag the files of the frames, fetched."""
        here = self._repository.commits(tag.commit for tag in tags)
        paths = {one.entry.path: tuple(one.places()) for one in witnesses.values()}
        asked = [(tag.commit, place) for tag in tags if tag.commit in here for some in paths.values() for place in some]
        found = {place: entry for place, entry in self._repository.entries(asked).items() if entry.kind == "file"}
        self._repository.fetch_blobs(dict.fromkeys(entry.id for entry in found.values()))
        for tag in tags:
            at = {path: next((found[tag.commit, one] for one in some if (tag.commit, one) in found), None)
                  for path, some in paths.items()}  # fmt: skip
            yield tag, {index: entry for index, one in witnesses.items() if (entry := at[one.entry.path])}

    def _case(
        self, tag: Tag, files: Mapping[int, Entry], own: Mapping[int, Witness], guests: Mapping[int, Witness]
    ) -> _Case | None:
        if not all(index in files and one.may_fit(self._text(files[index].path, files[index].id))
                   for index, one in own.items()):  # fmt: skip
            return None
        levels: dict[int, Level] = {}
        spots: dict[int, Spot] = {}
        for index, one in own.items():
            levels[index], spot = self._stand(one, files[index])
            if spot is None:
                return None
            spots[index] = spot.at(tag)
        for index, one in guests.items():
            if index in files and (spot := self._stand(one, files[index])[1]):
                spots[index] = spot.at(tag)
        return _Case(levels, Fit(tag, spots))

    def _stand(self, witness: Witness, entry: Entry) -> tuple[Level, Spot | None]:
        """How a frame fits a content, and where, if it can have been running there at all."""
        key = witness.index, entry.id
        if key not in self._known:
            file, spot = self._load(entry.path, entry.id), None
            level, function = witness.stand(file)
            located = locate_lines(file, "", Anchor(witness.frame.line))
            if function is not None and isinstance(located, Located):
                spot = Spot(located, file.lines[function.start - 1 : function.end])
            self._known[key] = level, spot
        return self._known[key]


def _no_outline(blob: str, path: str, data: bytes) -> Outline | None:
    return None
