"""Zip files, harmless, damaged and hostile."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import ShipmentError
from auditor.shipment import ShipmentLimits, open_shipment


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def outcome(path: Path) -> str:
    """Why the archive, or something in it, could not be read; "" when all was read."""
    try:
        with open_shipment(path) as shipment:
            failed = [str(found) for _, found in shipment.read_many(shipment.paths) if isinstance(found, ShipmentError)]
            return "; ".join(failed)
    except ShipmentError as error:
        return str(error)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_are_listed_and_read(compression: int, tmp_path: Path) -> None:
    members = {"b/": b"", "b/LICENSE": b"text" * 1000, "a.py": b"", "./c": b"c"}
    with open_shipment(put(tmp_path / "x-1.0-py3-none-any.whl", packed(members, compression))) as shipment:
        assert shipment.paths == ("a.py", "b/LICENSE", "c")
        assert shipment.read("b/LICENSE") == b"text" * 1000
        assert shipment.head("b/LICENSE", 6) == b"textte"
        assert shipment.troubles == ()


def test_content_counts_where_the_name_promises_nothing(tmp_path: Path) -> None:
    with open_shipment(put(tmp_path / "download", packed({"a": b"1"}))) as shipment:
        assert shipment.paths == ("a",)


def test_a_name_that_promises_an_archive_must_hold_one(tmp_path: Path) -> None:
    with pytest.raises(ShipmentError, match=r"x\.zip cannot be read as a zip file"):
        open_shipment(put(tmp_path / "x.zip", b"no archive"))


def test_names_that_lead_out_are_left_out(tmp_path: Path) -> None:
    hostile = {"../x": b"", "a/../../x": b"", "/etc/passwd": b"", "C:\\x": b"", "..\\y": b"", "good\\LICENSE": b"fine"}
    with open_shipment(put(tmp_path / "x.zip", packed(hostile))) as shipment:
        assert shipment.paths == ("good/LICENSE",)
        assert shipment.read("good/LICENSE") == b"fine"
        assert shipment.troubles == (
            "../x: its path leads out of the archive",
            "a/../../x: its path leads out of the archive",
            "/etc/passwd: its path is absolute",
            "C:/x: its path is absolute",
            "../y: its path leads out of the archive",
        )


def test_links_lead_only_to_members(tmp_path: Path) -> None:
    buffer = io.BytesIO(packed({"docs/LICENSE": b"text", "docs/x": b""}))
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, target in {"LICENSE": "docs/LICENSE", "all": "docs", "out": "../../x", "gone": "y"}.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
        device = zipfile.ZipInfo("device")
        device.external_attr = stat.S_IFBLK << 16
        archive.writestr(device, "")
    with open_shipment(put(tmp_path / "x.zip", buffer.getvalue())) as shipment:
        assert shipment.paths == ("LICENSE", "docs/LICENSE", "docs/x")
        assert shipment.read("LICENSE") == b"text"
        assert shipment.troubles == (
            "device: not a regular file",
            "out: a link that leads out of the archive",
            "gone: a link to nothing in the archive",
        )


def test_of_a_name_that_occurs_twice_the_last_counts(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("LICENSE", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("LICENSE", b"second")
    with open_shipment(put(tmp_path / "x.zip", buffer.getvalue())) as shipment:
        assert shipment.read("LICENSE") == b"second"
        assert shipment.troubles == ("LICENSE: the name occurs twice; the last one counts",)


def test_utf8_names_without_the_flag_are_understood(tmp_path: Path) -> None:
    data = packed({"caf\u00e9": b"1"})
    flagged = data.replace(b"\x00\x08", b"\x00\x00")  # bit 11 of the flags
    with open_shipment(put(tmp_path / "x.zip", flagged)) as shipment:
        assert shipment.paths == ("caf\u00e9",)


def test_an_encrypted_member_is_listed_and_cannot_be_read(tmp_path: Path) -> None:
    data = bytearray(packed({"LICENSE": b"secret", "README": b"x"}, zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    with open_shipment(put(tmp_path / "x.zip", bytes(data))) as shipment:
        assert shipment.paths == ("LICENSE", "README")
        with pytest.raises(ShipmentError, match=r"x\.zip: LICENSE is encrypted"):
            shipment.read("LICENSE")
        contents = dict(shipment.read_many(shipment.paths))
        assert isinstance(contents["LICENSE"], ShipmentError)
        assert contents["README"] == b"x"


def test_a_bomb_is_given_up(tmp_path: Path) -> None:
    bomb = put(tmp_path / "bomb.zip", packed({"zeros": bytes(30 << 20), "LICENSE": b"x"}))
    with open_shipment(bomb) as shipment:
        with pytest.raises(ShipmentError, match="unpacks to more than 200 times its size"):
            shipment.read("zeros")
        assert shipment.head("zeros", 10) == bytes(10)
        assert shipment.read("LICENSE") == b"x"


def test_unpacked_bytes_are_counted_over_all_members(tmp_path: Path) -> None:
    path = put(tmp_path / "x.zip", packed(dict.fromkeys("abc", b"ab" * 50)))
    with open_shipment(path, ShipmentLimits(whole_bytes=250)) as shipment:
        contents = [content for _, content in shipment.read_many(shipment.paths)]
        assert [type(content) for content in contents] == [bytes, bytes, ShipmentError]
    limited = open_shipment(path, ShipmentLimits(member_bytes=99))
    with limited, pytest.raises(ShipmentError, match="larger than 99 bytes"):
        limited.read("a")


def test_too_many_members_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = put(tmp_path / "x.zip", packed({str(number): b"" for number in range(50)}))
    with pytest.raises(ShipmentError, match="more than 49 members"):
        open_shipment(path, ShipmentLimits(members=49))
    with open_shipment(path, ShipmentLimits(members=50)) as shipment:
        assert len(shipment.paths) == 50


def test_troubles_do_not_grow_without_end(tmp_path: Path) -> None:
    names = {f"../{number}\n{'x' * 300}": b"" for number in range(150)}
    with open_shipment(put(tmp_path / "x.zip", packed(names))) as shipment:
        assert len(shipment.troubles) == 101
        assert shipment.troubles[-1] == "and 50 more were left out"
        assert all(len(line) < 200 and line.isprintable() for line in shipment.troubles)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_never_gets_out_as_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(packed({"a": b"text" * 100, "dir/b": b"", "c": b"x"}))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = put(tmp_path / "x.zip", bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert "\n" not in outcome(path)
