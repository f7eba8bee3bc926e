"""Exact texts with what may differ in them, and texts that were made from a licence."""

import tomllib

import pytest
from wordings import ISC, MIT, MIT_BODY, ZLIB

from auditor.licenses.patterns import compile_wording
from auditor.licenses.texts.allowances import DATA, find_said, template
from auditor.licenses.texts.index import body_words, catalogue, text_words
from auditor.licenses.texts.reader import read_exact, read_near
from auditor.model import Lines, TextChange

ENTRIES = tomllib.loads(DATA.read_text("utf-8"))["allowance"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['licenses'][0]}: {entry['says'][:40]}")
def test_an_allowance_is_about_words_of_its_licence(entry: dict[str, list[str]]) -> None:
    assert set(entry) == {"licenses", "says", "may_say", "authority"}
    for identifier in entry["licenses"]:
        assert find_said(text_words(identifier).words, str(entry["says"])), identifier
    for wording in entry["may_say"]:
        compile_wording(wording)


def test_what_a_licence_says_is_found_by_its_ends() -> None:
    words = tuple("a b c d e a b x d e".split())
    assert find_said(words, "a b ... d e") == [(0, 5), (5, 10)]
    assert find_said(words, "b c") == [(1, 3)]
    assert find_said(words, "a ... z") == []


def test_the_areas_of_a_text() -> None:
    mit = template("MIT")
    assert mit.words.words[mit.areas[0].first : mit.areas[0].end] == ("mit", "license")
    assert {area.first for area in mit.areas_at(mit.areas[-1].first)} == {mit.areas[-1].first}
    assert mit.least < len(mit.words)


LISTED = [known.id for known in catalogue().licenses if known.words and not known.id.startswith("BSD-")]


@pytest.mark.parametrize("identifier", LISTED[::40])
def test_a_text_of_the_list_is_itself(identifier: str) -> None:
    (found,) = read_exact(text_words(identifier))
    assert found.match.license == identifier


def test_an_exact_text_takes_its_words_and_lines() -> None:
    body = body_words(f"Preface\n\n{MIT}\nThe end\n")
    (found,) = read_exact(body)
    assert found.match.license == found.match.nearest == "MIT"
    assert found.match.lines == Lines(3, 23)
    assert body.words[found.first : found.end][:2] == ("mit", "license")
    assert [clause.atom for clause in found.match.clauses] == ["grant", "keep-notice", "disclaimer"]


def test_the_longest_text_wins() -> None:
    good = MIT.replace("Software.\n\nTHE", "Software.\n\nThe Software shall be used for Good, not Evil.\n\nTHE")
    assert [found.match.license for found in read_exact(body_words(good))] == ["JSON"]


def test_a_changed_text_is_not_exact() -> None:
    assert read_exact(body_words(MIT.replace("free of charge", "for a charge"))) == []


def test_the_changes_of_a_changed_text() -> None:
    text = MIT_BODY.replace("free of charge, ", "").replace("without restriction", "with some restrictions")
    text = text.replace("to whom the Software is\nfurnished", "to whom the free Software is\nfurnished")
    (found,) = read_near(body_words(text), ())
    assert (found.match.license, found.match.nearest) == (None, "MIT")
    assert found.match.changes == (
        TextChange("removed", Lines(1, 1), "", "free of charge"),
        TextChange("replaced", Lines(3, 3), "with some restrictions", "without restriction"),
        TextChange("added", Lines(5, 5), "free", ""),
    )


def test_words_that_are_taken_are_not_read_again() -> None:
    body = body_words(MIT.replace("free of charge", "for a charge"))
    assert read_near(body, range(len(body))) == []
    assert len(read_near(body, ())) == 1


def test_a_part_of_a_licence_is_no_text_made_from_it() -> None:
    assert read_near(body_words(MIT_BODY[:400]), ()) == []


def test_names_in_slots_are_names() -> None:
    company = ISC.replace("THE AUTHOR", "ACME WIDGETS AND ITS AFFILIATES")
    rider = ISC.replace("THE AUTHOR", "THE AUTHOR UNLESS PAID")
    assert [found.match.license for found in read_exact(body_words(company))] == ["ISC"]
    assert read_exact(body_words(rider)) == []


def test_a_number_that_comes_to_a_line_start_is_no_difference() -> None:
    text = ZLIB.replace("misrepresented as being", "misrepresented as being")
    assert read_exact(body_words(text))
    numbered = ZLIB.replace("1. The origin", "The origin").replace("2. Altered", "Altered").replace("3. This", "This")
    assert [found.match.license for found in read_exact(body_words(numbered))] == ["Zlib"]
