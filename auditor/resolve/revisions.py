"""Written revisions to commits: full ids, abbreviations, branches and tags, all of a repository at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.model import Missing, Permalink, Revision
from auditor.model.checkout import Named, Revisions

_FULL = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})", re.IGNORECASE)
# GitHub renamed default branches and redirects links by the old name to the new one.
_RENAMED = {"master": "main"}
_HEX = re.compile(r"[0-9a-f]{4,39}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A link whose revision is to be found, as of an ISO date (None: today)."""

    link: Permalink
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The link with its revision and path told apart, and the commit it means."""

    link: Permalink
    revision: Revision


@lru_cache(maxsize=1024)  # a report cites few commits often
def is_full_id(revision: str) -> bool:
    """Whether `revision` is a whole SHA-1 or SHA-256 object id."""
    return _FULL.fullmatch(revision) is not None


def settle_revisions(
    asked: Iterable[Asked], repository: Revisions, reachability: bool = True
) -> dict[Asked, Settled | Missing]:
    """The commit of every link that has a revision; links without one are left out.

    Names cost one fetch of commits for all of them, full ids one fetch of trees for
    all of them. With `reachability`, full ids are also looked for in the branches and tags.
    """
    wanted = [item for item in dict.fromkeys(asked) if item.link.revision]
    full = {written: written.lower() for item in wanted if is_full_id(written := str(item.link.revision))}
    named = _settle_names([item for item in wanted if item.link.revision not in full], repository)
    ids = set(full.values()) | {found.revision.commit for found in named.values()}
    ids |= {found.revision.tip for found in named.values() if found.revision.tip}
    present = repository.commits(sorted(ids)) if ids else {}
    reached = repository.contains(sorted({present[i] for i in full.values() if i in present})) if reachability else {}
    pinned = {
        written: Revision("commit", written, present[commit], reachable=reached.get(present[commit]))
        for written, commit in full.items()
        if commit in present
    }
    settled: dict[Asked, Settled | Missing] = {}
    for item in wanted:
        written = str(item.link.revision)
        if written in pinned:
            settled[item] = Settled(item.link, pinned[written])
        elif written in full:
            gone = f"commit {full[written][:12]} does not exist in {item.link.repository}"
            settled[item] = Missing("commit", gone)
        elif item in named and named[item].revision.commit in present:
            settled[item] = named[item]
        else:
            settled[item] = _unknown_name(item, repository)
    return settled


def _unknown_name(item: Asked, repository: Revisions) -> Missing:
    revision = str(item.link.revision)
    if item.as_of and repository.tip(revision):
        return Missing("commit", f"the branch {revision} has no commit of {item.as_of[:10]} or before")
    if _HEX.fullmatch(revision) and len(revision) >= 7:
        return Missing("commit", f"no commit of {item.link.repository} begins with {revision}, or several do")
    return Missing("commit", f"{item.link.repository} has no branch or tag named {revision}")


def _settle_names(items: list[Asked], repository: Revisions) -> dict[Asked, Settled]:
    if not items:
        return {}
    found = repository.names([(str(item.link.revision), item.as_of) for item in items])
    settled: dict[Asked, Settled] = {}
    split: dict[Asked, Permalink] = {}
    for item in items:
        name = found.get((str(item.link.revision), item.as_of))
        if name:
            settled[item] = Settled(item.link, _revision(item, name, repository))
        elif link := _read_again(item.link, repository.ref_names()):
            split[item] = link
    found = repository.names([(str(link.revision), item.as_of) for item, link in split.items()]) if split else {}
    for item, link in split.items():
        name = found.get((str(link.revision), item.as_of))
        if name:
            settled[item] = Settled(link, _revision(replace(item, link=link), name, repository))
    return settled


def _read_again(link: Permalink, refs: tuple[str, ...]) -> Permalink | None:
    """The link by a name that exists.

    `release` + `v2.6.x/a.py` may be the branch `release/v2.6.x`: a URL does not mark where a name ends.
    A default branch may have been renamed.
    """
    whole = f"{link.revision}/{link.path}"
    for ref in refs:
        if whole.startswith(f"{ref}/"):
            return replace(link, revision=ref, path=whole[len(ref) + 1 :])
    renamed = _RENAMED.get(str(link.revision))
    return replace(link, revision=renamed) if renamed in refs else None


def _revision(item: Asked, name: Named, repository: Revisions) -> Revision:
    moving = name.kind in ("branch", "head")
    return Revision(
        kind=name.kind,
        written=str(item.link.revision),
        commit=name.commit,
        tip=_tip(name, repository) if moving else None,
        as_of=item.as_of if moving else None,
    )


def _tip(name: Named, repository: Revisions) -> str | None:
    """Where a branch, or the default branch, stands today."""
    if name.kind == "head":
        today = repository.names([("HEAD", None)]).get(("HEAD", None))
        return today.commit if today else None
    return repository.tip(name.full_name.removeprefix("refs/heads/"))
