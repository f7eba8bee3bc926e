"""Expressions and names: what they mean, and that nothing gets out as an exception."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.licenses.expressions import Combination, expression_tree, license_ids, normalise
from auditor.licenses.names import fold, known_names


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("MIT", "MIT"),
        ("mit or APACHE-2.0", "MIT OR Apache-2.0"),
        ("(MIT OR ISC) AND zlib", "(MIT OR ISC) AND Zlib"),
        ("MIT OR Apache-2.0 AND ISC", "MIT OR (Apache-2.0 AND ISC)"),
        ("MIT OR MIT-0 OR MITNFA", "MIT OR MIT-0 OR MITNFA"),
        ("GPL-2.0", "GPL-2.0-only"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("gpl-2.0 with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL-2.0-with-classpath-exception OR MIT", "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT"),
        ("eCos-2.0", "GPL-2.0-or-later WITH eCos-exception-2.0"),
        ("Apache-2.0 WITH LLVM-exception", "Apache-2.0 WITH LLVM-exception"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("LicenseRef-Own", "LicenseRef-Own"),
        ("LicenseRef-Apache", "LicenseRef-Apache"),
        ("MIT OR (DocumentRef-a:LicenseRef-b AND ISC)", "MIT OR (DocumentRef-a:LicenseRef-b AND ISC)"),
        ("GPL-2.0-only WITH AdditionRef-x", "GPL-2.0-only WITH AdditionRef-x"),
        ("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
        ("Net-SNMP", "Net-SNMP"),
        ("  MIT\n ", "MIT"),
    ],
)
def test_expressions_are_brought_into_their_canonical_form(written: str, expression: str) -> None:
    meaning = normalise(written)
    assert meaning.expression == expression
    assert meaning.problem is None
    assert normalise(expression).expression == expression


@pytest.mark.parametrize(
    ("written", "license_id"),
    [
        ("MIT License", "MIT"),
        ("The MIT Licence (MIT)", "MIT"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("The Apache Software License, Version 2.0", "Apache-2.0"),
        ("Apache 2.0", "Apache-2.0"),
        ("Apache-2.0 licence", "Apache-2.0"),
        ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("BSD 3-Clause License", "BSD-3-Clause"),
        ("3-clause BSD", "BSD-3-Clause"),
        ("New BSD License", "BSD-3-Clause"),
        ("Simplified BSD", "BSD-2-Clause"),
        ("https://opensource.org/licenses/BSD-2-Clause/", "BSD-2-Clause"),
        ("GPLv3+", "GPL-3.0-or-later"),
        ("GNU General Public License v2 or later (GPLv2+)", "GPL-2.0-or-later"),
        ("Python Software Foundation License", "PSF-2.0"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("The Unlicense (Unlicense)", "Unlicense"),
        ("zlib/libpng License", "Zlib"),
        ("Eclipse Public License - v 2.0", "EPL-2.0"),
    ],
)
def test_names_that_mean_one_licence(written: str, license_id: str) -> None:
    assert normalise(written).expression == license_id


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("BSD", "BSD-2-Clause, BSD-3-Clause"),
        ("BSD License", "BSD-2-Clause, BSD-3-Clause"),
        ("Apache", "which version"),
        ("Apache Software License", "which version"),
        ("GPL", "GPL-1.0, GPL-2.0, GPL-3.0"),
        ("GPLv3", "GPL-3.0-only or GPL-3.0-or-later"),
        ("LGPL 2.1", "LGPL-2.1-only or LGPL-2.1-or-later"),
        ("LGPLv2+", "LGPL-2.0-or-later or LGPL-2.1-or-later"),
        ("MIT/X11", "MIT, X11"),
        ("Python", "PSF-2.0, Python-2.0"),
        ("Public Domain", "no licence"),
        ("Dual License", "points elsewhere"),
        ("UNLICENSED", "not the Unlicense"),
        ("UNKNOWN", "names no licence"),
        ("Other/Proprietary License", "names no licence"),
        ("NOASSERTION", "nothing is said"),
        ("NONE", "names no licence"),
        ("", "is empty"),
        (" \n", "is empty"),
        ("Foo AND Bar", "Foo, Bar are no SPDX ids"),
        ("GPL OR MIT", "GPL is no SPDX id"),
        ("MIT,ISC", "no SPDX id"),
        ("GPL-2.0-only+", "no SPDX id"),
        ("LicenseRef-", "no SPDX id"),
        ("Apache-2.0 WITH MIT", "well-formed"),
        ("Classpath-exception-2.0", "well-formed"),
        ("MIT AND", "well-formed"),
        ("MIT MIT", "well-formed"),
        ("(MIT", "well-formed"),
        ("()", "well-formed"),
        ("AND", "well-formed"),
        ("x" * 1_000_000, "too long"),
        ("(" * 1000 + "MIT" + ")" * 1000, "too complex"),
        ("MIT OR " * 900 + "MIT", "too complex"),
    ],
)
def test_what_means_no_single_thing_is_told_with_its_reason(written: str, why: str) -> None:
    started = time.perf_counter()
    meaning = normalise(written)
    assert meaning.expression is None
    assert why in (meaning.problem or "")
    assert time.perf_counter() - started < 1


def test_what_was_read_into_it_is_said() -> None:
    cargo = normalise("MIT/Apache-2.0")
    assert cargo.expression == "MIT OR Apache-2.0"
    assert cargo.note == "the slash is read as OR, as in old Cargo manifests"
    assert normalise("GPL-2.0").note == "GPL-2.0 is a former id; today it is GPL-2.0-only"
    assert normalise("mit").note is None
    assert normalise("MIT OR Foo").unknown == ("Foo",)


def test_the_texts_of_an_expression() -> None:
    expression = "GPL-2.0-or-later WITH Classpath-exception-2.0 AND Apache-2.0+ OR LGPL-2.1-only"
    assert license_ids(expression) == {"GPL-2.0", "Classpath-exception-2.0", "Apache-2.0", "LGPL-2.1"}
    assert license_ids("BSD") == frozenset()


def test_an_expression_taken_apart() -> None:
    assert expression_tree("MIT") == "MIT"
    assert expression_tree("MIT AND") is None
    assert expression_tree("(MIT OR GPL-2.0-only WITH Classpath-exception-2.0) AND ISC") == Combination(
        "AND", (Combination("OR", ("MIT", "GPL-2.0-only WITH Classpath-exception-2.0")), "ISC")
    )


def test_the_table_of_names_contradicts_nothing() -> None:
    """Every id is SPDX's, and no name both means a licence and is unclear."""
    names = known_names()
    for expression in {*names.ids.values(), *names.classifiers.values(), *names.deprecated.values()}:
        assert normalise(expression).expression == expression
    assert not names.ids.keys() & names.unclear.keys()


def test_names_are_compared_by_what_they_say() -> None:
    assert fold('The  "Apache Licence",  Version 2.0.') == fold("apache license v2.0") == "apache license 2.0"
    assert fold("GPL v2+") == "gpl 2+"


WORDS = st.sampled_from(
    ["MIT", "gpl-2.0+", "AND", "or", "WITH", "(", ")", "/", "LicenseRef-x", "Foo", "eCos-2.0", "+", ","]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=6).map("".join)))
def test_nothing_gets_out(text: str) -> None:
    meaning = normalise(text)
    assert (meaning.expression is None) == (meaning.problem is not None)
    if meaning.expression is not None:
        assert normalise(meaning.expression).expression == meaning.expression
        assert expression_tree(meaning.expression) is not None
    license_ids(text)
