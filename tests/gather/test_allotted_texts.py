"""Texts of an artifact that name a component are that component's."""

import time

import pytest
from shipping_project import bsd, mit

from auditor.gather.allot import Allotted, allot_texts
from auditor.licenses.identify import identify
from auditor.model import LicenseFile
from auditor.model.obligation import ShippedText
from auditor.model.shipment import Component


def component(name: str, *license_files: str) -> Component:
    return Component(name, "bundled", f"libs/{name}", f"libs/{name}", license_files=license_files)


def allotted(names: list[str], **texts: str) -> tuple[Allotted, Allotted]:
    """`texts` by path; a double underscore stands for a dot."""
    read = [ShippedText(path.replace("__", "."), text, identify(text)) for path, text in texts.items()]
    files = {one.path: LicenseFile(one.path, "0" * 40, one.read) for one in read}
    return allot_texts([component(name) for name in names], read, files)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("geos", "LICENSE_GEOS"),
        ("geos", "LICENSE__geos"),
        ("libgeos3", "libgeos__LICENSE"),
        ("open-blas", "licenses/LICENSE_OPEN_BLAS__txt"),
        ("zlib1", "COPYING__zlib"),
    ],
)
def test_a_file_with_its_name(name: str, path: str) -> None:
    given, left = allotted([name, "other"], **{path: mit()})
    assert list(given) == [name]
    assert list(left.values()) == [()], "nothing of it is the project's"


@pytest.mark.parametrize(
    ("name", "path"),
    [("geos", "LICENSE"), ("geos", "LICENSE_GEOSPATIAL"), ("geos", "LICENSE_geos_and_more"), ("go", "LICENSE_go")],
)
def test_a_file_that_is_about_something_else(name: str, path: str) -> None:
    assert allotted([name], **{path: mit()}) == ({}, {})


@pytest.mark.parametrize(
    "heading", ["Name: OpenBLAS", "===== OPENBLAS =====", "OpenBLAS 0.3 license", "The OpenBLAS library:"]
)
def test_a_heading_in_a_long_file(heading: str) -> None:
    """The text below it goes to the component, with its holder; the rest stays."""
    text = f"{bsd('2005 NumPy Developers')}\n\n----\n{heading}\nFiles: libs/*\n\n{mit('2011 The OpenBLAS Project')}"
    given, left = allotted(["openblas"], LICENSE=text)
    (part,) = given["openblas"]
    assert part.text is not None
    assert part.text.licenses == ("MIT",)
    assert [one.statement for one in part.text.copyrights] == ["Copyright (c) 2011 The OpenBLAS Project"]
    (rest,) = left["LICENSE"]
    assert rest.text is not None
    assert rest.text.licenses == ("BSD-3-Clause",)
    assert [one.statement for one in rest.text.copyrights] == ["Copyright (c) 2005 NumPy Developers"]


def test_a_sentence_is_no_heading() -> None:
    text = f"This wheel was linked with the openblas library on some of the machines.\n\n{mit()}"
    assert allotted(["openblas"], LICENSE=text) == ({}, {})


def test_who_has_a_text_gets_none() -> None:
    text = ShippedText("LICENSE_GEOS", mit(), identify(mit()))
    file = LicenseFile(text.path, "0" * 40, text.read)
    assert allot_texts([component("geos", "geos/LICENSE")], [text], {text.path: file}) == ({}, {})


def test_many_names_and_many_texts() -> None:
    """Each word is looked up once: no text is held against every name."""
    names = [f"part{letter}{number}x" for letter in "abcde" for number in range(2000)]
    texts = {f"T{number}__txt": "Of no use to part a1x or anything\n" * 50 + mit() for number in range(50)}
    start = time.monotonic()
    assert allotted(names, **texts) == ({}, {})
    assert time.monotonic() - start < 10
