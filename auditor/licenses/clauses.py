"""The conditions of the common licences, found in an actual text.

One file per licence in `data/clauses`, so that only the one that is needed is read: for each condition its name, its
atom, and its words in the language of `patterns`, in which `...` stands for whatever comes up to the next words that
match. That is enough because the text was compared with the licence word by word before: here is only found *where*
each condition stands. The BSD family has a reader of its own, `bsd`.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path

from auditor.licenses.atoms import describe
from auditor.licenses.patterns import Found, Wording, compile_wording
from auditor.licenses.words import Words
from auditor.model import Clause, LicenseMatch

_DATA = Path(__file__).parent / "data" / "clauses"
_GAP = " ... "
_VERSION_ENDS = ("-only", "-or-later", "+")
_SENTENCE_ENDS = ".;!?"
_QUOTES = "\"”’'"
_CLOSING = 5  # characters from a word to the sign that closes its quotation: ")/." and the like
# Licences that ask for a copy of their text apart from the notices: what they call "notices" stands in the sources.
_OWN_TEXT = frozenset(("license-copy", "license-copy-source", "tell-recipients"))

_Opening = tuple[str, str]
_Places = Mapping[_Opening, Sequence[int]]


@dataclass(frozen=True, slots=True)
class _Condition:
    """One entry of a licence's file. `parts` are the wordings around the gaps, `openings` how each can begin.

    `asks` is "" where the sentence of the atom fits.
    """

    name: str
    atom: str
    asks: str
    parts: tuple[Wording, ...]
    openings: tuple[frozenset[_Opening], ...]


def has_catalogue(license_id: str) -> bool:
    """Whether the conditions of a licence are known here, be there any or none ("MIT-0").

    The id may end in "-only", "-or-later" or "+".
    """
    return _file_name(license_id) in _known()


def is_notice(match: LicenseMatch) -> bool:
    """Whether a licence text is itself the notice that its clauses speak of."""
    return all(clause.atom not in _OWN_TEXT for clause in match.clauses)


def find_clauses(license_id: str, body: Words, first: int, end: int) -> tuple[Clause, ...]:
    """The conditions of a licence whose text takes the words `first` up to, not including, `end`, in their order.

    Conditions whose words are not there are left out; a licence without a catalogue gives nothing. The clauses are
    facts about the place of words: whether nothing was changed in between is for the caller to know.
    """
    if not has_catalogue(license_id):
        return ()
    conditions = _conditions(_file_name(license_id))
    words = body.words[first:end]
    places = _find_openings(words, conditions)
    found = [
        (founds, condition) for condition in conditions if (founds := _find(condition, body, first, words, places))
    ]
    found.sort(key=lambda pair: (pair[0][0].start, pair[0][-1].end))
    return tuple(_clause(condition, body, first, founds) for founds, condition in found)


def _clause(condition: _Condition, body: Words, shift: int, founds: Sequence[Found]) -> Clause:
    first, end = shift + founds[0].start, shift + founds[-1].end
    slots = [slot for found in founds for slot in found.slots if slot[0] in ("name", "quote")]
    names = tuple(body.original(shift + first, shift + end) for _, first, end in slots)
    asks = condition.asks or describe(condition.atom, names)
    return Clause(condition.name, condition.atom, body.lines(first, end), asks, body.original(first, end), names)


def _find(condition: _Condition, body: Words, shift: int, words: Sequence[str], places: _Places) -> list[Found]:
    """Where the parts of a condition stand, each as near behind the last as there is; [] if one is missing.

    Nothing is tried twice: when a part is not found behind the first place, it is not behind a later one either.
    """

    def accept(kind: str, first: int, end: int) -> bool:
        ends = _SLOT_ENDS.get(kind)
        return ends is None or ends(body, shift + end - 1)

    founds: list[Found] = []
    for wording, openings in zip(condition.parts, condition.openings, strict=True):
        least = founds[-1].end if founds else 0
        tries = (wording.match(words, place, accept) for place in _places_from(places, openings, least))
        found = next((found for found in tries if found), None)
        if found is None:
            return []
        founds.append(found)
    return founds


def _ends_sentence(body: Words, index: int) -> bool:
    """Whether a word is the last one of its sentence, as far as the signs behind it tell."""
    at = body.ends[index]
    return at >= len(body.text) or (body.text[at] in _SENTENCE_ENDS and not body.text[at + 1 : at + 2].isalnum())


def _ends_quotation(body: Words, index: int) -> bool:
    """Whether a closing quotation mark stands behind a word, with nothing but other signs in between."""
    at = body.ends[index]
    signs = takewhile(lambda sign: not sign.isalnum() and not sign.isspace(), body.text[at : at + _CLOSING])
    return any(sign in _QUOTES for sign in signs)


_SLOT_ENDS = {"rest": _ends_sentence, "quote": _ends_quotation}


def _places_from(places: _Places, openings: Iterable[_Opening], least: int) -> Iterator[int]:
    found = sorted(place for opening in openings for place in _tail(places.get(opening, ()), least))
    return iter(found)


def _tail(places: Sequence[int], least: int) -> Sequence[int]:
    return places[bisect_left(places, least) :]


def _find_openings(words: Sequence[str], conditions: Iterable[_Condition]) -> _Places:
    """Where in the words any wording could begin, by its first two words."""
    places: dict[_Opening, list[int]] = {
        opening: [] for condition in conditions for openings in condition.openings for opening in openings
    }
    for place, opening in enumerate(pairwise(words)):
        if opening in places:
            places[opening].append(place)
    return places


@cache
def _known() -> frozenset[str]:
    return frozenset(path.stem for path in _DATA.glob("*.toml"))


def _file_name(license_id: str) -> str:
    for version_end in _VERSION_ENDS:
        license_id = license_id.removesuffix(version_end)
    return license_id


@cache
def _conditions(name: str) -> tuple[_Condition, ...]:
    """The entries of a licence's file, and those of the licence that it is `like`, unless it has its own for them."""
    data = tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))
    own = tuple(_condition(entry) for entry in data.get("clause", ()))
    kept = {(condition.name, condition.atom) for condition in own}
    others = _conditions(data["like"]) if "like" in data else ()
    return own + tuple(condition for condition in others if (condition.name, condition.atom) not in kept)


def _condition(entry: Mapping[str, str]) -> _Condition:
    parts = tuple(compile_wording(part) for part in entry["phrase"].split(_GAP))
    return _Condition(entry["name"], entry["atom"], entry.get("asks", ""), parts, tuple(map(_openings, parts)))


def _openings(wording: Wording) -> frozenset[_Opening]:
    """The pairs of words with which a wording can begin. Raises ValueError where it can begin with less, or a slot."""
    found: set[_Opening] = set()
    todo: list[tuple[int, str]] = [(0, "")]
    while todo:
        at, before = todo.pop()
        step = wording.steps[at]
        if step.action == "split":
            todo += [(step.first, before), (step.second, before)]
        elif step.action == "jump":
            todo.append((step.first, before))
        elif step.action != "word":
            raise ValueError(f"the wording {wording.source!r} does not begin with two words")
        elif before:
            found.add((before, step.word))
        else:
            todo.append((at + 1, step.word))
    return frozenset(found)
