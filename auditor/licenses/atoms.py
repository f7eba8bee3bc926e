"""The catalogue of what licences can ask: `data/atoms.toml`, one entry per obligation."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal["obligation", "restriction", "information"]
Occasion = Literal["source", "binary", "modified", "network", "advertising", "promotion", "always", "inform"]
Reach = Literal["file", "library", "work", "network"]

_DATA = Path(__file__).parent / "data" / "atoms.toml"


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that a licence can ask, forbid or tell.

    `asks` says it in one plain sentence; `asks_named`, where it is not "", says it with `{names}` in the place of
    the parties that a file names or of the sentence that it wants shown. `fires_on` lists the occasions on which it
    matters, `copyleft` how far a demand on the licence of one's own work reaches (None where there is no such
    demand). `authority` says where it comes from, `note` what readers disagree about ("" if nothing).
    """

    id: str
    title: str
    asks: str
    kind: Kind
    fires_on: tuple[Occasion, ...]
    authority: str
    asks_named: str = ""
    copyleft: Reach | None = None
    note: str = ""


def atom(name: str) -> Atom:
    """The atom with this id. Raises KeyError if the catalogue has none."""
    return atoms()[name]


@cache
def atoms() -> dict[str, Atom]:
    """All atoms by id, in the order of the catalogue."""
    return {name: _atom(name, entry) for name, entry in tomllib.loads(_DATA.read_text("utf-8")).items()}


def describe(name: str, names: Iterable[str] = ()) -> str:
    """What an atom asks, in one plain sentence.

    `names` are the parties that the text protects, or the sentence that it wants shown, as written there.
    Raises KeyError if the catalogue has no such atom.
    """
    entry = atom(name)
    quoted = [f"“{' '.join(written.split())}”" for written in names]
    if not quoted or not entry.asks_named:
        return entry.asks
    joint = " or " if entry.kind == "restriction" else " and "
    listed = joint.join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]
    return entry.asks_named.replace("{names}", listed)


def _atom(name: str, entry: dict[str, Any]) -> Atom:
    return Atom(
        id=name,
        title=entry["title"],
        asks=entry["asks"],
        kind=entry["kind"],
        fires_on=tuple(entry["fires-on"]),
        authority=entry["authority"],
        asks_named=entry.get("asks-named", ""),
        copyleft=entry.get("copyleft"),
        note=entry.get("note", ""),
    )
