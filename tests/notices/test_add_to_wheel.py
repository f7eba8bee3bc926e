"""A notices file goes into a copy of a wheel."""

import base64
import csv
import hashlib
import importlib.util
import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.errors import DocumentError, UsageError
from auditor.notices.wheel import add_to_wheel

NOTICES = "# Third-party notices\n\n© Ada\n".encode()
INFO = "demo-1.0.dist-info"
METADATA = b"Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n\nLicense-File: in the description\n"
WHEEL = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
FILES = {
    "demo/__init__.py": b"VALUE = 1\n" * 50,
    "demo/data,with comma.txt": b"data\n",
    f"{INFO}/licenses/LICENSE": b"BSD\n",
    f"{INFO}/WHEEL": WHEEL,
    f"{INFO}/METADATA": METADATA,
}


def row(path: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([path, f"sha256={digest}", len(data)])
    return out.getvalue()


def build(folder: Path, files: Mapping[str, bytes] = FILES, end: str = "\n", record: bytes | None = None) -> Path:
    """A wheel with times, attributes and packings of several kinds."""
    path = folder / "demo-1.0-py3-none-any.whl"
    rows = [row(name, data) for name, data in files.items()] + [f"{INFO}/RECORD,,"]
    contents = dict(files) | {f"{INFO}/RECORD": (end.join(rows) + end).encode() if record is None else record}
    with zipfile.ZipFile(path, "w") as archive:
        for index, (name, data) in enumerate(contents.items()):
            info = zipfile.ZipInfo(name, (2020, 2, 2, 1, 2, 2 * index))
            info.external_attr = (0o100755 if index == 0 else 0o100644) << 16
            info.compress_type = zipfile.ZIP_STORED if index == 1 else zipfile.ZIP_DEFLATED
            info.comment = b"a comment" if index == 1 else b""
            archive.writestr(info, data, compresslevel=1)
        archive.comment = b"of the archive"
    return path


def added(wheel: Path, name: str = "NOTICES.md") -> zipfile.ZipFile:
    output = wheel.parent / "out.whl"
    add_to_wheel(wheel, NOTICES, name, output)
    return zipfile.ZipFile(output)


def test_the_file_is_there_listed_and_declared(tmp_path: Path) -> None:
    with added(build(tmp_path)) as archive:
        assert archive.testzip() is None
        assert archive.read(f"{INFO}/licenses/NOTICES.md") == NOTICES
        metadata = archive.read(f"{INFO}/METADATA")
        assert metadata == METADATA.replace(b"2.4\n", b"2.4\nLicense-File: NOTICES.md\n")
        record = archive.read(f"{INFO}/RECORD").decode().splitlines()
        names = archive.namelist()
    files = FILES | {f"{INFO}/METADATA": metadata, f"{INFO}/licenses/NOTICES.md": NOTICES}
    assert record == [*(row(name, data) for name, data in files.items()), f"{INFO}/RECORD,,"]
    assert names == [*FILES, f"{INFO}/licenses/NOTICES.md", f"{INFO}/RECORD"]


def test_all_else_stays_byte_for_byte(tmp_path: Path) -> None:
    wheel = build(tmp_path)
    before = wheel.read_bytes()
    with added(wheel) as new, zipfile.ZipFile(wheel) as old:
        assert new.comment == old.comment == b"of the archive"
        for name in old.namelist():
            was, now = old.getinfo(name), new.getinfo(name)
            assert (was.date_time, was.external_attr, was.compress_type) == (
                now.date_time,
                now.external_attr,
                now.compress_type,
            )
            if name.endswith(("METADATA", "RECORD")):
                continue
            assert (was.CRC, was.compress_size, was.comment) == (now.CRC, now.compress_size, now.comment)
            local = before[was.header_offset :][: 30 + len(name) + was.compress_size]
            assert local in (tmp_path / "out.whl").read_bytes()
        assert new.getinfo(f"{INFO}/licenses/NOTICES.md").date_time == old.getinfo(f"{INFO}/METADATA").date_time
    assert wheel.read_bytes() == before


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    wheel = build(tmp_path)
    for name in ("one.whl", "two.whl"):
        add_to_wheel(wheel, NOTICES, "NOTICES.md", tmp_path / name)
    assert (tmp_path / "one.whl").read_bytes() == (tmp_path / "two.whl").read_bytes()


def test_line_ends_of_record_and_metadata_stay(tmp_path: Path) -> None:
    crlf = METADATA.replace(b"\n", b"\r\n")
    with added(build(tmp_path, FILES | {f"{INFO}/METADATA": crlf}, end="\r\n")) as archive:
        for name in ("METADATA", "RECORD"):
            data = archive.read(f"{INFO}/{name}")
            assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("Metadata-Version: 2.1\nName: demo", "Metadata-Version: 2.4\nLicense-File: NOTICES.md\nName: demo"),
        ("metadata-version:2.3\nName: demo", "Metadata-Version: 2.4\nLicense-File: NOTICES.md\nName: demo"),
        ("Metadata-Version: 2.10\nName: demo", "Metadata-Version: 2.10\nLicense-File: NOTICES.md\nName: demo"),
        (
            "Metadata-Version: 2.3\nLicense-File: LICENSE\nName: demo",
            "Metadata-Version: 2.4\nLicense-File: LICENSE\nLicense-File: NOTICES.md\nName: demo",
        ),
    ],
)
def test_an_older_metadata_version_is_raised(tmp_path: Path, head: str, wanted: str) -> None:
    tail = "\nVersion: 1.0\n\nMetadata-Version: 1.0 in the description\n"
    with added(build(tmp_path, FILES | {f"{INFO}/METADATA": (head + tail).encode()})) as archive:
        assert archive.read(f"{INFO}/METADATA").decode() == wanted + tail


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        (
            "Metadata-Version: 2.1\nLicense-File: COPYING\n\n",
            "has License-File: COPYING, a path from before Metadata 2.4",
        ),
        ("Metadata-Version: 3.0\n\n", "no Metadata-Version that is known"),
        ("Metadata-Version: 2.1\nMetadata-Version: 2.4\n\n", "no Metadata-Version that is known"),
        ("Name: demo\n\nMetadata-Version: 2.4\n", "no Metadata-Version that is known"),
        ("", "no Metadata-Version that is known"),
    ],
)
def test_metadata_that_would_become_wrong_is_refused(tmp_path: Path, metadata: str, message: str) -> None:
    wheel = build(tmp_path, FILES | {f"{INFO}/METADATA": metadata.encode()})
    with pytest.raises(DocumentError, match=f"demo-1.0-py3-none-any.whl: .*{message}"):
        added(wheel)
    assert not (tmp_path / "out.whl").exists()


@pytest.mark.parametrize("ending", ["jws", "p7s"])
def test_a_signed_wheel_is_refused(tmp_path: Path, ending: str) -> None:
    with pytest.raises(DocumentError, match=f"it is signed .*RECORD.{ending}"):
        added(build(tmp_path, FILES | {f"{INFO}/RECORD.{ending}": b"{}"}))


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (b"", "does not list"),
        ("\n".join(row(name, b"other") for name in FILES).encode(), "has another hash for"),
        ("\n".join([*(row(n, d) for n, d in FILES.items()), "gone.py,sha256=x,1"]).encode(), "lists gone.py"),
        ("\n".join(row(n, d) for n, d in [*FILES.items(), *FILES.items()]).encode(), "does not list .* once"),
    ],
)
def test_a_record_that_lies_is_refused(tmp_path: Path, record: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        added(build(tmp_path, record=record))


def test_a_file_that_is_there_already_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"it has demo-1\.0\.dist-info/licenses/license already"):
        added(build(tmp_path), "license")


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../x", "a\\b", "a b", "-x", "x\n", "é", "a" * 101])
def test_a_name_that_is_no_plain_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a file in a wheel"):
        added(build(tmp_path), name)


def test_the_original_is_never_written(tmp_path: Path) -> None:
    wheel = build(tmp_path)
    (tmp_path / "link.whl").symlink_to(wheel)
    for output in (wheel, tmp_path / "link.whl"):
        with pytest.raises(UsageError, match="is the wheel itself"):
            add_to_wheel(wheel, NOTICES, "NOTICES.md", output)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"PK\5\6",
        lambda data: b"x" * 100,
        lambda data: data[:-3],
        lambda data: data + b"x",
        lambda data: b"x" + data,
        lambda data: data[:40] + data[60:],
        lambda data: data.replace(b"demo/__init__.py", b"demo/__innit_.py", 1),
        lambda data: data.replace(b"PK\1\2", b"PK\3\4"),
    ],
)  # fmt: skip
def test_a_damaged_wheel_is_refused(tmp_path: Path, damage: object) -> None:
    wheel = build(tmp_path)
    assert callable(damage)
    wheel.write_bytes(damage(wheel.read_bytes()))
    with pytest.raises(DocumentError, match=r"demo-1\.0-py3-none-any\.whl"):
        added(wheel)


def test_any_damage_is_a_document_error_or_leaves_a_sound_wheel(tmp_path: Path) -> None:
    wheel = build(tmp_path)
    whole = wheel.read_bytes()
    refused = 0
    for at in range(0, len(whole), 7):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :]):
            wheel.write_bytes(data)
            try:
                with added(wheel) as archive:
                    assert archive.read(f"{INFO}/licenses/NOTICES.md") == NOTICES
                    assert archive.testzip() is None
            except DocumentError:
                refused += 1
    assert refused > len(whole) / 7


def test_no_file_and_no_wheel(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file"):
        add_to_wheel(tmp_path / "gone.whl", NOTICES, "N", tmp_path / "out.whl")
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as archive:
        archive.writestr("a", "b")
    with pytest.raises(DocumentError, match="it is no wheel"):
        add_to_wheel(tmp_path / "plain.zip", NOTICES, "N", tmp_path / "out.whl")


def test_pip_installs_the_copy_and_zipfile_lists_it(tmp_path: Path) -> None:
    if importlib.util.find_spec("pip") is None:
        pytest.skip("pip is not installed here")
    (tmp_path / "new").mkdir()
    copy = tmp_path / "new" / "demo-1.0-py3-none-any.whl"
    add_to_wheel(build(tmp_path), NOTICES, "NOTICES.md", copy)
    options = [
        "--isolated",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
        "--target",
        str(tmp_path / "site"),
    ]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(copy)], check=True, capture_output=True)
    assert (tmp_path / "site" / INFO / "licenses" / "NOTICES.md").read_bytes() == NOTICES
    assert (tmp_path / "site" / "demo" / "__init__.py").read_bytes() == FILES["demo/__init__.py"]
    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(copy)], check=True, capture_output=True, text=True
    )
    assert f"{INFO}/licenses/NOTICES.md" in listed.stdout
