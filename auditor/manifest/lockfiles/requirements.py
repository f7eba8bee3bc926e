"""requirements.txt with everything that pip reads in it (pip's documentation: Requirements File Format).

Environment variables are left as they stand, and nothing is fetched: what is at a URL stays there.
"""

import os
import re
from pathlib import Path

from auditor.decode import decode_text
from auditor.errors import DocumentError
from auditor.manifest.lockfiles.common import LONGEST, Draft, LockReading, canonical_name, word
from auditor.manifest.lockfiles.files import read_file
from auditor.manifest.lockfiles.requirement_lines import (
    Requirement,
    logical_lines,
    parse_requirement,
    split_option,
)
from auditor.manifest.repositories import repository_url, split_revision
from auditor.model.report import Place

_MOST_FILES = 100
_FOLLOWED = {"-r": "-r", "--requirement": "-r", "-c": "-c", "--constraint": "-c"}
_EDITABLE = ("-e", "--editable")
_VCS = ("git+", "hg+", "svn+", "bzr+")
_SHOWN = 80
_SECRET = re.compile(r"//[^/@\s]*+@")


def read_requirements(document: str, data: bytes) -> LockReading:
    """The requirements of a file and of the files that it includes; constraints give versions to what is required."""
    reader = _Reader(document)
    reader.read(document, data, constraint=False)
    return reader.reading()


class _Reader:
    def __init__(self, document: str) -> None:
        self._draft = Draft(document, "pypi")
        self._required: list[tuple[Place, Requirement]] = []
        self._constraints: dict[str, Requirement] = {}
        self._seen: set[tuple[str, bool]] = set()

    def read(self, document: str, data: bytes, constraint: bool) -> None:
        """Take in one file and the files that it names."""
        self._draft.document = document
        self._seen.add((os.path.realpath(document), constraint))
        if len(data) > LONGEST:
            self._draft.unreadable(f"is too large ({len(data):,} bytes; at most {LONGEST:,} are read)")
            return
        try:
            text = decode_text(data, document).text  # pip also reads the UTF-16 that some shells write
        except DocumentError:
            self._draft.unreadable("is no text")
            return
        for number, line in logical_lines(text):
            self._draft.document = document
            self._line(document, number, line, constraint)
        self._draft.document = document

    def _line(self, document: str, number: int, line: str, constraint: bool) -> None:
        option, value = split_option(line)
        if option in _FOLLOWED:
            self._follow(document, number, value, constraint or _FOLLOWED[option] == "-c")
        elif not option or option in _EDITABLE:
            self._requirement(number, value, constraint)

    def _follow(self, document: str, number: int, name: str, constraint: bool) -> None:
        """Another file, relative to the one that names it."""
        if "://" in name:
            self._unread(number, name, "it is not on this machine")
            return
        path = Path(os.path.normpath(Path(document).parent / name))
        try:
            known = (os.path.realpath(path), constraint) in self._seen
        except (OSError, ValueError):  # a name that no file can have
            known = False
        if known:
            return
        if len(self._seen) >= _MOST_FILES:
            self._unread(number, name, f"more than {_MOST_FILES} files are named")
            return
        try:
            data = read_file(path, LONGEST)
        except OSError as error:
            self._unread(number, name, (error.strerror or str(error)).lower())
            return
        self.read(str(path), data, constraint)

    def _unread(self, number: int, name: str, why: str) -> None:
        message = f"{_shorten(name)} was not read: {why}"
        self._draft.problem(
            "source-unreadable", "error", number, message, "name a file that can be read", _shorten(name)
        )

    def _requirement(self, number: int, text: str, constraint: bool) -> None:
        parsed = parse_requirement(text)
        if parsed is None:
            self._draft.problem(
                "source-entry", "warning", number, f"“{_shorten(text)}” is no requirement that can be read",
                "write it as name==version or name @ URL", _shorten(text),
            )  # fmt: skip
        elif parsed.local:
            self._draft.own(parsed.name or parsed.url)
        elif constraint:
            self._constraints.setdefault(canonical_name("pypi", parsed.name), parsed)
        else:
            self._required.append((self._draft.place(number), parsed))

    def reading(self) -> LockReading:
        """Everything that is required, once all constraints are known."""
        for place, requirement in self._required:
            self._draft.document = place.document
            self._add(place, requirement)
        return self._draft.reading()

    def _add(self, place: Place, requirement: Requirement) -> None:
        bound = self._constraints.get(canonical_name("pypi", requirement.name))
        url = requirement.url or (bound.url if bound else "")
        version = requirement.version or (bound.version if bound else None)
        repository, revision = _source(url)
        self._draft.add(
            requirement.name, place.line, version=version, repository=repository, revision=revision, place=place
        )
        if not version and not url and word(requirement.name):
            self._draft.problem(
                "source-entry", "note", place.line, f"{requirement.name} is not pinned to one version",
                f"write {requirement.name}==VERSION", canonical_name("pypi", requirement.name),
            )  # fmt: skip


def _source(url: str) -> tuple[str | None, tuple[str | None, str | None]]:
    """Repository and revision of a VCS URL: `git+https://host/path@revision#egg=name`."""
    if not url.startswith(_VCS):
        return None, (None, None)
    address = url.partition("#")[0]
    head, at, revision = address.rpartition("@")
    # An `@` before the path belongs to the user name.
    if at and "/" not in revision and ":" not in revision and "/" in head.partition("://")[2 if "://" in head else 0]:
        return repository_url(head), split_revision(revision)
    return repository_url(address), (None, None)


def _shorten(text: str) -> str:
    """What is written, as it may be shown: no control characters, not endless, and no password."""
    kept = _SECRET.sub("//…@", text[: 10 * _SHOWN])
    shown = "".join(char if char.isprintable() else "?" for char in kept[:_SHOWN])
    return shown + "…" if len(kept) > _SHOWN else shown
