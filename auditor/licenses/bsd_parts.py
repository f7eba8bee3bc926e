"""The BSD family as `data/bsd.toml` has it: parts with their wordings, and the rows of parts that are licences."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from auditor.licenses.patterns import Wording, compile_wording

Role = Literal["lead", "grant", "condition", "term", "disclaimer", "closing"]

_DATA = Path(__file__).parent / "data" / "bsd.toml"
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
    """All of the data file. `openers` finds parts by their first two words, `unopened` have none."""

    parts: dict[str, Part]
    members: tuple[Member, ...]
    openers: dict[tuple[str, ...], tuple[Part, ...]]
    unopened: tuple[Part, ...]
    last: frozenset[str]
    slots: dict[str, str]
    foreign: tuple[tuple[str, ...], ...]


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
def main_words(source: str) -> tuple[str, ...]:
    """A wording in its main form: the first of each choice, without what may be left out; names as "{kind}"."""
    before = ""
    while before != source:
        before, source = source, _CHOICE.sub(lambda choice: "" if choice[0][0] == "[" else choice[1], source)
    return tuple(source.split())


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
    row = tuple(
        Place(tuple(found["ids"].split("|")), found["optional"] is not None) for found in _PLACE.finditer(entry["parts"])
    )
    return Member(entry["id"], row, tuple(entry.get("names", {}).items()))
