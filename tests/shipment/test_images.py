"""Saved container images, built by hand: what their layers make, damaged and hostile ones."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from auditor.errors import ShipmentError
from auditor.shipment import Shipment, ShipmentLimits, open_shipment

Member = tuple[str, bytes, bytes, str]  # name, type, content, target


def file(name: str, content: bytes = b"") -> Member:
    return name, tarfile.REGTYPE, content, ""


def folder(name: str) -> Member:
    return name, tarfile.DIRTYPE, b"", ""


def link(name: str, target: str) -> Member:
    return name, tarfile.SYMTYPE, b"", target


def hard(name: str, target: str) -> Member:
    return name, tarfile.LNKTYPE, b"", target


def tar(*members: Member) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind, content, target in members:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(content), target
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def docker_tar(images: dict[str, list[bytes]]) -> bytes:
    """What `docker save` writes, in its older form."""
    members: dict[str, bytes] = {}
    manifest = []
    for tag, layers in images.items():
        names = [f"{hashlib.sha256(layer).hexdigest()}/layer.tar" for layer in layers]
        members |= dict(zip(names, layers, strict=True))
        manifest.append({"Config": "config.json", "RepoTags": [tag], "Layers": names})
    members["manifest.json"] = json.dumps(manifest).encode()
    return tar(*(file(name, content) for name, content in members.items()))


def saved(tmp_path: Path, *layers: bytes) -> Shipment:
    (tmp_path / "image.tar").write_bytes(docker_tar({"app:1": list(layers)}))
    return open_shipment(tmp_path / "image.tar")


def contents(shipment: Shipment) -> dict[str, bytes]:
    read = dict(shipment.read_many(shipment.paths))
    assert not [found for found in read.values() if isinstance(found, ShipmentError)]
    return {path: found for path, found in read.items() if isinstance(found, bytes)}


class Layout:
    """An OCI image layout, as files."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}'}

    def blob(self, data: bytes, **more: Any) -> dict[str, Any]:
        digest = hashlib.sha256(data).hexdigest()
        self.files[f"blobs/sha256/{digest}"] = data
        return {"digest": f"sha256:{digest}", "size": len(data), **more}

    def manifest(self, layers: Iterable[bytes], **more: Any) -> dict[str, Any]:
        return self.blob(json.dumps({"layers": [self.blob(layer) for layer in layers]}).encode(), **more)

    def index(self, *descriptors: dict[str, Any]) -> "Layout":
        self.files["index.json"] = json.dumps({"manifests": descriptors}).encode()
        return self

    def put(self, root: Path) -> Path:
        for name, data in self.files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        return root

    def packed(self, path: Path) -> Path:
        data = tar(*(file(name, content) for name, content in self.files.items()))
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
        return path


def test_upper_layers_hide_lower_ones(tmp_path: Path) -> None:
    below = tar(file("etc/a", b"old"), file("etc/b", b"b"), file("opt/x/1"), file("opt/x/2"), file("var/log/l"))
    above = tar(
        file("etc/a", b"new"), file("etc/.wh.b"), file("opt/x/3", b"3"), file("opt/x/.wh..wh..opq"), file(".wh.var")
    )
    assert contents(saved(tmp_path, below, above)) == {"etc/a": b"new", "opt/x/3": b"3"}


def test_a_whiteout_spares_its_own_layer(tmp_path: Path) -> None:
    layer = tar(file("a/.wh.b"), file("a/b", b"mine"), file("c", b"c"), file(".wh.c"))
    assert contents(saved(tmp_path, tar(file("a/b", b"old")), layer)) == {"a/b": b"mine", "c": b"c"}


def test_a_file_takes_a_folders_place_and_the_reverse(tmp_path: Path) -> None:
    below = tar(file("a/b/c"), file("d", b"file"))
    above = tar(file("a", b"now a file"), folder("d"), file("d/e", b"e"))
    assert contents(saved(tmp_path, below, above)) == {"a": b"now a file", "d/e": b"e"}


def test_links_lead_where_they_lead_in_a_container(tmp_path: Path) -> None:
    below = tar(
        folder("usr"), link("lib", "usr/lib"), file("usr/lib/one.so.1", b"1"), link("usr/lib/one.so", "one.so.1"),
        link("etc/alternative", "/lib/one.so"), link("etc/up", "../../../usr/lib/one.so.1"), link("self", "self"),
        link("mounts", "/proc/mounts"), hard("hard", "lib/one.so.1"), hard("nothing", "gone"),
    )  # fmt: skip
    shipment = saved(tmp_path, below, tar(file("lib/two.so", b"2")))
    assert contents(shipment) == {
        "usr/lib/one.so.1": b"1",
        "usr/lib/one.so": b"1",
        "usr/lib/two.so": b"2",
        "etc/alternative": b"1",
        "etc/up": b"1",
        "hard": b"1",
    }
    assert set(shipment.troubles) == {
        "self: a link to nothing in the image",
        "nothing: a hard link to nothing in the image",
    }


def test_a_link_does_not_outlive_its_target(tmp_path: Path) -> None:
    shipment = saved(tmp_path, tar(file("a", b"a"), link("b", "a"), hard("c", "a")), tar(file(".wh.a")))
    assert contents(shipment) == {"c": b"a"}
    assert shipment.troubles == ("b: a link to nothing in the image",)


def test_several_images_lie_in_folders_of_their_own(tmp_path: Path) -> None:
    base, other = tar(file("base", b"base")), tar(file("other"))
    (tmp_path / "x.tar").write_bytes(docker_tar({"host/app:1": [base], "host/app:2": [base, other], "app/1": []}))
    shipment = open_shipment(tmp_path / "x.tar")
    assert shipment.paths == ("host_app_1/base", "host_app_2/base", "host_app_2/other")
    assert contents(shipment)["host_app_2/base"] == b"base"
    assert shipment.troubles == ("x.tar: it holds 3 images; the files of each are in a folder of its own",)


def test_an_image_layout_in_every_wrapping(tmp_path: Path) -> None:
    layers = [gzip.compress(tar(file("a", b"a" * 100_000), file("b", b"b"))), tar(file("c", b"c"), file(".wh.b"))]
    layout = Layout()
    layout.index(layout.manifest(layers))
    expected = {"a": b"a" * 100_000, "c": b"c"}
    for path in (layout.put(tmp_path / "folder"), layout.packed(tmp_path / "i.tar"), layout.packed(tmp_path / "i.gz")):
        shipment = open_shipment(path if path.suffix != ".gz" else path.rename(tmp_path / "i.tar.gz"))
        assert contents(shipment) == expected
        assert dict(shipment.read_many(("a", "c"), 1)) == {"a": b"a", "c": b"c"}


def test_of_several_platforms_the_first_that_is_there_is_read(tmp_path: Path) -> None:
    layout = Layout()
    arm = layout.manifest([tar(file("arm"))], platform={"os": "linux", "architecture": "arm64", "variant": "v8"})
    amd = layout.manifest([tar(file("amd"))], platform={"os": "linux", "architecture": "amd64"})
    proof = layout.manifest([], annotations={"vnd.docker.reference.type": "attestation-manifest"})
    del layout.files["blobs/sha256/" + arm["digest"].removeprefix("sha256:")]
    layout.index(layout.blob(json.dumps({"manifests": [arm, amd, proof]}).encode()))
    shipment = open_shipment(layout.put(tmp_path / "layout"))
    assert shipment.paths == ("amd",)
    assert shipment.troubles == ("index.json: linux/amd64 was looked at, not linux/arm64/v8",)


def test_images_of_different_names_in_one_layout(tmp_path: Path) -> None:
    layout = Layout()
    one = layout.manifest([tar(file("1"))], annotations={"org.opencontainers.image.ref.name": "one"})
    two = layout.manifest([tar(file("2"))], annotations={"org.opencontainers.image.ref.name": "two"})
    assert open_shipment(layout.index(one, two).put(tmp_path / "layout")).paths == ("one/1", "two/2")


def test_what_is_missing_or_damaged_is_told(tmp_path: Path) -> None:
    layout = Layout()
    gone, packed = tar(file("gone")), gzip.compress(tar(file("whole", b"w"), file("half", b"h" * 1_000_000)), 0)
    layout.index(layout.manifest([gone, packed[:200_000], b"\x28\xb5\x2f\xfd zstd", tar(file("good", b"g"))]))
    del layout.files["blobs/sha256/" + hashlib.sha256(gone).hexdigest()]
    shipment = open_shipment(layout.packed(tmp_path / "x.tar"))
    assert {"good", "whole"} <= set(shipment.paths)
    assert shipment.read("good") == b"g"
    missing, damaged, *unread = shipment.troubles
    assert "is not there" in missing
    assert "cannot be read" in damaged
    assert unread


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b"null", b"[1]", b'[{"Config": "c", "Layers": [1]}]', b"[" * 100_000, b"\xff"],
)
def test_another_manifest_makes_no_image(tmp_path: Path, manifest: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(tar(file("manifest.json", manifest), file("a/layer.tar")))
    assert open_shipment(tmp_path / "x.tar").paths == ("a/layer.tar", "manifest.json")


@pytest.mark.parametrize(
    "index",
    [
        b"", b"[]", b"{}", b"null", b'{"manifests": null}', b'{"manifests": [1]}', b"[" * 100_000,
        b'{"manifests": [{"digest": "sha256:../../../../etc/passwd"}]}', b'{"manifests": [{"digest": 5}]}',
        b'{"manifests": [{"digest": "sha256:' + b"0" * 64 + b'"}]}',
    ],
)  # fmt: skip
def test_a_broken_layout_is_no_shipment(tmp_path: Path, index: bytes) -> None:
    layout = Layout()
    layout.files["index.json"] = index
    with pytest.raises(ShipmentError, match="cannot be read as a container image"):
        open_shipment(layout.put(tmp_path / "layout"))


def test_an_index_that_names_itself_ends(tmp_path: Path) -> None:
    layout = Layout()
    inner = layout.blob(b"", size=0)
    data = json.dumps({"manifests": [inner] * 1000}).encode()
    layout.files["blobs/sha256/" + inner["digest"].removeprefix("sha256:")] = data
    with pytest.raises(ShipmentError):
        open_shipment(layout.index(inner).put(tmp_path / "layout"))


def test_paths_do_not_lead_out(tmp_path: Path) -> None:
    layer = tar(file("../evil"), file("/etc/absolute", b"a"), link("x", "../../../../etc/absolute"), file("a/../../b"))
    shipment = saved(tmp_path, layer)
    assert contents(shipment) == {"etc/absolute": b"a", "x": b"a"}
    assert shipment.troubles == (
        "../evil: its path leads out of the archive",
        "a/../../b: its path leads out of the archive",
    )


def test_limits_hold_over_all_layers(tmp_path: Path) -> None:
    layers = [tar(*(file(f"{layer}/{number}") for number in range(30))) for layer in range(3)]
    (tmp_path / "x.tar").write_bytes(docker_tar({"app": layers}))
    shipment = open_shipment(tmp_path / "x.tar", ShipmentLimits(members=50))
    assert len(shipment.paths) == 50
    assert all("more than 50 members" in trouble for trouble in shipment.troubles)
    deep = tar(*(file(f"{number}/" + "d/" * 100 + "f") for number in range(20)))
    (tmp_path / "x.tar").write_bytes(docker_tar({"app": [deep]}))
    shipment = open_shipment(tmp_path / "x.tar", ShipmentLimits(members=1000))
    assert any("more than 1000 folders" in trouble for trouble in shipment.troubles)


def test_links_in_circles_and_long_chains_end(tmp_path: Path) -> None:
    around = [link(f"l{number}", f"{'./' * 500}l{(number + 1) % 3000}") for number in range(3000)]
    shipment = saved(tmp_path, tar(*around, link("a", "b/c"), link("b", "a/d")))
    assert shipment.paths == ()
    assert shipment.troubles
