"""What metadata declares: per format the statements, their lines, and that no file breaks the reader."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.licenses.metadata import declared_licenses
from auditor.model.license import Declaration

Summary = list[tuple[int | None, str, str | None]]


def read(path: str, text: str) -> Summary:
    """Line, words and expression of each declaration."""
    return [(one.line, one.written, one.expression) for one in declared_licenses(path, text.encode())]


def only(path: str, text: str) -> Declaration:
    (declared,) = declared_licenses(path, text.encode())
    return declared


def test_core_metadata_gives_the_expression_first() -> None:
    text = (
        "Metadata-Version: 2.4\nName: x\nClassifier: License :: OSI Approved :: MIT License\nLicense: BSD\n"
        "License-Expression: mit or Apache-2.0\nLicense-File: LICENSE\n\nLicense: not a header any more\n"
    )
    assert read("x-1.dist-info/METADATA", text) == [
        (5, "mit or Apache-2.0", "MIT OR Apache-2.0"),
        (4, "BSD", None),
        (3, "License :: OSI Approved :: MIT License", "MIT"),
    ]


def test_a_licence_text_in_the_place_of_its_name_is_not_read_as_one() -> None:
    text = "License: MIT License\n        \n        Copyright (c) 2020 Me\n       |More\nClassifier: License :: X\n\n"
    pasted, other = declared_licenses("PKG-INFO", text.encode())
    assert (pasted.line, pasted.expression, pasted.problem) == (1, None, "is a whole text, not a name")
    assert pasted.written.startswith("MIT License Copyright (c) 2020 Me")
    assert other.line == 5
    long = only("METADATA", f"License: {'Permission is hereby granted ' * 30}\n")
    assert long.problem == "is a whole text, not a name"
    assert len(long.written) < 250
    expression = " AND ".join(["BSD-3-Clause", "Apache-2.0", "GPL-3.0-or-later WITH GCC-exception-3.1"] * 9)
    assert only("METADATA", f"License: {expression}\n").expression == expression


@pytest.mark.parametrize(
    ("classifier", "expression"),
    [
        ("License :: OSI Approved :: MIT License", "MIT"),
        ("License :: OSI Approved :: BSD License", None),
        ("License :: OSI Approved :: Apache Software License", None),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", None),
        ("License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"),
        ("License :: OSI Approved :: ISC License (ISCL)", "ISC"),
        ("License :: OSI Approved :: European Union Public Licence 1.2 (EUPL 1.2)", "EUPL-1.2"),
        ("License :: OSI Approved :: University of Illinois/NCSA Open Source License", "NCSA"),
        ("License :: CC0 1.0 Universal (CC0 1.0) Public Domain Dedication", "CC0-1.0"),
        ("License :: Public Domain", None),
        ("License :: OSI Approved", None),
    ],
)
def test_classifiers(classifier: str, expression: str | None) -> None:
    declared = only("METADATA", f"Classifier: {classifier}\n")
    assert (declared.written, declared.expression) == (classifier, expression)
    assert (declared.problem is None) == (expression is not None)


def test_osi_approved_alone_says_nothing_beside_a_name() -> None:
    text = "Classifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: MIT License\n"
    assert read("METADATA", text) == [(2, "License :: OSI Approved :: MIT License", "MIT")]


def test_pyproject() -> None:
    assert read("pyproject.toml", '[project]\nname = "x"\nlicense = "MIT"\n') == [(3, "MIT", "MIT")]
    assert read("pyproject.toml", '[project]\nlicense = {text = "BSD 3-Clause"}\n') == [
        (2, "BSD 3-Clause", "BSD-3-Clause")
    ]
    assert read("pyproject.toml", '[project.license]\ntext = "MIT"\n') == [(None, "MIT", "MIT")]
    assert only("pyproject.toml", '[project]\nlicense.file = "LICENSE"\n').problem == "names a file, no licence"
    both = (
        '[tool.poetry]\nlicense = "MIT"\n[project]\nclassifiers = [\n  "License :: OSI Approved :: BSD License",\n]\n'
    )
    assert read("pyproject.toml", both) == [
        (5, "License :: OSI Approved :: BSD License", None),
        (2, "MIT", "MIT"),
    ]
    assert only("pyproject.toml", "[project]\nlicense = 3\n").problem == "is neither a text nor a table of text or file"
    assert read("pyproject.toml", '[project]\ndynamic = ["license"]\n') == []


def test_setup_cfg() -> None:
    text = (
        "[options]\nlicense = no\n[metadata]\n# license = no\nname = x\nLicense: BSD-3-Clause\n"
        "classifiers =\n    Programming Language :: Python\n    License :: OSI Approved :: BSD License\n"
        "[x]\nlicense = no\n"
    )
    assert read("setup.cfg", text) == [
        (6, "BSD-3-Clause", "BSD-3-Clause"),
        (9, "License :: OSI Approved :: BSD License", None),
    ]
    assert only("setup.cfg", "[metadata]\nlicense = file: LICENSE").problem == "names a file, no licence"


def test_setup_py_is_read_and_never_run() -> None:
    text = (
        "import setuptools\nraise SystemExit\nsetuptools.setup(\n    name='x',\n    license='MIT',\n"
        "    classifiers=[\n        'License :: OSI Approved :: MIT License',\n        x,\n    ],\n)\n"
        "other(license='no')\n"
    )
    assert read("setup.py", text) == [(5, "MIT", "MIT"), (7, "License :: OSI Approved :: MIT License", "MIT")]
    assert only("setup.py", "setup(license=open('LICENSE').read())").problem == (
        "is computed; only what is written out can be read"
    )
    assert only("setup.py", "print 'Python 2'").problem is not None
    assert read("setup.py", "x = '\\d'\nsetup(license=None)") == []


def test_package_json() -> None:
    assert read("package.json", '{"a": {"license": "no"},\n "license": "(MIT OR ISC)"}') == [
        (2, "(MIT OR ISC)", "MIT OR ISC")
    ]
    assert read("package.json", '{"license": {"type": "MIT", "url": "x"}}') == [(1, "MIT", "MIT")]
    old = '{\n"licenses": [{"type": "MIT"}, {"type": "Apache-2.0"}]}'
    assert read("package.json", old) == [(2, "MIT, Apache-2.0", "MIT OR Apache-2.0")]
    unclear = only("package.json", '{"licenses": [{"type": "MIT"}, {"type": "BSD"}]}')
    assert (unclear.written, unclear.expression) == ("MIT, BSD", None)
    assert (unclear.problem or "").startswith("BSD: does not say which BSD licence")
    see = only("package.json", '{"license": "SEE LICENSE IN LICENSE.md"}')
    assert (see.written, see.problem) == ("LICENSE.md", "names a file, no licence")
    assert "not the Unlicense" in (only("package.json", '{"license": "UNLICENSED"}').problem or "")
    assert only("package.json", '{"license": [[[1]]]}').problem == "names no licence"
    assert read("package.json", '{"name": "x"}') == []


def test_cargo_toml() -> None:
    assert read("Cargo.toml", '[package]\nlicense = "MIT/Apache-2.0"\n') == [(2, "MIT/Apache-2.0", "MIT OR Apache-2.0")]
    assert only("Cargo.toml", '[package]\nlicense-file = "LICENSE"\n').problem == "names a file, no licence"
    assert (
        only("Cargo.toml", "[package]\nlicense.workspace = true\n").problem == "is stated in the workspace's Cargo.toml"
    )
    workspace = '[package]\nlicense.workspace = true\n[workspace.package]\nlicense = "MIT"\n'
    assert read("Cargo.toml", workspace) == [(4, "MIT", "MIT")]


def test_pom() -> None:
    head = '<project xmlns="http://maven.apache.org/POM/4.0.0">\n<name>x</name>\n<licenses>\n'
    one = "<license><name>\nThe Apache Software License, Version 2.0</name></license>\n"
    clear = "<license><name>BSD</name><url>https://opensource.org/licenses/BSD-3-Clause</url></license>"
    assert read("pom.xml", f"{head}{one}</licenses></project>") == [
        (4, "The Apache Software License, Version 2.0", "Apache-2.0")
    ]
    assert [expression for _, _, expression in read("pom.xml", f"{head}{one}{clear}</licenses></project>")] == [
        "Apache-2.0 OR BSD-3-Clause"
    ]
    assert read("pom.xml", "<project><dependency><licenses/></dependency></project>") == []
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><project>&b;</project>'
    assert only("pom.xml", bomb).problem == "has a document type, which is not read"
    (utf16,) = declared_licenses("pom.xml", bomb.encode("utf-16"))
    assert utf16.problem == "has a document type, which is not read"


def test_gemspec() -> None:
    assert read("x.gemspec", "Gem::Specification.new do |s|\n  s.license = 'MIT'\nend") == [(2, "MIT", "MIT")]
    assert read("x.gemspec", 'spec.licenses    = ["Apache-2.0".freeze]') == [(1, "Apache-2.0", "Apache-2.0")]
    assert only("x.gemspec", "s.licenses = %w[MIT Ruby]").problem == "are several licences, without a word on AND or OR"
    assert only("x.gemspec", "s.license = LICENSE").problem == "is computed; only what is written out can be read"
    assert only("x.gemspec", 's.license = "#{x}"').problem == "is computed; only what is written out can be read"


def test_composer_json() -> None:
    choice = '{"license": ["LGPL-2.1-only", "GPL-3.0-or-later"]}'
    assert read("composer.json", choice) == [
        (1, "LGPL-2.1-only, GPL-3.0-or-later", "LGPL-2.1-only OR GPL-3.0-or-later")
    ]
    assert only("composer.json", '{"license": "proprietary"}').expression is None
    assert only("composer.json", '{"license": []}').problem == "names no licence"


def test_other_files_declare_nothing() -> None:
    assert declared_licenses("README.md", b"License: MIT") == ()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("pyproject.toml", b"\xff"),
        ("pyproject.toml", b"[project\n"),
        ("pyproject.toml", b"a = " + b"[" * 100_000),
        ("pyproject.toml", b"a." * 400_000 + b"b = 1"),
        ("Cargo.toml", b"a = 1\n" * 2_000_000),
        ("package.json", b"\xff"),
        ("package.json", b"{"),
        ("package.json", b"[]"),
        ("package.json", b'{"license": ' + b"[" * 100_000),
        ("package.json", b'"' + b"\\" * 1_000_000),
        ("pom.xml", b""),
        ("pom.xml", b"<a>" * 300_000),
        ("pom.xml", b"<?xml version='1.0' encoding='unicode_escape'?><a/>"),
        ("pom.xml", b"<project><licenses>"),
        ("setup.py", b"("),
        ("setup.py", b"-" * 500_000 + b"1"),
        ("setup.py", b"a." * 300_000 + b"b"),
        ("setup.py", b"\0"),
        ("METADATA", b"x" * (10 << 20)),
        ("METADATA", b"License: \xff\n"),
        ("METADATA", b"License-Expression: " + b"(" * 1_000_000),
        ("setup.cfg", b"[metadata]\nlicense = " + b"x " * 500_000),
        ("x.gemspec", b"s.license = [" * 80_000),
    ],
)
def test_what_cannot_be_read_is_one_problem_soon(path: str, data: bytes) -> None:
    started = time.perf_counter()
    declared = declared_licenses(path, data)
    assert time.perf_counter() - started < 2
    assert declared[0].expression is None
    assert declared[0].problem
    assert "\n" not in declared[0].problem


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("METADATA", b":\n" * 500_000),
        ("setup.cfg", b"[metadata]\nlicense" + b" " * 1_000_000 + b"x"),
        ("setup.cfg", b"[" * 1_000_000),
        ("x.gemspec", b"\n " * 500_000),
        ("x.gemspec", b"a" * 1_000_000),
        ("pom.xml", b"<project>" + b"x" * 1_000_000 + b"</project>"),
        ("pyproject.toml", b"\n".join(b".".join([b"a%d" % number] * 190) + b"=1" for number in range(1000))),
        ("package.json", json.dumps({"a": "\\" * 500_000}).encode()),
    ],
)
def test_hostile_files_that_say_nothing_cost_little(path: str, data: bytes) -> None:
    started = time.perf_counter()
    assert declared_licenses(path, data) == ()
    assert time.perf_counter() - started < 4


NAMES = st.sampled_from(
    "METADATA pyproject.toml setup.cfg setup.py package.json composer.json Cargo.toml pom.xml x.gemspec".split()
)
PIECES = st.sampled_from(
    (
        *b'license = : "MIT" [project] [package] [metadata] { } [ ] setup( ) <project> <licenses>'.split(),
        *(b"<license>", b"<name>", b"</name>", b"s.license", b",", b"\xff", b" ", b"\n"),
    )
)


@settings(deadline=None)
@given(NAMES, st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=20).map(b"".join)))
def test_nothing_gets_out(path: str, data: bytes) -> None:
    for declared in declared_licenses(path, data):
        assert declared.path == path
        assert declared.line is None or declared.line >= 1
        assert (declared.expression is None) == (declared.problem is not None)
        assert "\n" not in declared.written
