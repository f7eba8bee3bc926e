"""The BSD family: what is named, what is called changed, and which lines a condition has."""

import textwrap
import time

import pytest

from auditor.licenses.bsd import read_bsd
from auditor.licenses.bsd.parts import family, main_words
from auditor.licenses.copyrights import find_copyrights
from auditor.licenses.patterns import compile_wording
from auditor.licenses.words import read_words
from auditor.model import LicenseMatch

HOLDER = "Copyright (c) 2011-2019 Petra Muster and contributors"
GRANT = (
    "Redistribution and use in source and binary forms, with or without modification, are permitted provided that the "
    "following conditions are met:"
)
SOURCE = (
    "1. Redistributions of source code must retain the above copyright notice, this list of conditions and the "
    "following disclaimer."
)
BINARY = (
    "2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the "
    "following disclaimer in the documentation and/or other materials provided with the distribution."
)
ENDORSE = (
    "3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote "
    "products derived from this software without specific prior written permission."
)
ADVERTISING = (
    "3. All advertising materials mentioning features or use of this software must display the following "
    "acknowledgement: This product includes software developed by Muster Werke, Inc. and its contributors."
)
WARRANTY = (
    'THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED '
    "WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR "
    "PURPOSE ARE DISCLAIMED."
)
LIABILITY = (
    "IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, "
    "EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; "
    "LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER "
    "IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF "
    "THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE."
)
DISCLAIMER = f"{WARRANTY} {LIABILITY}"
SHORT_WARRANTY = (
    "THIS SOFTWARE IS PROVIDED ``AS IS'' AND WITHOUT ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, WITHOUT LIMITATION, "
    "THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE."
)
UNIVERSITY = ENDORSE.replace("the copyright holder", "the University")
AUTHOR = (
    "The name of the author may not be used to endorse or promote products derived from this software without specific "
    "prior written permission."
)
ANY_FORM = (
    "4. Redistributions of any form whatsoever must retain the following acknowledgment: 'This product includes "
    'software developed by "Muster Werke" (http://muster.example/).\''
)
NUCLEAR = (
    "You acknowledge that this software is not designed, licensed or intended for use in the design, construction, "
    "operation or maintenance of any nuclear facility."
)
VIEWS = (
    "The views and conclusions contained in the software and documentation are those of the authors and should not be "
    "interpreted as representing official policies, either expressed or implied, of the Muster project."
)


def text(*paragraphs: str, holder: str = HOLDER) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 78) for paragraph in (holder, *paragraphs)) + "\n"


BSD_2 = text(GRANT, SOURCE, BINARY, DISCLAIMER)
BSD_3 = text(GRANT, SOURCE, BINARY, ENDORSE, DISCLAIMER)
BSD_4 = text(GRANT, SOURCE, BINARY, ADVERTISING, ENDORSE.replace("3.", "4."), DISCLAIMER)


def read(source: str) -> list[LicenseMatch]:
    words = read_words(source)
    return [reading.match for reading in read_bsd(words.without(find_copyrights(words)[1]))]


def only(source: str) -> LicenseMatch:
    matches = read(source)
    assert len(matches) == 1
    return matches[0]


FAMILY = {
    "BSD-1-Clause": text(GRANT, SOURCE, DISCLAIMER),
    "BSD-2-Clause": BSD_2,
    "BSD-3-Clause": BSD_3,
    "BSD-4-Clause": BSD_4,
    "BSD-4-Clause-UC": text(
        GRANT,
        SOURCE,
        BINARY,
        ADVERTISING.replace("Muster Werke, Inc.", "the University of California, Berkeley"),
        UNIVERSITY,
        DISCLAIMER.replace("THE COPYRIGHT HOLDERS AND", "THE REGENTS AND").replace("COPYRIGHT HOLDER OR", "REGENTS OR"),
    ),
    "BSD-2-Clause-Views": text(GRANT, SOURCE, BINARY, DISCLAIMER, VIEWS),
    "BSD-2-Clause-first-lines": text(
        GRANT,
        SOURCE.replace("disclaimer.", "disclaimer as the first lines of this file unmodified."),
        BINARY,
        DISCLAIMER,
    ),
    "BSD-2-Clause-pos-unchanged": text(
        GRANT, SOURCE.replace("disclaimer.", "disclaimer in this position and unchanged."), BINARY, DISCLAIMER
    ),
    "BSD-2-Clause-pkgconf-disclaimer": text(
        GRANT,
        SOURCE,
        BINARY.replace(" and/or other materials", ""),
        "This software is provided 'as is' and without any warranty, express or implied. In no event shall the authors "
        "be liable for any damages arising from the use of this software.",
    ),
    "BSD-3-Clause-Attribution": text(GRANT, SOURCE, BINARY, ENDORSE, ANY_FORM, DISCLAIMER),
    "BSD-3-Clause-Clear": text(
        GRANT.replace("permitted", "permitted (subject to the limitations in the disclaimer below)"),
        SOURCE,
        BINARY,
        ENDORSE,
        f"NO EXPRESS OR IMPLIED LICENSES TO ANY PARTY'S PATENT RIGHTS ARE GRANTED BY THIS LICENSE. {DISCLAIMER}",
    ),
    "BSD-3-Clause-HP": text(
        GRANT,
        SOURCE,
        BINARY,
        ENDORSE.replace("the copyright holder", "the HP"),
        DISCLAIMER.replace("PROCUREMENT", "PATENT INFRINGEMENT; PROCUREMENT"),
    ),
    "BSD-3-Clause-No-Nuclear-License-2014": text(GRANT, SOURCE, BINARY, ENDORSE, DISCLAIMER, NUCLEAR),
    "BSD-3-Clause-No-Military-License": text(
        GRANT, SOURCE, BINARY, ENDORSE, DISCLAIMER, NUCLEAR.replace("nuclear", "military").upper()
    ),
    "BSD-3-Clause-flex": text(GRANT, SOURCE, BINARY, UNIVERSITY, SHORT_WARRANTY),
    "BSD-3-Clause-acpica": text(
        GRANT,
        SOURCE.replace("disclaimer.", "disclaimer, without modification."),
        '2. Redistributions in binary form must reproduce at minimum a disclaimer substantially similar to the "NO '
        'WARRANTY" disclaimer below ("Disclaimer") and any redistribution must be conditioned upon including a '
        "substantially similar Disclaimer requirement for further binary redistribution.",
        ENDORSE,
        "NO WARRANTY",
        DISCLAIMER,
    ),
    "BSD-4.3RENO": text(
        "Redistribution and use in source and binary forms are permitted provided that this notice is preserved and "
        "that due credit is given to the University of Musterstadt. The name of the University may not be used to "
        "endorse or promote products derived from this software without specific written prior permission. This "
        "software is provided ``as is'' without express or implied warranty."
    ),
    "BSD-Advertising-Acknowledgement": text(GRANT, SOURCE, BINARY, ADVERTISING, ANY_FORM, DISCLAIMER),
    "BSD-Source-Code": text(GRANT, SOURCE, ENDORSE, DISCLAIMER),
    "BSD-Source-beginning-file": text(
        GRANT,
        SOURCE.replace("disclaimer.", "disclaimer, without modification, immediately at the beginning of the file."),
        AUTHOR,
        DISCLAIMER,
    ),
    "BSD-Source-Code-no-disclaimer": text(
        GRANT,
        "Redistributions of source code must retain the above copyright notice and this list of conditions, without "
        "modification.",
        AUTHOR,
    ),
}


@pytest.mark.parametrize("identity", FAMILY)
def test_each_member_of_the_family_is_named(identity: str) -> None:
    match = only(FAMILY[identity])
    assert (match.license, match.nearest, match.changes) == (identity, identity, ())


def change(old: str, new: str, source: str = BSD_3) -> str:
    """The text with one phrase changed, whatever its line breaks."""
    flat = "\n\n".join(" ".join(paragraph.split()) for paragraph in source.split("\n\n"))
    assert old in flat
    return text(*flat.replace(old, new, 1).split("\n\n")[1:])


# Each: the altered text, the licence it was made from, and words that must be shown as found or as expected.
TRAPS = {
    "non-commercial": (
        change("are permitted provided", "are permitted for non-commercial purposes provided"),
        "BSD-3-Clause",
        "for non-commercial purposes",
    ),
    "no modification": (change("with or without", "without"), "BSD-3-Clause", "with or"),
    "no source": (change("in source and binary forms", "in binary form"), "BSD-3-Clause", "source and"),
    "unmodified copies": (
        change("and use in source", "and use of unmodified copies in source"),
        "BSD-3-Clause",
        "unmodified copies",
    ),
    "commercial edition": (
        change("and use in source", "and use of the Commercial Edition in source"),
        "BSD-3-Clause",
        "the Commercial",
    ),
    "permitted to users": (
        change("permitted provided", "permitted to paying members provided"),
        "BSD-3-Clause",
        "to paying members",
    ),
    "notice not kept": (change("code must retain", "code must not retain"), "BSD-3-Clause", "not"),
    "changes sent back": (
        change("following disclaimer.", "following disclaimer, and must be sent to us."),
        "BSD-3-Clause",
        "must be sent to us",
    ),
    "may for must": (change("form must reproduce", "form may reproduce"), "BSD-3-Clause", "may"),
    "only in documentation": (change(" and/or other materials", ""), "BSD-3-Clause", "other materials"),
    "binary fee": (
        change("with the distribution.", "with the distribution, and the fee must be paid."),
        "BSD-3-Clause",
        "the fee must be paid",
    ),
    "endorsement allowed": (change("Neither the name", "Both the name"), "BSD-3-Clause", "Both"),
    "author may endorse": (
        text(GRANT, SOURCE, BINARY, AUTHOR.replace("may not be", "may be"), DISCLAIMER),
        "BSD-3-Clause",
        "not",
    ),
    "endorsement for money": (
        change("prior written permission.", "prior written permission and payment of a fee."),
        "BSD-3-Clause",
        "payment of a fee",
    ),
    "condition in the name": (
        change("of the copyright holder nor", "of the copyright holder, who must be paid, nor"),
        "BSD-3-Clause",
        "who must be paid",
    ),
    "condition behind the permission": (
        change("written permission.", "written permission of the holder, on request only."),
        "BSD-3-Clause",
        "on request only",
    ),
    "provided to users": (
        change('CONTRIBUTORS "AS', 'CONTRIBUTORS TO REGISTERED USERS "AS'),
        "BSD-3-Clause",
        "REGISTERED USERS",
    ),
    "provided for evaluation": (
        change('CONTRIBUTORS "AS', 'CONTRIBUTORS FOR EVALUATION "AS'),
        "BSD-3-Clause",
        "FOR EVALUATION",
    ),
    "provided for evaluators": (
        change('CONTRIBUTORS "AS', 'CONTRIBUTORS FOR EVALUATORS "AS'),
        "BSD-3-Clause",
        "FOR EVALUATORS",
    ),
    "provided by whom": (
        change('CONTRIBUTORS "AS', 'CONTRIBUTORS PAYING MEMBERS "AS'),
        "BSD-3-Clause",
        "PAYING",
    ),
    "warranty given": (change("ARE DISCLAIMED", "ARE NOT DISCLAIMED"), "BSD-3-Clause", "NOT"),
    "user not liable": (
        change("SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE", "SHALL THE USER BE"),
        "BSD-3-Clause",
        "THE USER",
    ),
    "licensee not liable": (
        change("SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE", "SHALL LICENSEE BE"),
        "BSD-3-Clause",
        "LICENSEE",
    ),
    "liable": (change("IN NO EVENT SHALL", "IN ANY EVENT SHALL"), "BSD-3-Clause", "no"),
    "indirect damage": (change("INDIRECT, INCIDENTAL", "INCIDENTAL"), "BSD-3-Clause", "indirect"),
    "unless advised": (change("EVEN IF ADVISED", "UNLESS ADVISED"), "BSD-3-Clause", "UNLESS"),
    "liability gone": (change(f" {LIABILITY}", ""), "BSD-3-Clause", "in no event shall"),
    "disclaimer gone": (text(GRANT, SOURCE, BINARY, ENDORSE), "BSD-3-Clause", "in no event shall"),
    "sentence between conditions": (
        change("\n\n3. Neither", " You may not sell this software.\n\n3. Neither"),
        "BSD-3-Clause",
        "You may not sell this software",
    ),
    "fourth condition": (
        text(GRANT, SOURCE, BINARY, ENDORSE, "4. Competitors need a licence of their own.", DISCLAIMER),
        "BSD-3-Clause",
        "Competitors need a licence of their own",
    ),
    "sentence in the disclaimer": (
        change("DISCLAIMED. IN NO", "DISCLAIMED. THE OPERATOR BEARS ALL COSTS. IN NO"),
        "BSD-3-Clause",
        "THE OPERATOR BEARS ALL COSTS",
    ),
    "another order": (text(GRANT, BINARY, SOURCE, ENDORSE, DISCLAIMER), "BSD-3-Clause", "Redistributions"),
    "source condition gone": (
        text(GRANT, BINARY, ENDORSE, DISCLAIMER),
        "BSD-3-Clause",
        "redistributions of source code",
    ),
    "grant gone": (text(SOURCE, BINARY, ENDORSE, DISCLAIMER), "BSD-3-Clause", "redistribution and use"),
    "modified source only": (change("of source code must", "of modified source code must"), "BSD-3-Clause", "modified"),
    "advertising forbidden": (change("must display", "must not display", BSD_4), "BSD-4-Clause", "not"),
    "nuclear rider": (
        text(GRANT, SOURCE, BINARY, DISCLAIMER, NUCLEAR),
        "BSD-2-Clause",
        "nuclear facility",
    ),
    "first lines of three clauses": (
        change("following disclaimer.", "following disclaimer as the first lines of this file unmodified."),
        "BSD-3-Clause",
        "as the first lines of this file unmodified",
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_changed_text_is_not_named_and_shows_what_was_changed(name: str) -> None:
    source, nearest, shown = TRAPS[name]
    match = only(source)
    assert (match.license, match.nearest) == (None, nearest)
    assert any(shown.lower() in f"{made.found} {made.expected}".lower() for made in match.changes)
    last = source.count("\n") + 1
    assert all(1 <= made.lines.start <= made.lines.end <= last for made in match.changes)


def led(leader: str, source: str = BSD_3) -> str:
    return "".join(f"{leader}{line}\n" for line in source.splitlines())


def bulleted(*bullets: str) -> str:
    source = BSD_3
    for number, bullet in enumerate(bullets, 1):
        source = source.replace(f"{number}. ", bullet, 1)
    return source


HARMLESS = {
    "C comment": f"/*\n{led(' * ')} */\n",
    "box comment": "".join(f"/* {line:<78} */\n" for line in BSD_3.splitlines()),
    "slashes": led("// "),
    "hashes": led("# "),
    "dashes": led("-- "),
    "semicolons": led(";; "),
    "percents": led("%% "),
    "dnl": led("dnl "),
    "rem": led("REM "),
    "quoted": led("> "),
    "HTML": "<html><body>" + "".join(f"<p>{part}</p>" for part in BSD_3.split("\n\n")) + "</body></html>",
    "one line": " ".join(BSD_3.split()),
    "narrow": "\n\n".join(textwrap.fill(part, 34) for part in BSD_3.split("\n\n")),
    "CRLF": BSD_3.replace("\n", "\r\n"),
    "stars": bulleted("* ", "* ", "* "),
    "hyphens": bulleted("- ", "- ", "- "),
    "brackets": bulleted("(1) ", "(2) ", "(3) "),
    "letters": bulleted("a) ", "b) ", "c) "),
    "roman": bulleted("i. ", "ii. ", "iii. "),
    "discs": bulleted("  o ", "  o ", "  o "),
    "typographic quotes": BSD_3.replace('"AS IS"', "“AS IS”"),
    "backticks": BSD_3.replace('"AS IS"', "``AS IS''"),
    "broken word": BSD_3.replace("PARTICULAR", "PARTI-\nCULAR"),
    "lower case": BSD_3.lower(),
    "expressed": change("ANY EXPRESS OR", "ANY EXPRESSED OR"),
    "works": change("source code must", "works must"),
    "notice(s)": change("above copyright notice,", "above copyright notice(s),"),
    "joined conditions": change(
        "conditions and the following disclaimer.", "conditions and the following disclaimer; and"
    ),
    "holder(s)": change("COPYRIGHT HOLDERS AND CONTRIBUTORS", "COPYRIGHT HOLDER(S) AND CONTRIBUTORS"),
    "owner": change("COPYRIGHT HOLDER OR", "COPYRIGHT OWNER OR"),
    "author": change("BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS", "BY THE AUTHOR"),
    "company": change(
        "BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS", "BY MUSTER WERKE GMBH, ACME Inc. AND ITS AFFILIATES"
    ),
    "a participle that is a name": change(
        "BY THE COPYRIGHT HOLDERS AND", "BY PETRA KING OF CONSOLIDATED FLYING, AND"
    ).replace("Petra Muster and", "Petra King of Consolidated Flying and"),
    "no party": change("BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS ", ""),
    "any contributors": change("of its contributors", "of any contributors"),
    "no 'specific'": change("without specific prior", "without prior"),
    "small name": change("the copyright holder nor", "python-muster nor"),
    "two parties": change("the copyright holder nor", "Muster Werke, nor Acme, nor"),
    "long name": change(
        "the copyright holder nor", "the Institute for Water Research, University of Musterstadt at See nor"
    ),
    "permission of": change("written permission.", "written permission of Muster Werke, Inc."),
    "names of contributors": text(
        GRANT, SOURCE, BINARY, AUTHOR.replace("The name of the author", "The names of its contributors"), DISCLAIMER
    ),
    "name(s) of the author(s)": text(
        GRANT, SOURCE, BINARY, AUTHOR.replace("name of the author", "name(s) of the author(s)"), DISCLAIMER
    ),
    "heading before the disclaimer": text(GRANT, SOURCE, BINARY, ENDORSE, "DISCLAIMER", DISCLAIMER),
    "holder in the middle": change("\n\nTHIS SOFTWARE", "\n\nCopyright (c) 2020 Acme\n\nTHIS SOFTWARE"),
    "documentation too": change("THIS SOFTWARE IS", "THIS SOFTWARE AND ITS DOCUMENTATION IS"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_form_is_named(name: str) -> None:
    match = only(HARMLESS[name])
    assert (match.license, match.changes) == ("BSD-3-Clause", ())


def test_the_lines_of_each_clause() -> None:
    match = only(BSD_3)
    found = [(clause.name, clause.atom, clause.lines.start, clause.lines.end) for clause in match.clauses]
    assert found == [
        ("grant", "grant", 3, 4),
        ("clause 1", "source-keep", 6, 7),
        ("clause 2", "binary-reproduce", 9, 11),
        ("clause 3", "no-endorse", 13, 15),
        ("disclaimer", "disclaimer", 17, 26),
    ]
    assert (match.lines.start, match.lines.end) == (3, 26)


def test_the_text_of_a_clause_has_no_comment_leaders() -> None:
    clauses = only(led(" * ")).clauses
    assert clauses[1].text.startswith(
        "Redistributions of source code must retain the above copyright notice, this list"
    )
    assert "*" not in clauses[1].text


def test_the_protected_names_are_those_of_the_text() -> None:
    match = only(change("the copyright holder nor", "Muster Werke, Inc. nor"))
    assert match.clauses[3].names == ("Muster Werke, Inc.", "its contributors")
    assert "Muster Werke, Inc." in match.clauses[3].asks


def test_the_sentence_to_display_is_verbatim() -> None:
    clauses = {clause.atom: clause for clause in only(FAMILY["BSD-Advertising-Acknowledgement"]).clauses}
    sentence = "This product includes software developed by Muster Werke, Inc. and its contributors."
    assert clauses["advertising-ack"].names == (sentence,)
    assert clauses["any-form-ack"].names[0].startswith('This product includes software developed by "Muster Werke"')
    assert clauses["any-form-ack"].name == "clause 4"


def test_a_removed_condition_is_shown_with_its_words_and_a_line() -> None:
    match = only(TRAPS["source condition gone"][0])
    removed = [made for made in match.changes if made.kind == "removed"]
    assert len(removed) == 1
    assert removed[0].expected.startswith("redistributions of source code must retain")
    assert removed[0].lines.start in (4, 6)


def test_an_added_word_is_the_only_change() -> None:
    (made,) = only(TRAPS["warranty given"][0]).changes
    assert (made.kind, made.found, made.expected) == ("added", "NOT", "")


def test_a_text_that_was_changed_keeps_the_clauses_that_were_not() -> None:
    match = only(TRAPS["may for must"][0])
    assert [clause.name for clause in match.clauses] == ["grant", "clause 1", "clause 3", "disclaimer"]


def test_two_licences_in_one_file_are_both_read() -> None:
    source = BSD_2 + "\nBundled: muster\n\n" + BSD_3
    assert [(match.license, match.lines.start) for match in read(source)] == [("BSD-2-Clause", 3), ("BSD-3-Clause", 28)]


def test_views_behind_three_clauses_bind_nobody() -> None:
    match = only(text(GRANT, SOURCE, BINARY, ENDORSE, DISCLAIMER, VIEWS))
    assert match.license == "BSD-3-Clause"
    assert match.lines.end == BSD_3.count("\n")


def test_words_of_another_licence_are_left_alone() -> None:
    words = read_words(BSD_3)
    assert read_bsd(words, range(len(words))) == []


def test_a_lone_disclaimer_is_no_licence() -> None:
    assert read(text("Permission is granted to read this.", DISCLAIMER)) == []


def test_a_licence_that_was_made_from_bsd_is_not_called_a_changed_one() -> None:
    apache = (
        "3. The end-user documentation included with the redistribution, if any, must include the following "
        'acknowledgment: "This product includes software developed by Muster."'
    )
    assert read(text(GRANT, SOURCE, BINARY, apache, DISCLAIMER)) == []


def test_nothing_is_found_in_other_texts() -> None:
    assert read("") == []
    assert read("Redistribution and use of this report is up to you.") == []


@pytest.mark.parametrize(
    "piece",
    [
        "neither the name of A nor ",
        "redistribution and use ",
        f"{GRANT} {SOURCE} ",
        f"{GRANT} {SOURCE.replace('must', 'must never')} ",
        "this software is provided by A ",
        f"{GRANT} {SOURCE} THIS SOFTWARE IS PROVIDED BY {'A ' * 400}",
    ],
)
def test_a_hostile_text_takes_time_in_proportion(piece: str) -> None:
    words = read_words(piece * (200_000 // len(piece)))
    before = time.perf_counter()
    read_bsd(words)
    assert time.perf_counter() - before < 5


def test_the_data_agrees_with_itself() -> None:
    known = family()
    for part in known.parts.values():
        for source in part.sources:
            compile_wording(source)
            if part.begins:
                assert known.opened(main_words(source), 0) or main_words(source)[0].startswith("{"), part.id
    for member in known.members:
        assert {identity for place in member.row for identity in place.ids} <= set(known.parts)
        assert {identity for identity, _ in member.names} <= set(known.parts)
    assert len({member.id for member in known.members}) == len(known.members)
