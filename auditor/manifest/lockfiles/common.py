"""What all readers of lock files share: how a file is opened, and how what it says is collected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from auditor.licenses.expressions import normalise
from auditor.manifest.repositories import repository_url
from auditor.manifest.toml import Toml, TomlTrouble
from auditor.model.finding import Severity
from auditor.model.manifest import Dependency, Ecosystem, ManifestProblem, ProblemKind, Use
from auditor.model.report import Place
from auditor.spelling import plain_name

# Twice what the largest in use have, those of monorepos. Of this size an ordinary file takes two seconds.
LONGEST = 16 * 1024 * 1024
_MOST_PROBLEMS = 100  # a broken file must not fill the report
_LONGEST_WORD = 300


@dataclass(frozen=True, slots=True)
class LockReading:
    """What a lock file or an environment says. `own` are the packages that lie in a folder of the project itself."""

    dependencies: tuple[Dependency, ...] = ()
    problems: tuple[ManifestProblem, ...] = ()
    own: tuple[str, ...] = ()


def canonical_name(ecosystem: Ecosystem, name: str) -> str:
    """The name by which packages are compared: PyPI's, and one that may be PyPI's, is lower case with single hyphens
    (PEP 503); of others every letter counts.
    """
    return plain_name(name) if ecosystem in ("pypi", "generic") else name


class Draft:
    """A reading under way. Values come as the file has them: what has the wrong type counts as absent."""

    def __init__(self, document: str, ecosystem: Ecosystem) -> None:
        self.document = document
        self._ecosystem = ecosystem
        self._found: dict[tuple[str, ...], Dependency] = {}
        self._problems: list[ManifestProblem] = []
        self._more = 0
        self._own: dict[str, None] = {}

    def add(
        self,
        name: object,
        line: int,
        *,
        version: object = None,
        repository: object = None,
        revision: tuple[str | None, str | None] = (None, None),
        license: object = None,
        use: Use | None = None,
        place: Place | None = None,
    ) -> None:
        """A package at a line. One that is there several times is needed for development only if it always is."""
        known = word(name)
        if known is None:
            self.problem(
                "source-entry", "warning", line, "a package without a name", "write the lock file anew", "name"
            )
            return
        made = Dependency(
            known, place or self.place(line), self._ecosystem, word(version), repository_url(repository),
            *revision, license=expression(license), use=use,
        )  # fmt: skip
        key = (canonical_name(self._ecosystem, known), made.version or "", made.repository or "", made.commit or "")
        before = self._found.setdefault(key, made)
        if before.use != made.use:
            self._found[key] = replace(before, use=None)

    def own(self, name: object) -> None:
        """A package of the project itself."""
        if known := word(name):
            self._own[known] = None

    def problem(
        self, kind: ProblemKind, severity: Severity, line: int, message: str, remedy: str, subject: str = ""
    ) -> None:
        """Something that could not be read, or is not pinned; beyond the first hundred they are counted."""
        if len(self._problems) < _MOST_PROBLEMS:
            self._problems.append(ManifestProblem(kind, severity, self.place(line), message, remedy, subject))
        else:
            self._more += 1

    def unreadable(self, why: str, line: int = 1) -> None:
        """Nothing of the file could be read."""
        message = f"{self.document} {why}"
        self.problem("source-unreadable", "error", line, message, "write the lock file anew", "file")

    def version(self, found: object, known: tuple[str, ...], line: int = 1) -> None:
        """Complain about a version of the format that is not among the `known`; what can be is read all the same.

        Versions are compared by their first number: a change of the others keeps old readers working.
        """
        if str(found).partition(".")[0] not in known:
            shown = word(str(found)) if found is not None else None
            self.problem(
                "source-version", "warning", line,
                f"{self.document} has {'version ' + shown if shown else 'no version'} of its format; "
                f"what is as in version {known[-1]} was read, the rest may be missing",
                "compare the dependencies found with the lock file, or write it with a known version", "version",
            )  # fmt: skip

    def place(self, line: int) -> Place:
        """A line of the document."""
        return Place(self.document, line, 1, line, 1)

    def reading(self) -> LockReading:
        """What was collected, in the order of the file."""
        problems = list(self._problems)
        if self._more:
            last = f"{self._more} more of {self.document} are not listed"
            problems.append(replace(problems[-1], message=last, subject="more"))
        return LockReading(tuple(self._found.values()), tuple(problems), tuple(self._own))


def word(value: object) -> str | None:
    """A name or a version: a short printable text, or None."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if text and len(text) <= _LONGEST_WORD and text.isprintable() else None


def expression(written: object) -> str | None:
    """The SPDX expression that a declared licence means; None where it means none for certain."""
    known = word(written)
    return _normalised(known) if known else None


@lru_cache(maxsize=512)
def _normalised(written: str) -> str | None:
    return normalise(written).expression


def open_toml(draft: Draft, data: bytes) -> Toml | None:
    """The TOML of a lock file; None, and a problem, when it is none."""
    try:
        return Toml(draft.document, data, LONGEST)
    except TomlTrouble as trouble:
        draft.unreadable(str(trouble), trouble.line)
        return None


def open_json(draft: Draft, data: bytes) -> tuple[dict[str, Any], str] | None:
    """The outermost object of a JSON text, and the text; None, and a problem, when there is none."""
    if len(data) > LONGEST:
        draft.unreadable(f"is too large ({len(data):,} bytes; at most {LONGEST:,} are read)")
        return None
    try:
        text = data.decode("utf-8-sig")
        top = json.loads(text)
    except UnicodeDecodeError as error:
        draft.unreadable("is not UTF-8", data.count(b"\n", 0, error.start) + 1)
    except json.JSONDecodeError as error:
        draft.unreadable(f"is not JSON: {error.msg}", error.lineno)
    except (ValueError, RecursionError):  # integers of more digits than Python converts; brackets without end
        draft.unreadable("is not JSON that can be read safely")
    else:
        if isinstance(top, dict):
            return top, text
        draft.unreadable("is no JSON object")
    return None


def entries(toml: Toml, key: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The tables of an outermost array, each with its line."""
    found = toml.top.get(key)
    tables = found if isinstance(found, list) else []
    return [(line, table) for line, table in zip(toml.entry_lines(key), tables, strict=True) if isinstance(table, dict)]


def table_of(value: object) -> Mapping[str, Any]:
    """A value that should be a table; an empty one when it is not."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """A value that should be an array; an empty one when it is not."""
    return value if isinstance(value, list) else []
