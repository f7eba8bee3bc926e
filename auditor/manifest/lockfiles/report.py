"""The repositories that a report cites: what somebody else has written down already."""

from collections import Counter, defaultdict

from auditor.manifest.lockfiles.common import Draft, LockReading
from auditor.manifest.repositories import is_full_id
from auditor.model.report import Citation, Report


def read_citations(report: Report) -> LockReading:
    """Each cited repository with the commit that is cited most (of equals the first), at its first citation."""
    draft = Draft(report.document, "generic")
    cited: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in report.citations:
        if citation.link is not None:
            cited[citation.link.repository_url].append(citation)
    names = Counter(_name(repository) for repository in cited)
    for repository, citations in cited.items():
        name = _name(repository)
        known = Counter(
            link.revision.lower()
            for link in (citation.link for citation in citations)
            if link is not None and link.revision is not None and is_full_id(link.revision)
        )
        draft.add(
            name if names[name] == 1 else "/".join(repository.split("/")[-2:]),
            citations[0].place.line,
            repository=repository,
            revision=(known.most_common(1)[0][0] if known else None, None),
            place=citations[0].place,
        )
    return draft.reading()


def _name(repository: str) -> str:
    return repository.rpartition("/")[2]
