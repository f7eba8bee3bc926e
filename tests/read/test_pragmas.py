"""Comments that accept findings: what they say, and which part of the document they are about."""

import time

import pytest

from auditor.model import Format
from auditor.model.aside import Pragma
from auditor.read.pragmas import MOST_PRAGMAS, read_pragmas

GOOD = "<!-- auditor: ignore wrong-symbol – an example -->"


def pragma(text: str, form: Format = "markdown") -> Pragma:
    """The one comment of a document."""
    (found,) = read_pragmas(text, form, "doc")
    return found


def covered(text: str, form: Format = "markdown") -> str:
    """The text that the one comment is about, without space around it."""
    covers = pragma(text, form).covers
    assert covers is not None
    lines = text.splitlines(keepends=True)[covers.line - 1 : covers.end_line]
    lines[-1] = lines[-1][: covers.end_column]
    lines[0] = lines[0][covers.column - 1 :]
    return "".join(lines).strip()


WRITTEN = {
    "auditor: ignore a-b – because": (("a-b",), "because"),
    "auditor: ignore a-b, c-d,e – because - of this": (("a-b", "c-d", "e"), "because - of this"),
    "auditor: ignore a-b -- because": (("a-b",), "because"),
    "auditor: ignore a-b — because": (("a-b",), "because"),
    "auditor:ignore a-b - because\n  of\tlines": (("a-b",), "because of lines"),
}


@pytest.mark.parametrize(("written", "meant"), WRITTEN.items(), ids=WRITTEN)
def test_rules_and_reason(written: str, meant: tuple[tuple[str, ...], str]) -> None:
    found = pragma(f"<!-- {written} -->\n\ntext")
    assert (found.rules, found.reason, found.trouble) == (*meant, "")


TROUBLES = {
    "auditor: ignore a-b": "it gives no reason",
    "auditor: ignore a-b –": "it gives no reason",
    "auditor: ignore – because": "it names no rule",
    "auditor: ignore": "it names no rule",
    "auditor: ignroe a-b – because": "“ignroe” is no word that it may begin with, “ignore” is",
}


@pytest.mark.parametrize(("written", "trouble"), TROUBLES.items(), ids=TROUBLES)
def test_what_cannot_be_followed_is_said(written: str, trouble: str) -> None:
    assert pragma(f"<!-- {written} -->\n\ntext").trouble == trouble


def test_a_comment_at_the_end_is_about_nothing() -> None:
    assert pragma(f"text\n\n{GOOD}\n").trouble == "nothing follows that it could be about"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- auditor: please look at this again -->",
        "<!-- the auditor: ignore a-b – no -->",
        "<!-- auditor:comment:17 -->",
        "auditor: ignore a-b – no comment",
        f"`{GOOD}`",
        f"```html\n{GOOD}\n```",
        "<!-- auditor: ignore a-b – never closed",
    ],
)
def test_what_is_no_such_comment(text: str) -> None:
    assert read_pragmas(f"{text}\n\ntext", "markdown", "doc") == ()


def test_other_formats_have_none() -> None:
    assert read_pragmas(f"{GOOD}\n\ntext", "text", "doc") == ()


def test_the_place_is_that_of_the_comment() -> None:
    at = pragma(f"text\n\n  {GOOD}\n\nmore").place
    assert (at.document, at.line, at.column, at.end_line, at.end_column) == ("doc", 3, 3, 3, 2 + len(GOOD))


MARKDOWN = {
    "alone before a paragraph": (f"{GOOD}\n\none\ntwo\n\nthree", "one\ntwo"),
    "directly before a paragraph": (f"{GOOD}\none\ntwo\n\nthree", "one\ntwo"),
    "in a line": (f"one\ntwo {GOOD} two\nthree", f"two {GOOD} two"),
    "at the end of a line": (f"one\ntwo {GOOD}\nthree", f"two {GOOD}"),
    "between the lines of a paragraph": (f"one\n{GOOD}\ntwo\nthree\n\nfour", "two\nthree"),
    "before an item": (f"{GOOD}\n- one\n- two", "- one"),
    "in an item": (f"- one\n- two {GOOD}\n- three", f"- two {GOOD}"),
    "in the line of a bullet, alone": (f"- {GOOD}\n  one\n- two", "one"),
    "in a row": (f"| one |\n| --- |\n| two {GOOD} |\n| three |", f"| two {GOOD} |"),
    "before a table": (f"{GOOD}\n\n| one |\n| --- |\n| two |\n\nthree", "| one |\n| --- |\n| two |"),
    "before code": (f"{GOOD}\n\n```\none\n\ntwo\n```\n\nthree", "```\none\n\ntwo\n```"),
    "before a heading": (f"{GOOD}\n\n# one\n\ntwo", "# one"),
    "over lines": ("<!--\nauditor: ignore a-b –\n\nbecause\n-->\n\none\n\ntwo", "one"),
    "after another comment": (f"<!-- else -->\n{GOOD}\n<!-- else -->\n\none\n\ntwo", "one"),
    "with windows line ends": (f"{GOOD}\r\n\r\none\r\n\r\ntwo", "one"),
    "in a quotation": (f"> {GOOD}\n> one\n\ntwo", "> one"),
}


@pytest.mark.parametrize(("text", "about"), MARKDOWN.values(), ids=MARKDOWN)
def test_what_a_comment_in_markdown_is_about(text: str, about: str) -> None:
    assert covered(text) == about


HTML = {
    "before a paragraph": (f"{GOOD}\n<p>one\ntwo</p>\n<p>three</p>", "one\ntwo"),
    "in a paragraph": (f"<p>one</p><p>two {GOOD}</p><p>three</p>", f"two {GOOD}"),
    "on one line with everything": (f"<p>one</p>{GOOD}<p>two</p><p>three</p>", "two"),
    "in a cell": (f"<tr><td>one</td><td>{GOOD}two</td><td>three</td></tr>", f"{GOOD}two"),
    "after the last text of a block": (f"<div>one</div>\n<div>\n{GOOD}\n</div>\n<p>two</p>", "two"),
}


@pytest.mark.parametrize(("text", "about"), HTML.values(), ids=HTML)
def test_what_a_comment_in_html_is_about(text: str, about: str) -> None:
    assert covered(text, "html") == about


RST = {
    "before a paragraph": (".. auditor: ignore a-b – because\n\none\ntwo\n\nthree", "one\ntwo"),
    "over lines": (".. auditor: ignore a-b –\n   because of\n   this\n\none\n\ntwo", "one"),
    "before an item": (".. auditor: ignore a-b – because\n\n* one\n* two", "* one"),
    "in an item": ("* one\n\n  .. auditor: ignore a-b – because\n\n  two\n\n* three", "two"),
}


@pytest.mark.parametrize(("text", "about"), RST.values(), ids=RST)
def test_what_a_comment_in_restructured_text_is_about(text: str, about: str) -> None:
    assert covered(text, "rst") == about
    assert pragma(text, "rst").reason in ("because", "because of this")


def test_a_directive_is_no_comment() -> None:
    assert read_pragmas(".. auditor:: ignore a-b – because\n\none", "rst", "doc") == ()


def test_only_so_many_of_a_document_are_read_and_that_is_said() -> None:
    found = read_pragmas(f"{GOOD} one\n\n" * (MOST_PRAGMAS + 5), "markdown", "doc")
    assert [one.trouble for one in found if one.trouble] == ["only the first 1,000 comments of a document are read"]
    assert len(found) == MOST_PRAGMAS + 1


HOSTILE = {
    "comments alone": (GOOD * 20_000, "markdown"),
    "comments of paragraphs": (f"<p>{GOOD}</p>" * 15_000, "html"),
    "comments that begin": ("<!-- auditor: ignore" * 50_000, "markdown"),
    "a long comment": (f"<!-- auditor: ignore {'a-b, ' * 200_000} – x -->\n\ntext", "markdown"),
    "a table": (f"{GOOD}\n" * 1000 + "| a |\n" * 100_000, "markdown"),
    "code that is opened again and again": ("```\n<!-- auditor:\n" * 40_000, "markdown"),
    "space": (f"{GOOD}{' ' * 500_000}\n{GOOD}{' ' * 500_000}x", "markdown"),
    "indented comments": ("  .. auditor: ignore\n" * 40_000, "rst"),
    "indentation": (f"{' ' * 500_000}.. auditor: ignore\n{' ' * 500_000}", "rst"),
    "dashes": (f"<!-- auditor: ignore {' -' * 400_000} -->", "markdown"),
}


@pytest.mark.parametrize(("text", "form"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_documents_take_no_time(text: str, form: Format) -> None:
    start = time.process_time()
    read_pragmas(text, form, "doc")
    assert time.process_time() - start < 5
