"""Statements against licence files: which texts are there, which passage a quotation is from, what is not stated."""

import time

import pytest

from auditor.model import (
    Citation,
    LicenseFile,
    LicenseMatch,
    LicenseText,
    Lines,
    Place,
    QuoteFact,
    Statement,
    StatementFact,
)
from auditor.permalinks import parse_link
from auditor.resolve.statements import judge_statement, unstated

COMMIT = "0123456789012345678901234567890123456789"
ONE, TWO = "https://github.com/o/one", "https://github.com/o/two"
TEXT = """Copyright 2020 Somebody

Permission to bake this cake is granted to every guest of the house,
provided that the following two rules are kept:

1. Whoever bakes the cake must leave the kitchen as clean as it was
   found, and tell the owner of the house about it.

2. Neither the name of the baker nor the names of the guests may be
   used to sell the cake without written permission of the baker.

THE CAKE IS SERVED "AS IS", WITH NO PROMISE OF ANY KIND.
"""
RULE = (
    "Neither the name of the baker nor the names of the guests may be used to sell the cake without written permission"
)


def place(line: int = 1) -> Place:
    return Place("report.md", line, 1, line, 9)


def file(path: str, license_id: str | None = "MIT") -> LicenseFile:
    return LicenseFile(path, "0" * 40, LicenseText((LicenseMatch(license_id, "MIT", Lines(1, 9)),)))


def quote(written: str, text: str = TEXT) -> QuoteFact | None:
    statement = Statement("quote", place(), written, ONE, True)
    return judge_statement(statement, [file("LICENSE")], {"LICENSE": text}, COMMIT).quote


def changes(written: str) -> list[tuple[str, str, str, int]]:
    found = quote(written)
    assert found is not None
    return [(change.kind, change.found, change.expected, change.lines.start) for change in found.changes]


def test_the_licences_of_the_root_count() -> None:
    files = [
        file("LICENSE", "MIT"),
        file("LICENSES/ISC.txt", "ISC"),
        file("vendor/LICENSE", "Zlib"),
        file("COPYING", None),
    ]
    fact = judge_statement(Statement("license", place(), "MIT", ONE, True), files, {}, COMMIT)
    assert fact.licenses == ("MIT", "ISC")
    assert [one.path for one in fact.files] == ["LICENSE", "LICENSES/ISC.txt", "COPYING"]
    assert (fact.commit, fact.quote) == (COMMIT, None)


EXACT = {
    "as it is": RULE,
    "other lines and letters": RULE.upper().replace(" ", "\n> ").lower(),
    "a part": "may be used to sell the cake without written permission of the baker",
    "an ellipsis": RULE.replace("nor the names of the guests", "..."),
    "an ellipsis in brackets": RULE.replace("nor the names of the guests", "[…]"),
    "words in brackets": RULE.replace("the cake", "the cake [and the coffee]"),
    "over two clauses": "as clean as it was found, and tell the owner of the house about it. 2. " + RULE,
    "a lead-in": "The second rule says: " + RULE,
    "a remark": RULE + " of the baker. I will not sell any.",
    "emphasis": RULE.replace("written", "<strong>written</strong>").replace("name ", "**name** "),
    "escapes and entities": RULE.replace("baker nor", "baker&nbsp;nor"),
}


@pytest.mark.parametrize("written", EXACT.values(), ids=EXACT)
def test_a_true_quotation_has_no_changes(written: str) -> None:
    assert changes(written) == []


def test_the_passage_is_given_with_its_lines() -> None:
    found = quote(RULE)
    assert found is not None
    assert (found.path, found.lines) == ("LICENSE", Lines(9, 10))
    assert found.text == RULE


ALTERED = {
    "another name": (RULE.replace("of the baker", "of python-baker"), ("replaced", "python-baker", "the baker", 9)),
    "a word more": (RULE.replace("may be", "may never be"), ("added", "never", "", 9)),
    "a word less": (RULE.replace(" without written", " without"), ("removed", "", "written", 10)),
    "turned round": (RULE.replace("Neither", "Both"), ("added", "Both", "", 9)),
    "a condition at the end": (RULE + " or a fee", ("added", "or a fee", "", 10)),
}


@pytest.mark.parametrize(("written", "change"), ALTERED.values(), ids=ALTERED)
def test_an_altered_quotation_shows_the_words(written: str, change: tuple[str, str, str, int]) -> None:
    assert changes(written) == [change]


@pytest.mark.parametrize(
    "written",
    [
        "Whoever bakes has to clean the kitchen and must tell the owner what was baked in the house",
        "You must not use the names of the baker or the guests for selling the cake unless permitted in writing",
        "may be used to sell the cake",
        "One two three four five six seven eight nine ten eleven twelve",
        "",
    ],
)
def test_a_paraphrase_or_a_scrap_is_no_quotation(written: str) -> None:
    assert quote(written) is None


def test_a_long_hostile_text_is_searched_quickly() -> None:
    before = time.process_time()
    quote("the cake " * 300, "the cake is " * 100_000)
    quote(" ".join(f"w{n * n % 7}" for n in range(600)), " ".join(f"w{n * n % 5}" for n in range(200_000)))
    assert time.process_time() - before < 10


def cite(repository: str, line: int) -> Citation:
    parsed = parse_link(f"{repository}/blob/{COMMIT}/a.py#L1")
    assert parsed is not None
    return Citation("link", place(line), repository, parsed.link)


def fact(repository: str | None, explicit: bool = True) -> StatementFact:
    return StatementFact(Statement("license", place(), "MIT", repository, explicit))


CITED = [cite(ONE, 3), cite(TWO, 5), cite(TWO, 7), cite("https://github.com/o/three", 9)]


def test_what_is_not_stated_beside_what_is() -> None:
    found = unstated(CITED, [fact(ONE)], {TWO: (COMMIT, ("ISC",))})
    assert [(one.repository, one.place.line, one.commit, one.licenses) for one in found] == [
        (TWO, 5, COMMIT, ("ISC",)),
        ("https://github.com/o/three", 9, None, ()),
    ]


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [fact("https://github.com/o/uncited")],
        [fact(ONE), fact(None)],
        [fact(None, explicit=False)],
        [fact(ONE, explicit=False)],
        [
            fact(ONE),
            fact(TWO.upper().replace("HTTPS://GITHUB.COM", "https://github.com")),
            fact("https://github.com/o/three"),
        ],
    ],
    ids=[
        "no statement",
        "another repository",
        "a field about any of them",
        "own project",
        "only a sentence",
        "all stated",
    ],
)
def test_nothing_is_missed_without_certainty(facts: list[StatementFact]) -> None:
    assert unstated(CITED, facts, {}) == ()
