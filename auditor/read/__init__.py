"""Stage 1: a document becomes a Report: its citations, with exact places. Nothing is looked up.

The reader is given the link grammar as a function, so that it knows no host itself.
"""

import os
from pathlib import Path

from auditor.errors import DocumentError
from auditor.model import Format, Report
from auditor.read.citations import ParseLink, read_citations
from auditor.read.decode import Text, decode_text
from auditor.read.discover import FORMATS, find_reports, format_of
from auditor.read.source import Source

__all__ = ["FORMATS", "ParseLink", "Text", "decode_text", "find_reports", "format_of", "load_document", "read_report"]

# A document is held in memory several times over while it is read.
MAX_DOCUMENT_BYTES = 256 * 1024 * 1024


def load_document(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a document. Raises DocumentError in words that name the file."""
    try:
        size = Path(path).stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            raise DocumentError(f"{path}: {size:,} bytes is over the limit of {MAX_DOCUMENT_BYTES:,}; split the document")
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"{path}: no such file") from error
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror or error}") from error


def read_report(data: bytes, name: str, parse: ParseLink, form: Format | None = None) -> Report:
    """Read a document from its bytes; `name` is shown to the user and tells the format.

    Raises DocumentError when the bytes are no document of that format.
    """
    form = form or format_of(name, data)
    if form == "pdf":
        from auditor.read.pdf_report import read_pdf_report

        return read_pdf_report(data, name, parse)
    source = Source(name, decode_text(data, name).text)
    return Report(name, form, read_citations(source, form, parse))
