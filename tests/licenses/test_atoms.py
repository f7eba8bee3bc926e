"""Every obligation says what it asks, when, and on whose authority; the documentation lists them as they are."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from auditor.licenses import atoms as module
from auditor.licenses.atoms import Atom, Kind, Occasion, Reach, atom, atoms, describe

ROOT = Path(__file__).parent.parent.parent
DATA = Path(module.__file__).parent / "data"
FIELDS = {"title", "asks", "asks-named", "kind", "fires-on", "copyleft", "authority", "note"}


@pytest.mark.parametrize("entry", atoms().values(), ids=lambda entry: str(entry.id))
def test_an_atom_is_complete(entry: Atom) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.id)
    assert entry.title.strip(" .") == entry.title != ""
    assert re.fullmatch(r"[^{}]+\.", entry.asks)
    assert entry.asks_named.count("{names}") == (1 if entry.asks_named else 0)
    assert entry.authority
    assert entry.kind in get_args(Kind)
    assert set() < set(entry.fires_on) <= set(get_args(Occasion))
    assert entry.copyleft is None or entry.copyleft in get_args(Reach)


def test_no_field_of_the_data_is_misspelt() -> None:
    for name, entry in tomllib.loads((DATA / "atoms.toml").read_text("utf-8")).items():
        assert set(entry) <= FIELDS, name


def test_information_asks_nothing_on_any_occasion() -> None:
    assert {entry.fires_on for entry in atoms().values() if entry.kind == "information"} == {("inform",)}


def test_how_far_copyleft_reaches() -> None:
    reach = {entry.id: entry.copyleft for entry in atoms().values() if entry.copyleft}
    assert reach == {
        "same-license-file": "file",
        "same-license-library": "library",
        "same-license-work": "work",
        "network-source": "network",
    }


def test_both_readings_of_the_notice_file_are_named() -> None:
    note = atom("keep-notice-file").note
    for said in ("OSADL", "Apache Software Foundation", "every copy"):
        assert said in note


def test_an_unknown_atom_is_an_error() -> None:
    with pytest.raises(KeyError):
        atom("no-such-thing")


def test_names_are_quoted_as_they_are_written() -> None:
    asks = describe("no-endorse", ["the copyright holder", "its\n   contributors"])
    assert "the name of “the copyright holder” or “its contributors” to endorse" in asks


def test_without_names_the_general_sentence_is_given() -> None:
    assert describe("no-endorse") == atom("no-endorse").asks
    assert describe("source-keep", ["somebody"]) == atom("source-keep").asks


def test_every_sentence_that_must_be_shown_is_shown() -> None:
    asks = describe("advertising-ack", ("This product includes A.", "This product includes B.", "And C."))
    assert asks.endswith(": “This product includes A.”, “This product includes B.” and “And C.”")


def test_braces_in_a_name_stay_as_they_are() -> None:
    assert "“{names} {0} %s”" in describe("no-endorse", ["{names} {0} %s"])


def test_the_documentation_lists_the_atoms() -> None:
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    rows = [f"| `{entry.id}` | {entry.asks} | {', '.join(entry.fires_on)} |" for entry in atoms().values()]
    assert re.findall(r"^\| `[a-z-]+` \| .*", page, re.MULTILINE) == rows
