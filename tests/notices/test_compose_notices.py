"""What the document holds, and in which order."""

import random

from auditor.model.notice import Notice, NoticesDocument, NoticeText, TextOwner
from auditor.notices import compose_notices

MIT = "MIT License\n\nCopyright (c) 2010 Ada\n\nPermission is hereby granted\n"


def names(document: NoticesDocument) -> list[str]:
    return [entry.notice.label for entry in document.entries]


def test_components_are_sorted_by_name_without_case_and_version() -> None:
    notices = [Notice("zlib"), Notice("Flask", "3.0"), Notice("attrs"), Notice("flask", "2.0"), Notice("Flask", "1.0")]
    assert names(compose_notices(notices)) == ["attrs", "Flask 1.0", "flask 2.0", "Flask 3.0", "zlib"]


def test_the_order_of_the_input_never_shows() -> None:
    notices = [
        Notice(name, version, texts=(NoticeText("b/LICENSE", MIT), NoticeText("a/NOTICE", name)), license=license)
        for name in ("a", "A", "b")
        for version in (None, "1", "2")
        for license in (None, "MIT")
    ]
    wanted = compose_notices(notices)
    shuffled = random.Random(3)
    for _ in range(20):
        shuffled.shuffle(notices)
        assert compose_notices(notices) == wanted


def test_identical_texts_stand_once_with_all_their_owners() -> None:
    document = compose_notices(
        [
            Notice("b", "2", texts=(NoticeText("COPYING", MIT.replace("\n", "\r\n")),)),
            Notice("a", "1", texts=(NoticeText("LICENSE", MIT), NoticeText("sub/LICENSE", MIT.rstrip("\n")))),
        ]
    )
    (text,) = document.texts
    assert text.text == MIT
    assert text.owners == (TextOwner("a 1", "LICENSE"), TextOwner("a 1", "sub/LICENSE"), TextOwner("b 2", "COPYING"))
    assert [entry.text_keys for entry in document.entries] == [(text.key, text.key), (text.key,)]


def test_texts_that_differ_only_in_the_holder_are_two() -> None:
    other = MIT.replace("Ada", "Grace")
    document = compose_notices(
        [Notice("a", texts=(NoticeText("LICENSE", MIT),)), Notice("b", texts=(NoticeText("LICENSE", other),))]
    )
    assert [text.text for text in document.texts] == [MIT, other]


def test_texts_keep_every_character_but_their_line_ends() -> None:
    odd = "\ufeff \x0cTitle\t\x0b\x85x\u2028\n\n  end \n\n"
    document = compose_notices([Notice("a", texts=(NoticeText("LICENSE", odd.replace("\n", "\r")),))])
    assert document.texts[0].text == odd


def test_an_apache_notice_is_a_text_and_a_blank_one_is_none() -> None:
    texts = (NoticeText("LICENSE", "Apache"), NoticeText("NOTICE", "Foo\nby the Foundation\n"), NoticeText("N", " \n"))
    document = compose_notices([Notice("a", texts=texts)])
    assert [text.text for text in document.texts] == ["Apache\n", "Foo\nby the Foundation\n"]


def test_components_without_a_text_are_counted() -> None:
    document = compose_notices([Notice("a"), Notice("b", texts=(NoticeText("L", "x"),))])
    assert [notice.name for notice in document.without_text] == ["a"]


def test_keys_are_unique_and_stay_when_a_component_is_added() -> None:
    same = [Notice("A-b", str(n), texts=(NoticeText("x/LICENSE", str(n)),)) for n in range(3)]
    rest = [Notice("a.b 2", texts=(NoticeText("LICENSE", "rest"),)), Notice("ü", texts=(NoticeText("ß", "sharp"),))]
    document = compose_notices(same + rest)
    keys = [text.key for text in document.texts]
    assert keys == ["a-b-license", "a-b-license-2", "a-b-license-3", "a-b-2-license", "unnamed"]
    assert len({entry.key for entry in document.entries}) == 5
    more = compose_notices([Notice("0", texts=(NoticeText("LICENSE", "new"),)), *same, *rest])
    assert [text.key for text in more.texts[1:]] == keys


def test_equal_components_are_listed_once_and_their_values_are_one_line() -> None:
    twice = Notice("a\nb", " 1 ", license="", copyrights=("© Ada\r\n Lovelace", "\u202eb", " ", "© Ada Lovelace"))
    document = compose_notices([twice, twice])
    (entry,) = document.entries
    assert (entry.notice.name, entry.notice.version, entry.notice.license) == ("a b", "1", None)
    assert entry.notice.copyrights == ("© Ada Lovelace", "\N{REPLACEMENT CHARACTER}b")


def test_what_utf_8_cannot_hold_is_replaced() -> None:
    document = compose_notices([Notice("a\udc80", texts=(NoticeText("\udcff", "x\ud800"),))])
    assert document.entries[0].notice.name == "a\N{REPLACEMENT CHARACTER}"
    assert document.texts[0].text == "x\N{REPLACEMENT CHARACTER}\n"
