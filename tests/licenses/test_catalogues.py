"""Each catalogue, against the text of its licence in the index and against wordings that are found in real files."""

import re
import time
import tomllib
from pathlib import Path

import pytest

from auditor.licenses import clauses as module
from auditor.licenses.atoms import atom
from auditor.licenses.clauses import find_clauses
from auditor.licenses.identify import identify
from auditor.licenses.texts.index import text_words
from auditor.licenses.words import read_words
from auditor.model import Clause

ROOT = Path(__file__).parent.parent.parent
DATA = Path(module.__file__).parent / "data" / "clauses"
CATALOGUES = sorted(path.stem for path in DATA.glob("*.toml"))
# Texts that do not hold all conditions taken over: LGPL-3.0 refers to the GPL, and share-alike replaces one of CC-BY.
PARTLY = {"LGPL-3.0", "CC-BY-SA-4.0"}
NO_CONDITIONS = {"0BSD", "CC0-1.0", "FSFUL", "MIT-0", "Unlicense", "WTFPL", "blessing"}

OBLIGATIONS = {
    "AFL-3.0": (
        "section 1(c): no-added-restrictions",
        "section 4: no-endorse",
        "section 4: no-trademark",
        "section 5: network-counts",
        "section 6: source-keep",
        "section 6: state-changes",
        "section 9: tell-recipients",
        "section 10: patent-peace",
    ),
    "BlueOak-1.0.0": ("Notices: tell-recipients",),
    "CC-BY-4.0": (
        "section 2(a)(5): no-added-restrictions",
        "section 2(a)(6): no-endorse",
        "section 2(b)(2): no-trademark",
        "section 3(a)(1)(A): credit",
        "section 3(a)(1)(B): state-changes",
        "section 3(a)(1)(C): tell-recipients",
        "section 3(a)(3): remove-credit",
        "section 3(a)(4): no-added-restrictions",
    ),
    "CDDL-1.1": (
        "section 3.1: source-offer",
        "section 3.1: same-license-file",
        "section 3.1: license-copy-source",
        "section 3.2: same-license-file",
        "section 3.3: mark-changes",
        "section 3.3: source-keep",
        "section 3.4: no-added-restrictions",
        "section 3.4: indemnify",
        "section 3.5: no-added-restrictions",
        "section 6.2: patent-peace",
    ),
    "EUPL-1.2": (
        "article 1: network-counts",
        "article 5, attribution right: keep-notice",
        "article 5, attribution right: license-copy",
        "article 5, attribution right: state-changes",
        "article 5, copyleft clause: same-license-work",
        "article 5, copyleft clause: no-added-restrictions",
        "article 5, provision of source code: source-offer",
        "article 5, legal protection: no-trademark",
        "article 9: indemnify",
        "article 11: tell-recipients",
    ),
    "FTL": (
        "introduction: no-misrepresent",
        "section 2, source code: source-keep",
        "section 2, source code: change-summary",
        "section 2, copyright notices: source-keep",
        "section 2, binaries: documentation-ack",
        "section 3: no-publicity",
    ),
    "IJG": (
        "in plain English, 3: no-misrepresent",
        "condition 1: source-keep",
        "condition 1: change-summary",
        "condition 2: documentation-ack",
        "name condition: no-publicity",
        "commercial products: indemnify",
    ),
    "OFL-1.1": (
        "condition 1: no-sale-alone",
        "condition 2: keep-notice",
        "condition 3: rename",
        "condition 4: no-publicity",
        "condition 5: same-license-file",
    ),
    "Qhull": (
        "clause 1: source-keep",
        "clause 2: keep-notice",
        "clause 3: change-summary",
        "clause 4: use-notice",
    ),
    "Unicode-DFS-2015": (
        "condition (a): keep-notice",
        "condition (b): documentation-notice",
        "condition (c): state-changes",
        "name condition: no-publicity",
    ),
}


def entries(name: str) -> list[tuple[str, str]]:
    """The name and atom of each entry of a catalogue, of those that it takes over as well."""
    data = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
    own = [(entry["name"], entry["atom"]) for entry in data.get("clause", ())]
    return own + (entries(data["like"]) if "like" in data and name not in PARTLY else [])


def clauses(license_id: str, text: str) -> tuple[Clause, ...]:
    words = read_words(text)
    return find_clauses(license_id, words, 0, len(words))


def where(license_id: str, text: str) -> list[tuple[str, str, int, int]]:
    return [(found.name, found.atom, found.lines.start, found.lines.end) for found in clauses(license_id, text)]


def asked(found: tuple[Clause, ...]) -> tuple[str, ...]:
    return tuple(f"{clause.name}: {clause.atom}" for clause in found if atom(clause.atom).kind != "information")


@pytest.mark.parametrize("license_id", CATALOGUES)
def test_every_condition_of_a_catalogue_is_found_in_the_text_of_the_licence(license_id: str) -> None:
    (match,) = identify(text_words(license_id).text).matches
    assert match.license == license_id
    found = {(clause.name, clause.atom) for clause in match.clauses}
    assert [entry for entry in entries(license_id) if entry not in found] == []


@pytest.mark.parametrize("license_id", CATALOGUES)
def test_a_licence_asks_for_something_unless_it_is_known_not_to(license_id: str) -> None:
    words = text_words(license_id)
    found = find_clauses(license_id, words, 0, len(words))
    assert bool(asked(found)) == (license_id not in NO_CONDITIONS)


@pytest.mark.parametrize("license_id", OBLIGATIONS)
def test_what_a_licence_asks(license_id: str) -> None:
    words = text_words(license_id)
    assert asked(find_clauses(license_id, words, 0, len(words))) == OBLIGATIONS[license_id]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: str(path.stem))
def test_a_sentence_that_must_be_shown_is_read_from_the_text(path: Path) -> None:
    """Without the words of the sentence nobody could tell whether it is shown."""
    for entry in tomllib.loads(path.read_text("utf-8")).get("clause", ()):
        assert entry["atom"] not in ("advertising-ack", "any-form-ack") or re.search(
            r"\{(?:name|quote)\}", entry["phrase"]
        ), entry["name"]


def test_the_documentation_lists_the_catalogues() -> None:
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    listed = page.partition("There are catalogues for the BSD family and for ")[2].partition(". A licence without")[0]
    assert sorted(" ".join(listed.split()).replace(" and ", ", ").split(", ")) == CATALOGUES


FONTS = """\
Permission is hereby granted, free of charge, to any person obtaining
a copy of the Font Software, to use, study, copy, merge, embed, modify,
redistribute, and sell modified and unmodified copies of the Font
Software, subject to the following conditions:

1) Neither the Font Software nor any of its individual components,
in Original or Modified Versions, may be sold by itself.

2) Original or Modified Versions of the Font Software may be bundled,
redistributed and/or sold with any software, provided that each copy
contains the above copyright notice and this license. These can be
included either as stand-alone text files, human-readable headers or
in the appropriate machine-readable metadata fields within text or
binary files as long as those fields can be easily viewed by the user.

3) No Modified Version of the Font Software may use the Reserved Font
Name(s) unless explicit written permission is granted by the corresponding
Copyright Holder. This restriction only applies to the primary font name as
presented to the users.

4) The name(s) of the Copyright Holder(s) or the Author(s) of the Font
Software shall not be used to promote, endorse or advertise any
Modified Version, except to acknowledge the contribution(s) of the
Copyright Holder(s) and the Author(s) or with their explicit written
permission.

5) The Font Software, modified or unmodified, in part or in whole,
must be distributed entirely under this license, and must not be
distributed under any other license.
"""


def test_the_conditions_for_fonts() -> None:
    assert where("OFL-1.1", FONTS) == [
        ("grant", "grant", 1, 4),
        ("condition 1", "no-sale-alone", 6, 7),
        ("condition 2", "keep-notice", 9, 14),
        ("condition 3", "rename", 16, 19),
        ("condition 4", "no-publicity", 21, 25),
        ("condition 5", "same-license-file", 27, 29),
    ]


def test_the_names_that_changed_fonts_must_not_have_may_be_others() -> None:
    text = (
        "The Font Software may be modified, altered, or added to, only if the fonts\n"
        'are renamed to names not containing either the words "Muster\n'
        'Typen" or the word "Beispiel".\n'
    )
    assert where("Bitstream-Vera", text) == [("name of changed fonts", "rename", 1, 3)]


JPEG = """\
Permission is hereby granted to use, copy, modify, and distribute this
software (or portions thereof) for any purpose, without fee, subject to these
conditions:
(1) If any part of the source code for this software is distributed, then this
README file must be included, with this copyright and no-warranty notice
unaltered; and any additions, deletions, or changes to the original files
must be clearly indicated in accompanying documentation.
(2) If only executable code is distributed, then the accompanying
documentation must state that "this software is based in part on the work of
the Independent JPEG Group".
(3) Permission for use of this software is granted only if the user accepts
full responsibility for any undesirable consequences; the authors accept
NO LIABILITY for damages of any kind.
"""


def test_an_acknowledgement_in_the_documentation_of_binaries() -> None:
    assert where("IJG", JPEG) == [
        ("grant", "grant", 1, 3),
        ("condition 1", "source-keep", 4, 6),
        ("condition 1", "change-summary", 6, 7),
        ("condition 2", "documentation-ack", 8, 10),
        ("condition 3", "disclaimer", 11, 13),
    ]
    asks = clauses("IJG", JPEG)[3].asks
    assert "“this software is based in part on the work of the Independent JPEG Group”" in asks
    assert atom("documentation-ack").fires_on == ("binary",)


@pytest.mark.parametrize(("first", "second"), [("(a)\n", " (b) "), ("\n\n     (a) ", "\n     (b) ")])
def test_one_of_two_places_is_enough(first: str, second: str) -> None:
    text = (
        f"provided that either {first}this copyright and permission notice appear with all copies of the Data Files\n"
        f"or Software, or{second}this copyright and permission notice appear in associated Documentation.\n"
    )
    (condition,) = clauses("Unicode-3.0", text)
    assert (condition.name, condition.atom) == ("condition (a) or (b)", "keep-notice")
    assert condition.lines.start == 1
    assert "or in the documentation" in condition.asks


def test_the_holders_of_a_licence_are_read_from_the_text() -> None:
    text = (
        "and that the names of Muster Werke AB or the author\nnot be used in advertising or publicity pertaining to\n"
        "distribution of the software without specific, written prior permission.\n"
    )
    (condition,) = clauses("MIT-CMU", text)
    assert condition.names == ("Muster Werke AB or the author",)
    assert (condition.lines.start, condition.lines.end) == (1, 3)


def test_a_disclaimer_may_name_any_holder() -> None:
    text = (
        "IN NO EVENT SHALL JANE ROE AND MUSTER WERKE BE LIABLE TO ANY PARTY FOR\n"
        "DIRECT DAMAGES, EVEN IF THEY HAVE BEEN ADVISED OF THE POSSIBILITY OF SUCH\nDAMAGE.\n\n"
        "JANE ROE AND MUSTER WERKE SPECIFICALLY DISCLAIM ANY WARRANTIES, AND HAVE NO\n"
        "OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR\nMODIFICATIONS.\n"
    )
    expected = [("disclaimer of liability", "disclaimer", 1, 3), ("disclaimer of warranty", "disclaimer", 5, 7)]
    assert where("PostgreSQL", text) == where("MIT-Modern-Variant", text) == expected


def test_a_purpose_that_is_excluded_is_no_mit_licence() -> None:
    (condition,) = clauses("JSON", "The Software shall be used for Good, not Evil.")
    assert (condition.name, condition.atom) == ("purpose condition", "field-of-use")
    assert clauses("MIT", "The Software shall be used for Good, not Evil.") == ()


@pytest.mark.parametrize(
    ("license_id", "repeated"),
    [
        ("Bitstream-Vera", "the font software may be modified altered or added to only if the fonts are renamed "),
        ("HDF5", "neither the name of a the name of a nor "),
        ("MIT-Modern-Variant", "in no event shall be liable to any "),
        ("libtiff", "the names of may not be used in any "),
        ("ZPL-2.1", "names of must not be used to "),
    ],
)
def test_a_hostile_text_takes_no_longer_than_its_length(license_id: str, repeated: str) -> None:
    words = read_words(repeated * (300_000 // len(repeated)))
    start = time.perf_counter()
    find_clauses(license_id, words, 0, len(words))
    assert time.perf_counter() - start < 5
