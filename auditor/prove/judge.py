"""Which of several commits a release was made from, if that can be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.proof import Candidate
from auditor.prove.compare import Comparison

# The tag of a release's own version is believed when at least so many of its files agree and no other tag has more;
# distributors patch few files. Any other tag must have them all.
_NEAR = 0.5
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """The candidate that is proved, or why none is; and those that come next."""

    chosen: Candidate | None
    reason: str = ""
    runners_up: tuple[Candidate, ...] = ()


def best_of(candidates: Sequence[Candidate], own: Sequence[str]) -> tuple[Candidate, ...]:
    """The candidates with most of the files, those of the release's `own` tags first, in their order."""
    most = max((one.matched for one in candidates), default=0)
    order = {tag: place for place, tag in enumerate(own)}
    equal = [one for one in candidates if one.matched == most and most > 0]
    return tuple(sorted(equal, key=lambda one: (order.get(one.tag or "", len(order)), one.tag or "")))


def choose_candidate(candidates: Sequence[Candidate], own: Sequence[str], compared: Comparison) -> Verdict:
    """`own` are the tags that name the release's version; `compared` is the first of `best_of` against the release."""
    equal = best_of(candidates, own)
    if not equal:
        return Verdict(None, "none of its files is in the repository" + _at(candidates))
    best = equal[0]
    rest = sorted(
        (one for one in candidates if one.commit != best.commit), key=lambda one: (-one.matched, one.tag or "")
    )
    next_ones = tuple(rest[:_SHOWN])
    shown = f"{compared.matched} of {compared.files} files"
    if best.tag is None or best.tag in own:
        if compared.matched < compared.files * _NEAR:
            return Verdict(None, f"only {shown} are as at {best.tag or best.commit[:12]}", (best, *next_ones)[:_SHOWN])
        return Verdict(best, runners_up=next_ones)
    if compared.matched < compared.files:
        return Verdict(None, f"{_missing(own)}; next is {best.tag}, with {shown}", (best, *next_ones)[:_SHOWN])
    others = {one.commit for one in equal}
    if len(others) > 1:
        names = ", ".join(str(one.tag) for one in equal[:_SHOWN])
        return Verdict(None, f"{_missing(own)}; {len(equal)} others have all its files: {names}", equal[:_SHOWN])
    return Verdict(best, runners_up=next_ones)


def _missing(own: Sequence[str]) -> str:
    return (
        f"the tag of its version, {own[0]}, has fewer of its files than another" if own else "no tag names its version"
    )


def _at(candidates: Sequence[Candidate]) -> str:
    return f" at {len(candidates)} tags" if len(candidates) > 1 else f" at {candidates[0].tag}" if candidates else ""
