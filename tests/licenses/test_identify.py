"""What a file says about licences: a changed text is never named, and a good one is, whatever it looks like."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordings import BOOST, BSD, ISC, MIT, MIT_BODY, MIT_CONDITION, MIT_DISCLAIMER, MIT_GRANT, ZLIB

from auditor.errors import DocumentError
from auditor.licenses import identify as module
from auditor.licenses.identify import identify
from auditor.licenses.texts import reader


def _ids(text: str) -> list[str | None]:
    return [match.license for match in identify(text).matches]


def _framed(text: str) -> str:
    rule = "+" + "-" * 82 + "+\n"
    return rule + "".join(f"| {line:<80} |\n" for line in text.splitlines()) + rule


@pytest.mark.parametrize(
    ("text", "license_id"),
    [(MIT, "MIT"), (ISC, "ISC"), (ZLIB, "Zlib"), (BOOST, "BSL-1.0"), (BSD, "BSD-2-Clause")],
    ids=["MIT", "ISC", "Zlib", "Boost", "BSD"],
)
def test_a_plain_text_is_named(text: str, license_id: str) -> None:
    found = identify(text)
    assert [match.license for match in found.matches] == [license_id]
    assert found.expression == license_id
    assert not found.passages


HARMLESS = {
    "hash comments": textwrap.indent(MIT, "# ", lambda line: True),
    "block comment": "/*\n" + textwrap.indent(MIT, " * ", lambda line: True) + " */\n",
    "slashes": textwrap.indent(MIT, "// ", lambda line: True),
    "dashes": textwrap.indent(MIT, "-- ", lambda line: True),
    "semicolons": textwrap.indent(MIT, ";; ", lambda line: True),
    "dnl": textwrap.indent(MIT, "dnl ", lambda line: True),
    "a box": _framed(MIT),
    "a docstring": f'"""{MIT}"""\n',
    "narrow lines": textwrap.fill(MIT, 30),
    "one line": " ".join(MIT.split()),
    "two blanks after a stop": MIT.replace(". ", ".  "),
    "Windows line ends": MIT.replace("\n", "\r\n"),
    "no copyright line": MIT_BODY,
    "no title": MIT.partition("\n\n")[2],
    "another title": MIT.replace("MIT License", "The MIT License (MIT)"),
    "a Markdown title": MIT.replace("MIT License", "# License\n\n**MIT**"),
    "HTML": "<html><body><h1>License</h1>" + "".join(f"<p>{part}</p>" for part in MIT.split("\n\n")) + "</body></html>",
    "entities": MIT.replace('"', "&quot;"),
    "typographic quotes": MIT.replace('"Software"', "“Software”").replace('"AS IS"', "„AS IS“"),
    "old quotes": MIT.replace('"AS IS"', "``AS IS''"),
    "all small letters": MIT.lower(),
    "the author": MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", "AUTHOR"),
    "a named company": MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", "ACME WIDGETS, INC."),
    "a named person": MIT_BODY.lower().replace("the\nauthors or copyright holders", "Jane Q. Roe"),
    "many holders": MIT.replace("Jane Roe", "Jane Roe\nCopyright (c) 2019-2022 John Doe and contributors"),
    "holder at the end": f"{MIT_BODY}\nCopyright (c) 2021 Jane Roe\n",
    "all rights reserved": MIT.replace("Jane Roe", "Jane Roe. All rights reserved."),
    "materials": MIT.replace("this software and associated documentation files", "this source file").replace(
        "copies\nof this software and associated documentation files", "copies of this source file"
    ),
    "the next paragraph": MIT.replace(
        "permission notice shall", "permission notice (including the next\nparagraph) shall"
    ),
    "another spelling": MIT.replace("MERCHANTABILITY", "MERCHANTIBILITY"),
    "noninfringement in two": MIT.replace("NONINFRINGEMENT", "NON-INFRINGEMENT"),
    "a broken word": MIT.replace("MERCHANTABILITY", "MERCHANT-\nABILITY"),
    "an introduction": f"This package is licensed under the MIT license:\n\n{MIT}",
    "credits": f"{MIT}\nThanks to Ada, Bob and everybody who sent patches and ideas for this library.\n",
    "a link": f"{MIT}\nSee https://opensource.org/licenses/MIT for the text.\n",
    "a separator": f"{'=' * 70}\nwidget\n{'=' * 70}\n\n{MIT}",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_changes_nothing_is_no_change(text: str) -> None:
    found = identify(text)
    assert [(match.license, match.changes) for match in found.matches] == [("MIT", ())]
    assert not any(passage.binding for passage in found.passages)


@pytest.mark.parametrize("and_or", ["and/or", "and"])
@pytest.mark.parametrize("author", ["THE AUTHOR", "JANE ROE", "INTERNET SYSTEMS CONSORTIUM", "THE AUTHORS"])
def test_the_ways_to_write_isc(and_or: str, author: str) -> None:
    assert _ids(ISC.replace("and/or", and_or).replace("THE AUTHOR", author)) == ["ISC"]


TRAPS = {
    "non-commercial": (MIT.replace("to any person", "to any person for non-commercial purposes"), "non-commercial"),
    "non-commercial, small": (MIT.replace("this software and", "this non-commercial software and"), "non-commercial"),
    "not to companies": (MIT.replace("any person", "any natural person"), "natural"),
    "no sale": (MIT.replace("and/or sell\ncopies", "but not sell\ncopies"), "but not"),
    "sale left out": (MIT.replace("sublicense, and/or sell\ncopies", "and/or sublicense\ncopies"), ""),
    "a fee": (MIT.replace("free of charge, ", "upon payment of the fee, "), "upon payment of the fee"),
    "without limitation negated": (
        MIT.replace("without restriction, including", "with restriction, including"),
        "with",
    ),
    "condition negated": (MIT.replace("shall be included", "shall not be included"), "not"),
    "condition weakened": (MIT.replace("shall be included", "should be included"), "should"),
    "condition left out": (MIT.replace(MIT_CONDITION, ""), ""),
    "disclaimer left out": (MIT.replace(MIT_DISCLAIMER, ""), ""),
    "condition added": (
        MIT.replace("portions of the Software.", "portions of the Software. Users must register with the author."),
        "Users must register with the author",
    ),
    "good, not evil": (
        MIT.replace(MIT_CONDITION, MIT_CONDITION + "\nThe Software shall be used for peaceful purposes only.\n"),
        "peaceful purposes only",
    ),
    "rider in the slot": (
        MIT.replace("AUTHORS OR COPYRIGHT HOLDERS", "AUTHORS, UNLESS PAID BY THE USER,"),
        "UNLESS PAID BY THE USER",
    ),
    "the user is liable": (MIT.replace("AUTHORS OR COPYRIGHT HOLDERS BE", "USERS BE"), ""),
    "the licensee is liable": (MIT.replace("THE\nAUTHORS OR COPYRIGHT HOLDERS", "THE LICENSEE"), "LICENSEE"),
    "liability turned round": (MIT.replace("IN NO EVENT SHALL THE", "IN ANY EVENT SHALL THE"), "ANY"),
    "warranty given": (MIT.replace("WITHOUT WARRANTY", "WITH WARRANTY"), "WITH"),
    "a sentence in the disclaimer": (
        MIT.replace("IN NO EVENT", "THE LICENSEE SHALL INDEMNIFY THE AUTHORS. IN NO EVENT"),
        "THE LICENSEE SHALL INDEMNIFY THE AUTHORS",
    ),
    "paragraphs swapped": (f"{MIT_DISCLAIMER}\n{MIT_GRANT}\n{MIT_CONDITION}", ""),
    "a rider behind": (
        f"{MIT}\nThe Software may not be used by companies with over 100 employees.\n",
        "The Software may",
    ),
    "a rider before": (f"You acknowledge that this is for evaluation only.\n\n{MIT}", "You acknowledge"),
    "a rider behind a line": (
        f"{MIT}\n{'-' * 40}\nNotwithstanding the above, no resale.\n",
        "Notwithstanding the above",
    ),
    "a licence to sell": (
        f'"Commons Clause" License Condition v1.0\n\nThe Software is provided to you subject to the following '
        f"condition. The License does not grant to you the right to Sell the Software.\n\n{MIT}",
        "subject to the following condition",
    ),
    "advertising": (
        f"{MIT}\nAll advertising materials mentioning this software must display an acknowledgement.\n",
        "All advertising materials",
    ),
    "ISC with a condition": (ISC.replace("appear in all copies.", "appear in all copies and manuals."), "and manuals"),
    "ISC without its condition": (
        " ".join(ISC.split()).replace(
            ", provided that the above copyright notice and this permission notice appear in all copies", ""
        ),
        None,
    ),
    "ISC for a fee": (ISC.replace("with or without fee", "with fee"), "or without"),
    "Zlib required": (ZLIB.replace("not required", "required"), ""),
    "Zlib, commercial negated": (ZLIB.replace("including commercial", "excluding commercial"), "excluding"),
    "Zlib without a clause": (ZLIB.rpartition("3. ")[0], ""),
    "Boost without its exception": (BOOST.replace(", unless such", "; such"), "unless"),
    "BSD, then a rider": (f"{BSD}\nThis software may not be sold.\n", "This software may not be sold"),
}


@pytest.mark.parametrize(("text", "shown"), TRAPS.values(), ids=TRAPS.keys())
def test_a_changed_text_is_never_named(text: str, shown: str | None) -> None:
    found = identify(text)
    if shown is None:  # what is left is another licence of the list
        assert [match.license for match in found.matches] == ["0BSD"]
        return
    assert {match.license for match in found.matches} == {None}
    assert found.expression is None
    changes = [change for match in found.matches for change in match.changes]
    assert any(shown in change.found or shown in change.expected for change in changes)
    for change in changes:
        lines = text.splitlines()[change.lines.start - 1 : change.lines.end]
        assert change.found.split()[:1] == [] or change.found.split()[0] in " ".join(lines)


def test_licences_that_differ_by_a_paragraph_are_told_apart() -> None:
    no_attribution = f"{MIT_GRANT.replace(', subject to the following conditions:', '.')}\n{MIT_DISCLAIMER}"
    no_attribution = no_attribution.replace(
        "furnished to do so, subject to the following conditions:", "furnished to do so."
    )
    x11 = MIT_BODY + (
        "\nExcept as contained in this notice, the name of Jane Roe shall not be used in advertising or otherwise to "
        "promote the sale, use or other dealings in this Software without prior written authorization from Jane Roe.\n"
    )
    assert _ids(no_attribution) == ["MIT-0"]
    assert _ids(x11) == ["X11"]


def test_every_licence_of_a_collection_has_its_lines() -> None:
    rule = "-" * 60
    text = "\n".join(
        ["alpha", rule, MIT, "beta", rule, ISC, "gamma", rule, BSD, "delta", rule, MIT, "epsilon", rule, ZLIB]
    )
    found = identify(text)
    assert [match.license for match in found.matches] == ["MIT", "ISC", "BSD-2-Clause", "MIT", "Zlib"]
    lines = text.splitlines()
    firsts = [lines[match.lines.start - 1].split()[0] for match in found.matches]
    assert firsts == ["MIT", "ISC", "Redistribution", "MIT", "This"]
    assert found.choice is None


def test_a_rider_in_a_collection_belongs_to_its_neighbour() -> None:
    rule = "-" * 60
    text = f"alpha\n{rule}\n{MIT}\nalpha must not be sold.\n{rule}\nbeta\n\n{ISC}"
    assert _ids(text) == [None, "ISC"]


def test_the_file_says_that_its_licences_are_a_choice() -> None:
    found = identify(f"You may use this under either of the following licenses, at your option.\n\n{MIT}\n\n{ISC}")
    assert found.choice == "OR"
    assert identify(f"{MIT}\n\n{ISC}").choice is None


def test_a_custom_licence_is_a_passage_that_binds() -> None:
    found = identify("You may use this program at home. You must not use it at work without my permission.\n")
    assert not found.matches
    assert [passage.binding for passage in found.passages] == [True]


def test_an_ambiguous_name_stays_ambiguous() -> None:
    found = identify("License: BSD\n")
    assert [reference.expression for reference in found.references] == [None]
    assert found.expression is None


def test_a_family_text_alone_needs_no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the index was asked")

    monkeypatch.setattr(reader, "read_exact", refuse)
    assert _ids(BSD) == ["BSD-2-Clause"]


def test_copyright_statements_are_told() -> None:
    assert [(found.holder, found.years) for found in identify(MIT).copyrights] == [("Jane Roe", "2021")]


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHARACTERS", 100)
    with pytest.raises(DocumentError, match="over the limit of 100"):
        identify("x" * 101)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0" * 1000,
        "permission " * 20_000,
        "a b " * 50_000,
        "(" * 200_000,
        MIT.replace("\n", " ") * 100,
        "©" * 100_000,
    ],
    ids=["empty", "zeros", "one word", "two words", "brackets", "many licences", "signs"],
)
def test_hostile_texts_end(text: str) -> None:
    identify(text)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    identify(text)


@given(st.lists(st.sampled_from(MIT.split() + ISC.split() + BSD.split()), max_size=60).map(" ".join))
def test_words_of_licences_in_any_order_can_be_read(text: str) -> None:
    assert identify(text).licenses == ()


def test_a_choice_about_a_part_is_none_about_the_whole() -> None:
    lead = "Examples in the documentation are dual licensed under the two licenses below.\n\n"
    assert identify(f"{lead}{MIT}\n\n{ISC}").choice is None
    assert identify(f"This library is dual licensed under the two licenses below.\n\n{MIT}\n\n{ISC}").choice == "OR"
