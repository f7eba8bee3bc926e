"""The licences of cited repositories, read as far as a report speaks about licences at all.

A report that states the licence of one repository whose code it cites is held against all that it cites: what it
says is compared with the licence files at the cited commit, and what it does not say is told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.decode import decode_text
from auditor.errors import DocumentError, FetchError
from auditor.model import LicenseFile, Missing, Report
from auditor.permalinks import Hosts, parse_repository
from auditor.resolve import Asked, Claim, Settled

if TYPE_CHECKING:
    from auditor.fetch import Repository


@dataclass(frozen=True, slots=True)
class Licensed:
    """The licence files of a repository's root at a commit, and their texts by path."""

    repository: str
    commit: str
    files: tuple[LicenseFile, ...]
    texts: Mapping[str, str]

    @property
    def licenses(self) -> tuple[str, ...]:
        """The SPDX ids of the texts, each once."""
        return tuple(dict.fromkeys(name for file in self.files if file.text for name in file.text.licenses))


@dataclass(frozen=True, slots=True)
class LicensePlan:
    """For each document the commit that it cites, and the licence files there (path, blob id)."""

    commits: Mapping[str, str]
    entries: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def blobs(self) -> tuple[str, ...]:
        """The contents that must be fetched."""
        return tuple(blob for entries in self.entries.values() for _, blob in entries)


def speaking_documents(reports: Iterable[Report], hosts: Hosts) -> frozenset[str]:
    """The documents that say something about the licence of a repository whose code they cite."""
    speaking = set()
    for report in reports:
        if not report.statements:
            continue
        cited = {citation.link.repository_url.lower() for citation in report.citations if citation.link}
        stated = (parse_repository(statement.repository or "", hosts) for statement in report.statements)
        if any(repository and repository.lower() in cited for repository in stated):
            speaking.add(report.document)
    return frozenset(speaking)


def plan_licenses(
    claims: Iterable[Claim],
    documents: frozenset[str],
    settled: Mapping[Asked, Settled | Missing],
    repository: "Repository",
) -> LicensePlan:
    """Which licence files of a repository are needed; `documents` are those that speak about licences."""
    from auditor.licenses.find import license_paths

    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        document = claim.citation.place.document
        found = settled.get(claim.asked) if document in documents else None
        if isinstance(found, Settled):
            counts.setdefault(document, Counter())[found.revision.commit] += 1
    commits = {document: count.most_common(1)[0][0] for document, count in counts.items()}
    entries = {}
    for commit in sorted(set(commits.values())):
        root = [path for path in repository.paths(commit) if "/" not in path]
        found_here = repository.entries([(commit, path) for path in license_paths(root)])
        entries[commit] = tuple(
            (path, entry.id) for (_, path), entry in sorted(found_here.items()) if entry.kind == "file"
        )
    return LicensePlan(commits, entries)


def read_licenses(plan: LicensePlan, url: str, repository: "Repository") -> dict[str, Licensed]:
    """The licence files for each document, once their contents are here; `url` is how the repository is shown."""
    read = {commit: _read(url, commit, entries, repository) for commit, entries in plan.entries.items()}
    return {document: read[commit] for document, commit in plan.commits.items()}


def _read(url: str, commit: str, entries: Iterable[tuple[str, str]], repository: "Repository") -> Licensed:
    from auditor.licenses.identify import identify

    files, texts = [], {}
    for path, blob in entries:
        try:
            text = decode_text(repository.read(blob), path).text
            files.append(LicenseFile(path, blob, identify(text)))
            texts[path] = text
        except (FetchError, DocumentError) as error:
            files.append(LicenseFile(path, blob, None, str(error)))
    return Licensed(url, commit, tuple(files), texts)
