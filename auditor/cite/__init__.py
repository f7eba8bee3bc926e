"""Stage: prose that cites code by name -> the places meant, and the prose with links to them.

`parse_references`, then `needed_blobs` to know what must be fetched, `resolve_references`, `expand_references`.
"""

from auditor.cite.expand import Writer, expand_references, label_of, shown_lines, source_of, write_place
from auditor.cite.parse import parse_references
from auditor.cite.resolve import Pins, needed_blobs, resolve_references

__all__ = [
    "Pins",
    "Writer",
    "expand_references",
    "label_of",
    "needed_blobs",
    "parse_references",
    "resolve_references",
    "shown_lines",
    "source_of",
    "write_place",
]
