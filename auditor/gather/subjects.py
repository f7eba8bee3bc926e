"""The licence files and metadata of a target become a subject: what its texts and its fields say of its licence."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from auditor.decode import decode_text
from auditor.errors import DocumentError, ShipmentError
from auditor.model import Declaration, LicenseFile, LicenseSubject, LicenseText, Review
from auditor.reviews import review_of
from auditor.shipment import Shipment, blob_id

_HEADER_BYTES = 8192  # a licence header stands at the top; the longest in use (MIT in a comment) has 1.3 kB


class SubjectReader:
    """Reads licence files and metadata; the same text is read once in a run.

    With `headers` the first lines of source files are read too.
    """

    def __init__(self, headers: bool = False) -> None:
        self._headers_too = headers
        self._read: dict[str, tuple[str, LicenseText]] = {}

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
                files.append(replace(self.file(path, content), bundled=_depth(path) > own))
            elif isinstance(content, ShipmentError):
                troubles.append(str(content))
            else:
                declared[path] = _declared(path, content)
        declarations = [declaration for path in metadata for declaration in declared.get(path, ())]
        if self._headers_too and only is None:
            files += self._headers(shipment, texts)
        files.sort(key=lambda file: (file.bundled, file.path.count("/"), file.path))
        return LicenseSubject(target, tuple(files), tuple(declarations), troubles=tuple(troubles))

    def file(self, path: str, content: bytes | ShipmentError) -> LicenseFile:
        """One licence file, or why it could not be read."""
        if isinstance(content, ShipmentError):
            return LicenseFile(path, "", None, str(content))
        digest = blob_id(content)
        try:
            if digest not in self._read:
                from auditor.licenses.identify import identify

                text = decode_text(content, path).text
                self._read[digest] = text, identify(text)
        except DocumentError as error:
            return LicenseFile(path, digest, None, str(error))
        return LicenseFile(path, digest, self._read[digest][1])

    def text(self, file: LicenseFile) -> str | None:
        """The decoded content of a file that was read here; None for one that could not be read."""
        return self._read[file.digest][0] if file.digest in self._read else None

    def texts(self, subject: LicenseSubject) -> dict[str, str]:
        """The decoded contents of a subject's files by path, without those that could not be read."""
        return {file.path: text for file in subject.files if (text := self.text(file)) is not None}

    def _headers(self, shipment: Shipment, known: set[str]) -> Iterator[LicenseFile]:
        """Sources whose first lines state a licence; the others are no news."""
        from auditor.licenses.find import is_source

        paths = [path for path in shipment.paths if path not in known and is_source(path)]
        for path, content in shipment.read_many(paths, _HEADER_BYTES):
            file = self.file(path, content)
            if file.text is not None and (file.text.matches or file.text.references):
                yield file


def with_reviews(subject: LicenseSubject, reviews: Sequence[Review]) -> LicenseSubject:
    """The subject with what a person has said about its files."""
    files = (replace(file, review=review_of(subject.review_key(file), file.digest, reviews)) for file in subject.files)
    return replace(subject, files=tuple(files)) if reviews else subject


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
