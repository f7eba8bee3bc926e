"""The way of `auditor licenses` on one page: open each target, find its licence files, read them, judge.

A target is a file, a folder, an archive, or a repository at a commit (`URL@REVISION`, or a link into it).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from auditor.checkout import open_commit, open_store, parse_target
from auditor.errors import DocumentError, FetchError, ShipmentError
from auditor.gather.subjects import SubjectReader, with_reviews, with_riders
from auditor.model import (
    Audit,
    Incident,
    LicenseJudgement,
    LicenseSubject,
    Review,
)
from auditor.permalinks import DEFAULT, Hosts
from auditor.rules import OF_LICENSES
from auditor.shipment import open_shipment

if TYPE_CHECKING:
    from auditor.fetch import FetchSettings, Store

Progress = Callable[[int, int, str], None]

_URL = re.compile(r"(?:https?|ssh|git|file)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LicenseOptions:
    """What is asked of each target: the rules, whether sources' headers are read too, what was reviewed before."""

    rules: tuple[ModuleType, ...]
    hosts: Hosts = DEFAULT
    headers: bool = False
    reviews: tuple[Review, ...] = ()


def examine_targets(
    targets: Sequence[str],
    settings: Callable[[], "FetchSettings"],
    options: LicenseOptions,
    progress: Progress = lambda done, total, what: None,
    warn: Callable[[str], None] = lambda text: None,
) -> Audit:
    """The licences of every target; `settings` is asked when the first of them is a repository.

    Raises DocumentError for a path that is not there, or no archive as it claims.
    """
    reader = SubjectReader(options.headers)
    subjects: list[LicenseSubject] = []
    incidents: list[Incident] = []
    store: Store | None = None
    try:
        for number, target in enumerate(targets):
            progress(number, len(targets), f"targets read  {target}")
            if not _URL.match(target):
                subjects.append(_read_local(target, reader))
                continue
            store = store or open_store(settings(), warn)
            try:
                subjects.append(_read_remote(target, store, reader, options.hosts))
            except FetchError as error:
                incidents.append(Incident(str(error), target))
    finally:
        if store is not None:
            store.close()
    return judge_subjects([with_reviews(subject, options.reviews) for subject in subjects], options.rules, incidents)


def judge_subjects(
    subjects: Iterable[LicenseSubject], rules: Iterable[ModuleType], incidents: Iterable[Incident] = ()
) -> Audit:
    """What the rules say of the subjects, and an incident for every part that could not be read."""
    rules = [rule for rule in rules if rule in OF_LICENSES]
    judgements = []
    troubles = list(incidents)
    for subject in map(with_riders, subjects):
        findings = tuple(finding for rule in rules for finding in rule.check(subject))
        judgements.append(LicenseJudgement(subject, findings))
        troubles += [Incident(trouble, subject.target) for trouble in subject.troubles]
        troubles += [Incident(file.trouble, subject.document(file.path)) for file in subject.files if file.trouble]
    return Audit(incidents=tuple(troubles), licenses=tuple(judgements))


def _read_local(target: str, reader: SubjectReader) -> LicenseSubject:
    try:
        with open_shipment(target) as shipment:
            single = Path(target).is_file() and shipment.paths == (shipment.name,)
            return reader.subject(target.rstrip("/") or target, shipment, only=shipment.paths if single else None)
    except ShipmentError as error:
        raise DocumentError(str(error)) from error


def _read_remote(target: str, store: "Store", reader: SubjectReader, hosts: Hosts) -> LicenseSubject:
    asked = parse_target(target, hosts)
    with open_commit(asked, store) as files:
        only = (asked.path,) if asked.path in files.paths else None
        subject = reader.subject(target, files, only)
        return replace(subject, repository=asked.repository, commit=files.commit)
