"""Names as people write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.symbol import Outline, Symbol
from auditor.symbols import alike, clean_name, find, similar_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("run_wsgi", "run_wsgi"),
        ("run_wsgi()", "run_wsgi"),
        ("`Flask.run()`", "Flask.run"),
        ("foo<T>(x)", "foo"),
        ("Vec::<T>::new", "Vec.new"),
        ("Foo().bar", "Foo.bar"),
        ("self.x", "x"),
        ("this->x", "x"),
        ("$this->x", "x"),
        ("super().__init__", "__init__"),
        ("&Foo", "Foo"),
        ("*Foo", "Foo"),
        ("Foo#bar", "Foo.bar"),
        ("Foo.prototype.bar", "Foo.bar"),
        ("A\\B\\C", "A.B.C"),
        ("obj:method", "obj.method"),
        ("(*Server).Serve", "Serve"),
        ("(s *Server) Serve", "Serve"),
        ("def run(self, **options) -> None:", "run"),
        ("async def run", "run"),
        ("class Foo(Base):", "Foo"),
        ("class Foo extends Bar", "Foo"),
        ("func (s *Server) Serve(w int) error", "Serve"),
        ("pub fn new() -> Self", "new"),
        ("static int *foo(void)", "foo"),
        ("public static void main(String[] a)", "main"),
        ("function foo", "foo"),
        ("A::operator==", "A.operator=="),
        ("operator()", "operator()"),
        ("process request thread", "process request thread"),
        ("save!", "save!"),
        ("<module>", "<module>"),
        ("def", "def"),
        ("", ""),
        ("f(", "f"),
        ("a)b", "ab"),
    ],
)
def test_clean_name(text: str, name: str) -> None:
    assert clean_name(text) == name


@given(st.text(max_size=60))
def test_cleaning_never_fails_and_settles(text: str) -> None:
    assert len(clean_name(clean_name(text))) <= len(clean_name(text)) <= len(text)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("process request thread", "process_request_thread"),
        ("_bootstrap_inner", "__bootstrap_inner"),
        ("read_chunk_length", "read_chunk_len"),
        ("WSGIRequestHandle", "WSGIRequestHandler"),
        ("runWsgi", "run_wsgi"),
        ("Server.serve_forver", "serve_forever"),
        ("recieve", "receive"),
        ("p", "$p"),
    ],
)
def test_alike(a: str, b: str) -> None:
    assert alike(a, b)
    assert alike(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("get", "set"),
        ("process_request", "process_request_thread"),
        ("write", "execute"),
        ("read", "read_chunk"),
        ("handler", "Server"),
        ("", "write"),
    ],
)
def test_not_alike(a: str, b: str) -> None:
    assert not alike(a, b)
    assert not alike(b, a)


def symbols(*names: str) -> Outline:
    return Outline("python", tuple(Symbol(name, "function", i, i, i, i) for i, name in enumerate(names, start=1)))


def test_find_takes_any_separator_and_any_qualification() -> None:
    outline = symbols("m.Foo.bar", "Foo", "Foo.bar", "bar", "foobar")
    assert [s.name for s in find(outline, "bar")] == ["m.Foo.bar", "Foo.bar", "bar"]
    for asked in ("Foo.bar", "Foo::bar", "Foo#bar", "Foo->bar", "Foo:bar", "Foo().bar()", "def Foo.bar(x):"):
        assert [s.name for s in find(outline, asked)] == ["m.Foo.bar", "Foo.bar"], asked
    assert find(outline, "Bar") == ()
    assert find(outline, "Other.bar") == ()
    assert find(outline, "") == ()


def test_find_forgives_the_dollar_of_php() -> None:
    assert [s.name for s in find(symbols("C.p"), "C::$p")] == ["C.p"]
    assert [s.name for s in find(symbols("$scope"), "$scope")] == ["$scope"]


def test_similar_names_are_ordered_by_nearness_and_named_once() -> None:
    outline = symbols("read_chunk_length", "A.read_chunk_len", "A.read_chunk_len", "readChunkLens", "write")
    assert [s.name for s in similar_names(outline, "read_chunk_len")] == [
        "A.read_chunk_len",
        "readChunkLens",
        "read_chunk_length",
    ]
    assert [s.line for s in similar_names(outline, "read_chunk_len", limit=1)] == [2]
    assert similar_names(outline, "unrelated") == ()


def test_functions_come_before_variables() -> None:
    outline = Outline("c", (Symbol("value1", "variable", 1, 1, 1, 1), Symbol("value2", "function", 2, 2, 2, 2)))
    assert [s.name for s in similar_names(outline, "value3")] == ["value2", "value1"]


@pytest.mark.parametrize("unit", ["a", "(", "<", "a.", "->", "::", "operator ", "def ", " ", "\0", "a(", "`", "#"])
def test_hostile_names_take_no_time(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    began = time.process_time()
    clean_name(text)
    assert not alike(text, "write")
    find(symbols("write"), text)
    assert time.process_time() - began < 1


def test_five_thousand_names_are_searched_quickly() -> None:
    outline = symbols(*(f"Module{n % 70}.handle_{n:x}_request_{n * 7919 % 9973:x}" for n in range(5000)))
    began = time.process_time()
    similar_names(outline, "handle_request_thread")
    assert time.process_time() - began < 0.5
