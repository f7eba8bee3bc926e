"""A notice is found in whatever form it is shipped, and the first difference is shown."""

import html

import pytest
from shipped_project import BSD, CONDITIONS, DISCLAIMER, MIT, supply, text

from auditor.model.obligation import Artifact, ShippedText
from auditor.obligations.owed import read_owed
from auditor.obligations.shelf import key_of, read_sheet, shelve
from auditor.obligations.sight import Sight, look_for

SECOND = BSD.replace("2010 Pallets", "2012 Another Team")


def seen(license_text: str, *files: ShippedText, others: str = "") -> Sight:
    (owed,) = read_owed(supply("flask", {"LICENSE": license_text})).owed
    keys = frozenset(key_of(one) for one in read_sheet(text("o", others)).copyrights)
    return look_for(owed, shelve(Artifact("a", "binary", files)), "flask", keys)


FORMS = {
    "as it is": BSD,
    "in a file of others": f"{MIT}\n\n{BSD}\n\n{SECOND}",
    "as a banner": "/*!\n" + "\n".join(f" * {line}" for line in BSD.splitlines()) + "\n */\ncode()",
    "in HTML": f"<html><body><pre>{html.escape(BSD)}</pre></body></html>",
    "in capitals": BSD.upper(),
    "with other bullets": BSD.replace("1. ", "* ").replace("2. ", "* ").replace("3. ", "* "),
    "with CRLF": BSD.replace("\n", "\r\n"),
    "with a sign": BSD.replace("Copyright", "Copyright (C)"),
    "with more holders": f"Copyright 2024 Packagers Inc.\n{BSD}",
    "quoted": "\n".join(f"> {line}" for line in BSD.splitlines()),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_the_form_does_not_count(content: str) -> None:
    assert seen(BSD, text("NOTICES", content)).state == "kept"


def test_the_lines_of_the_notice_are_shown() -> None:
    (evidence,) = seen(BSD, text("NOTICES", f"{MIT}\n{BSD}")).evidence
    start = MIT.count("\n") + 2
    assert evidence.lines is not None
    assert (evidence.lines.start, evidence.lines.end) == (start, start + BSD.count("\n") - 1)


DIFFERENCES = {
    "a word": (BSD.replace("must retain", "should retain"), "says “should” where upstream says “must”"),
    "words added": (BSD.replace("are permitted", "are always permitted"), "adds “always”"),
    "words gone": (BSD.replace(" and the following\n   disclaimer.", " ."), "lacks “and the following disclaimer"),
    "the end": (BSD.replace(DISCLAIMER, ""), "lacks “THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS"),
}


@pytest.mark.parametrize(("content", "difference"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_the_first_difference_is_shown(content: str, difference: str) -> None:
    found = seen(BSD, text("NOTICES", content))
    assert found.state == "altered"
    assert found.difference.startswith(difference)
    assert found.evidence[0].breaks


def test_a_holder_who_is_left_out_of_several() -> None:
    two = f"Copyright 2009 First Team\n{BSD}"
    found = seen(two, text("NOTICES", BSD))
    assert (found.state, found.difference) == ("altered", "lacks “Copyright 2009 First Team”")


def test_the_same_words_under_somebody_else_s_name_are_that_one_s() -> None:
    assert seen(BSD, text("NOTICES", SECOND), others=SECOND).state == "missing"
    found = seen(BSD, text("NOTICES", f"flask: Copyright 2010 Pallets\n\n{MIT}\n{SECOND}"), others=SECOND)
    assert found.state == "apart"


def test_a_list_of_holders_may_stand_before_one_text() -> None:
    listed = "Copyright 2010 Pallets\nCopyright 2012 Another Team\n\n"
    assert seen(BSD, text("NOTICES", f"{listed}{CONDITIONS}\n{DISCLAIMER}")).state == "kept"


def test_a_name_that_is_a_little_different_is_a_changed_one() -> None:
    found = seen(BSD.replace("Pallets", "Jane B. Roe"), text("x", BSD.replace("Pallets", "Jane Roe")))
    assert found.state == "altered"
    assert (
        seen(BSD.replace("Pallets", "The Dice Team"), text("x", BSD.replace("Pallets", "The Foo Team"))).state
        == "missing"
    )


def test_the_path_may_name_the_dependency() -> None:
    assert seen(BSD, text("licenses/flask-2.2/LICENSE", SECOND)).state == "altered"
    assert seen(BSD, text("licenses/other/LICENSE", SECOND)).state == "missing"
    assert (
        seen(MIT, text("licenses/flask/LICENSE", MIT.replace("Roe", "Doe").replace("AS IS", "BROKEN"))).state
        == "altered"
    )


def test_a_text_without_holders_is_its_body() -> None:
    bare = f"{CONDITIONS}\n{DISCLAIMER}"
    assert seen(bare, text("NOTICES", SECOND)).state == "kept"
    assert seen(bare, text("NOTICES", MIT)).state == "missing"
