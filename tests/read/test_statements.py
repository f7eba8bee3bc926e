"""What a document says about licences: read where it is plain, tied to a repository only where the document does."""

import time

import pytest

from auditor.model import Format, Statement
from auditor.permalinks import parse_link
from auditor.read import read_report
from auditor.read.source import Source
from auditor.read.statements import read_statements

SHA = "0123456789012345678901234567890123456789"
ONE = f"https://github.com/o/one/blob/{SHA}/a.py#L1"
TWO = f"https://github.com/o/two/blob/{SHA}/b.py#L2"
REPOSITORY = "https://github.com/o/one"
CITED = f"\n\n# Elsewhere\n\nsee {ONE}\n\nand {TWO}\n"


def stated(text: str, form: Format = "markdown") -> tuple[Statement, ...]:
    citations = read_report(text.encode(), "report", parse_link, form).citations
    return read_statements(Source("report", text), form, citations)


def said(text: str, form: Format = "markdown") -> list[tuple[str, str | None]]:
    return [(one.written, one.repository) for one in stated(text + CITED, form) if one.kind == "license"]


def quoted(text: str, form: Format = "markdown") -> list[str]:
    return [" ".join(one.written.split()) for one in stated(text + CITED, form) if one.kind == "quote"]


FIELDS: dict[str, tuple[str, Format]] = {
    "pasted from a table": (f"Code Repository\t{REPOSITORY}.git\nLicense Type\tBSD\n", "markdown"),
    "table without heading": (
        f"| Code Repository | {REPOSITORY} |\n| --- | --- |\n| License Type | BSD |\n",
        "markdown",
    ),
    "table with empty heading": (f"| | |\n|--|--|\n| Repository | <{REPOSITORY}> |\n| License | BSD |\n", "markdown"),
    "table without outer pipes": (f"Field | Value\n--- | ---\nSource | {REPOSITORY}\nLicense | BSD\n", "markdown"),
    "one thing per row": (f"| Name | License | Link |\n|--|--|--|\n| 1 | BSD | {ONE} |\n", "markdown"),
    "one thing per row, by name": ("| Name | License |\n|--|--|\n| one | BSD |\n| three | MIT |\n", "markdown"),
    "list": (f"- Repository: {REPOSITORY}\n- License: BSD\n", "markdown"),
    "row with a name": ("- Source: o/one\n- License: BSD\n", "markdown"),
    "bold labels": (f"**Repository:** [one]({REPOSITORY}/)\n**License:** `BSD`\n", "markdown"),
    "bold labels, colon outside": (f"**Repository**: {REPOSITORY}\n**License**: **BSD**\n", "markdown"),
    "heading": ("## One\n\nLicence: BSD\n", "markdown"),
    "heading with brackets": ("## [One]\n\n### General\n\nLicense: BSD\n", "markdown"),
    "heading with the owner": ("## o/one\n\n* License: BSD\n", "markdown"),
    "own section": ("# one\n\n## License\n\nBSD\n", "markdown"),
    "question": ("# one\n\n* Licensing?\n\nBSD\n", "markdown"),
    "link": ("# one\n\nLicense: [BSD](https://opensource.org/licenses)\n", "markdown"),
    "remark": ("# one\n\nLicense: BSD (see the file)\n", "markdown"),
    "only link of a sure form": (f"## Some tool\n\nLicense Type: BSD\n\nsee {ONE}\n", "markdown"),
    "html rows": (
        f"<table><tr><td>Code Repository</td><td><a href='{REPOSITORY}'>x</a></td></tr>"
        "<tr><th><b>License Type</b></th><td><code>BSD</code></td></tr></table>",
        "html",
    ),
    "html rows in Markdown": (
        f"<table>\n<tr><td>Repository</td><td>{REPOSITORY}</td></tr>\n<tr>\n<td>License:</td>\n<td>BSD</td></tr></table>\n",
        "markdown",
    ),
    "definition list": (f"<dl><dt>Repository<dd>{REPOSITORY}<dt>License</dt><dd>BSD</dd></dl>", "html"),
    "html paragraph": ("<h1>One</h1><p><b>License:</b> BSD</p>", "html"),
    "field list": (f":Repository: {REPOSITORY}\n:License: BSD\n", "rst"),
    "list-table": (
        f".. list-table::\n\n   * - Repository\n     - {REPOSITORY}\n   * - License\n     - BSD\n",
        "rst",
    ),
    "out of a PDF": (f"Code Repository {REPOSITORY}\nLicense Type\nBSD\nLicense Description\nfree\n", "text"),
    "out of a PDF, one line": (f"Code Repository {REPOSITORY}\nLicense Type BSD\n", "text"),
    "out of a PDF, several": (
        f"Code Repository\n• One: {REPOSITORY}\n• Two: https://github.com/o/two\nLicense Type\n• One: BSD\n",
        "text",
    ),
}


@pytest.mark.parametrize(("text", "form"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_read_with_its_repository(text: str, form: Format) -> None:
    assert said(text, form)[:1] == [("BSD", REPOSITORY)]


@pytest.mark.parametrize(
    "name",
    [
        "MIT",
        "Apache-2.0 OR MIT",
        "MIT/Apache-2.0",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "BSD 3-Clause License",
        'BSD 3-Clause "New" or "Revised" License',
        "3-clause BSD",
        "Apache License, Version 2.0",
        "GNU General Public License v3.0 or later",
        "GPLv2+",
        "Python Software Foundation License",
        "Mozilla Public License 2.0",
        "CC BY-SA 4.0",
        "Creative Commons Attribution 4.0 International",
        "Public Domain",
        "LicenseRef-Ours",
    ],
)
def test_names_are_read_whole(name: str) -> None:
    assert said(f"# one\n\nLicense: {name}\n") == [(name, REPOSITORY)]
    assert said(f"one is licensed under the {name}. It is fast.") == [(name, REPOSITORY)]


def test_the_place_and_the_edit_are_the_name_alone() -> None:
    text = "# one\n\n| License | **`BSD License`** |\n\n" + ONE
    (statement,) = stated(text)
    (span,) = statement.edits.targets
    assert text[span.start : span.end] == statement.written == "BSD License"
    assert (statement.place.line, statement.place.column, statement.place.end_column) == (3, 16, 26)
    assert statement.explicit


@pytest.mark.parametrize(
    "text",
    [
        "Some Library is here: [License](LICENSE) | [Docs](docs) | [MIT](x)",
        "[![License: MIT](https://img.shields.io/badge/License-MIT-yellow.svg)](https://opensource.org/licenses/MIT)",
        "## License\n\nSee the file LICENSE.\n",
        "License: see LICENSE.md",
        "License Type: Three letter acronym is fine.",
        "License Type\thttps://github.com/o/one/blob/main/LICENSE",
        "License: MIT, except for the fonts",
        "Licenses such as MIT or Apache are permissive.",
        "The MIT license is short, the GPL is long.",
        "```\nLicense: MIT\n```\n",
        "one may be licensed under the MIT license.",
        "one is not licensed under the MIT license.",
        "one was licensed under the MIT license.",
        "Some files of one are licensed under the MIT license.",
        "By contributing to one you agree that it is licensed under the MIT license.",
        "If one is licensed under the MIT license, all is well.",
        "one is released under a BSD-style license",
        "one is available under mit",
        "| Name | License |\n|--|--|\n| unknown | MIT |\n",
        "| License | Contributing |\n|--|--|\n| a | b |\n",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert said(text) == []


UNKNOWN = {
    "another heading": "# Something\n\nLicense: MIT\n",
    "a link in the section": f"# Something\n\nLicense: MIT\n\nsee {ONE}\n",
    "own project": "# one\n\nThis project is licensed under the MIT license.\n",
    "own project with a link": f"This project is licensed under the MIT license, as {ONE} is.\n",
    "several repositories in the row": f"Repository\t{REPOSITORY} https://github.com/o/two\nLicense Type\tMIT\n",
    "a pronoun without heading": "It is licensed under the MIT license.\n",
    "two subjects": "one and two are licensed under the MIT license.\n",
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_a_repository_is_not_guessed(text: str) -> None:
    assert [repository for _, repository in said(text)] == [None]


def test_equal_names_of_two_repositories_are_not_chosen_from() -> None:
    other = f"https://github.com/fork/one/blob/{SHA}/a.py"
    assert [one.repository for one in stated(f"# one\n\nLicense: MIT\n\n{ONE} {other}")] == [None]


def test_a_repository_that_is_not_cited_is_taken_as_written() -> None:
    assert said("Code Repository: https://github.com/x/y.git\nLicense: MIT\n") == [("MIT", "https://github.com/x/y")]


def test_every_form_has_its_own_repository() -> None:
    text = (
        f"Code Repository\t{REPOSITORY}\nLicense Type\tMIT\n\n"
        "Code Repository\thttps://github.com/o/two\nLicense Type\tISC\n"
    )
    assert said(text) == [("MIT", REPOSITORY), ("ISC", "https://github.com/o/two")]


SENTENCES = {
    "name": "One is licensed under the MIT license.",
    "the whole name": "The library o/one is released under the terms of the MIT license.",
    "link before": f"[it]({ONE}) is distributed under the MIT license",
    "link of the licence": f"The library is available under the [MIT license](https://github.com/o/one/blob/{SHA}/LICENSE)",
    "heading above": "# one\n\nIt is licensed under the MIT license.",
    "kind of thing": "# one\n\nThe library is open source and licensed under the MIT license.",
    "adjective": "one is MIT license-licensed.",
    "over two lines": "one is licensed under the MIT\nlicense and used a lot.",
}


@pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_is_read(text: str) -> None:
    found = [one for one in stated(text + CITED) if one.kind == "license"]
    assert [(one.written, one.repository, one.explicit) for one in found] == [("MIT license", REPOSITORY, False)]


CONDITION = "Redistributions of source code must retain the above copyright notice and this list of conditions."
OTHER = "Neither the name of one nor the names of its contributors may be used to endorse or promote products."
QUOTES: dict[str, tuple[str, Format]] = {
    "list in a row": (
        f"Repository\t{REPOSITORY}\nLicense Restrictions\t<ul> <li>{CONDITION}</li> <li>{OTHER}</li> </ul>",
        "markdown",
    ),
    "table": (f"| Repository | {REPOSITORY} |\n|--|--|\n| License Restrictions | {CONDITION}<br>{OTHER} |", "markdown"),
    "list": (f"# one\n\n## License Restrictions\n\n1. {CONDITION}\n2. {OTHER}\n", "markdown"),
    "block quotes": (f"# one\n\nThe license says:\n\n> {CONDITION}\n>\n> “{OTHER}”\n", "markdown"),
    "code": (f"# one\n\nIts license:\n\n```\n{CONDITION}\n\n{OTHER}\n```\n", "markdown"),
    "html": (f"<h1>one</h1><h2>License</h2><ul><li>{CONDITION}</li><li><em>{OTHER}</em></li></ul>", "html"),
    "out of a PDF": (
        f"Code Repository {REPOSITORY}\nLicense Type\nBSD\nLicense Restrictions ● {CONDITION}\n● {OTHER}\nMagic\n",
        "text",
    ),
}


@pytest.mark.parametrize(("text", "form"), QUOTES.values(), ids=QUOTES)
def test_conditions_are_proposed_one_by_one(text: str, form: Format) -> None:
    assert [one.rstrip(".") for one in quoted(text, form)] == [CONDITION.rstrip("."), OTHER.rstrip(".")]


@pytest.mark.parametrize(
    "text",
    [
        f"# one\n\nOnce upon a time: {CONDITION}\n",
        f"# Something\n\n## License\n\n{CONDITION}\n",
        "# one\n\n## License\n\nRedistributions of source code are fine.\n",
    ],
)
def test_passages_that_are_not_proposed(text: str) -> None:
    assert quoted(text) == []


def test_a_page_of_a_pdf_has_no_edits() -> None:
    text = "Code Repository https://github.com/x/y\nLicense Type\nMIT\n"
    (statement,) = read_statements(Source("report.pdf", text), "pdf", (), 3)
    assert statement.place.page == 3
    assert statement.edits.targets == ()


HOSTILE = [
    "License " + "|" * 100_000,
    "|License|MIT" * 5_000,
    "<td>License" * 5_000,
    "license " + "<td " * 25_000,
    "License" + " " * 100_000 + "x",
    "License: " + "(" * 100_000,
    "License: " + "MIT " * 25_000,
    "licensed under the " * 5_000,
    "# a\n## b\n### License\nMIT\n" * 4_000,
    "license\n" + "redistributions of source " * 4_000,
    "License Restrictions\t"
    + "<li>Redistributions of source code must retain the above copyright notice a b c" * 1_000,
    "License\n" + "```\n" * 25_000,
    "<dt>License<dd>MIT" * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
@pytest.mark.parametrize("form", ["markdown", "html", "rst", "text"])
def test_hostile_text_takes_no_more_than_a_moment(text: str, form: Format) -> None:
    source = Source("report", text)
    before = time.process_time()
    read_statements(source, form, ())
    assert time.process_time() - before < 5
