"""Audits as values, of any size, without a repository: what the outputs are held against."""

from auditor.model import (
    Audit,
    Citation,
    Edits,
    Finding,
    Frame,
    Incident,
    Judgement,
    Located,
    Missing,
    Place,
    Related,
    Replacement,
    Report,
    Resolution,
    Severity,
    Span,
    Unlooked,
    Verdict,
)

COMMIT = "a" * 40
HOSTILE = "::error::x\r\n##[add-mask]y \x00\x1b[31m\udcff\ud800 %0A <b>&]]></b> | `c` @you [x](y) \u202e "
WORST: tuple[Severity, ...] = ("error", "warning", "note")


def place(line: int = 1, document: str = "docs/report.md", column: int = 1, length: int = 10) -> Place:
    """A place on one line."""
    return Place(document, line, column, line, column + length - 1)


def finding(
    line: int = 1,
    *,
    rule: str = "wrong-symbol",
    severity: Severity = "error",
    message: str = "the lines are not about run()",
    remedy: str = "write the right lines",
    document: str = "docs/report.md",
    subject: str = "https://github.com/o/r/blob/main/a.py#L1",
    at: Place | None = None,
    replacement: Replacement | None = None,
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding about a link."""
    return Finding(rule, severity, message, at or place(line, document), remedy, subject, replacement, related)


def judgement(
    *findings: Finding,
    line: int = 1,
    document: str = "docs/report.md",
    url: str | None = "https://github.com/o/r/blob/main/a.py#L1",
    verdict: Verdict = "mismatched",
    frame: Frame | None = None,
    stack: int | None = None,
    permalink: str | None = None,
    edits: Edits | None = None,
    target: Located | Missing | Unlooked | None = None,
) -> Judgement:
    """A judgement of a link in a report."""
    at = findings[0].place if findings else place(line, document)
    citation = Citation("link", at, url, None, frame=frame, stack=stack, edits=edits or Edits(), path="a.py", start=1)
    return Judgement(
        Resolution(citation, target or Located(COMMIT, "a.py", "text"), "https://github.com/o/r"),
        verdict,
        permalink,
        findings,
    )


def audit_of(*judgements: Judgement, incidents: tuple[Incident, ...] = ()) -> Audit:
    """An audit of the reports that the judgements are about."""
    documents = dict.fromkeys(one.place.document for one in judgements)
    reports = tuple(Report(name, "markdown", ()) for name in documents)
    return Audit(reports, judgements, incidents)


def big_audit(count: int, *, documents: int = 40, frames: bool = True) -> Audit:
    """`count` findings of all severities over several documents, each with a repair, a related place and a frame."""
    return audit_of(*(_numbered(number, documents, frames) for number in range(count)))


def _numbered(number: int, documents: int, frames: bool) -> Judgement:
    document, line = f"docs/report-{number % documents}.md", number // documents + 1
    url = f"https://github.com/o/r/blob/{COMMIT}/src/module_{number}.py#L{line}"
    related = Related(url, f"src/module_{number}.py", line, line + 3, "what is there")
    one = finding(
        line,
        document=document,
        severity=WORST[number % 3],
        message=f"the report names run_{number}, but the lines define another function",
        subject=url,
        replacement=Replacement(url.replace("#L", "#L1"), safe=True),
        related=(related,),
    )
    frame = Frame(f"run_{number}", f"module_{number}.py", line, one.place) if frames else None
    edits = Edits((Span(0, 5),))
    return judgement(one, url=url, frame=frame, stack=number % 50, permalink=url, edits=edits)
