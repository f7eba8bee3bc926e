"""Dependencies by the names that an author gives them."""

from collections.abc import Iterable

from auditor.cite.found import MOST_CHOICES, Meant, NotFound
from auditor.cite.grammar import rewritten
from auditor.model.reference import CodeReference
from auditor.spelling import edit_distance, plain_name

_MOST_SLIPS = 2
_SHORTEST_MISSPELT = 4  # letters; in shorter names two slips leave nothing to recognise
_MOST_GUESSES = 200  # names that are compared with all others


class Dependencies:
    """The names of a manifest's dependencies."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._exact = frozenset(self._names)
        self._same: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}
        for name in self._names:
            self._same.setdefault(plain_name(name), []).append(name)

    def find(self, written: str) -> str | None:
        """The dependency that is called so: by this very name, else the only one that PyPI takes for the same."""
        if written in self._exact:
            return written
        same = self._same.get(plain_name(written), ())
        return same[0] if len(same) == 1 else None

    def missing(self, reference: CodeReference) -> NotFound:
        """Why a reference has no dependency."""
        written = reference.dependency
        if same := self._same.get(plain_name(written)):
            detail = f"several dependencies of the manifest are called {written}, but for case and punctuation"
            return NotFound("ambiguous", detail, "write the name as the manifest has it", _named(reference, same))
        detail = f"the manifest names no dependency {written}"
        remedy = "add it to the manifest, or write the name of another"
        return NotFound("unknown", detail, remedy, _named(reference, self._guesses(written)))

    def _guesses(self, written: str) -> list[str]:
        if written not in self._near:
            near = len(self._near) < _MOST_GUESSES and len(written) >= _SHORTEST_MISSPELT
            self._near[written] = self._similar(plain_name(written)) if near else []
        return self._near[written]

    def _similar(self, written: str) -> list[str]:
        scored = ((edit_distance(folded, written, _MOST_SLIPS), names) for folded, names in self._same.items())
        near = sorted(pair for pair in scored if pair[0] <= _MOST_SLIPS)
        return [name for _, names in near for name in names][:MOST_CHOICES]


def _named(reference: CodeReference, names: Iterable[str]) -> Iterable[Meant]:
    return (Meant(rewritten(reference, dependency=name), name) for name in names)
