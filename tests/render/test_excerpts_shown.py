"""Excerpts: highlighted without loss, cut where nobody would read on, each shown once."""

import html
import re
import time
from dataclasses import replace

import pytest

from auditor.model.document import Excerpt
from auditor.model.resolution import Lines
from auditor.render.excerpts import Figures, highlight_lines, source_of
from auditor.symbols.languages import WHEELS

CODE = ("def f(a):  # why", '    """Text', '    of two lines."""', "", "    return 'x' + str(a)")
EXCERPT = Excerpt("https://github.com/o/r", "0123456789" * 4, "src/a.py", "https://e.org", 10, CODE, Lines(12, 13))


def plain(line: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", line))


@pytest.mark.parametrize("language", [*WHEELS, "", "no such language", None, "html", "console"])
def test_highlighting_loses_nothing(language: str | None) -> None:
    lines = ["", *CODE, "<?php echo '</code>'; ?>", "\tif (a && b) { /* c", " * d */ }", ""]
    assert [plain(line) for line in highlight_lines(lines, language)] == lines


@pytest.mark.parametrize("language", WHEELS)
def test_every_language_of_ours_is_highlighted(language: str) -> None:
    assert any("<i class=" in line for line in highlight_lines(["if (1) return 'x'; // class", '"a" 1'], language))


def test_kinds_of_code_have_classes() -> None:
    first, second, third, _, last = highlight_lines(CODE, "python")
    assert first == '<i class="k">def </i><i class="f">f</i>(a):  <i class="c"># why</i>'
    assert second.startswith('    <i class="s">')
    assert third.startswith('<i class="s">')
    assert '<i class="b">str</i>' in last


def test_lines_are_numbered_and_those_that_are_meant_are_told() -> None:
    rows = list(Figures().add(EXCERPT).rows)
    assert [(number, meant) for number, meant, _ in rows] == [
        (10, False), (11, False), (12, True), (13, True), (14, False),
    ]  # fmt: skip


def test_an_excerpt_is_shown_once() -> None:
    figures = Figures()
    other = replace(EXCERPT, first=11)
    shown = [figures.add(one) for one in (EXCERPT, other, replace(EXCERPT, marked=None), other)]
    assert [(one.number, one.repeated) for one in shown] == [(1, False), (2, False), (1, True), (2, True)]


def test_what_is_too_long_is_cut_and_counted() -> None:
    figure = Figures().add(replace(EXCERPT, lines=("x" * 1_000_000, *["y"] * 500), left_out=7))
    rows = list(figure.rows)
    assert len(rows) + figure.left_out == 508
    assert plain(rows[0][2]).endswith("… (999,600 more characters)")


def test_an_excerpt_says_where_it_is_from() -> None:
    assert source_of(EXCERPT) == "o/r@0123456 src/a.py L10-L14"
    assert source_of(replace(EXCERPT, repository="https://git.e.org/r", lines=())) == "git.e.org/r@0123456 src/a.py"


def test_hostile_code_is_text() -> None:
    lines = highlight_lines(["</code></pre><script>alert(1)</script>", "\u202e\x1b[31m\x00", "\ud800"], "html")
    assert not re.search(r"<(?!/?i[ >])", "".join(lines))
    assert plain(lines[1]) == "⟨U+202E⟩⟨U+001B⟩[31m⟨U+0000⟩"
    assert "".join(lines).encode()


@pytest.mark.parametrize("text", ["'", "((", "{", '"""', "/*", "<<EOF", "<", "\\", "r#", "$("])
@pytest.mark.parametrize("language", ["python", "bash", "php", "ruby", "typescript", "scala", "rust"])
def test_highlighting_takes_its_time_from_what_is_shown(text: str, language: str) -> None:
    start = time.process_time()
    excerpt = replace(EXCERPT, lines=(text * 100_000,) * 100, language=language)
    assert len(list(Figures().add(excerpt).rows)) == 100
    assert time.process_time() - start < 5
