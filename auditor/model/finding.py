"""What is said about a report: findings (the subject is wrong) and incidents (we could not look)."""

import hashlib
import posixpath
from dataclasses import dataclass
from typing import Literal

from auditor.model.report import Place

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Replacement:
    """The text that should stand where the citation stands; `safe` ones are written by `--fix`."""

    text: str
    safe: bool


@dataclass(frozen=True, slots=True)
class Related:
    """A place in the cited code that explains a finding; lines one-based, inclusive."""

    url: str
    path: str
    start: int | None
    end: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at a place the user can edit, with what to do about it."""

    rule: str
    severity: Severity
    message: str
    place: Place
    remedy: str
    subject: str
    replacement: Replacement | None = None
    related: tuple[Related, ...] = ()

    @property
    def fingerprint(self) -> str:
        """16 hex digits that stay when lines move: rule, document and what is written there."""
        document = self.place.document
        if "://" not in document:  # "./a.md" is "a.md"
            document = posixpath.normpath(document)
        key = "\0".join((self.rule, document, self.subject))
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Incident:
    """Something could not be looked at; never counted as good."""

    message: str
    document: str | None = None
    line: int | None = None
