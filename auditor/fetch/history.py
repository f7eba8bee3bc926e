"""Commits, branches and tags of a repository, without any contents.

A repository of its own beside the objects: those are shallow, and a shallow boundary cuts what
`--contains` and `--not --branches` look along. All commits of flask take 2.2 MiB (`--filter=tree:0`).
An abbreviated id cannot be fetched by any protocol, it is resolved here among all commits.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal

from auditor.errors import FetchError
from auditor.fetch.bare import FULL_ID, SHA1, SHA256, Bare
from auditor.fetch.healing import Healing
from auditor.fetch.remote import Order, Remote
from auditor.fetch.settings import Limits

NameKind = Literal["abbreviation", "branch", "tag", "head"]
Asked = tuple[str, str | None]

ABBREVIATION = re.compile(r"[0-9a-f]{4,39}|[0-9a-f]{41,63}")
_HEAD = "refs/upstream/HEAD"
_REFSPECS = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means: the commit, what sort of name it is, and its full form (`refs/heads/main`, full id)."""

    commit: str
    kind: NameKind
    full_name: str


class History(Healing):
    """The history of one repository; fetched at most once per session, and only when the cache cannot tell."""

    def __init__(self, bare: Bare, remote: Remote, limits: Limits) -> None:
        super().__init__(remote)
        self._bare = bare
        self._limits = limits
        self._fresh = False
        self._trouble: FetchError | None = None
        self._refs: Mapping[str, str] | None = None
        self._dated: dict[tuple[str, int], str | None] = {}

    def names(self, asked: Iterable[Asked]) -> dict[Asked, Named]:
        """What revisions mean (see `Repository.names`); unknown and ambiguous ones are left out."""
        questions = list(dict.fromkeys(asked))
        found: dict[Asked, Named] = {}
        if not self._fresh and questions and self.cached_refs():
            # Names of branches and tags may mean something else today, an abbreviation does not.
            known = self.healing(lambda: self._resolve(questions))
            found = {asked: named for asked, named in known.items() if named.kind == "abbreviation"}
        if len(found) < len(questions):
            self.refresh()
            found = self.healing(lambda: self._resolve(questions))
        return found

    def contains(self, commits: Iterable[str]) -> dict[str, bool | None]:
        """Whether commits (full ids) can be reached from a branch or tag; None where the history could not be had."""
        asked = [commit for commit in dict.fromkeys(commits) if FULL_ID.fullmatch(commit)]
        reached = self.healing(lambda: self._reached(asked)) if self.cached_refs() else set()
        if not reached.issuperset(asked):
            try:
                self.refresh()
                reached = self.healing(lambda: self._reached(asked))
            except FetchError:
                return {commit: commit in reached or None for commit in asked}
        return {commit: commit in reached for commit in asked}

    def refs(self) -> Mapping[str, str]:
        """Today's branches and tags: full name to commit; raises `FetchError` if they cannot be had."""
        self.refresh()
        return self.cached_refs()

    def cached_refs(self) -> Mapping[str, str]:
        """The branches and tags as they were fetched last."""
        if self._refs is None:
            self._refs = self.healing(self._read_refs)
        return self._refs

    def refresh(self) -> None:
        """Fetch what is new, once per session. Offline, an older fetch counts."""
        if self._trouble is not None:
            raise self._trouble
        if self._fresh or (not self._remote.reachable and self.cached_refs()):
            return
        try:
            self.healing(self._fetch)
        except FetchError as error:
            self._trouble = error  # the next question gets the same answer, without asking again
            raise

    def rebuild(self) -> None:
        """Begin again with an empty repository and fetch the history."""
        self._bare.reset(self._bare.format)
        self._fetch()

    def _fetch(self) -> None:
        refspecs = [*_REFSPECS, f"+HEAD:{_HEAD}"]
        self._refs = None
        while setback := self._remote.fetch(self._bare, self._order(refspecs)):
            if setback.word == "no-head" and len(refspecs) > len(_REFSPECS):
                refspecs.pop()  # HEAD names a branch that does not exist
            elif setback.word == "other-format" and self._bare.format == SHA1:
                self._bare.reset(SHA256)
            else:
                raise FetchError("network", f"{self._remote.name} does not send its history")
        self._refs = self._read_refs()
        self._fresh = True

    def _order(self, refspecs: list[str]) -> Order:
        # No check of the objects: decades of history hold harmless flaws that git would refuse.
        return Order("tree:0", refspecs, self._limits.history_bytes, ["--prune"], (("fetch.writeCommitGraph", "true"),))

    def _read_refs(self) -> Mapping[str, str]:
        listing = self._bare.output("for-each-ref", "--format=%(objectname) %(refname)")
        pairs = [line.partition(" ") for line in listing.decode("utf-8", "surrogateescape").split("\n") if line]
        known = self._bare.look_up(object_id for object_id, _, _ in pairs)
        if any(object_id not in known for object_id, _, _ in pairs):
            raise FetchError("damaged", "the history in the cache has lost objects")
        return {name: commit for object_id, _, name in pairs if (commit := known[object_id].commit)}

    def _resolve(self, asked: Iterable[Asked]) -> dict[Asked, Named]:
        refs = self.cached_refs()
        short = self._bare.look_up(name for name, _ in asked if ABBREVIATION.fullmatch(name))
        found = {}
        for name, date in asked:
            if full_name := _full_name(name, refs):
                named = self._at(refs[full_name], full_name, date)
            else:
                commit = short[name].commit if name in short else None
                named = Named(commit, "abbreviation", commit) if commit else None
            if named:
                found[name, date] = named
        return found

    def _at(self, tip: str, full_name: str, date: str | None) -> Named | None:
        """The ref at a date; a tag ignores it."""
        if full_name.startswith("refs/tags/"):
            return Named(tip, "tag", full_name)
        commit = tip if date is None else self._last_before(tip, date)
        if commit is None:
            return None
        return Named(commit, "head", "HEAD") if full_name == _HEAD else Named(commit, "branch", full_name)

    def _last_before(self, tip: str, date: str) -> str | None:
        """The newest first-parent commit committed at or before the date."""
        moment = _seconds(date)
        if moment is None:
            return None
        if (tip, moment) not in self._dated:
            asked = ["-1", "--first-parent", f"--min-age={moment}", "--end-of-options", tip]
            self._dated[tip, moment] = self._bare.output("rev-list", *asked).decode("ascii").strip() or None
        return self._dated[tip, moment]

    def _reached(self, commits: Iterable[str]) -> set[str]:
        here = [name for name, known in self._bare.look_up(commits).items() if known.type == "commit"]
        if not here:
            return set()
        ids = "".join(f"{name}\n" for name in here).encode()
        lost = self._bare.output("rev-list", "--stdin", "--not", "--branches", "--tags", stdin=ids)
        return set(here) - set(lost.decode("ascii").split())


def _full_name(name: str, refs: Mapping[str, str]) -> str | None:
    """The full name of the branch, tag or HEAD that a revision names; branches first, as hosts have it."""
    if name == "HEAD":
        return _HEAD if _HEAD in refs else None
    tries = (f"refs/heads/{name}", f"refs/tags/{name}", f"refs/{name}", name)
    return next((full for full in tries if full in refs and full.startswith(("refs/heads/", "refs/tags/"))), None)


def _seconds(date: str) -> int | None:
    """Seconds since 1970 of an ISO 8601 date (its end, in UTC) or moment (UTC unless it says otherwise)."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    if len(date) <= len("2024-W01-1"):
        moment = datetime.combine(moment, time(23, 59, 59))
    return max(0, int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))
