"""What stands between the brackets, where it stands, and whatever else somebody may write there."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.cite import parse_references
from auditor.cite.grammar import write_reference
from auditor.model import Span
from auditor.model.reference import (
    AnyReference,
    CalledLine,
    CodeReference,
    MalformedReference,
    QuotedLines,
    Spot,
    Wanted,
    WrittenLines,
)


def parsed(text: str) -> AnyReference:
    """The one reference of a text."""
    (reference,) = parse_references(text, "report.md")
    return reference


TARGETS: dict[str, tuple[Wanted | None, Spot | None]] = {
    "": (None, None),
    "::run": (Wanted("run"), None),
    ":: Server.run() ": (Wanted("Server.run"), None),
    "::run#2": (Wanted("run", 2), None),
    "::Foo::bar": (Wanted("Foo::bar"), None),
    "::section 4(b)": (Wanted("section 4(b)"), None),
    "::L10": (None, WrittenLines(10, 10)),
    "::L10-L12": (None, WrittenLines(10, 12)),
    "::L10-12": (None, WrittenLines(10, 12)),
    '::@"x = 1"': (None, QuotedLines(Wanted("x = 1"))),
    '::run@"x[0]] | [[y"': (Wanted("run"), QuotedLines(Wanted("x[0]] | [[y"))),
    '::run@"say \\"hi\\" \\\\ \\d"#3': (Wanted("run"), QuotedLines(Wanted('say "hi" \\ \\d', 3))),
    '::run@"a".."b"': (Wanted("run"), QuotedLines(Wanted("a"), Wanted("b"))),
    '::run@"a"#2.."b"#3': (Wanted("run"), QuotedLines(Wanted("a", 2), Wanted("b", 3))),
    "::run@call:app": (Wanted("run"), CalledLine(Wanted("app"))),
    "::run#2@call:self.app()#2": (Wanted("run", 2), CalledLine(Wanted("self.app", 2))),
    "::@call:app": (None, CalledLine(Wanted("app"))),
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_target(target: str) -> None:
    reference = parsed(f"see [[project:src/a.py{target}]].")
    assert isinstance(reference, CodeReference)
    assert (reference.name, reference.spot) == TARGETS[target]
    assert (reference.dependency, reference.path, reference.label, reference.embed) == (
        "project", "src/a.py", None, False,
    )  # fmt: skip


def test_a_label_ends_it() -> None:
    reference = parsed('[[ project : a b.py ::run@"x|y"| the "main" loop.."  ]]')
    assert isinstance(reference, CodeReference)
    assert (reference.dependency, reference.path, reference.label) == ("project", "a b.py", 'the "main" loop.."')


@pytest.mark.parametrize("name", ["@babel/core", "org.slf4j:slf4j-api", "github.com/gorilla/mux", "zope.interface"])
def test_names_of_other_registries(name: str) -> None:
    reference = parsed(f"[[{name}:src/a.js::f]]")
    assert isinstance(reference, CodeReference)
    assert (reference.dependency, reference.path) == (name, "src/a.js")


def test_brackets_in_a_path() -> None:
    reference = parsed("[[next:app/[slug]/page.tsx]]")
    assert isinstance(reference, CodeReference)
    assert reference.path == "app/[slug]/page.tsx"


def test_an_excerpt_stands_alone() -> None:
    for before in ("", "- ", "> ", "  10. ", "> - "):
        reference = parsed(f"{before}![[project:a.py::run]]  \n")
        assert isinstance(reference, CodeReference)
        assert reference.embed
        assert reference.written == "![[project:a.py::run]]"
    for text in ("see ![[project:a.py]]", "![[project:a.py]] here", "| ![[project:a.py]] |"):
        reference = parsed(text)
        assert isinstance(reference, MalformedReference)
        assert "within a line" in reference.problem


def test_its_place_counts_characters() -> None:
    reference = parsed("ä\r\n> 🎉 [[project:a.py]]\rend")
    assert reference.span == Span(7, 23)
    place = reference.place
    assert (place.document, place.line, place.column, place.end_line, place.end_column) == ("report.md", 2, 5, 2, 20)


MALFORMED = {
    "[[a.py::run]]": "names no dependency",
    "[[project: ::run]]": "names no file",
    '[["x":a.py]]': "is no name of a dependency",
    "[[project:a.py::]]": "nothing follows ::",
    "[[project:a.py::L0]]": "no range",
    "[[project:a.py::L9-L3]]": "no range",
    "[[project:a.py::run@]]": "neither a text nor a call",
    "[[project:a.py::run@+3]]": "neither a text nor a call",
    "[[project:a.py::run@“x”]]": "curly",
    '[[project:a.py::run@""]]': "empty",
    '[[project:a.py::run@"x"#0]]': "#0",
    '[[project:a.py::run@"x"y]]': "something else follows",
    '[[project:a.py::run@"x"..y]]': "something else follows",
    '[[project:a.py::run@"x".."y"z]]': "something else follows",
    "[[project:a.py::run@call:]]": "a name is missing",
    "[[project:a.py::#2]]": "a name is missing",
    "[[project:a.py::run|]]": "label is empty",
    "[[project:a.py::run": "not closed",
    '[[project:a.py::run@"x]]': "not closed",
    "[[project:a.py::run [[project:a.py::stop": "not closed",
}


@pytest.mark.parametrize("text", MALFORMED)
def test_what_cannot_be_read_says_why(text: str) -> None:
    found = parse_references(f"see {text}\nand more", "report.md")
    assert found
    for reference in found:
        assert isinstance(reference, MalformedReference)
        assert MALFORMED[text] in reference.problem
        assert reference.hint


PIECES = ["[[", "]]", "[", "]", "project:a.py", "::", "run", "@", '"', "..", "#2", "|", "!", "`", "\\", "call:", "L3"]
PIECES += [
    "\n",
    "\r\n",
    " ",
    "- ",
    "> ",
    "    ",
    "```",
    "<!--",
    "-->",
    "<a b='",
    ">",
    "\u202e",
    "\0",
    "ä",
    "\t",
    "(",
    "1. ",
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


@given(texts)
def test_any_text_is_read(text: str) -> None:
    at = 0
    lines = text.replace("\r\n", "\n\0").replace("\r", "\n").split("\n")
    for reference in parse_references(text, "report.md"):
        span, place = reference.span, reference.place
        assert text[span.start : span.end] == reference.written
        assert at <= span.start < span.end
        at = span.end
        assert place.line == place.end_line
        line = lines[place.line - 1].removeprefix("\0") if "\r\n" in text else lines[place.line - 1]
        assert line[place.column - 1 : place.end_column] == reference.written


words = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='[]|@#":`\\<>()'), min_size=1, max_size=8
)
wanted = st.builds(Wanted, words, st.none() | st.integers(1, 999))
quoted = st.builds(
    Wanted, st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9), st.none() | st.integers(1, 9)
)
spots: st.SearchStrategy[Spot] = st.one_of(
    st.tuples(st.integers(1, 99), st.integers(0, 99)).map(lambda pair: WrittenLines(pair[0], pair[0] + pair[1])),
    st.builds(QuotedLines, quoted, st.none() | quoted),
    st.builds(CalledLine, wanted),
)


@given(words, words, st.none() | wanted, st.none() | spots, st.none() | words, st.booleans())
def test_what_is_written_is_read(
    dependency: str, path: str, name: Wanted | None, spot: Spot | None, label: str | None, embed: bool
) -> None:
    """A reference that is offered as a choice means what it was made from."""
    if isinstance(spot, WrittenLines):
        name = None
    shape = parsed("[[project:a.py]]")
    meant = CodeReference("", shape.place, shape.span, f"d{dependency}", path, name, spot, label, embed)
    reference = parsed(write_reference(meant))
    assert isinstance(reference, CodeReference)
    assert (reference.dependency, reference.path, reference.name, reference.spot, reference.label, reference.embed) == (
        meant.dependency, path, name, spot, label, embed,
    )  # fmt: skip


HOSTILE = [
    "[[", "[[a:b::", '[[a:b::@"', '[[a:b::@"\\', '[[a:b::@"x".."', "[[a:[", "[[a:b]]", "![[a:b]]\n", "`a``b```c",
    "- ", "- \n  ", ">", "> ```\n", "<a b='", '<a b="', "<!--", "\\[[", "[[a:b|", "\u202e[[a:b::\0]]", "[[a:b::#1()",
    "<pre>\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    began = time.process_time()
    parse_references(piece * (300_000 // len(piece)), "report.md")
    assert time.process_time() - began < 5  # about 0.3 s here; quadratic time would be hours


def test_texts_of_uneven_lengths_take_no_longer_either() -> None:
    began = time.process_time()
    parse_references("".join("`" * length + " " for length in range(1, 700)), "report.md")
    parse_references('[[a:b::@"' + "[[x" * 100_000, "report.md")
    parse_references("<a" + " " * 300_000, "report.md")
    parse_references("x" + "<!--" * 75_000, "report.md")
    parse_references("![[a:b]]" * 40_000, "report.md")
    parse_references("".join("  " * depth + "- a\n" for depth in range(700)), "report.md")
    assert time.process_time() - began < 5
