"""One pass over a shipment: ids, texts that are wanted, comments that are notices."""

from pathlib import Path

import pytest
from shipping_project import Contents, mit, tarred, zipped

from auditor.gather import scan as scan_module
from auditor.gather.scan import Scan, scan_shipment
from auditor.shipment import blob_id, open_shipment

HEADER = "# Copyright 2019 A. N. Author\n# Use it as the licence says.\n"


def scanned(folder: Path, files: Contents, *wanted: str) -> Scan:
    with open_shipment(tarred(folder / "a.tar", files, "w")) as shipment:
        return scan_shipment(shipment, wanted)


def test_every_file_has_its_git_id(tmp_path: Path) -> None:
    scan = scanned(tmp_path, {"a.py": "x = 1\n", "b.bin": b"\0\1"})
    assert scan.blobs == {"a.py": blob_id(b"x = 1\n"), "b.bin": blob_id(b"\0\1")}
    assert scan.sizes == {"a.py": 6, "b.bin": 2}
    assert (scan.contents, scan.comments, scan.unread) == ({}, {}, {})


def test_only_what_is_wanted_is_kept(tmp_path: Path) -> None:
    scan = scanned(tmp_path, {"LICENSE": mit(), "a.txt": mit()}, "LICENSE")
    assert scan.contents == {"LICENSE": mit().encode()}


@pytest.mark.parametrize(
    ("path", "content", "comments"),
    [
        ("a.py", f"#!/usr/bin/python\n{HEADER}x = 1\n", f"\n{HEADER}"),
        (
            "a.js",
            "/*! Copyright B */f();/* no notice */g();/** @license MIT */",
            "/*! Copyright B *//** @license MIT */",
        ),
        ("a.css", "a{}\n\n/*! normalize | MIT License */\nb{}", "\n\n/*! normalize | MIT License */"),
    ],
)
def test_comments_stand_at_their_lines(tmp_path: Path, path: str, content: str, comments: str) -> None:
    assert scanned(tmp_path, {path: content}).comments[path].rstrip() == comments.rstrip()


@pytest.mark.parametrize("content", ["x = 1\n", "# A module about nothing\n", "x = '(c) 2020 in a string'\n"])
def test_most_sources_have_none(tmp_path: Path, content: str) -> None:
    assert scanned(tmp_path, {"a.py": content}).comments == {}


def test_equal_headers_are_kept_once(tmp_path: Path) -> None:
    scan = scanned(tmp_path, {f"{name}.py": f"{HEADER}x = {name!r}\n" for name in "abc"})
    assert list(scan.comments) == ["a.py"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with open_shipment(zipped(tmp_path / "a.zip", {"a.py": b"\0" * (20 << 20), "b.py": "x"})) as shipment:
        scan = scan_shipment(shipment, ())
    assert list(scan.unread) == ["a.py"]
    assert list(scan.blobs) == ["b.py"]


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts and comments beyond the bounds are unread; that they are there is known all the same."""
    monkeypatch.setattr(scan_module, "_LONGEST", 2000)
    monkeypatch.setattr(scan_module, "_ALL_TEXTS", 2500)
    monkeypatch.setattr(scan_module, "_ALL_COMMENTS", 100)
    headers = {f"{name}.py": HEADER.replace("A. N.", name) for name in "ab"}
    texts = {"1/LICENSE": mit(), "2/LICENSE": mit() * 2, "3/LICENSE": mit()}
    scan = scanned(tmp_path, {**texts, **headers}, *texts)
    assert sorted(scan.blobs) == sorted([*texts, *headers])
    assert scan.contents["1/LICENSE"] == mit().encode()
    assert list(scan.comments) == ["a.py"]
    assert sorted(scan.unread) == ["2/LICENSE", "3/LICENSE", "b.py"]
    assert scan.unread["2/LICENSE"] == "2/LICENSE: larger than 2000 bytes"


def test_hostile_comments(tmp_path: Path) -> None:
    scanned(tmp_path, {"a.js": "/*! " * 300_000, "b.js": "/*!*/" * 200_000, "c.py": "# (c) " * 100_000})
