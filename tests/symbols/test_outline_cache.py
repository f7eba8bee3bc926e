"""Outlines as bytes."""

import json
import subprocess
import sys
import time

import pytest

from auditor.model.symbol import Outline, Symbol
from auditor.symbols import dump_outline, load_outline, outline_source, signature

OUTLINE = Outline(
    "python",
    (Symbol("A", "class", 1, 9, 2, 3), Symbol("A.ü", "function", 4, 6, 4, 5), Symbol("B", "variable", 11, 11, 11, 11)),
    ((1, 6), (8, 9), (11, 11)),
    broken=True,
)


def test_what_is_written_is_read() -> None:
    assert load_outline(dump_outline(OUTLINE)) == OUTLINE
    assert load_outline(dump_outline(Outline("go", ()))) == Outline("go", ())
    real = outline_source("a.py", b"def f():\n    return 1\n")
    assert real is not None
    assert load_outline(dump_outline(real)) == real


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        dump_outline(OUTLINE)[:-5],
        dump_outline(OUTLINE).replace(b"cfv", b"cfx"),
        dump_outline(OUTLINE).replace(b"cfv", b"cf"),
        dump_outline(OUTLINE).replace(b",11,11]", b",11]"),
        json.dumps(["python", False, 1, 2, 3, 4, 5, 6, 7]).encode(),
    ],
    ids=range(11),
)
def test_damaged_data_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own message, or ours
        load_outline(data)


def test_the_signature_names_every_grammar() -> None:
    words = dict(word.split("=") for word in signature().split())
    assert words["tree_sitter_python"][0].isdigit()
    assert words["tree_sitter_c_sharp"][0].isdigit()
    assert len(words["outline"]) == 16
    assert len(words) == 18


def test_loading_is_fast() -> None:
    """A thousand outlines of a hundred symbols: an audit of a warm cache."""
    symbols = tuple(Symbol(f"Module.name_{n}", "function", n, n + 9, n, n + 1) for n in range(1, 101))
    data = dump_outline(Outline("python", symbols, ((1, 500),)))
    began = time.process_time()
    for _ in range(1000):
        load_outline(data)
    assert time.process_time() - began < 1


def test_importing_the_package_imports_no_parser() -> None:
    program = "import sys, auditor.symbols; sys.exit(any(name.startswith('tree_sitter') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
