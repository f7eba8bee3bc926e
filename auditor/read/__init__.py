"""Stage 1: a document becomes a Report: its citations, with exact places. Nothing is looked up.

The reader is given the link grammar as a function, so that it knows no host itself.
"""

import re

from auditor.decode import Text, decode_text
from auditor.model import Format, Report
from auditor.read.discover import FORMATS, format_of
from auditor.read.documents import Document, ParseLink, open_documents
from auditor.read.kept import KeptReports

__all__ = ["FORMATS", "Document", "KeptReports", "ParseLink", "Text", "decode_text", "open_documents", "read_report"]

_SPEAKS = re.compile(r"licen[sc]|spdx|copyright", re.IGNORECASE)  # else there is no statement on a licence


def read_report(data: bytes, name: str, parse: ParseLink, form: Format | None = None) -> Report:
    """Read a document from its bytes; `name` is shown to the user and tells the format.

    Raises DocumentError when the bytes are no document of that format.
    """
    form = form or format_of(name, data)
    if form == "pdf":
        from auditor.read.pdf_report import read_pdf_report

        return read_pdf_report(data, name, parse)
    from auditor.read.citations import read_citations  # its many patterns are compiled when it is imported
    from auditor.read.source import Source

    source = Source(name, decode_text(data, name).text)
    citations = read_citations(source, form, parse)
    if not citations or not _SPEAKS.search(source.text):
        return Report(name, form, citations)
    from auditor.read.statements import read_statements

    return Report(name, form, citations, statements=read_statements(source, form, citations))
