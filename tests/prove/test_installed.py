"""Releases as they are installed or packed: their own files and nothing else, whatever is damaged."""

import sys
import time
from pathlib import Path

import pytest
from installs import CODE, REPOSITORY, install, sdist, wheel

from auditor.errors import ShipmentError
from auditor.model.proof import Release
from auditor.prove import read_library
from auditor.proving import installed_releases, packed_release

SHA = "066a35dd322f689ec07d7c0e82b19eacadac3c6b"


def _only(site: Path) -> Release:
    (release,) = installed_releases([site])
    return release


def _paths(release: Release) -> list[str]:
    return [file.path for file in release.files]


def test_an_installed_package(tmp_path: Path) -> None:
    files = {**CODE, "pkg/py.typed": "", "pkg/x.so": "x", "pkg/__pycache__/a.pyc": "x", 'pkg/odd,"name".txt': "x"}
    record = "".join(f"{path},,\n" for path in [*CODE, "pkg/py.typed", "pkg/x.so", "../../../bin/pkg"])
    install(tmp_path, files, record=record + '"pkg/odd,""name"".txt",,\npkg/gone.py,,\n/etc/passwd,,\n')
    release = _only(tmp_path)
    assert (release.name, release.version, release.repository) == ("pkg", "1.2.0", REPOSITORY)
    assert _paths(release) == sorted([*CODE, 'pkg/odd,"name".txt'])


def test_a_folder_named_relatively(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert _paths(_only(Path())) == sorted(CODE)


def test_a_package_without_a_list_of_files(tmp_path: Path) -> None:
    info = install(tmp_path, {**CODE, "single.py": "x = 1\n", "other/a.py": "y = 1\n"}, record="")
    (info / "top_level.txt").write_text("pkg\nsingle\n../other\n..\n")
    assert _paths(_only(tmp_path)) == sorted([*CODE, "single.py"])


def test_a_package_from_version_control(tmp_path: Path) -> None:
    url = {"url": "https://user:secret@example.org/o/pkg.git", "vcs_info": {"vcs": "git", "commit_id": SHA}}
    install(tmp_path, direct_url=url)
    release = _only(tmp_path)
    assert (release.repository, release.commit) == ("https://example.org/o/pkg", SHA)


def test_an_editable_package(tmp_path: Path) -> None:
    install(tmp_path, direct_url={"url": "file:///home/me/pkg", "dir_info": {"editable": True}})
    release = _only(tmp_path)
    assert "editable" in release.trouble
    assert release.files == ()


@pytest.mark.parametrize("text", [b"\xff\xfe", b"{" * 100_000, b"[1]", b'{"vcs_info": 3}', b'{"dir_info": []}'])
def test_a_damaged_origin(tmp_path: Path, text: bytes) -> None:
    (install(tmp_path) / "direct_url.json").write_bytes(text)
    assert _paths(_only(tmp_path)) == sorted(CODE)


def test_hostile_lists(tmp_path: Path) -> None:
    record = install(tmp_path) / "RECORD"
    start = time.monotonic()
    for text in (b"\xff" * 1000, b"," * 1_000_000, b'"' * 1_000_000, b"a/../" * 200_000 + b"\n", b"\0,,\n"):
        record.write_bytes(text)
        assert _only(tmp_path).files == ()
    assert time.monotonic() - start < 5


def test_a_package_without_a_name_is_left_out(tmp_path: Path) -> None:
    (install(tmp_path) / "METADATA").write_bytes(b"Version: 1\n\n")
    assert installed_releases([tmp_path]) == ()


def test_wheel_and_sdist(tmp_path: Path) -> None:
    packed = packed_release(wheel(tmp_path / "pkg-1.2.0-py3-none-any.whl"))
    assert (packed.name, packed.version, packed.repository) == ("pkg", "1.2.0", REPOSITORY)
    assert _paths(packed) == sorted(CODE)
    source = packed_release(sdist(tmp_path / "pkg-1.2.0.tar.gz"))
    assert (source.name, source.version) == ("pkg", "1.2.0")
    assert _paths(source) == sorted(f"src/{path}" for path in CODE)


def test_what_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ShipmentError, match="neither a wheel nor an sdist"):
        packed_release(tmp_path / "a.txt")
    with pytest.raises(ShipmentError):
        packed_release(tmp_path / "gone.whl")


def test_the_standard_library(tmp_path: Path) -> None:
    for path in ("os.py", "json/decoder.py", "site-packages/x.py", "_sysconfigdata__linux.py", "config-3.11/Setup"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(f"# {path}\n")
    release = read_library(tmp_path, "3.11.2")
    assert (release.name, release.version, _paths(release)) == (
        "cpython",
        "3.11.2",
        ["Lib/json/decoder.py", "Lib/os.py"],
    )
    running = read_library()
    assert running.version == ".".join(map(str, sys.version_info[:3]))
    assert "Lib/os.py" in _paths(running)
