"""What the frames of a stack say about the release that ran, once every repository has been asked.

A frame that links into another project's tree, and fits nothing there, joins the package whose releases it fits.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.model import Anchor, FrameFact, Located, Permalink, ReleaseFact, Repair, Resolution
from auditor.resolve import Dating, Fit, Spot
from auditor.resolve.tags import is_of

# What people call a project whose repository has another name.
_OTHER_NAMES = {"cpython": "python"}
_MISFITS = ("not-executable", "other-function", "past-end")


@dataclass(frozen=True, slots=True)
class _Package:
    """A repository, those frames of a stack that are of it, and the releases that all of them fit."""

    dating: Dating
    members: tuple[int, ...]
    fits: tuple[Fit, ...]


def with_releases(
    resolutions: Sequence[Resolution], datings: Iterable[Dating], texts: Mapping[str, bytes]
) -> list[Resolution]:
    """The resolutions, by the numbers of their claims, with what their stacks tell about the releases.

    `texts` are the documents by their names: of several releases that fit, those count whose version a report names.
    """
    stacks: dict[tuple[str, int], list[Dating]] = {}
    for dating in datings:
        stacks.setdefault((dating.document, dating.stack), []).append(dating)
    told = list(resolutions)
    for stack in stacks.values():
        offers = Counter(index for dating in stack for index in _frames_of(dating))
        for dating in stack:
            unclaimed = {index for index in _frames_of(dating) - dating.own if offers[index] == 1}
            package = _as_stated(_joined(dating, unclaimed, resolutions), texts.get(dating.document, b""))
            for index, resolution in _of_package(package, resolutions):
                told[index] = resolution
    return told


def _frames_of(dating: Dating) -> frozenset[int]:
    """The frames that are of a package, or may be."""
    return dating.own.union(*(fit.spots for fit in dating.fits))


def _joined(dating: Dating, unclaimed: Iterable[int], resolutions: Sequence[Resolution]) -> _Package:
    """The package with every homeless frame that fits some of its releases, and may be of no other package."""
    members, fits = sorted(dating.own), dating.fits
    for index in sorted(unclaimed):
        narrowed = tuple(fit for fit in fits if index in fit.spots)
        if narrowed and _is_homeless(resolutions[index], dating.link.repository_url):
            members, fits = [*members, index], narrowed
    return _Package(dating, tuple(members), fits)


def _is_homeless(resolution: Resolution, repository: str) -> bool:
    """Whether a frame without a link has its seat in the repository, or one with a link cannot run where that leads."""
    if resolution.citation.url is None:
        return resolution.repository == repository
    return resolution.frame is not None and resolution.frame.state in _MISFITS


def _as_stated(package: _Package, text: bytes) -> _Package:
    """The package with only those releases whose version the report names beside the project, if it does."""
    name = package.dating.link.repository.rpartition("/")[2]
    versions = stated_versions(text, (name, _OTHER_NAMES.get(name.lower(), name))) if len(package.fits) > 1 else set()
    stated = tuple(fit for fit in package.fits if any(is_of(fit.tag.name, version) for version in versions))
    return replace(package, fits=stated) if stated else package


def stated_versions(text: bytes, names: Iterable[str]) -> set[str]:
    """The versions that stand behind a project's name: `Flask 2.2.2`, `flask==2.2.2`, `Python/3.9`, `Flask (v2.2)`."""
    if text.startswith(b"%PDF"):
        return set()  # its words are packed
    some = b"|".join(re.escape(name.encode("utf-8", "surrogateescape")) for name in names)
    form = (
        rb"(?<![\w/.-])(?:%s)(?:[ \t:=@/(`*|,-]{1,6}|[ \t]{1,3}version[ \t]{1,3})v?(\d{1,9}(?:\.\d{1,9}){1,3})(?!\.?\w)"
    )
    return {found.decode("ascii") for found in re.findall(form % some, text, re.IGNORECASE)}


def _of_package(package: _Package, resolutions: Sequence[Resolution]) -> Iterable[tuple[int, Resolution]]:
    """The members whose links cite none of the fitting releases."""
    fitting = {fit.tag.commit for fit in package.fits}
    cited = [commit for index in package.members if (commit := _commit(resolutions[index])) in fitting]
    chosen = next((fit for fit in reversed(package.fits) if fit.tag.commit in cited), package.fits[-1])
    for index in package.members:
        resolution = resolutions[index]
        at_home = index in package.dating.own
        unlinked_at_pin = resolution.citation.url is None and not chosen.tag.name
        if index in chosen.spots and not unlinked_at_pin and not (at_home and _commit(resolution) in fitting):
            yield index, _told(resolution, _fact(package, chosen, index, resolution))


def _commit(resolution: Resolution) -> str | None:
    return resolution.revision.commit if resolution.revision else None


def _fact(package: _Package, chosen: Fit, index: int, resolution: Resolution) -> ReleaseFact:
    spot, base = chosen.spots[index], package.dating.link
    same = all(_reads_same(fit.spots[index], spot) for fit in package.fits)
    return ReleaseFact(
        repository=base.repository_url,
        frames=len(package.members),
        fitting=tuple(fit.tag for fit in package.fits),
        cited=chosen.tag,
        link=_line_at(base, spot.located),
        located=spot.located,
        certain=same and (index in package.dating.own or _has_same_folder(resolution, spot.located)),
        doubtful=index in package.dating.doubtful,
    )


def _reads_same(one: Spot, other: Spot) -> bool:
    """Whether both releases have the same line there, in the same function."""
    return (one.function, one.located.excerpt) == (other.function, other.located.excerpt)


def _has_same_folder(resolution: Resolution, located: Located) -> bool:
    """Whether the other repository, into which the link leads, has the file where this one has it."""
    link = resolution.citation.link
    return link is not None and link.path.rpartition("/")[0] == located.path.rpartition("/")[0]


def _line_at(base: Permalink, located: Located) -> Permalink:
    anchor = Anchor(located.lines.start) if located.lines else None
    return Permalink(base.host, base.site, base.repository, "blob", located.commit, "commit", located.path, anchor)


def _told(resolution: Resolution, fact: ReleaseFact) -> Resolution:
    """The resolution with the fact, and with the right link where it shows the same in each of the releases."""
    reason = f"the stack's frames of {fact.repository} fit {fact.cited.name or fact.cited.commit[:12]}"
    repair = Repair(fact.link, (reason,), fact.certain, fact.located)
    if resolution.citation.url is None:
        symbol = fact.located.symbol
        fits = FrameFact("fits", symbol, symbol)
        return replace(resolution, target=fact.located, repair=replace(repair, safe=False), frame=fits)
    return replace(resolution, release=fact, repair=repair if fact.certain else resolution.repair)
