"""Whatever the bytes: an outline or none, soon, and no exception."""

import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.symbols import outline_source
from auditor.symbols.grammars import grammar
from auditor.symbols.outline import MAX_BYTES, MAX_NAME

EXTENSIONS = (
    "sh",
    "c",
    "cc",
    "h",
    "cs",
    "go",
    "java",
    "js",
    "kt",
    "php",
    "py",
    "rb",
    "rs",
    "scala",
    "sol",
    "swift",
    "ts",
    "tsx",
)
PATHS = [f"a.{extension}" for extension in EXTENSIONS]
SIZE = 100_000
# Seconds of processor time: the bound on parsing, its effect between two looks at the clock, and the query.
SOON = 4.0


def timed(path: str, source: bytes) -> float:
    began = time.process_time()
    outline_source(path, source)
    return time.process_time() - began


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("unit", [b"(", b"{", b"class a{", b"/*"])
def test_deep_nesting(path: str, unit: bytes) -> None:
    assert timed(path, unit * (SIZE // len(unit))) < SOON


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("a.scala", b"'"),
        ("a.rb", b"a."),
        ("a.sh", b"<"),
        ("a.kt", b"<"),
        ("a.swift", b"<"),
        ("a.c", b"int a,"),
        ("a.js", b"a="),
        ("a.go", b"\xff"),
        ("a.py", b"a=1\n"),
        ("a.c", b"#define\n"),
    ],
)
def test_texts_on_which_a_grammar_is_slow(path: str, unit: bytes) -> None:
    assert timed(path, unit * (SIZE // len(unit))) < SOON


@pytest.mark.parametrize("path", PATHS)
def test_binary_junk(path: str) -> None:
    junk = random.Random(path).randbytes(5000).replace(b"\0", b"\1")
    found = outline_source(path, junk)
    assert found is None or found.language
    assert outline_source(path, b"\0" + junk) is None


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(PATHS))
def test_any_bytes(source: bytes, path: str) -> None:
    found = outline_source(path, source)
    lines = source.count(b"\n") + 1
    if found is not None:
        assert all(1 <= s.start <= s.line <= s.end <= lines for s in found.symbols)
        assert all(1 <= start <= end <= lines for start, end in found.code)


def test_a_parser_that_was_stopped_reads_the_next_text_from_its_start() -> None:
    assert outline_source("a.scala", b"'" * 20_000) is None
    found = outline_source("a.scala", b"object A { def f = 1 }\n")
    assert found is not None
    assert [s.name for s in found.symbols] == ["A", "A.f"]


def test_nested_names_stay_short() -> None:
    source = "".join(f"function a{n}() {{" for n in range(500)) + "}" * 500
    found = outline_source("a.js", source.encode())
    assert found is not None
    assert len(found.symbols) > 50
    assert max(len(s.name) for s in found.symbols) <= MAX_NAME


def test_a_very_long_name_is_left_out() -> None:
    found = outline_source("a.py", b"def " + b"a" * 10_000 + b"(): pass\ndef b(): pass\n")
    assert found is not None
    assert [s.name for s in found.symbols] == ["b"]


def test_what_cannot_be_outlined() -> None:
    assert outline_source("a.unknown", b"x = 1") is None
    assert outline_source("a.py", b"#" * (MAX_BYTES + 1)) is None
    assert outline_source("a.py", b"#" * MAX_BYTES) is not None


def test_a_missing_grammar_is_an_unknown_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tree_sitter_ruby", None)
    grammar.cache_clear()
    try:
        assert outline_source("a.rb", b"def f; end") is None
        assert outline_source("a.py", b"def f(): pass") is not None
    finally:
        grammar.cache_clear()


def test_without_tree_sitter_there_are_no_outlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "auditor.symbols.outline", None)
    assert outline_source("a.py", b"def f(): pass") is None


def test_threads_do_not_disturb_each_other() -> None:
    sources = [b"".join(b"def f%d(): pass\n" % n for n in range(size)) for size in range(1, 60)]
    alone = [outline_source("a.py", source) for source in sources]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda source: outline_source("a.py", source), sources * 4))
    assert together == alone * 4
