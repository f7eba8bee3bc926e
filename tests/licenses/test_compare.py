"""Where a licence stands in a file, and what lies between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.licenses.texts.compare import Alignment, Block, Gap, Grams

LICENSED = tuple(f"w{number}" for number in range(40))


def _align(*parts: tuple[str, ...]) -> list[Alignment]:
    words = tuple(word for part in parts for word in part)
    return Grams(LICENSED).align(words, 0, len(words))


def test_the_same_words_are_one_block() -> None:
    (found,) = _align(LICENSED)
    assert found.blocks == (Block(0, 0, 40),)
    assert (found.equal, found.first, found.end, found.gaps()) == (40, 0, 40, [])


def test_words_around_do_not_belong_to_it() -> None:
    (found,) = _align(("x", "y"), LICENSED, ("z",))
    assert (found.first, found.end) == (2, 42)


@pytest.mark.parametrize(
    ("parts", "gap"),
    [
        ((LICENSED[:20], ("x",), LICENSED[20:]), Gap(20, 20, 20, 21)),
        ((LICENSED[:20], LICENSED[22:]), Gap(20, 22, 20, 20)),
        ((LICENSED[:20], ("x", "y"), LICENSED[21:]), Gap(20, 21, 20, 22)),
    ],
    ids=["added", "removed", "replaced"],
)
def test_a_difference_is_a_gap(parts: tuple[tuple[str, ...], ...], gap: Gap) -> None:
    (found,) = _align(*parts)
    assert found.gaps() == [gap]


def test_every_occurrence_is_found() -> None:
    found = _align(LICENSED, ("x",), LICENSED, LICENSED[:30])
    assert [(one.first, one.end) for one in found] == [(0, 40), (41, 81), (81, 111)]


def test_a_moved_part_is_out_of_order() -> None:
    (found,) = _align(LICENSED[:10], LICENSED[25:], LICENSED[10:25])
    assert found.equal == 25
    assert found.blocks[0] == Block(0, 0, 10)


def test_the_end_of_another_text_does_not_pull_the_end_away() -> None:
    (found, *_) = _align(LICENSED[:30], ("x",), LICENSED[31:], ("other",) * 50, LICENSED[29:])
    assert found.end == 40


def test_only_the_words_that_are_asked_for_are_looked_at() -> None:
    assert Grams(LICENSED).align(LICENSED, 10, 20)[0].blocks == (Block(10, 10, 10),)
    assert Grams(LICENSED).align(LICENSED, 0, 0) == []


@given(st.lists(st.sampled_from(LICENSED[:12]), max_size=80))
def test_blocks_are_equal_words_that_rise(words: list[str]) -> None:
    floor = 0
    for found in Grams(LICENSED[:12] * 2).align(words, 0, len(words)):
        there = 0
        for block in found.blocks:
            assert block.size > 0
            assert block.there >= there
            assert block.here >= floor
            assert (
                list((LICENSED[:12] * 2)[block.there : block.there + block.size])
                == words[block.here : block.here + block.size]
            )
            there, floor = block.there + block.size, block.here + block.size
