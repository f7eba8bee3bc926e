"""What every rule needs to say something: the form of a finding."""

from dataclasses import replace

from auditor.model import (
    Finding,
    LicenseFile,
    LicenseSubject,
    Lines,
    Place,
    Related,
    Replacement,
    Resolution,
    Severity,
    StatementFact,
    Unlooked,
)
from auditor.permalinks import file_link, render_link

_SHOWN_WORDS = 24
# Files of these names need not hold a licence; what they hold is judged only where it binds.
_MAY_HOLD_NONE = ("notice", "copyright", "authors", "patents", "third", "3rd", "thanks", "credits", "contributors")


def finding(
    rule: str,
    severity: Severity,
    resolution: Resolution,
    message: str,
    remedy: str | None = None,
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding about a citation, with the replacement that its repair allows.

    Without a `remedy`, the repair is it; a rule whose findings no repair mends must give one.
    """
    citation = resolution.citation
    replacement = replacement_of(resolution)
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        place=citation.place,
        remedy=remedy or _remedy(resolution, replacement),
        subject=citation.url or f"{citation.path}:{citation.start}",
        replacement=replacement,
        related=related,
    )


def license_finding(
    rule: str,
    severity: Severity,
    subject: LicenseSubject,
    path: str,
    lines: Lines | None,
    message: str,
    remedy: str,
) -> Finding:
    """A finding about a file of a target ("" is the target itself); without `lines` it stands at the first one."""
    lines = lines or Lines(1, 1)
    place = Place(subject.document(path), lines.start, 1, lines.end, 1)
    return Finding(rule, severity, message, place, remedy, subject=f"{subject.target}:{path}:{message}")


def text_link(fact: StatementFact, path: str, lines: Lines) -> str:
    """The permalink of lines in a licence file; the repository itself on a host whose links are not known."""
    repository = fact.statement.repository or ""
    link = file_link(repository, fact.commit, path, (lines.start, lines.end)) if fact.commit else None
    return render_link(link) if link else repository


def first_words(text: str) -> str:
    """A text cut to a readable length, with an ellipsis where more follows."""
    words = text.split()
    return " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")


def may_hold_none(path: str) -> bool:
    """Whether a file's name promises something else than the text of a licence."""
    return path.rpartition("/")[2].lower().startswith(_MAY_HOLD_NONE)


def reviewed_before(file: LicenseFile) -> str:
    """The end of a message about a file of which another text was accepted; "" for one that nobody reviewed."""
    return "; the text that was accepted here was another one" if file.review and not file.accepted else ""


def replacement_of(resolution: Resolution) -> Replacement | None:
    """The link that should stand in the place of the citation, if one is known.

    What could not be looked at is repaired in form only, and that is never safe.
    """
    repair, citation = resolution.repair, resolution.citation
    if citation.url is None:
        return None
    if repair is not None:
        return Replacement(render_link(repair.link), repair.safe)
    if isinstance(resolution.target, Unlooked) and citation.link and citation.link.path and citation.defects:
        return Replacement(render_link(citation.link), safe=False)
    return None


def related_lines(resolution: Resolution, message: str) -> tuple[Related, ...]:
    """The cited lines themselves as a related place, where they exist."""
    located = resolution.place
    if located is None or resolution.repository is None:
        return ()
    lines = located.lines
    url = permalink_of(resolution) or resolution.repository
    return (Related(url, located.path, lines.start if lines else None, lines.end if lines else None, message),)


def permalink_of(resolution: Resolution) -> str | None:
    """The right link at a full commit id: the repair where there is one, else the link as written, pinned."""
    repair = resolution.repair
    if repair is not None:
        return render_link(repair.link) if repair.safe else None
    link, revision = resolution.citation.link, resolution.revision
    if link is None or revision is None or resolution.place is None:
        return None
    if (link.revision, link.revision_kind) != (revision.commit, "commit"):
        link = replace(link, revision=revision.commit, revision_kind="commit")
    return render_link(link)


def _remedy(resolution: Resolution, replacement: Replacement | None) -> str:
    if replacement is None:
        return "copy the link again from the page that shows the lines"
    if replacement.safe:
        return f"write {replacement.text}"
    others = [render_link(link) for link in resolution.repair.alternatives] if resolution.repair else []
    return "perhaps " + ", or ".join([replacement.text, *others])
