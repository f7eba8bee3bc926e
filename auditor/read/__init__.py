"""Stage 1: a document becomes a Report: its citations, with exact places. Nothing is looked up.

The reader is given the link grammar as a function, so that it knows no host itself.
"""

from auditor.model import Format, Report
from auditor.read.citations import ParseLink, read_citations
from auditor.decode import Text, decode_text
from auditor.read.discover import FORMATS, format_of
from auditor.read.documents import Document, open_documents
from auditor.read.kept import KeptReports
from auditor.read.source import Source

__all__ = ["FORMATS", "Document", "KeptReports", "ParseLink", "Text", "decode_text", "open_documents", "read_report"]


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
