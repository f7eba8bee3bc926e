"""What a text document cites: every written form, put together, at its exact place, with the names around it."""

import pytest

from auditor.model import Citation, Format
from auditor.permalinks import parse_link, render_link
from auditor.read import read_report

SHA = "3115aa6a6276939f5fd6efa46282e0256ff21f1a"
BLOB = f"https://github.com/o/r/blob/{SHA}"
GOOD = f"{BLOB}/src/a.py#L7"


def cited(text: str, form: Format = "markdown") -> tuple[Citation, ...]:
    return read_report(text.encode(), "report", parse_link, form).citations


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"see {GOOD}.", "markdown"),
        (f"see <{GOOD}>", "markdown"),
        (f"([here]({GOOD}))", "markdown"),
        (f"see [here][x]\n\n[x]: {GOOD}\n", "markdown"),
        (f"`{GOOD}`", "markdown"),
        (f"```\n{GOOD}\n```\n", "markdown"),
        (f'a <a href="{GOOD}">link</a>', "markdown"),
        (f"| a | {GOOD} | b |", "markdown"),
        (f"<p>x <a class=c\n href='{GOOD}'>link</a></p>", "html"),
        (f"<pre>{GOOD}</pre>", "html"),
        (f"see `here <{GOOD}>`_", "rst"),
        (f"see `here`_\n\n.. _here: {GOOD}\n", "rst"),
        (f"see {GOOD}, then", "text"),
    ],
)
def test_a_link_is_found_wherever_it_is_written(text: str, form: Format) -> None:
    (citation,) = cited(text, form)
    assert citation.url == GOOD
    assert citation.defects == ()
    lines = text.split("\n")
    assert lines[citation.place.line - 1][citation.place.column - 1 : citation.place.end_column] == GOOD


@pytest.mark.parametrize(
    ("text", "form", "defects"),
    [
        (f"{BLOB[:-4]} {BLOB[-4:]}/src/a.py#L7", "markdown", ["split"]),
        (f"{BLOB[:-4]}\n  {BLOB[-4:]}/src/a.py#L7", "markdown", ["split"]),
        (f"{BLOB}/src/\na.py#L7", "text", ["split"]),
        (f"{BLOB}/src/a.py\n#L7", "text", ["split"]),
        (f'<a href="{BLOB[:-4]}">{BLOB[:-4]}</a>\n   {BLOB[-4:]}/src/a.py#L7', "markdown", ["split"]),
        (f"$\\underline{{{BLOB}/src/a.py\\#L7}}$", "markdown", ["wrapped", "escaped"]),
        (f"{BLOB}/src/a.py\\#L7", "text", ["escaped"]),
    ],
)
def test_a_broken_url_is_put_together(text: str, form: Format, defects: list[str]) -> None:
    (citation,) = cited(text, form)
    assert citation.link is not None
    assert render_link(citation.link) == GOOD
    assert [defect.kind for defect in citation.defects] == defects


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://github.com/o/r/blob/<sha>/src/a.py#L7", "markdown"),
        ("https://github.com/o/r/blob/{sha}/src/a.py", "text"),
        ("`^https://github.com/o/r/blob/[0-9a-f]{40}/a-[0-9]+\\.md$`", "markdown"),
        ("https://github.com/o/r/blob/$REV/src/a.py", "text"),
        (f"<!-- {GOOD} -->", "markdown"),
        (f"<script>x = '{GOOD}'</script>", "html"),
        ("https://github.com/o/r", "markdown"),
        ("https://github.com/o/r/issues/7", "markdown"),
    ],
)
def test_what_is_no_citation(text: str, form: Format) -> None:
    assert cited(text, form) == ()


def test_a_path_on_the_next_line_is_not_swallowed() -> None:
    first, second = cited(f"{BLOB}/src/a.py\nsrc/b.py:12\n", "text")
    assert first.path == "src/a.py"
    assert (second.kind, second.path, second.start) == ("path-line", "src/b.py", 12)


def test_a_target_folded_over_two_lines_is_no_defect_in_restructured_text() -> None:
    (citation,) = cited(f"`here <{BLOB}/src/\n   a.py#L7>`_", "rst")
    assert citation.defects == ()
    assert (citation.path, citation.start) == ("src/a.py", 7)


def test_a_url_in_the_link_text_is_a_copy_or_what_is_printed() -> None:
    (copy,) = cited(f"[{GOOD}]({GOOD})")
    assert len(copy.edits.targets) == 2
    assert copy.printed is None
    target = next(c for c in cited(f"[{BLOB}/src/a.py#L9]({GOOD})") if c.url == GOOD)
    assert target.printed == f"{BLOB}/src/a.py#L9"
    (other,) = cited(f"[github.com/o/r]({GOOD})")
    assert other.printed is None


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (f"[`run`]({GOOD})", ["run"]),
        (f"[App.run_wsgi()]({GOOD})", ["App.run_wsgi"]),
        (f"[here]({GOOD})", []),
        (f"[serving.py]({GOOD})", []),
        (f"`run` is defined [here]({GOOD})", ["run"]),
        (f"- write() declaration:\n\n{GOOD}", ["write"]),
        (f"#### DechunkedInput:\n\n{GOOD}", ["DechunkedInput"]),
        (f"run\\_wsgi, serving.py:335\n\n{GOOD}", ["run_wsgi"]),
        (f"process request thread, socketserver.py:683\n\n{GOOD}", ["process_request_thread"]),
        (f"| `LIMIT` | 20 | [x]({GOOD}) |", ["LIMIT"]),
        (f"Unlike `other()`, this is `one()`: see [there]({GOOD})", []),
        (f"The server calls `run()`. After a while it stops, as [this]({GOOD}) shows.", []),
    ],
)
def test_names_that_may_accuse_are_few_and_sure(text: str, sure: list[str]) -> None:
    citation = next(c for c in cited(text) if c.url)
    assert [name.text for name in citation.names if name.sure] == sure


def test_a_frame_and_the_link_below_are_one_citation() -> None:
    (citation,) = cited(f"run, serving.py:335\n\n{GOOD}\n\nSome prose.\n")
    assert citation.kind == "frame"
    assert citation.frame is not None
    assert (citation.frame.function, citation.frame.line, citation.start) == ("run", 335, 7)
