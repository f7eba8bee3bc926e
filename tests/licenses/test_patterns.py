"""The language of wordings: what matches, where, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.licenses.patterns import MOST_SLOT_WORDS, Found, compile_wording


def _match(wording: str, text: str, start: int = 0) -> Found | None:
    return compile_wording(wording).match(text.split(), start)


@pytest.mark.parametrize(
    ("wording", "text", "end"),
    [
        ("keep this notice", "keep this notice here", 3),
        ("keep [above] notice", "keep notice", 2),
        ("keep [above] notice", "keep above notice", 3),
        ("(source|object code) form", "object code form", 3),
        ("(a|a b) d", "a b d", 3),
        ("[a [b]] d", "a d", 2),
        ("[a [b]] d", "d", 1),
        ("[a|b] d", "b d", 2),
        ("name of {name} may", "name of the x company may", 6),
        ("{first} and {second} end", "a b and c and d end", 7),
        ("the Licence", "the license", 2),
    ],
)
def test_what_matches(wording: str, text: str, end: int) -> None:
    found = _match(wording, text)
    assert found is not None
    assert (found.start, found.end) == (0, end)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("keep this", "keep that"),
        ("keep this", "keep"),
        ("a [b] d", "a b b d"),
        ("(a|b)", "d"),
        ("{name} may", "may"),
        ("a", ""),
    ],
)
def test_what_does_not_match(wording: str, text: str) -> None:
    assert _match(wording, text) is None


def test_a_match_begins_where_it_is_asked_for() -> None:
    assert _match("b d", "a b d", 1) == Found(1, 3)
    assert _match("b d", "a b d", 0) is None


def test_slots_are_short_and_told() -> None:
    found = _match("name of {name} may", "name of a may may")
    assert found == Found(0, 4, (("name", 2, 3),))


def test_a_slot_is_bounded() -> None:
    assert _match("x {name} y", "x " + "n " * MOST_SLOT_WORDS + "y") is not None
    assert _match("x {name} y", "x " + "n " * (MOST_SLOT_WORDS + 1) + "y") is None


def test_the_caller_judges_what_fills_a_slot() -> None:
    words = "name of them unless paid may".split()

    def accept(kind: str, first: int, end: int) -> bool:
        return "unless" not in words[first:end]

    assert compile_wording("name of {name} may").match(words, 0, accept) is None


@pytest.mark.parametrize("wording", ["[a", "a]", "(a|b", "a)", "{name", "{two words}", "}", "a | b ) d"])
def test_a_wording_that_is_not_well_formed_is_an_error(wording: str) -> None:
    with pytest.raises(ValueError, match=r"wording|slot"):
        compile_wording(wording)


def test_repeated_options_do_not_explode() -> None:
    wording = "[a] " * 40 + "b"
    assert _match(wording, "a " * 40) is None
    assert _match("{x} {y} {z} end", "a " * 2000) is None


@given(st.text(alphabet="ab[](){}| ", max_size=30), st.lists(st.sampled_from("ab"), max_size=20))
def test_any_wording_compiles_or_is_refused(wording: str, words: list[str]) -> None:
    try:
        compiled = compile_wording(wording)
    except ValueError:
        return
    found = compiled.match(words, 0)
    assert found is None or 0 == found.start <= found.end <= len(words)


@given(st.lists(st.sampled_from("keep this notice".split()), min_size=1, max_size=10), st.integers(0, 9))
def test_a_wording_without_signs_is_its_words(said: list[str], extra: int) -> None:
    words = ["x"] * extra + said
    assert compile_wording(" ".join(said)).match(words, extra) == Found(extra, len(words))
