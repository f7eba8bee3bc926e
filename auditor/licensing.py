"""The way of `auditor licenses` on one page: open each target, find its licence files, read them, judge.

A target is a file, a folder, an archive, or a repository at a commit (`URL@REVISION`, or a link into it).
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from auditor.decode import decode_text
from auditor.errors import DocumentError, FetchError, ShipmentError
from auditor.model import (
    Audit,
    Declaration,
    Incident,
    LicenseFile,
    LicenseJudgement,
    LicenseSubject,
    LicenseText,
    Review,
)
from auditor.permalinks import DEFAULT, Hosts
from auditor.reviews import review_of
from auditor.rules import OF_LICENSES
from auditor.shipment import Shipment, blob_id, open_shipment

if TYPE_CHECKING:
    from auditor.fetch import FetchSettings, Store

Progress = Callable[[int, int, str], None]

_URL = re.compile(r"(?:https?|ssh|git|file)://", re.IGNORECASE)
_HEADER_BYTES = 8192  # a licence header stands at the top; the longest in use (MIT in a comment) has 1.3 kB


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
    reader = _Reader(options)
    subjects: list[LicenseSubject] = []
    incidents: list[Incident] = []
    store: Store | None = None
    try:
        for number, target in enumerate(targets):
            progress(number, len(targets), f"targets read  {target}")
            if not _URL.match(target):
                subjects.append(_read_local(target, reader))
                continue
            store = store or _open_store(settings(), warn)
            try:
                subjects.append(_read_remote(target, store, reader))
            except FetchError as error:
                incidents.append(Incident(str(error), target))
    finally:
        if store is not None:
            store.close()
    return judge_subjects([with_reviews(subject, options.reviews) for subject in subjects], options.rules, incidents)


def with_reviews(subject: LicenseSubject, reviews: Sequence[Review]) -> LicenseSubject:
    """The subject with what a person has said about its files."""
    files = (replace(file, review=review_of(subject.review_key(file), file.digest, reviews)) for file in subject.files)
    return replace(subject, files=tuple(files)) if reviews else subject


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


def with_riders(subject: LicenseSubject) -> LicenseSubject:
    """The subject with every licence file of its own told of the files beside it that add conditions."""
    own = [file for file in subject.files if not file.bundled]
    riders = tuple(file.path for file in own if _is_rider(file))
    if not riders:
        return subject
    files = (
        replace(file, riders=riders) if file in own and file.path not in riders else file for file in subject.files
    )
    return replace(subject, files=tuple(files))


def _is_rider(file: LicenseFile) -> bool:
    text = file.text
    return text is not None and not file.accepted and not text.matches and any(p.binding for p in text.passages)


def _read_local(target: str, reader: "_Reader") -> LicenseSubject:
    try:
        with open_shipment(target) as shipment:
            single = Path(target).is_file() and shipment.paths == (shipment.name,)
            return reader.subject(target.rstrip("/") or target, shipment, only=shipment.paths if single else None)
    except ShipmentError as error:
        raise DocumentError(str(error)) from error


def _open_store(settings: "FetchSettings", warn: Callable[[str], None]) -> "Store":
    from auditor.fetch import Store, check_git

    check_git()
    store = Store(settings)
    if store.warning:
        warn(store.warning)
    return store


def _read_remote(target: str, store: "Store", reader: "_Reader") -> LicenseSubject:
    from auditor.checkout import open_commit, parse_target

    asked = parse_target(target, reader.options.hosts)
    with open_commit(asked, store) as files:
        only = (asked.path,) if asked.path in files.paths else None
        subject = reader.subject(target, files, only)
        return replace(subject, repository=asked.repository, commit=files.commit)


class _Reader:
    """Reads licence files and metadata; the same text is read once in a run."""

    def __init__(self, options: LicenseOptions) -> None:
        self.options = options
        self._texts: dict[str, LicenseText] = {}

    def subject(self, target: str, shipment: Shipment, only: tuple[str, ...] | None = None) -> LicenseSubject:
        """Everything that the files of a shipment say about its licence; `only` these files, whatever their names."""
        from auditor.licenses.find import license_paths, metadata_paths

        wanted = only if only is not None else license_paths(shipment.paths)
        metadata = metadata_paths(shipment.paths) if only is None else ()
        own = _own_depth(wanted) if only is None else sys.maxsize
        files: list[LicenseFile] = []
        declared: dict[str, tuple[Declaration, ...]] = {}
        troubles = [*shipment.troubles]
        texts = set(wanted)
        for path, content in shipment.read_many(dict.fromkeys((*wanted, *metadata))):
            if path in texts:
                files.append(replace(self._file(path, content), bundled=_depth(path) > own))
            elif isinstance(content, ShipmentError):
                troubles.append(str(content))
            else:
                declared[path] = _declared(path, content)
        declarations = [declaration for path in metadata for declaration in declared.get(path, ())]
        if self.options.headers and only is None:
            files += self._headers(shipment, texts)
        files.sort(key=lambda file: (file.bundled, file.path.count("/"), file.path))
        return LicenseSubject(target, tuple(files), tuple(declarations), troubles=tuple(troubles))

    def _file(self, path: str, content: bytes | ShipmentError) -> LicenseFile:
        if isinstance(content, ShipmentError):
            return LicenseFile(path, "", None, str(content))
        digest = blob_id(content)
        try:
            if digest not in self._texts:
                from auditor.licenses.identify import identify

                self._texts[digest] = identify(decode_text(content, path).text)
        except DocumentError as error:
            return LicenseFile(path, digest, None, str(error))
        return LicenseFile(path, digest, self._texts[digest])

    def _headers(self, shipment: Shipment, known: set[str]) -> Iterator[LicenseFile]:
        """Sources whose first lines state a licence; the others are no news."""
        from auditor.licenses.find import is_source

        paths = [path for path in shipment.paths if path not in known and is_source(path)]
        for path, content in shipment.read_many(paths, _HEADER_BYTES):
            file = self._file(path, content)
            if file.text is not None and (file.text.matches or file.text.references):
                yield file


def _declared(path: str, content: bytes) -> tuple[Declaration, ...]:
    from auditor.licenses.metadata import declared_licenses  # takes longer to import than a licence to read

    return declared_licenses(path, content)


def _own_depth(paths: Iterable[str]) -> int:
    """How deep the target's own licence files lie: as deep as the first; what lies deeper belongs to a part of it."""
    return min((_depth(path) for path in paths), default=0)


def _depth(path: str) -> int:
    """The number of folders above a file; a folder that only collects licences does not count."""
    folders = path.lower().split("/")[:-1]
    return len(folders) - bool(folders and folders[-1] in ("licenses", "licences", "license"))
