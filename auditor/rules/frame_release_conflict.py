"""The frames of a stack ran in a release that their links do not cite.

What it checks: all frames of a stack that are of one package. A release fits when in each of their files the frame's
line is code that lies in the named function, and calls on where another frame follows. If a frame does not fit the
commit that its link cites, the repository's tags are looked through; finished releases go before others.

Why it matters: the trace proves which code ran, and the links show other code: of a development commit, of another
release, or of another project's tree. The link may still show the right function, so this is a warning.

How to fix: cite the release. The replacement is the frame's own line in the newest release that fits, or in one that
the stack cites already; it is safe when the function around reads the same in all releases that fit.
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.model import Finding, Related, ReleaseFact, Replacement, Resolution
from auditor.permalinks import render_link
from auditor.rules.base import finding
from auditor.rules.frame_mismatch import what_stands

ID = "frame-release-conflict"

_MOST_NAMED = 4


def check(resolution: Resolution) -> Iterator[Finding]:
    """Fires for linked frames of a stack that fits a release, but not what it cites."""
    fact, frame = resolution.release, resolution.citation.frame
    if fact is None or frame is None or resolution.citation.url is None:
        return
    message = f"{_frames(fact)} {_releases(fact)}, but the link cites {_cited(resolution, fact, frame.line)}"
    link = render_link(fact.link)
    lines = fact.located.lines
    place = Related(
        link, fact.located.path, lines.start if lines else None, lines.end if lines else None,
        f"the frame's line in {fact.cited.name or fact.cited.commit[:12]}",
    )  # fmt: skip
    remedy = None if fact.certain else f"perhaps {link}, of {fact.cited.name or 'the same commit'}"
    told = finding(ID, "warning", resolution, message, remedy, (place,))
    yield replace(told, replacement=Replacement(link, fact.certain))


def _frames(fact: ReleaseFact) -> str:
    name = fact.repository.split("://")[-1].partition("/")[2]
    return f"the {fact.frames} frames of {name} in this stack fit" if fact.frames > 1 else f"the frame of {name} fits"


def _releases(fact: ReleaseFact) -> str:
    commit = fact.cited.commit[:12]
    if not fact.cited.name:
        return f"commit {commit}, which the others cite"
    if len(fact.fitting) > _MOST_NAMED:
        first, last = fact.fitting[0].name, fact.fitting[-1].name
        return f"{len(fact.fitting)} releases from {first} to {last}, of these {fact.cited.name} ({commit})"
    names = [f"{tag.name} ({commit})" if tag == fact.cited else tag.name for tag in fact.fitting]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _cited(resolution: Resolution, fact: ReleaseFact, line: int) -> str:
    """What the link cites, and what stands at the frame's line there."""
    frame, commit = resolution.frame, resolution.revision.commit[:12] if resolution.revision else ""
    at_home = (resolution.moved_to or resolution.repository or "").lower() == fact.repository.lower()
    where = commit if at_home else f"{resolution.repository}, another project's tree"
    if frame is not None and frame.state not in ("fits", "unjudged"):
        return f"{where}, where line {line} {what_stands(frame)}"
    return f"{where}, where {f'line {line} calls no other frame' if fact.doubtful else 'not all of them do'}"
