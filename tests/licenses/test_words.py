"""Words of a text: what is compared, and where each of them stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.licenses.words import read_words
from auditor.model import Lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Licence, the LICENSE", "the license the license"),
        ("“typographic” ‘quotes’", "typographic quotes"),
        ("the user's and the users’ rights", "the users and the users rights"),
        ("noninfringement, sublicense", "non infringement sub license"),
        ("https://www.example.org/x.html", "http www example org x html"),
        ("the copyright owner and its owners", "the copyright holder and its owners"),
        ("merchant-\nability", "merchantability"),
        ("merchant-\n * ability", "merchantability"),
        ("a non-\nexclusive license", "a non exclusive license"),
        ("ﬁtness", "fitness"),
        ("", ""),
        ("*** --- ///", ""),
    ],
)
def test_what_counts(text: str, words: str) -> None:
    assert " ".join(read_words(text).words) == words


@pytest.mark.parametrize("bullet", ["1.", "(2)", "a)", "iv.", "*", "-", "•", "3:", "o"])
def test_bullets_do_not_count(bullet: str) -> None:
    assert read_words(f"met:\n\n  {bullet} Keep this notice").words == ("met", "keep", "this", "notice")


def test_a_bullet_may_stand_inside_a_line() -> None:
    assert read_words("are met: (1) keep this; and (2) that").words == tuple("are met keep this and that".split())


def test_a_number_in_a_sentence_is_no_bullet() -> None:
    assert read_words("version 2. Then").words == ("version", "2", "then")


@pytest.mark.parametrize("leader", ["# ", "// ", " * ", ";; ", "dnl ", "REM ", "-- ", "| ", "C     "])
def test_comment_leaders_do_not_count(leader: str) -> None:
    text = "".join(f"{leader}{line}\n" for line in ("Keep this notice", "in all copies", "of it"))
    assert " ".join(read_words(text).words) == "keep this notice in all copies of it"


def test_html_is_read_without_its_tags() -> None:
    text = "<html><head><style>p {color: red}</style></head><body><p>Keep&nbsp;this &amp; that</p><!-- </body>"
    assert " ".join(read_words(text).words) == "keep this that"


def test_rtf_is_read_without_its_commands() -> None:
    assert (
        " ".join(read_words(r"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0\pard Keep this\par notice}").words)
        == "keep this notice"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_from_one(end: str) -> None:
    words = read_words(f"one two{end}{end}three{end}four")
    assert [words.line(index) for index in range(4)] == [1, 1, 3, 4]
    assert words.lines(1, 3) == Lines(1, 3)


def test_the_original_keeps_its_capitals_and_signs() -> None:
    words = read_words('Copies of the\n "Software", Inc.')
    assert words.original(2, 5) == 'the "Software", Inc'
    assert words.original(2, 2) == ""
    assert words.written(3) == "Software"


def test_words_that_are_left_out_leave_the_others_in_place() -> None:
    words = read_words("one two\nthree four")
    rest = words.without({1, 2})
    assert rest.words == ("one", "four")
    assert [rest.line(index) for index in range(2)] == [1, 2]
    assert words.words == ("one", "two", "three", "four")


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    words = read_words(text)
    assert len(words.words) == len(words.starts) == len(words.ends)
    assert list(words.starts) == sorted(words.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True))
    assert all(word and word == word.casefold() for word in words.words)
    assert [words.line(index) for index in range(len(words))] == sorted(
        words.line(index) for index in range(len(words))
    )


@given(
    st.lists(st.sampled_from("keep this notice in all copies of software".split())),
    st.sampled_from([" ", "\n", "\n * "]),
)
def test_how_lines_break_does_not_count(said: list[str], space: str) -> None:
    assert read_words(space.join(said)).words == tuple(said)
