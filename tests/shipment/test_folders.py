"""Folders and single files: what is listed, what is left out, and that links lead nowhere else."""

import os
import sys
from pathlib import Path

import pytest

from auditor.errors import ShipmentError
from auditor.shipment import ShipmentLimits, blob_id, open_shipment


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(path.encode())


def test_files_are_listed_sorted_and_read(tmp_path: Path) -> None:
    put(tmp_path, "b/LICENSE", "a.txt", "b/c/d.py")
    with open_shipment(tmp_path) as shipment:
        assert shipment.name == tmp_path.name
        assert shipment.paths == ("a.txt", "b/LICENSE", "b/c/d.py")
        assert shipment.read("b/LICENSE") == b"b/LICENSE"
        assert shipment.head("b/LICENSE", 3) == b"b/L"
        assert dict(shipment.read_many(["a.txt", "b/c/d.py"])) == {"a.txt": b"a.txt", "b/c/d.py": b"b/c/d.py"}
        assert shipment.troubles == ()


def test_what_tools_keep_beside_a_project_is_not_shipped(tmp_path: Path) -> None:
    put(
        tmp_path,
        "LICENSE",
        ".git/config",
        "pkg/__pycache__/x.pyc",
        "env/pyvenv.cfg",
        "env/lib/LICENSE",
        ".github/x.yml",
    )
    put(tmp_path, "sub/.git")  # a submodule has a file of that name
    with open_shipment(tmp_path) as shipment:
        assert shipment.paths == (".github/x.yml", "LICENSE")
        assert shipment.troubles == ()


def test_links_count_only_when_they_lead_to_a_file_inside(tmp_path: Path) -> None:
    outside = tmp_path / "secret"
    outside.write_text("secret")
    root = tmp_path / "root"
    put(root, "docs/LICENSE")
    (root / "LICENSE").symlink_to("docs/LICENSE")
    (root / "folder").symlink_to("docs")
    (root / "out").symlink_to("../secret")
    (root / "gone").symlink_to("nothing")
    (root / "loop").symlink_to("loop")
    with open_shipment(root) as shipment:
        assert shipment.paths == ("LICENSE", "docs/LICENSE")
        assert shipment.read("LICENSE") == b"docs/LICENSE"
        assert shipment.troubles == (
            "gone: a link to nothing",
            "loop: a link to nothing",
            "out: a link that leads out of the folder",
        )
        with pytest.raises(ShipmentError, match="there is no 'out'"):
            shipment.read("out")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_file_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    put(tmp_path, "plain")
    with open_shipment(tmp_path) as shipment:
        assert shipment.troubles == ("pipe: not a regular file",)
        (tmp_path / "plain").unlink()
        os.mkfifo(tmp_path / "plain")  # it takes the file's place after it was listed
        with pytest.raises(ShipmentError, match="not a regular file"):
            shipment.read("plain")
    with pytest.raises(ShipmentError, match="neither a file nor a folder"):
        open_shipment(tmp_path / "pipe")


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_names_that_are_not_utf8_are_shown_with_replacements(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9")).write_bytes(b"coffee")
    with open_shipment(tmp_path) as shipment:
        assert shipment.paths == ("caf\ufffd",)
        assert shipment.read("caf\ufffd") == b"coffee"


def test_limits_are_kept(tmp_path: Path) -> None:
    put(tmp_path, "a", "b", "c")
    with open_shipment(tmp_path, ShipmentLimits(members=2)) as shipment:
        assert shipment.paths == ("a", "b")
        assert shipment.troubles == ("c: more than 2 files; this one and the rest were not looked at",)
    (tmp_path / "a").write_bytes(b"x" * 11)
    with open_shipment(tmp_path, ShipmentLimits(member_bytes=10)) as shipment:
        assert shipment.head("a", 4) == b"xxxx"
        with pytest.raises(ShipmentError, match="larger than 10 bytes"):
            shipment.read("a")


def test_a_single_file_is_a_shipment_of_one(tmp_path: Path) -> None:
    put(tmp_path, "LICENSE")
    with open_shipment(str(tmp_path / "LICENSE")) as shipment:
        assert (shipment.name, shipment.paths) == ("LICENSE", ("LICENSE",))
        assert shipment.read("LICENSE") == b"LICENSE"


@pytest.mark.parametrize("path", ["nothing", "nul\0"])
def test_what_is_not_there_is_said(path: str, tmp_path: Path) -> None:
    with pytest.raises(ShipmentError) as caught:
        open_shipment(str(tmp_path / path))
    assert "\n" not in str(caught.value)


def test_the_id_of_a_blob_is_gits() -> None:
    assert blob_id(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert blob_id(b"what is up, doc?") == "bd9dbf5aae1a3862dd1526723246b20206e5fc37"  # from "Git Objects"
