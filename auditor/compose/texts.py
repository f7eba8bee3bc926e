"""The author's texts, and what the references in them stand for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.cite import needed_blobs, parse_references, resolve_references
from auditor.cite.source import OutlineOf
from auditor.compose.pins import OpenPins
from auditor.decode import decode_text
from auditor.errors import DocumentError, FetchError
from auditor.model import Incident, Place
from auditor.model.document import Prose
from auditor.model.manifest import TextFile
from auditor.model.reference import AnyReference, Outcome
from auditor.permalinks import Hosts

_LONGEST = 8 << 20  # bytes of one text; a book has one or two million characters


@dataclass(frozen=True, slots=True)
class Citing:
    """How references are resolved: at which pins, with whose outlines."""

    pins: OpenPins
    outline: OutlineOf
    hosts: Hosts

    def resolve(self, references: Sequence[AnyReference]) -> tuple[tuple[Outcome, ...], tuple[Incident, ...]]:
        """What each stands for, after one fetch for all of them; and what could not be fetched."""
        try:
            self.pins.fetch(needed_blobs(references, self.pins.pins))
            incidents: tuple[Incident, ...] = ()
        except FetchError as error:
            incidents = (Incident(str(error)),)
        return resolve_references(references, self.pins.pins, self.outline, self.hosts), incidents


def read_texts(folder: Path, files: Iterable[TextFile]) -> dict[str, str]:
    """The texts by path, as a user can open it. Raises DocumentError for one that cannot be read."""
    return {str(folder / file.path): _read(folder / file.path) for file in files}


def _read(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(_LONGEST + 1)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(data) > _LONGEST:
        raise DocumentError(f"{path}: larger than {_LONGEST} bytes")
    return decode_text(data, str(path)).text


def resolve_texts(texts: dict[str, str], citing: Citing) -> tuple[dict[str, Prose], tuple[Incident, ...]]:
    """Every text with its references resolved, all of them together."""
    written = {document: parse_references(text, document) for document, text in texts.items()}
    outcomes, incidents = citing.resolve([reference for many in written.values() for reference in many])
    found = iter(outcomes)
    prose = {
        document: Prose(document, texts[document], tuple(next(found) for _ in many))
        for document, many in written.items()
    }
    return prose, incidents


def reference_at(written: str, place: Place) -> AnyReference:
    """A reference that stands alone, without its brackets, at a place of the manifest."""
    return replace(parse_references(f"[[{written}]]", place.document)[0], place=place)
