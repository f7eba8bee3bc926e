"""Which files of a directory are reports."""

import os
from collections.abc import Iterator
from pathlib import Path

from auditor.model import Format

FORMATS: dict[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".txt": "text",
    ".text": "text",
    ".pdf": "pdf",
}
# Folders of other people's files, or of nobody's.
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages", "venv", "dist", "build", "target"})


def format_of(name: str, data: bytes = b"") -> Format:
    """The format by the file's ending; without a known one by its first bytes, else plain text."""
    form = FORMATS.get(os.path.splitext(name)[1].lower())
    if form:
        return form
    head = data[:1024].lstrip().lower()
    if head.startswith(b"%pdf-"):
        return "pdf"
    return "html" if head.startswith((b"<!doctype html", b"<html")) else "text"


def find_reports(folder: Path) -> Iterator[Path]:
    """Every report below `folder` in a stable order; hidden and vendored folders are left out."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(files):
            if os.path.splitext(name)[1].lower() in FORMATS and not name.startswith("."):
                yield Path(root, name)
