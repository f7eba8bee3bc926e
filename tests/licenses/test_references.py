"""Licences that are named: tags, notices, sentences; and what stays ambiguous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.licenses.identify import identify
from auditor.licenses.references import find_references
from auditor.licenses.words import read_words
from auditor.model import Lines, Reference

GNU = """\
This program is free software; you can redistribute it and/or modify it under
the terms of the GNU {kind}General Public License as published by the Free Software
Foundation; {version}

This program is distributed in the hope that it will be useful, but WITHOUT
ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS
FOR A PARTICULAR PURPOSE.  See the GNU {kind}General Public License for more details.

You should have received a copy of the GNU {kind}General Public License along
with this program.  If not, see <https://www.gnu.org/licenses/>.
"""
APACHE = """\
Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
"""
MOZILLA = """\
This Source Code Form is subject to the terms of the Mozilla Public
License, v. 2.0. If a copy of the MPL was not distributed with this
file, You can obtain one at https://mozilla.org/MPL/2.0/.
"""


def _expressions(text: str) -> list[str | None]:
    words = read_words(text)
    return [named.reference.expression for named in find_references(words, ()) if named.reference]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("# SPDX-License-Identifier: MIT\n", "MIT"),
        ("/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */", "GPL-2.0-only WITH Linux-syscall-note"),
        ("<!-- SPDX-License-Identifier: (MIT OR Apache-2.0) -->", "MIT OR Apache-2.0"),
        ('"SPDX-License-Identifier: ISC"', "ISC"),
        ("SPDX-License-Identifier: no such thing", None),
    ],
)
def test_tags(text: str, expression: str | None) -> None:
    (named,) = find_references(read_words(text), ())
    assert named.reference is not None
    assert (named.reference.kind, named.reference.expression) == ("tag", expression)


@pytest.mark.parametrize(
    ("kind", "version", "expression"),
    [
        ("", "either version 2 of the License, or (at your option) any later version.", "GPL-2.0-or-later"),
        ("", "either version 3, or (at your option) any later version.", "GPL-3.0-or-later"),
        ("", "version 2 of the License.", "GPL-2.0-only"),
        ("Lesser ", "either version 2.1 of the License, or (at your option) any later version.", "LGPL-2.1-or-later"),
        ("Affero ", "either version 3 of the License, or (at your option) any later version.", "AGPL-3.0-or-later"),
    ],
)
def test_gnu_notices_say_whether_later_versions_hold(kind: str, version: str, expression: str) -> None:
    found = identify(GNU.format(kind=kind, version=version))
    assert [reference.expression for reference in found.references] == [expression]
    assert found.passages == ()


def test_an_unknown_way_to_allow_later_versions_is_not_only() -> None:
    assert "GPL-2.0-only" not in _expressions(
        GNU.format(kind="", version="version 2 of the License or one that we choose.")
    )


@pytest.mark.parametrize(
    ("text", "expression"), [(APACHE, "Apache-2.0"), (MOZILLA, "MPL-2.0")], ids=["Apache", "Mozilla"]
)
def test_other_notices(text: str, expression: str) -> None:
    found = identify(text)
    assert [reference.expression for reference in found.references] == [expression]
    assert not found.matches
    assert not found.passages
    assert found.expression == expression


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("This file is licensed under the MIT license.", ["MIT"]),
        ("Released under the terms of the 3-clause BSD license", ["BSD-3-Clause"]),
        ("License: BSD-2-Clause", ["BSD-2-Clause"]),
        ("License: GPL-2.0-or-later WITH GCC-exception-3.1\n", ["GPL-2.0-or-later WITH GCC-exception-3.1"]),
        ("dual licensed under the MIT license and the Apache License, Version 2.0", ["MIT", "Apache-2.0"]),
        ("Distributed under the Boost Software License, Version 1.0.", ["BSL-1.0"]),
        ("is under the GNU General Public License version 2 or any later version", ["GPL-2.0-or-later"]),
        ("under the GPL", [None]),
        ("License: BSD", [None]),
        ("licensed under the BSD license", [None]),
        ("under copyright", []),
        ("under the bridge", []),
        ("The MIT License (MIT), a short text", []),
        ("MIT", ["MIT"]),
        ("The MIT License (MIT)", ["MIT"]),
        ("BSD", [None]),
    ],
)
def test_sentences(text: str, expressions: list[str | None]) -> None:
    assert _expressions(text) == expressions


def test_a_reference_has_its_lines_and_words() -> None:
    (found,) = identify("one\n\nThis is licensed under\nthe MIT license; see there.\n").references
    assert found == Reference("sentence", Lines(3, 4), "licensed under the MIT license", "MIT")


def test_a_condition_behind_a_name_is_not_lost() -> None:
    found = identify("Licensed under the MIT license for non-commercial use only.\n")
    assert [passage.binding for passage in found.passages] == [True]
    assert found.expression is None


def test_words_that_belong_to_a_text_name_nothing() -> None:
    words = read_words("licensed under the MIT license")
    assert find_references(words, range(len(words))) == []


@given(
    st.lists(st.sampled_from("licensed under the MIT BSD GPL license: or and version 2 later any\n".split(" "))).map(
        " ".join
    )
)
def test_any_sentence_can_be_read(text: str) -> None:
    words = read_words(text)
    ends = [0]
    for named in find_references(words, ()):
        assert ends[-1] <= named.first < named.end <= len(words)
        ends.append(named.end)
