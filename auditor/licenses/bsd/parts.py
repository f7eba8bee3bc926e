"""The BSD family as `data/bsd.toml` has it: parts with their wordings, and the rows of parts that are licences."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from auditor.licenses.patterns import Wording, compile_wording

Role = Literal["lead", "grant", "condition", "term", "disclaimer", "closing"]

_DATA = Path(__file__).parent.parent / "data" / "bsd.toml"
_PLACE = re.compile(r"(?P<optional>\[)?\(?(?P<ids>[a-z0-9|]+)[)\]]?")
_CHOICE = re.compile(r"[(\[]([^()\[\]|]*)((?:\|[^()\[\]|]*)*)[)\]]")


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a licence text: the grant, a condition, a disclaimer. The fields are those of the data file."""

    id: str
    kind: str
    role: Role
    begins: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    atoms: tuple[str, ...] = ()
    asks: str = ""
    name: str = ""
    quotes: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """The wordings, compiled when they are first needed."""
        return tuple(compile_wording(source) for source in self.sources)


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a licence's row: the parts that can stand there."""

    ids: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One licence of the family. `names` are pairs of a part's id and the words that a name in it must have."""

    id: str
    row: tuple[Place, ...]
    names: tuple[tuple[str, str], ...] = ()
    common: bool = False

    def fits(self, ids: Sequence[str]) -> bool:
        """Whether these parts, in this order, are the licence's row."""
        at = 0
        for place in self.row:
            if at < len(ids) and ids[at] in place.ids:
                at += 1
            elif not place.optional:
                return False
        return at == len(ids)


@dataclass(frozen=True, slots=True)
class Family:
    """All of the data file. `openers` finds parts by their first words, `unopened` are those that begin with a name."""

    parts: dict[str, Part]
    members: tuple[Member, ...]
    openers: dict[tuple[str, ...], tuple[Part, ...]]
    unopened: tuple[Part, ...]
    last: frozenset[str]
    slots: dict[str, str]
    foreign: tuple[tuple[str, ...], ...]

    def opened(self, words: Sequence[str], index: int) -> tuple[Part, ...]:
        """The parts that can begin at this word."""
        return self.openers.get(tuple(words[index : index + 2]), ()) + self.openers.get(
            tuple(words[index : index + 1]), ()
        )


@cache
def family() -> Family:
    """The BSD family, read once."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    parts = {name: _part(name, entry) for name, entry in data["parts"].items()}
    members = tuple(_member(entry) for entry in data["licenses"])
    openers: dict[tuple[str, ...], tuple[Part, ...]] = {}
    for part in parts.values():
        for pair in part.begins:
            openers[pair] = (*openers.get(pair, ()), part)
    last = frozenset(identity for member in members for identity in _last(member, parts))
    foreign = tuple(tuple(phrase.split()) for phrase in data["foreign"]["phrases"])
    unopened = tuple(part for part in parts.values() if not part.begins)
    return Family(parts, members, openers, unopened, last, data["slots"], foreign)


@cache
def main_words(source: str, full: bool = False) -> tuple[str, ...]:
    """A wording in its main form: the first of each choice, and what may be left out only if `full`.

    A name is "{party}" and the like there; a phrase for the work or the contributors is the usual one.
    """
    before = ""
    while before != source:
        before, source = source, _CHOICE.sub(lambda choice: choice[1] if full or choice[0][0] == "(" else "", source)
    return tuple(source.replace("{work}", "this software").replace("{contributors}", "its contributors").split())


@cache
def word_pairs(source: str) -> frozenset[tuple[str, str]]:
    """The pairs of neighbours in a wording's main forms, short and full."""
    return frozenset((*pairwise(main_words(source)), *pairwise(main_words(source, full=True))))


def _last(member: Member, parts: dict[str, Part]) -> tuple[str, ...]:
    """The parts with which the disclaimer of a licence is complete."""
    ids = [place.ids for place in member.row if parts[place.ids[0]].role == "disclaimer"]
    return ids[-1] if ids else ()


def _part(name: str, entry: dict[str, Any]) -> Part:
    return Part(
        id=name,
        kind=entry["kind"],
        role=entry["role"],
        begins=tuple(tuple(pair.split()) for pair in entry["begins"]),
        sources=tuple(wording["text"] for wording in entry["wordings"]),
        atoms=tuple(entry.get("atoms", ())),
        asks=entry.get("asks", ""),
        name=entry.get("name", ""),
        quotes=tuple(entry.get("quotes", "").split()),
    )


def _member(entry: dict[str, Any]) -> Member:
    places = _PLACE.finditer(entry["parts"])
    row = tuple(Place(tuple(place["ids"].split("|")), place["optional"] is not None) for place in places)
    return Member(entry["id"], row, tuple(entry.get("names", {}).items()), entry.get("common", False))
