"""Typed access to a table of the manifest: what is wrong is told with its place, and reading goes on."""

import difflib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from auditor.manifest.positions import Path
from auditor.manifest.toml import Toml
from auditor.model.finding import Severity
from auditor.model.manifest import ManifestProblem, ProblemKind
from auditor.model.report import Place

_LONGEST_KEY = 40  # difflib's time grows with the square of it
_LONGEST_SUBJECT = 200
_MOST_PROBLEMS = 500
_LISTED = 40
_MOST_NAMES = 1000  # among which the nearest is looked for
_VERY_LIKE = 0.75
_LIKE = 0.5  # "repo" still is "repository"


class Table:
    """One table. Every key that is asked for is known; `finish` complains about all others.

    `subject` names the table in a way that stays when lines move.
    """

    def __init__(
        self, toml: Toml, path: Path, values: Mapping[str, Any], problems: list[ManifestProblem], subject: str
    ) -> None:
        self._toml = toml
        self._path = path
        self._values = values
        self._problems = problems
        self._asked: dict[str, None] = {}
        self.subject = subject

    def place(self, key: str | None = None) -> Place:
        """Where the value of a key is written, or the table."""
        return self._toml.place(self._path if key is None else (*self._path, key))

    def places(self) -> dict[str, Place]:
        """The places of all values that are written."""
        return {key: self.place(key) for key in self._values}

    def text(self, key: str, required: bool = False) -> str | None:
        """A text that is not empty; None, and a problem if `required`, when there is none."""
        value = self._get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, str) or (value is None and required):
            what = "is empty" if isinstance(value, str) else "is missing"
            self.complain("missing-key", "error", key, f"`{key}` {what}", f'write {key} = "…"')
        elif value is not None:
            self._wrong(key, value, f'a text: {key} = "…"')
        return None

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        """One of some words."""
        value = self.text(key)
        if value is None or value in choices:
            return value
        self._no_choice(key, value, choices, self.place(key))
        return None

    def choices(self, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """Several of some words."""
        found = []
        for value, place in self.texts(key):
            if value in choices:
                found.append(value)
            else:
                self._no_choice(key, value, choices, place)
        return tuple(dict.fromkeys(found))

    def texts(self, key: str) -> list[tuple[str, Place]]:
        """An array of texts, each with its place; a single text counts as an array of one."""
        value = self._get(key)
        if isinstance(value, str):
            return [(value, self.place(key))] if value.strip() else []
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._wrong(key, value, f'an array of texts: {key} = ["…", "…"]')
            return []
        return [(one, self._toml.place((*self._path, key, number))) for number, one in enumerate(value)]

    def flag(self, key: str) -> bool | None:
        """true or false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(key, value, f"true or false: {key} = true")
        return None

    def day(self, key: str) -> date | None:
        """A day; of a point in time its day."""
        value = self._get(key)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        self._wrong(key, value, f"a day, without quotes: {key} = 2027-01-31")
        return None

    def table(self, key: str) -> "Table":
        """A table inside this one; empty when it is not there."""
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, value, f"a table: [{key}]")
        values = value if isinstance(value, dict) else {}
        return Table(self._toml, (*self._path, key), values, self._problems, key)

    def tables(self, key: str) -> list["Table"]:
        """An array of tables."""
        value = self._get(key)
        if value is not None and (not isinstance(value, list) or not all(isinstance(one, dict) for one in value)):
            self._wrong(key, value, f"an array of tables: [[{key}]]")
            return []
        return [
            Table(self._toml, (*self._path, key, number), one, self._problems, f"{key}.{_label(one, number)}")
            for number, one in enumerate(value or [])
        ]

    def finish(self) -> None:
        """Complain about the keys that nobody has asked for."""
        for key in self._values:
            if key not in self._asked:
                place = self._toml.key_place((*self._path, key))
                message = f"there is no key `{key[:_LONGEST_KEY]}` here"
                self.complain("unknown-key", "error", key, message, self.nearest(key, tuple(self._asked)), place)

    def complain(
        self, kind: ProblemKind, severity: Severity, key: str, message: str, remedy: str, place: Place | None = None
    ) -> None:
        """Tell a problem with the value of a key; those beyond the first five hundred become one."""
        subject = f"{self.subject}.{key}"[:_LONGEST_SUBJECT]
        if self._full(1):
            return
        if self._full(0):
            message, remedy, subject = "more is wrong from here on", "mend what is listed first", "manifest.more"
        self._problems.append(ManifestProblem(kind, severity, place or self.place(key), message, remedy, subject))

    def nearest(self, written: str, known: Iterable[str]) -> str:
        """What was meant, if that can be told, and what is possible."""
        if self._full(0):
            return ""
        names, short = list(islice(known, _MOST_NAMES)), written[:_LONGEST_KEY].lower()
        like = difflib.get_close_matches(short, names, n=2, cutoff=_VERY_LIKE)
        like = like or difflib.get_close_matches(short, names, n=1, cutoff=_LIKE)
        if like:
            return f"did you mean {' or '.join(f'`{name}`' for name in like)}?"
        return f"known are {', '.join(names[:_LISTED])}" if names else "there is none"

    def _full(self, spare: int) -> bool:
        return len(self._problems) >= _MOST_PROBLEMS + spare

    def _get(self, key: str) -> Any:
        self._asked[key] = None
        return self._values.get(key)

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        self.complain("wrong-type", "error", key, f"`{key}` is {_type_name(value)}", f"write {wanted}")

    def _no_choice(self, key: str, value: str, choices: tuple[str, ...], place: Place) -> None:
        shown = value[:_LONGEST_KEY]
        self.complain("wrong-value", "error", key, f"`{key}` cannot be “{shown}”", self.nearest(value, choices), place)


def _label(table: Mapping[str, Any], number: int) -> str:
    """What a table is about; its number when it does not tell."""
    told = [table[key] for key in ("name", "path", "rule", "dependency") if isinstance(table.get(key), str)]
    return ".".join(told) or str(number)


def _type_name(value: object) -> str:
    names: dict[type, str] = {
        bool: "true or false", int: "a number", float: "a number", str: "a text", list: "an array", dict: "a table",
    }  # fmt: skip
    return names.get(type(value), "a day or a time")
