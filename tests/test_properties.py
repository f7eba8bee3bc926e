"""What holds for every document: reading never fails, places are exact, mends can be read back, time is linear."""

import contextlib
import time
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auditor.errors import DocumentError
from auditor.mend import Edit, apply_edits
from auditor.model import Citation, Format, Report
from auditor.permalinks import parse_link
from auditor.read import read_report
from auditor.read.source import Source

FORMS: tuple[Format, ...] = ("markdown", "html", "rst", "text")
SHA = "0123456789abcdef0123456789abcdef01234567"
URL = f"https://github.com/o/r/blob/{SHA}/src/app.py#L3-L9"
OTHER = f"https://github.com/o/r/blob/{SHA}/lib/other.py#L7"

# What documents, and mistakes in them, are made of.
PIECES = st.sampled_from(
    [
        *(
            URL,
            OTHER,
            URL[:40],
            URL[:-3],
            "https://",
            "github.com/o/r/blob/",
            "http://a/-/blob/x/y",
            "#L3",
            "\\_",
            "\\#",
        ),
        *(
            "[",
            "]",
            "](",
            ")",
            "(",
            "[a]: ",
            ".. _a: ",
            "`a <",
            ">`_",
            "<",
            ">",
            '<a href="',
            '">',
            "</a>",
            "&amp;",
            "&",
        ),
        *(
            "<!--",
            "-->",
            "<pre>",
            "<script>",
            "</script>",
            "`",
            "``",
            "```",
            "```\n",
            "~~~",
            "# ",
            "## `f`\n",
            "===\n",
            "---\n",
        ),
        *(
            "- ",
            "| ",
            "|",
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            "    ",
            "\t",
            ":",
            "\\",
            "$",
            "}",
            r"\underline{",
            "*",
            "**",
            "_",
        ),
        *("run, app.py:3", "src/app.py:12-14", "f() ", "`f`", '  File "a.py", line 3, in f', "    at f (a.js:3:1)"),
        *("\0", "\ufeff", "\u2028", "\x85", "\x0c", "é", "😀", "\u202e", "…", "“"),
    ]
)
SOUP = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=6)), max_size=60).map("".join)
QUIET = settings(max_examples=150, deadline=None)


def read(text: str, form: Format) -> Report:
    return read_report(text.encode("utf-8", "surrogatepass"), "report", parse_link, form)


def written(text: str, citation: Citation) -> str:
    """What stands at the citation's place, found by line and column alone."""
    place = citation.place
    span = Source("report", text).span(place.line, place.column, place.end_line, place.end_column)
    return text[span.start : span.end]


@pytest.mark.parametrize("form", FORMS)
def test_any_text_is_read_and_every_place_is_exact(form: Format) -> None:
    @QUIET
    @given(SOUP)
    def check(text: str) -> None:
        try:
            report = read(text, form)
        except DocumentError:
            assume(False)  # NULs: this is no text
        shown = text.removeprefix("\ufeff")
        for citation in report.citations:
            place = citation.place
            assert 1 <= place.line <= place.end_line
            assert place.column >= 1
            if citation.url is not None:
                assert written(shown, citation) == citation.url
            for span in (*citation.edits.targets, *citation.edits.removed):
                assert 0 <= span.start < span.end <= len(shown)
        places = [(citation.place.line, citation.place.column) for citation in report.citations]
        assert places == sorted(places)

    check()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.md", "a.html", "a.rst", "a.txt", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(DocumentError):
        assert read_report(data, name, parse_link).document == name


# One link in each of the ways that a format has, between words that cannot belong to it.
FRAMES: dict[Format, list[str]] = {
    "markdown": ["see {} there", "[x]({})", "[x]({} 'title')", "<{}>", "`{}`", "| {} |", "- {}", "[x]: {}", "**{}**"],
    "html": ['<a href="{}">x</a>', "<a href='{}'>x</a>", "<p>{}</p>", "<code>{}</code>", '<img src="{}">', "see {}."],
    "rst": ["see {} there", "`x <{}>`_", ".. _x: {}", "``{}``", "<{}>", "* {}", "({})."],
    "text": ["see {} there", "({})", "<{}>", "{}.", "“{}”", "\t{}"],
}
NOISE = st.text(st.characters(exclude_characters="<>&`\\/:@[]()$.", exclude_categories=["Cs", "Cc"]), max_size=20)


@pytest.mark.parametrize("form", FORMS)
def test_a_planted_link_is_found_at_its_line_and_column(form: Format) -> None:
    @QUIET
    @given(st.lists(st.tuples(NOISE, st.sampled_from(FRAMES[form]), NOISE), min_size=1, max_size=6),
           st.sampled_from(["\n\n", "\r\n\r\n", "\r\r"]))  # fmt: skip
    def check(paragraphs: list[tuple[str, str, str]], gap: str) -> None:
        expected, text = [], ""
        for before, frame, after in paragraphs:
            # A definition stands at the beginning of its line.
            before = "" if frame.startswith((".. ", "[x]:", "| ", "- ", "* ")) else f"{before} "
            start = len(text) + len(before) + frame.index("{}")
            expected.append(Source("report", text + "x" * (start + 1 - len(text))).line_of(start))
            text += f"{before}{frame.replace('{}', URL)} {after}{gap}"
        found = [citation for citation in read(text, form).citations if citation.url]
        assert [citation.url for citation in found] == [URL] * len(paragraphs)
        assert [citation.place.line for citation in found] == expected
        assert all(written(text, citation) == URL for citation in found)

    check()


@pytest.mark.parametrize("form", FORMS)
def test_mends_read_back_as_what_was_written(form: Format) -> None:
    @QUIET
    @given(st.lists(st.sampled_from(FRAMES[form]), min_size=1, max_size=6))
    def check(frames: list[str]) -> None:
        text = "\n\n".join(frame.replace("{}", URL) for frame in frames)
        edits = [Edit(span, OTHER) for citation in read(text, form).citations for span in citation.edits.targets]
        after = apply_edits(text, edits)
        assert after == text.replace(URL, OTHER)
        assert {citation.url for citation in read(after, form).citations} == {OTHER}

    check()


HOSTILE: dict[str, Callable[[int], str]] = {
    "[": lambda n: "[" * n,
    "](": lambda n: "](" * (n // 2),
    "[](": lambda n: "[](" * (n // 3),
    "<a href=": lambda n: '<a href="' * (n // 9),
    "<a": lambda n: "<a " * (n // 3),
    "<": lambda n: "<" * n,
    "https://": lambda n: "https://" * (n // 8),
    "blob": lambda n: "http://github.com/a/b/blob/" * (n // 27),
    "blobs": lambda n: "http://github.com/a/b/blob/ " * (n // 28),
    "backticks": lambda n: "`" * n,
    "spaced backticks": lambda n: "` " * (n // 2),
    "comments": lambda n: "<!--" * (n // 4),
    "scripts": lambda n: "<script>" * (n // 8),
    "wrappers": lambda n: r"$\underline{" * (n // 12),
    "backslashes": lambda n: "\\" * n,
    "references": lambda n: "[a][b] " * (n // 7),
    "definitions": lambda n: "[a]: http://github.com/o/r/blob/main/x\n" * (n // 39),
    "links in one line": lambda n: f"[x]({URL}) " * (n // 94),
    "links in labels": lambda n: f"[{URL}](" * (n // 94),
    "broken links": lambda n: f"{URL[:60]}\n" * (n // 61),
    "bare links": lambda n: f"{URL} " * (n // 90),
    "anchors": lambda n: f'<a href="{URL}">' * (n // 101),
    "headings": lambda n: "# a\n" * (n // 4),
    "underlines": lambda n: "===\n" * (n // 4),
    "blank lines": lambda n: "\n" * n,
    "spaces": lambda n: " " * n,
    "words": lambda n: "a_b " * (n // 4),
    "one word": lambda n: "a" * n,
    "dots": lambda n: "a." * (n // 2),
    "slashes": lambda n: "a/" * (n // 2),
    "frames": lambda n: "run, app.py:3\n" * (n // 14),
    "frames in one line": lambda n: "run_it, app.py:3 " * (n // 17),
    "half frames": lambda n: "run, " * (n // 5),
    "tracebacks": lambda n: '  File "' * (n // 8),
    "paths": lambda n: "src/app.py:12 " * (n // 14),
    "ampersands": lambda n: "&amp;" * (n // 5),
    "emphasis": lambda n: "*_" * (n // 2),
    "rows": lambda n: "|" * n,
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "bracketed link": lambda n: f"{URL}{'(' * (n // 2)}{')' * (n // 2)}",
}  # fmt: skip
SIZE = 100_000
# Linear time gives 4; half a second is forgiven to a machine that does something else meanwhile.
GROWTH, FORGIVEN = 8, 0.5


# Plain text goes no way of its own: what reads it reads the other formats too.
@pytest.mark.parametrize("form", ["markdown", "html", "rst"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str, form: Format) -> None:
    small, large = (seconds(HOSTILE[name](size), form) for size in (SIZE // 4, SIZE))
    assert large < GROWTH * small + FORGIVEN
    assert large < 10


def seconds(text: str, form: Format) -> float:
    begin = time.process_time()
    read(text, form)
    return time.process_time() - begin


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_ten_thousand_links_in_one_line(form: Format) -> None:
    frame = FRAMES[form][0].replace("{}", URL)
    begin = time.process_time()
    report = read(f"{frame} " * 10_000, form)
    assert time.process_time() - begin < 15
    assert len(report.citations) == 10_000
    last = report.citations[-1].place
    assert (last.line, last.column) == (1, 9999 * (len(frame) + 1) + frame.index(URL) + 1)
