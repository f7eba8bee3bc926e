"""Reports kept by the bytes they were read from: reading a long document takes longer than checking it again.

One file for each, so that a damaged one costs only itself. It is a cache: what cannot be loaded is read anew,
and what cannot be written is not kept.
"""

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from auditor.model import Format, Report
from auditor.read.columns import dump_columns, load_columns
from auditor.read.discover import format_of
from auditor.read.documents import Document

# A shorter text is read in a few hundredths of a second, and most reports are.
WORTH_KEEPING = 32 * 1024  # bytes of a document
MOST_BYTES = 64 * 1024 * 1024  # of all that is kept; the longest unused goes first

# How a trouble ends that is none of the document's: all others are the same on every run.
_OF_THE_MACHINE = MemoryError.__name__
# The folders of this package whose code decides what is read.
_READING = (".", "model", "permalinks", "read")


class KeptReports:
    """The reports in a folder, which is made with the first one; `hosts` are the code hosts they were read with."""

    def __init__(self, folder: Path, hosts: Mapping[str, str]) -> None:
        self._folder = folder
        self._hosts = hosts

    def read(self, document: Document, read: Callable[[], Report]) -> Report:
        """The kept report of a document, else what `read` gives, which is kept unless memory ran out."""
        if len(document.data) < WORTH_KEEPING:
            return read()
        place = self._folder / f"{self._key(document)}.json"
        report = _load(place)
        if report is None:
            report = read()
            if not any(_OF_THE_MACHINE in trouble for trouble in report.troubles):
                self._keep(place, report)
        return report

    def _key(self, document: Document) -> str:
        """A digest of everything that a report depends on; its places carry the document's name."""
        form = document.form or format_of(document.name, document.data)
        options = [document.name, form, sorted(self._hosts.items()), _signature(form)]
        digest = hashlib.sha256(json.dumps(options).encode())
        digest.update(document.data)
        return digest.hexdigest()

    def _keep(self, place: Path, report: Report) -> None:
        text = json.dumps(dump_columns(Report, [report]), separators=(",", ":"))
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            # Complete or not there at all; nobody else may read what a private report says.
            with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=self._folder, delete=False) as file:
                file.write(text)
            os.replace(file.name, place)
            self._drop_unused()

    def _drop_unused(self) -> None:
        files = [(path.stat(), path) for path in self._folder.iterdir()]
        left = MOST_BYTES
        for status, path in sorted(files, key=lambda file: file[0].st_mtime_ns, reverse=True):
            left -= status.st_size
            if left < 0:
                path.unlink(missing_ok=True)


def _load(place: Path) -> Report | None:
    try:
        report: Report
        [report] = load_columns(Report, json.loads(place.read_bytes()), 1)
        with contextlib.suppress(OSError):
            os.utime(place)  # it was used just now
    except (OSError, ValueError, RecursionError):
        return None
    return report


def _signature(form: Format) -> str:
    """What a report depends on besides its document: this code, Python's tables of characters, the reader of PDFs."""
    return f"{_code_digest()} {sys.version} {_pdf_release() if form == 'pdf' else ''}"


def _pdf_release() -> str:
    from importlib.metadata import version  # slow to import

    return version("pdfminer.six")


@cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    for package in _READING:
        for source in sorted((Path(__file__).parent.parent / package).glob("*.py")):
            digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()
