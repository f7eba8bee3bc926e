"""Headings of Markdown texts take their places below those of a report, and nothing else is touched."""

import pytest

from auditor.model.document import Prose
from auditor.render.headings import SourceHeading, move_headings, settled_levels
from auditor.render.markdown_parser import begins_with_heading, find_headings


@pytest.mark.parametrize(
    ("levels", "settled"),
    [([], []), ([1, 2, 3], [2, 3, 4]), ([3, 3], [2, 2]), ([1, 4, 2, 4], [2, 3, 3, 4]), ([3, 1, 2], [2, 2, 3]),
     ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6])],
)  # fmt: skip
def test_levels_begin_at_the_top_and_skip_none(levels: list[int], settled: list[int]) -> None:
    assert list(settled_levels(levels, 2)) == settled


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("# A\n\ntext\n## B #\n", "### A\n\ntext\n#### B #\n"),
        ("A\n===\n\nb\nc\n---\nd", "### A\n\n#### b c\nd"),
        ("```\n# no\n```\n\n> # no\n\n- # no\n\n    # no\n", "```\n# no\n```\n\n> # no\n\n- # no\n\n    # no\n"),
        ("   ## A\n#no\n", "### A\n#no\n"),
        ("#\n", "###\n"),
    ],
)
def test_only_headings_move(text: str, moved: str) -> None:
    assert move_headings(text, find_headings(text), 3) == moved


def test_headings_are_found_with_their_lines() -> None:
    assert list(find_headings("# A\n\nb\nc\n-\n")) == [SourceHeading(1, 0, 1), SourceHeading(2, 2, 5)]


@pytest.mark.parametrize(("text", "begins"), [("# A", True), ("\n\nA\n=\n", True), ("a\n\n# B", False), ("", False)])
def test_a_text_may_bring_its_own_heading(text: str, begins: bool) -> None:
    assert begins_with_heading(Prose("a.md", text)) is begins
