"""Python distributions in wheels, sdists and environments, with what they vendor."""

import base64
import hashlib
import time
import zipfile
from pathlib import Path

import pytest

from auditor.model.shipment import Component
from auditor.shipment import open_shipment
from auditor.shipment.components import find_components


def metadata(name: str, version: str = "1.0", more: str = "") -> bytes:
    return f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{more}\nName: not this one\n".encode()


def record(files: dict[str, bytes], info: str) -> bytes:
    rows = [f"{info}/RECORD,,"]
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(data)}")
    return "\n".join(rows).encode()


def wheel(
    path: Path, files: dict[str, bytes], lie: bytes | None = None, name: str = "Pack-1.0-py3-none-any.whl"
) -> Path:
    files = {"pack-1.0.dist-info/METADATA": metadata("pack", more="License-Expression: MIT\n"), **files}
    with zipfile.ZipFile(path / name, "w") as archive:
        for member, data in files.items():
            archive.writestr(member, data)
        archive.writestr("pack-1.0.dist-info/RECORD", lie or record(files, "pack-1.0.dist-info"))
    return path / name


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def found(path: Path) -> dict[str, Component]:
    with open_shipment(path) as shipment:
        components = find_components(shipment)
    named = {component.name: component for component in components}
    assert len(named) == len(components)
    return named


def test_a_wheel_is_its_own_distribution(tmp_path: Path) -> None:
    files = {"pack/__init__.py": b"x", "pack-1.0.dist-info/licenses/LICENSE": b"MIT"}
    (component,) = found(wheel(tmp_path, files)).values()
    assert (component.kind, component.version, component.purl) == ("distribution", "1.0", "pkg:pypi/pack@1.0")
    assert (component.root, component.evidence) == ("", "pack-1.0.dist-info/METADATA")
    assert component.license_files == ("pack-1.0.dist-info/licenses/LICENSE",)
    assert [(one.path, one.line, one.expression) for one in component.license_declared] == [
        ("pack-1.0.dist-info/METADATA", 4, "MIT")
    ]
    assert len(component.files) == 4
    assert component.troubles == ()


def test_a_record_that_lies(tmp_path: Path) -> None:
    files = {"a.py": b"a", "b.py": b"b", "c.py": b"c"}
    listed = {"pack-1.0.dist-info/METADATA": metadata("pack", more="License-Expression: MIT\n"), "a.py": b"other",
              "gone.py": b"", "b.py": b"b"}  # fmt: skip
    lie = record(listed, "pack-1.0.dist-info").replace(b"b.py,sha256", b"b.py,md5")
    (component,) = found(wheel(tmp_path, files, lie)).values()
    assert component.troubles == (
        "pack-1.0.dist-info/RECORD: lists gone.py, which is not there",
        "pack-1.0.dist-info/RECORD: does not list c.py",
        "pack-1.0.dist-info/RECORD: has another hash for a.py",
        "pack-1.0.dist-info/RECORD: has no hash by sha256 or better for b.py",
    )


def test_vendored_distributions_with_metadata(tmp_path: Path) -> None:
    inner = {"ns/one/__init__.py": b"1", "one-2.0.dist-info/METADATA": metadata("ns.one", "2.0")}
    files = {f"pack/_vendor/{name}": data for name, data in inner.items()} | {
        "pack/_vendor/one-2.0.dist-info/RECORD": record(inner, "one-2.0.dist-info"),
        "pack/_vendor/ns/two.py": b"2",
        "pack/_vendor/two-3.dist-info/METADATA": metadata("two", "3"),
        "pack/_vendor/two-3.dist-info/top_level.txt": b"ns/two\n",
        "pack/_vendor/two-3.dist-info/LICENSE": b"MIT",
        "pack/_vendor/__init__.py": b"",
    }
    components = found(wheel(tmp_path, files))
    assert {name: one.kind for name, one in components.items()} == {
        "pack": "distribution", "ns.one": "bundled", "two": "bundled",
    }  # fmt: skip
    assert components["ns.one"].files == (
        "pack/_vendor/ns/one/__init__.py",
        "pack/_vendor/one-2.0.dist-info/METADATA",
        "pack/_vendor/one-2.0.dist-info/RECORD",
    )
    assert components["two"].license_files == ("pack/_vendor/two-3.dist-info/LICENSE",)
    assert "pack/_vendor/ns/two.py" in components["two"].files


def test_pips_list_of_what_it_vendors(tmp_path: Path) -> None:
    files = {
        "pack/_vendor/vendor.txt": b"# x\nTomli-W==1.2.0\n  certifi==2026.1.1  # inner\nsetuptools==70.3.0\ngone==1\n",
        "pack/_vendor/tomli_w/__init__.py": b"__version__ = '9.9'",
        "pack/_vendor/certifi/core.py": b"",
        "pack/_vendor/pkg_resources/__init__.py": b"",
        "pack/_vendor/six.py": b'import sys\n__version__ = "1.17.0"\n',
        "pack/_vendor/mystery.py": b"pass",
        "pack/_vendor/README.rst": b"We change some of it.",
        "pack-1.0.dist-info/licenses/src/pack/_vendor/certifi/LICENSE": b"MPL",
    }
    components = found(wheel(tmp_path, files))
    stated = {name: (one.kind, one.version, one.ecosystem) for name, one in components.items() if name != "pack"}
    assert stated == {
        "Tomli-W": ("bundled", "1.2.0", "pypi"),
        "certifi": ("bundled", "2026.1.1", "pypi"),
        "setuptools": ("bundled", "70.3.0", "pypi"),
        "gone": ("stated", "1", "pypi"),
        "six": ("bundled", "1.17.0", ""),
        "mystery.py": ("unknown", None, ""),
    }
    assert components["setuptools"].root == "pack/_vendor/pkg_resources"
    assert components["certifi"].license_files == tuple(name for name in files if name.endswith("/LICENSE"))


def test_ones_own_interface_to_others_is_not_vendored(tmp_path: Path) -> None:
    files = {"pack/external/gmpy.py": b"try: import gmpy2", "pack/external/__init__.py": b"", "pack/vendor.py": b"",
             "pack/external/copied/__init__.py": b"__version__ = '2.1'", "pack/externals/_own/x.py": b""}  # fmt: skip
    components = found(wheel(tmp_path, files))
    assert {(one.name, one.kind, one.version) for one in components.values()} == {
        ("pack", "distribution", "1.0"), ("copied", "bundled", "2.1"), ("_own", "unknown", None),
    }  # fmt: skip


def test_an_sdist_and_its_egg_info_are_one(tmp_path: Path) -> None:
    files = {
        "pack-1.0/PKG-INFO": metadata("pack"),
        "pack-1.0/src/pack.egg-info/PKG-INFO": metadata("pack"),
        "pack-1.0/src/pack/__init__.py": b"",
        "pack-1.0/tests/data/other.egg-info/PKG-INFO": metadata("other"),
    }
    components = found(folder(tmp_path, files))
    assert {name: one.kind for name, one in components.items()} == {"pack": "distribution", "other": "bundled"}
    assert "pack-1.0/src/pack/__init__.py" in components["pack"].files


def test_in_an_environment_all_are_bundled(tmp_path: Path) -> None:
    site = "lib/python3.12/site-packages"
    files = {
        f"{site}/a-1.dist-info/METADATA": metadata("a", "1"),
        f"{site}/a-1.dist-info/RECORD": b"a.py,,\n../../../bin/a,,\n../../../../../../etc/passwd,,\n",
        f"{site}/a.py": b"",
        "bin/a": b"",
        f"{site}/b.egg-info": metadata("b", "2"),
        f"{site}/b/__init__.py": b"",
    }
    components = found(folder(tmp_path, files))
    assert {name: one.kind for name, one in components.items()} == {"a": "bundled", "b": "bundled"}
    assert {"bin/a", f"{site}/a.py"} <= set(components["a"].files)
    assert f"{site}/b/__init__.py" in components["b"].files
    assert components["a"].troubles == ()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"Name:\nVersion: 1", b"Name" * 200_000, b"\n" * 900_000 + b"Name: x"]
)
def test_metadata_that_says_nothing_names_nothing(tmp_path: Path, data: bytes) -> None:
    begun = time.monotonic()
    assert found(folder(tmp_path, {"x-1.dist-info/METADATA": data, "x-1.dist-info/RECORD": data})) == {}
    assert time.monotonic() - begun < 3


def test_hostile_vendor_folders_take_no_time(tmp_path: Path) -> None:
    files = {"v/vendor/vendor.txt": b"a==" * 300_000, "v/vendor/x.py": b"__version__ = " * 70_000,
             "/".join(["vendor"] * 500) + "/x.py": b"", "v/vendor/a.js": b"/*! " * 200_000}  # fmt: skip
    begun = time.monotonic()
    assert "x.py" in {one.name for one in find_components(open_shipment(folder(tmp_path, files)))}
    assert time.monotonic() - begun < 10
