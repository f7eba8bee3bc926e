"""A vendored copy against its upstream: every way in which a copied file can stand to the original."""

import time
from collections.abc import Collection, Iterator, Mapping

import pytest

from auditor.errors import ShipmentError
from auditor.model.shipment import ChangedFile, Copy, KeptFile
from auditor.shipment.blobs import blob_id
from auditor.shipment.vendored import Tree, compare_copy

HEADER = """\
# Copyright (c) 2014-2020 Jane Doe <jane@example.org>
#
# Redistribution and use in source and binary forms, with or without
# modification, are permitted provided that the conditions are met.
"""
CODE = "".join(f"def function_number_{number}(argument):\n    return argument + {number}\n\n\n" for number in range(20))
SOURCE = f'{HEADER}\n"""A module of functions."""\n\nimport sys\n\n{CODE}'


def tree(files: Mapping[str, str | bytes]) -> Tree:
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}

    def read_many(paths: Collection[str], size: int | None) -> Iterator[tuple[str, bytes | ShipmentError]]:
        for path in paths:
            data = contents[path]
            yield path, ShipmentError(f"{path}: damaged") if data == b"damaged" else data[:size]

    return Tree({path: blob_id(data) for path, data in contents.items()}, read_many)


def compare(copied: Mapping[str, str | bytes], upstream: Mapping[str, str | bytes], **notes: str) -> Copy:
    return compare_copy(tree(copied), tree(upstream), {name.replace("_", "."): text for name, text in notes.items()})


def changed(source: str, upstream: str = SOURCE, path: str = "x/a.py", **notes: str) -> ChangedFile:
    (result,) = compare({path: source}, {path: upstream}, **notes).changed
    return result


def test_content_counts_not_the_place() -> None:
    upstream = {
        "src/x/a.py": SOURCE,
        "LICENSE": "text",
        "src/x/__init__.py": "",
        "tests/t.py": "t",
    }
    copied = {
        "_vendor/x/a.py": SOURCE,
        "_vendor/x.LICENSE": "text",
        "_vendor/x/__init__.py": "",
    }
    assert compare(copied, upstream) == Copy(
        unchanged=(
            KeptFile("_vendor/x.LICENSE", "LICENSE"),
            KeptFile("_vendor/x/__init__.py", "src/x/__init__.py"),
            KeptFile("_vendor/x/a.py", "src/x/a.py"),
        ),
        missing=("tests/t.py",),
    )


def test_line_ends_alone_are_no_change_and_told() -> None:
    found = compare({"a.py": SOURCE.replace("\n", "\r\n"), "b/c.c": "int x;\r\n"}, {"a.py": SOURCE, "c.c": "int x;\n"})
    assert found == Copy(unchanged=(KeptFile("a.py", "a.py", True), KeptFile("b/c.c", "c.c", True)))


def test_unchanged_files_show_where_the_changed_ones_come_from() -> None:
    upstream = {f"src/x/{name}.py": f"{name} = 1\n" for name in "abcd"}
    copied = {f"_vendor/x/{name}.py": f"{name} = 1\n" for name in "abc"} | {"_vendor/x/d.py": "other\n"}
    (file,) = compare(copied, upstream).changed
    assert (file.path, file.upstream, file.same_place) == ("_vendor/x/d.py", "src/x/d.py", True)
    assert (file.lines, file.kept, file.added) == (1, 0, 1)


def test_near_copies_show_the_way_to_short_files() -> None:
    upstream = {
        "x/a.py": SOURCE,
        "x/b.py": SOURCE.replace("def ", "class "),
        "x/__init__.py": "",
        "x/y/__init__.py": "s = 1",
    }
    copied = {f"_vendor/{path}": f"{text}\nnew = 1\n" for path, text in upstream.items()}
    found = compare(copied, upstream)
    assert {(file.path, file.upstream, file.same_place) for file in found.changed} == {
        (f"_vendor/{path}", path, True) for path in upstream
    }


def test_files_of_other_projects_are_no_copies() -> None:
    names = ("style.py", "filters.py", "console.py", "__init__.py")
    upstream = {f"pygments/{name}": f"{HEADER}\nfrom pygments import {name}\n" for name in names}
    copied = {f"_vendor/rich/{name}": f"{HEADER}\nfrom rich import {name}\n" for name in names}
    assert compare(copied, upstream) == Copy(missing=tuple(sorted(upstream)), added=tuple(sorted(copied)))


def test_a_near_copy_is_found_by_its_lines() -> None:
    upstream = {"lib/functions.py": SOURCE, "lib/other.py": HEADER + "something_else = 1\n" * 9}
    found = compare({"mine/renamed.py": SOURCE.replace("import sys\n", "import os\nimport re\n")}, upstream)
    (file,) = found.changed
    assert (file.upstream, file.same_place) == ("lib/functions.py", False)
    assert (file.lines - file.kept, file.added) == (1, 2)
    assert found.missing == ("lib/other.py",)


def test_a_common_header_makes_no_near_copy() -> None:
    own = HEADER + "\n" + "".join(f"my_own_line_number_{number} = {number}\n" for number in range(8))
    found = compare({"mine.py": own}, {"lib/functions.py": SOURCE})
    assert (found.added, found.missing, found.changed) == (("mine.py",), ("lib/functions.py",), ())


@pytest.mark.parametrize(
    ("source", "state", "first"),
    [
        (SOURCE.replace("import sys", "import os"), "kept", True),
        ("#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n" + SOURCE, "kept", True),
        (SOURCE.replace("2014-2020", "2014-2026"), "kept", True),
        (SOURCE.replace(HEADER, '"""' + HEADER.replace("# ", "") + '"""\n'), "kept", True),
        (SOURCE.replace("binary forms, with or without\n# ", "binary forms,\n# with or without "), "kept", True),
        ("# Part of our product.\n\n" + SOURCE, "kept", False),
        ("import os\n" + SOURCE, "kept", False),
        (SOURCE.replace('\n\n"', '\n"'), "kept", True),
        (SOURCE.replace("Jane Doe", "John Roe"), "altered", False),
        (SOURCE.replace("# modification, are permitted provided that the conditions are met.\n", ""), "altered", False),
        (SOURCE.replace(HEADER, ""), "stripped", False),
        (SOURCE.replace(HEADER, "# Ours.\n"), "stripped", False),
    ],
)
def test_what_became_of_the_header(source: str, state: str, first: bool) -> None:
    file = changed(source)
    assert (file.header, file.header_first) == (state, first)
    assert file.header_lines is not None
    assert (file.header_lines.start, file.header_lines.end) == (1, 4)
    assert bool(file.header_missing) == (state != "kept")


def test_the_lines_that_are_gone_are_shown_as_upstream_has_them() -> None:
    missing = changed(SOURCE.replace("Jane Doe", "John Roe")).header_missing
    assert missing == ("# Copyright (c) 2014-2020 Jane Doe <jane@example.org>",)


@pytest.mark.parametrize(
    "top",
    ["", "# A module about licenses.\n", '"""Reads the license of a file."""\n', "import license\n", "# shellcheck\n"],
)
def test_code_about_licences_has_no_header(top: str) -> None:
    file = changed("import os\n" + CODE, top + CODE)
    assert (file.header, file.header_lines, file.header_missing) == ("none", None, ())


@pytest.mark.parametrize(
    "header",
    [
        "/* Copyright 2020 Jane\n * All rights reserved */\n", "// SPDX-License-Identifier: MIT\n",
        "<!--\n  Licensed under the Apache License\n-->\n", "-- Copyright Jane\n", "; Copyright Jane\n",
        "<?php\n/**\n * Copyright Jane\n */\n", "dnl Copyright Jane\n", "% Copyright Jane\n", "(* Copyright Jane *)\n",
    ],
)  # fmt: skip
def test_headers_of_many_languages(header: str) -> None:
    upstream = header + CODE
    assert changed(header + "new\n" + CODE, upstream).header == "kept"
    assert changed("new\n" + CODE, upstream).header == "stripped"


@pytest.mark.parametrize(
    "line",
    [
        "# Modified by Example Inc. in 2024", "# This file has been modified.", "# Changed 2024-05-01: no sys",
        "# Modifications Copyright (c) 2024 Example Inc.", "# Patched for Python 3", "# Contains local changes",
    ],
)  # fmt: skip
def test_a_line_at_the_top_marks_a_change(line: str) -> None:
    (mark,) = changed(SOURCE.replace("import sys", f"import os\n{line}")).marks
    assert (mark.path, mark.text) == ("x/a.py", line)


@pytest.mark.parametrize(
    "line", ["changed = True  # by default", "# Permission to modify", "x = 1  # modified by them"]
)
def test_other_words_mark_nothing(line: str) -> None:
    assert changed(SOURCE.replace("import sys", line)).marks == ()


def test_upstreams_own_words_mark_nothing() -> None:
    line = "# Modified by Upstream in 2001\n"
    assert changed(line + SOURCE + "new = 1\n", line + SOURCE).marks == ()


def test_patches_and_lists_of_changes_mark_the_files_that_they_name() -> None:
    other = SOURCE.replace("import sys", "import os")
    patch = "diff --git a/x/a.py b/x/a.py\n--- a/x/a.py\n+++ b/x/a.py\n@@ -1 +1 @@\n-import sys\n+import os\n"
    (mark,) = changed(other, fix_patch=patch).marks
    assert (mark.path, mark.line) == ("fix.patch", 1)
    (mark,) = changed(other, CHANGES="We took it from there.\nPatched x/a.py to import os.\n").marks
    assert (mark.path, mark.line) == ("CHANGES", 2)
    assert changed(other, fix_patch=patch.replace("x/a.py", "y/a.py"), CHANGES="x/b.py was changed").marks == ()
    found = compare({"x/a.py": other, "x/fix.diff": patch}, {"x/a.py": SOURCE})
    assert [mark.path for mark in found.changed[0].marks] == ["x/fix.diff"]


def test_what_cannot_be_compared_is_told() -> None:
    files: dict[str, str | bytes] = {"a.bin": b"\0one", "b.py": "damaged", "c.txt": "x" * 2_000_000}
    found = compare(files, {"a.bin": b"\0two", "b.py": "b", "c.txt": "y"})
    assert [(file.path, file.trouble) for file in found.changed] == [
        ("a.bin", "no text"),
        ("b.py", "b.py: damaged"),
        ("c.txt", "larger than 1048576 bytes"),
    ]


@pytest.mark.parametrize(
    "text",
    ["# " * 500_000, "#\n" * 400_000, "/*" * 500_000, "# copyright " * 80_000, '"""\n' * 200_000, "a" * 1_000_000],
)
def test_hostile_files_take_no_time(text: str) -> None:
    begun = time.monotonic()
    compare({"a.py": text[:900_000]}, {"a.py": text[1:900_000] + "x"}, CHANGES=text, x_patch="+++ " + text)
    assert time.monotonic() - begun < 5


def test_twenty_thousand_files() -> None:
    upstream = {f"src/{n % 99}/{n}.py": f"{HEADER}\n" + f"value_{n} = {n}\n" * 9 for n in range(20_000)}
    copied = {
        path.replace("src/", "vendor/"): text if number % 4 else f"{text}new = 1\n"
        for number, (path, text) in enumerate(upstream.items())
    }
    begun = time.monotonic()
    found = compare(copied, upstream)
    assert (len(found.unchanged), len(found.changed), found.missing) == (15_000, 5_000, ())
    assert time.monotonic() - begun < 30
