"""Outlines of Python, judged by the standard library's own parser."""

import ast
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.model.symbol import Outline, Symbol
from auditor.symbols import enclosing, enclosing_chain, find, outline_source

SOURCE = b'''\
"""Doc."""
LIMIT: int = 1


@first
@second(
    1,
)
class Box(Base):
    """What a box is."""

    size = 3

    @property
    # a remark between
    def area(self) -> int:
        """Doc."""
        local = self.size

        def inner():
            return local

        return inner()
        # trailing remark

    # another one


async def run(): pass


double = lambda x: 2 * x
'''


def outline(source: bytes, path: str = "a.py") -> Outline:
    found = outline_source(path, source)
    assert found is not None
    return found


def only(found: tuple[Symbol, ...]) -> Symbol:
    assert len(found) == 1
    return found[0]


def test_a_definition_has_its_decorators_name_body_and_last_statement() -> None:
    assert only(find(outline(SOURCE), "Box")) == Symbol("Box", "class", start=5, end=23, line=9, body=10)
    assert only(find(outline(SOURCE), "area")) == Symbol("Box.area", "function", start=14, end=23, line=16, body=17)


def test_all_names_in_order_without_locals() -> None:
    assert [(s.name, s.kind) for s in outline(SOURCE).symbols] == [
        ("LIMIT", "variable"),
        ("Box", "class"),
        ("Box.size", "variable"),
        ("Box.area", "function"),
        ("Box.area.inner", "function"),
        ("run", "function"),
        ("double", "function"),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        SOURCE.replace(b"\n", b"\r\n"),
        SOURCE.replace(b"    ", b"\t"),
        SOURCE.rstrip(b"\n"),
        b"\xef\xbb\xbf" + SOURCE,
        SOURCE.replace(b"Doc.", "Döc — 文".encode()),
        SOURCE.replace(b"Doc.", b"D\xf6c"),
    ],
    ids=["crlf", "tabs", "no final newline", "byte order mark", "utf-8", "latin-1"],
)
def test_the_form_of_the_text_changes_nothing(changed: bytes) -> None:
    assert outline(changed).symbols == outline(SOURCE).symbols
    assert outline(changed).code == outline(SOURCE).code


def test_code_lines_leave_out_docstrings_comments_and_blank_lines() -> None:
    assert outline(SOURCE).code == (
        (2, 2),
        (5, 9),
        (12, 12),
        (14, 14),
        (16, 16),
        (18, 18),
        (20, 21),
        (23, 23),
        (29, 29),
        (32, 32),
    )


def test_a_string_that_is_a_value_is_code() -> None:
    source = b'text = """\none\n\ntwo\n"""\ncall("""\nthree""")\nf"{run()}"\n"""never\nrun"""\n'
    assert outline(source).code == ((1, 2), (4, 8))


def test_code_beside_a_comment_or_docstring_counts() -> None:
    assert outline(b'def f(): """doc"""\nx = 1  # remark\n').code == ((1, 2),)


def test_several_names_at_once() -> None:
    names = [s.name for s in outline(b"a, b = 1, 2\nc = d = 3\n(e, f) = g\nBox.h = 1\ntype T[X] = int\n").symbols]
    assert names == ["a", "b", "c", "d", "e", "f", "Box.h", "T"]


def test_the_same_name_twice() -> None:
    source = b"@overload\ndef f(x: int): ...\n@overload\ndef f(x: str): ...\ndef f(x):\n    return x\n"
    assert [(s.start, s.line, s.end) for s in find(outline(source), "f")] == [(1, 2, 2), (3, 4, 4), (5, 5, 6)]


def test_conditional_definitions_are_found() -> None:
    source = b"try:\n    import x\nexcept ImportError:\n    def x(): pass\nif True:\n    class Y: pass\n    Z = 1\n"
    assert [s.name for s in outline(source).symbols] == ["x", "Y", "Z"]


def test_python_2_is_read() -> None:
    found = outline(b"class A:\n    def f(self):\n        print 'x', 1\n        raise E, 'y'\n")
    assert [(s.name, s.end) for s in found.symbols] == [("A", 4), ("A.f", 4)]


def test_a_syntax_error_is_told_and_leaves_the_rest() -> None:
    found = outline(b"def good():\n    pass\n\ndef bad(:\n    pass\n\ndef fine():\n    pass\n")
    assert found.broken
    assert {"good", "fine"} <= {s.name for s in found.symbols}
    assert not outline(SOURCE).broken


@pytest.mark.parametrize("source", [b"", b"\n\n", b"# only a remark", b'"""Doc."""\n'])
def test_a_text_without_definitions(source: bytes) -> None:
    assert outline(source) == Outline("python", ())


def test_what_stands_around_a_line() -> None:
    found = outline(SOURCE)
    assert [s.name for s in enclosing_chain(found, 20, 21)] == ["Box", "Box.area", "Box.area.inner"]
    assert [s.name for s in enclosing_chain(found, 21, 18)] == ["Box", "Box.area"]
    assert enclosing(found, 14, 14) == only(find(found, "Box.area"))
    assert enclosing(found, 2, 2) is None
    assert enclosing(found, 12, 40) is None


Definition = tuple[str, int, int, str]
STDLIB = sorted(Path(sysconfig.get_path("stdlib")).glob("[a-d]*.py"))


def _by_ast(node: ast.AST, outer: str = "") -> Iterator[Definition]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = outer + child.name
            start = min([child.lineno, *(decorator.lineno for decorator in child.decorator_list)])
            yield name, start, child.end_lineno or 0, "class" if isinstance(child, ast.ClassDef) else "function"
            yield from _by_ast(child, name + ".")
        else:
            yield from _by_ast(child, outer)


def test_the_standard_library_agrees_with_ast() -> None:
    """Every function and class has the same lines and qualified name."""
    compared = 0
    for path in STDLIB:
        source = path.read_bytes()
        lines = source.split(b"\n")
        expected = set(_by_ast(ast.parse(source)))
        found = {(s.name, s.start, s.end, s.kind) for s in outline(source).symbols if s.kind != "variable"}
        assert expected <= found, path.name
        assert all(b"lambda" in b"".join(lines[start - 1 : end]) for _, start, end, _ in found - expected), path.name
        compared += len(expected)
    assert compared > 1000
