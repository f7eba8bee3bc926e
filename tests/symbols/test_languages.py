"""Which language a path is in."""

import pytest

from auditor.symbols import language_of
from auditor.symbols.languages import WHEELS


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("src/a.py", "python"),
        ("stubs/a.pyi", "python"),
        ("lib/a.mjs", "javascript"),
        ("a.jsx", "javascript"),
        ("a.d.ts", "typescript"),
        ("a.tsx", "tsx"),
        ("a.h", "c"),
        ("a.hpp", "cpp"),
        ("A.CPP", "cpp"),
        ("a.sol", "solidity"),
        ("a.kts", "kotlin"),
        ("Rakefile", "ruby"),
        ("README.md", None),
        ("Makefile", None),
        ("py", None),
        (".py", "python"),
        ("", None),
        ("a.", None),
    ],
)
def test_by_name(path: str, language: str | None) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("first_line", "language"),
    [
        ("#!/usr/bin/env python3", "python"),
        ("#!/usr/bin/python3.11 -u", "python"),
        ("#!/usr/bin/env -S LANG=C node --harmony", "javascript"),
        ("#! /bin/sh -e", "bash"),
        ("#!/usr/bin/env bash\r", "bash"),
        ("#!/usr/local/bin/ruby", "ruby"),
        ("#!/usr/bin/awk -f", None),
        ("#!", None),
        ("# !/bin/sh", None),
    ],
)
def test_by_interpreter(first_line: str, language: str | None) -> None:
    assert language_of("bin/tool", first_line) == language


def test_the_extension_weighs_more_than_the_interpreter() -> None:
    assert language_of("a.rb", "#!/bin/sh") == "ruby"


def test_every_language_that_can_be_met_has_a_grammar() -> None:
    from auditor.symbols.languages import _BY_EXTENSION, _BY_FILE_NAME, _BY_INTERPRETER

    assert {*_BY_EXTENSION.values(), *_BY_FILE_NAME.values(), *_BY_INTERPRETER.values()} == set(WHEELS)
