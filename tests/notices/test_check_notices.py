"""A notices file against what it should be."""

import random
import time

import pytest

from auditor.model.notice import Drift, DriftChange, Notice, NoticesForm, NoticeText
from auditor.notices import check_notices, compose_notices
from auditor.render.notices import render_notices

FORMS: tuple[NoticesForm, ...] = ("markdown", "text", "html")
BSD = "BSD License\n\nCopyright 2010 Pallets\n\nRedistribution is permitted\n"
FLASK = Notice("Flask", "3.0.0", None, None, "BSD-3-Clause", (NoticeText("LICENSE", BSD),), ("Copyright 2010 Pallets",))
JINJA = Notice("Jinja2", "3.1", texts=(NoticeText("LICENSE", BSD), NoticeText("NOTICE", "By Ada\n")))


def write(*notices: Notice, form: NoticesForm = "markdown") -> bytes:
    return render_notices(compose_notices(notices), form)


def told(drift: Drift) -> list[tuple[str, str]]:
    return [(change.kind, change.message) for change in drift.changes]


@pytest.mark.parametrize("form", FORMS)
def test_equal_files_have_no_drift(form: NoticesForm) -> None:
    assert check_notices(write(FLASK, JINJA, form=form), write(JINJA, FLASK, form=form)) == Drift()


@pytest.mark.parametrize("form", FORMS)
def test_any_changed_byte_is_found(form: NoticesForm) -> None:
    wanted = write(FLASK, JINJA, form=form)
    chosen = random.Random(5)
    for at in chosen.sample(range(len(wanted)), 300):
        for changed in (
            wanted[:at] + wanted[at + 1 :],
            wanted[:at] + b"\xff" + wanted[at + 1 :],
            wanted[:at] + b"\n" + wanted[at:],
        ):
            if changed == wanted:
                continue  # one of several equal characters
            changes = check_notices(changed, wanted).changes
            assert changes
            assert all(change.line is None or 1 <= change.line <= changed.count(b"\n") + 1 for change in changes)


@pytest.mark.parametrize("form", FORMS)
def test_missing_and_stale_components_are_named(form: NoticesForm) -> None:
    drift = check_notices(write(FLASK, JINJA, form=form), write(FLASK, Notice("attrs", "1"), form=form))
    assert told(drift) == [("missing", "attrs 1"), ("stale", "Jinja2 3.1")]
    line = drift.changes[1].line
    assert line is not None
    assert b"Jinja2" in write(FLASK, JINJA, form=form).split(b"\n")[line - 1]


def test_a_new_version_is_one_change() -> None:
    newer = Notice("Flask", "3.0.1", None, None, "BSD-3-Clause", FLASK.texts, FLASK.copyrights)
    assert told(check_notices(write(FLASK), write(newer))) == [
        ("altered", "Flask 3.0.1: the version is '3.0.0', expected '3.0.1'")
    ]


def test_fields_and_holders_are_compared() -> None:
    other = Notice("Flask", "3.0.0", "pkg:a", None, None, FLASK.texts, ("Copyright 2011 Ada",))
    assert told(check_notices(write(FLASK), write(other))) == [
        ("altered", "Flask 3.0.0: the licence is 'BSD-3-Clause', expected none"),
        ("altered", "Flask 3.0.0: the package is none, expected 'pkg:a'"),
        ("missing", "Flask 3.0.0: holder 'Copyright 2011 Ada'"),
        ("stale", "Flask 3.0.0: holder 'Copyright 2010 Pallets'"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_an_altered_text_that_is_shared_is_told_once_with_its_line(form: NoticesForm) -> None:
    wanted = write(FLASK, JINJA, form=form)
    existing = wanted.replace(b"Redistribution is", b"Redistribution was")
    (change,) = check_notices(existing, wanted).changes
    assert change.kind == "altered"
    assert change.message == (
        "LICENSE of Flask 3.0.0: it reads 'Redistribution was permitted', expected 'Redistribution is permitted'"
    )
    assert change.line is not None
    assert b"Redistribution was" in existing.split(b"\n")[change.line - 1]


def test_missing_stale_and_moved_texts_are_named() -> None:
    bare = Notice("Jinja2", "3.1", texts=(NoticeText("COPYING", BSD),))
    assert told(check_notices(write(JINJA), write(bare))) == [
        ("stale", "NOTICE of Jinja2 3.1"),
        ("altered", "Jinja2 3.1: the text's path is 'LICENSE', expected 'COPYING'"),
    ]
    assert ("missing", "NOTICE of Jinja2 3.1") in told(check_notices(write(bare), write(JINJA)))


def test_a_text_that_was_cut_or_went_on() -> None:
    short = Notice("a", texts=(NoticeText("L", "one\n"),))
    long = Notice("a", texts=(NoticeText("L", "one\ntwo\n"),))
    assert told(check_notices(write(short), write(long))) == [("altered", "L of a: it ends before 'two'")]
    assert told(check_notices(write(long), write(short))) == [("altered", "L of a: 'two' is too much")]


def test_texts_that_no_component_has_are_stale() -> None:
    existing = write(FLASK).replace(b"- Text: ", b"- Was: ")
    assert told(check_notices(existing, write(FLASK))) == [
        ("missing", "LICENSE of Flask 3.0.0"),
        ("stale", "a text that no component refers to"),
    ]


def test_a_change_outside_of_components_and_texts_is_told_by_its_line() -> None:
    wanted = write(FLASK)
    assert check_notices(wanted.replace(b"## Texts", b"## Text"), wanted).changes == (
        DriftChange("altered", "it reads '## Text', expected '## Texts'", 19),
    )
    assert told(check_notices(wanted + b"more\n", wanted)) == [("altered", "'more' is too much")]
    assert told(check_notices(wanted[:-1], wanted)) == [("altered", "its last line has no line end")]
    assert told(check_notices(wanted.replace(b"\n", b"\r\n"), wanted)) == [
        ("altered", "its line ends are CR LF, not LF")
    ]


def test_only_bytes_differ_where_the_shown_text_is_the_same() -> None:
    """A byte that is no UTF-8 is shown as an escape, which the wanted file may really have."""
    wanted = write(Notice("a", texts=(NoticeText("L", "x\\xff\n"),)))
    assert told(check_notices(wanted.replace(b"\\xff", b"\xff"), wanted)) == [("altered", "its bytes are not UTF-8")]


def test_a_file_of_another_make_or_form_says_so() -> None:
    wanted = write(FLASK)
    assert told(check_notices(b"# Notices\n", wanted)) == [
        ("altered", "it was not written by auditor notices"),
        ("altered", "it reads '# Notices', expected '# Third-party notices'"),
    ]
    assert told(check_notices(write(FLASK, form="text"), write(FLASK, JINJA))) == [
        ("altered", "it is written as text, not as markdown"),
        ("missing", "Jinja2 3.1"),
    ]
    assert check_notices(b"", wanted).changes


def test_what_is_shown_is_short_and_has_no_control_characters() -> None:
    wanted = write(Notice("a", texts=(NoticeText("L", "x" * 5000 + "\x1b[2J" + "y" * 5000),)))
    (change,) = check_notices(wanted.replace(b"\x1b[2J", b"\x1b[3J"), wanted).changes
    assert change.message.isprintable()
    assert r"\x1b[3J" in change.message
    assert len(change.message) < 300
    renamed = check_notices(write(Notice("a"), form="text").replace(b": a", b": \x1b[2J"), write(form="text"))
    assert [change.message for change in renamed.changes] == ["\N{REPLACEMENT CHARACTER}[2J"]


def test_many_components_are_compared_in_linear_time() -> None:
    old = [
        Notice("a", str(n + 1000), texts=(NoticeText("L", str(n)),), copyrights=tuple("abcdef")) for n in range(3000)
    ]
    new = [Notice("a", str(n + 5000), texts=(NoticeText("L", str(n)),)) for n in range(3000)]
    begin = time.process_time()
    assert len(check_notices(write(*old), write(*new)).changes) == 3000 * 7
    assert time.process_time() - begin < 10
