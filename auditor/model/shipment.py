"""What a shipment carries, and how a vendored copy stands to what it was copied from."""

from dataclasses import dataclass
from typing import Literal

from auditor.model.license import Declaration
from auditor.model.resolution import Lines

ComponentKind = Literal["distribution", "bundled", "stated", "unknown"]
HeaderState = Literal["none", "kept", "altered", "stripped"]


@dataclass(frozen=True, slots=True)
class Component:
    """A piece of software in a shipment.

    `kind`:
    - "distribution": what the shipment itself is;
    - "bundled": carried along, and something in the shipment says what it is;
    - "stated": a list in the shipment (a bill of materials, `vendor.txt`) says it is carried, no file of it was told;
    - "unknown": carried along, and nothing says for certain what it is; `name` is then the file's or folder's name.

    `version` is None and `ecosystem` (a purl type: "pypi", "npm" …) is "" where nothing states them; `purl` needs both
    a certain name and an ecosystem. `root` is the folder or file that it lies in ("" for the whole), `evidence` the
    file that says so. `files` are the paths that belong to it and to no component within it; `license_files` those
    that state its licence, wherever they lie. `repository` and `commit` are what its own metadata names as its source.
    `troubles` are lines for a person: what could not be looked at, or what contradicts itself.
    """

    name: str
    kind: ComponentKind
    root: str
    evidence: str
    version: str | None = None
    ecosystem: str = ""
    purl: str | None = None
    license_declared: tuple[Declaration, ...] = ()
    license_files: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    repository: str | None = None
    commit: str | None = None
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the copy whose content is upstream's; `line_ends`: but for CRLF in the place of LF, or the reverse."""

    path: str
    upstream: str
    line_ends: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Where it is said that a file was changed: in the file, in a list of changes, or by a patch that is there."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of the copy that was made from one of upstream.

    `same_place`: it lies where upstream's does; else it was found by its lines. `kept` of upstream's `lines` lines are
    still there (wherever), `added` lines are new. `header` is what became of the copyright and licence lines at the
    top of upstream's file, `header_missing` those that are gone, as upstream has them, `header_lines` where they stand
    upstream, `header_first` whether they are, in the copy, in its first comment. `marks` say that it was changed.
    `trouble` says why it could not be compared; then all but the paths is without meaning.
    """

    path: str
    upstream: str
    same_place: bool = True
    lines: int = 0
    kept: int = 0
    added: int = 0
    header: HeaderState = "none"
    header_missing: tuple[str, ...] = ()
    header_lines: Lines | None = None
    header_first: bool = False
    marks: tuple[Mark, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A vendored copy held against the files it was taken from; paths sorted.

    `missing` are upstream's files that are not in the copy, unchanged or changed; `added` those of the copy that are
    not upstream's.
    """

    unchanged: tuple[KeptFile, ...] = ()
    changed: tuple[ChangedFile, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
