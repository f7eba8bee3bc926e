"""Documents before they are read: their names and bytes, from files, folders or a stream."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import DocumentError
from auditor.model import Format, ParsedLink
from auditor.read.discover import find_reports

ParseLink = Callable[[str], ParsedLink | None]

# A document is held in memory several times over while it is read.
MAX_DOCUMENT_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A report to read: the name that is shown, its bytes, and where it lies (None: nowhere, as standard input).

    `required`: whether failing to read it ends the run (it was named) or is an incident (it was found in a folder).
    """

    name: str
    data: bytes
    path: Path | None = None
    form: Format | None = None
    required: bool = True


def open_documents(places: Iterable[str | os.PathLike[str]]) -> list[Document]:
    """The documents at the places, each a file or a folder that is searched for reports.

    Raises DocumentError for what does not exist, cannot be read, or holds no report.
    """
    documents: list[Document] = []
    for place in places:
        name = os.fspath(place)
        if not os.path.isdir(name):
            documents.append(Document(name, load_document(name), Path(name)))
            continue
        found = [Document(str(path), load_document(path), path, required=False) for path in find_reports(Path(name))]
        if not found:
            raise DocumentError(f"{name}: no reports in this folder (.md .html .rst .txt .pdf); name a file")
        documents += found
    return documents


def load_document(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a document. Raises DocumentError in words that name the file."""
    try:
        size = Path(path).stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            raise DocumentError(f"{path}: {size:,} bytes, over the limit of {MAX_DOCUMENT_BYTES:,}; split the document")
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"{path}: no such file") from error
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the name
        raise DocumentError(f"{path!r}: no such file") from error
