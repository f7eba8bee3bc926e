"""An archive as the judge is given it: its form, its texts by their roles, and whether all in it was told."""

from pathlib import Path

import pytest
from shipping_project import METADATA, Contents, bsd, mit, tarred, wheel, zipped

from auditor.gather.artifacts import OpenArtifact, form_of, read_artifact, unread_files
from auditor.gather.parts import claim_components
from auditor.gather.subjects import SubjectReader
from auditor.model import Place
from auditor.model.manifest import DistributionKind, Manifest, Vendored
from auditor.shipment import open_shipment


def opened(path: Path, **options: str) -> OpenArtifact:
    with open_shipment(path) as shipment:
        return read_artifact(path.name, shipment, SubjectReader(), **options)  # type: ignore[arg-type]


def built(folder: Path, files: Contents) -> OpenArtifact:
    return opened(wheel(folder / "app-1.0-py3-none-any.whl", files))


@pytest.mark.parametrize(
    ("name", "files", "kinds", "form"),
    [
        ("a-1-py3-none-any.whl", {"a.py": ""}, ("source",), "binary"),
        ("a.jar", {"a.class": ""}, (), "binary"),
        ("a-1.zip", {"a.py": ""}, (), "binary"),
        ("a-1.zip", {"a.py": ""}, ("source",), "source"),
        ("a-1.zip", {"a.py": ""}, ("binary", "service"), "binary"),
        ("a-1.zip", {"a-1/PKG-INFO": ""}, (), "source"),
        ("a-1.zip", {"Cargo.toml": ""}, ("source", "binary"), "source"),
        ("a-1.zip", {"x/y/setup.py": ""}, (), "binary"),
    ],
)
def test_form(tmp_path: Path, name: str, files: Contents, kinds: tuple[DistributionKind, ...], form: str) -> None:
    with open_shipment(zipped(tmp_path / name, files)) as shipment:
        assert form_of(shipment, kinds) == form


def test_texts_have_roles(tmp_path: Path) -> None:
    read = built(
        tmp_path,
        {
            "app-1.0.dist-info/licenses/LICENSE": bsd(),
            "app/THIRD_PARTY_NOTICES": mit(),
            "app/our-notices.txt": mit(),
            "app/static/bundle.js": f"/*! {mit()} */ f()",
            "app/core.py": "# Copyright 2019 A. N. Author\n# All rights reserved; see LICENSE.\nx = 1\n",
            "app/plain.py": "x = 1\n",
            "README.md": "# App\n",
        },
    )
    roles = {text.path: text.role for text in read.artifact.texts}
    assert roles == {
        "app-1.0.dist-info/licenses/LICENSE": "own",
        "app/THIRD_PARTY_NOTICES": "third-party",
        "app/static/bundle.js": "header",
        "app/core.py": "header",
        "README.md": "other",
        "app-1.0.dist-info/METADATA": "other",
    }
    assert read.artifact.form == "binary"


def test_the_notices_file_of_the_manifest(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a/COPYRIGHTS.txt": mit()})
    assert [text.role for text in opened(path).artifact.texts] in ([], ["other"])
    named = zipped(tmp_path / "b.zip", {"a/LICENSES-OF-OTHERS.txt": mit()})
    assert [text.role for text in opened(named, notices="LICENSES-OF-OTHERS.txt").artifact.texts] == ["third-party"]


@pytest.mark.parametrize(
    ("more", "certain"),
    [
        ({}, True),
        ({"app/lib.so": "x"}, False),
        ({"app/app.min.js": "x"}, False),
        ({"app/inner.zip": "x"}, False),
        ({"app/_vendor/thing/__init__.py": "x = 1\n"}, False),
        ({"../out.py": "x"}, False),
    ],
)
def test_certain_is_what_was_told_in_full(tmp_path: Path, more: Contents, certain: bool) -> None:
    read = built(tmp_path, {"app/__init__.py": "x = 1\n", **more})
    if "app/_vendor/thing/__init__.py" in more:
        assert [one.name for one in read.artifact.components if one.kind != "distribution"] == ["thing"]
    else:
        assert read.artifact.certain == certain


def test_archives_inside_are_listed(tmp_path: Path) -> None:
    assert built(tmp_path, {"app/source.tar.gz": "x"}).artifact.archives == ("app/source.tar.gz",)


def test_too_many_texts_are_told(tmp_path: Path) -> None:
    files = {f"a/{number}/LICENSE": "" for number in range(5001)}
    read = opened(tarred(tmp_path / "a.tar", files, "w"))
    (line,) = [line for line in read.artifact.unread if line.startswith("only ")]
    assert line.startswith("only 5000 of 5001 texts were read")
    assert not read.artifact.certain


def test_what_the_manifest_claims_has_its_name_and_its_text(tmp_path: Path) -> None:
    """An archive inside is nobody's until the manifest says whose; a text with that name is about it."""
    read = built(tmp_path, {"app/data.zip": "x", "app/LICENSE.juggle": mit()})
    unknown = next(one for one in read.artifact.components if one.kind == "unknown")
    assert (unknown.name, len(unknown.troubles), read.given) == ("data.zip", 1, {})
    place = Place("auditor.toml", 1, 1, 1, 1)
    manifest = Manifest("auditor.toml", vendored=(Vendored("src/app/data.zip", "juggle", place),))
    claimed = claim_components(read, manifest)
    named = next(one for one in claimed.artifact.components if one.name == "juggle")
    assert (named.kind, named.troubles) == ("bundled", ())
    assert [file.path for file in claimed.given["juggle"]] == ["app/LICENSE.juggle"]


def test_an_unread_source_is_an_incident_and_an_unread_picture_is_none(tmp_path: Path) -> None:
    zeros = b"\0" * (20 << 20)
    read = opened(zipped(tmp_path / "a.zip", {"a.py": zeros, "b.png": zeros, "c.py": zeros, "LICENSE": mit()}))
    (incident,) = unread_files(read)
    assert incident.message == "a.zip: a.py unpacks to more than 200 times its size (and 1 more)"
    assert incident.document == "a.zip"
    assert list(unread_files(opened(zipped(tmp_path / "b.zip", {"b.png": zeros, "LICENSE": mit()})))) == []


def test_what_metadata_say_stays_text(tmp_path: Path) -> None:
    read = built(tmp_path, {"app-1.0.dist-info/METADATA": METADATA + "\n# A readme\n"})
    assert [text.path for text in read.artifact.texts] == ["app-1.0.dist-info/METADATA"]
