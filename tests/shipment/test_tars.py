"""Tar archives of every kind, harmless, damaged and hostile."""

import gzip
import io
import tarfile
import time
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import ShipmentError
from auditor.shipment import ShipmentLimits, open_shipment

Mode = Literal["w", "w:gz", "w:bz2", "w:xz"]


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def packed(
    members: dict[str, bytes],
    mode: Mode = "w",
    links: tuple[tarfile.TarInfo, ...] = (),
    form: int = tarfile.PAX_FORMAT,
) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as archive:
        for name, data in members.items():
            info = member(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in links:
            archive.addfile(info)
    return buffer.getvalue()


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def outcome(path: Path, limits: ShipmentLimits | None = None) -> str:
    """Why the archive could not be read, or what is missing from it; "" when all was read."""
    try:
        with open_shipment(path, limits) as shipment:
            failed = [str(found) for _, found in shipment.read_many(shipment.paths) if isinstance(found, ShipmentError)]
            return "; ".join((*shipment.troubles, *failed))
    except ShipmentError as error:
        return str(error)


@pytest.mark.parametrize(
    ("name", "mode"),
    [("x.tar", "w"), ("x.tar.gz", "w:gz"), ("x.crate", "w:gz"), ("x.tbz2", "w:bz2"), ("x.txz", "w:xz")],
)
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_members_are_listed_and_read(name: str, mode: Mode, form: int, tmp_path: Path) -> None:
    long = "/".join(["a" * 60] * 3) + "/LICENSE"
    members = {"./x-1/LICENSE": b"text" * 1000, long: b"long name", "x-1/empty": b"", "x-1/z.py": b"z" * 513}
    with open_shipment(put(tmp_path / name, packed(members, mode, form=form))) as shipment:
        assert shipment.paths == (long, "x-1/LICENSE", "x-1/empty", "x-1/z.py")
        assert shipment.read("x-1/LICENSE") == b"text" * 1000
        assert shipment.head("x-1/z.py", 3) == b"zzz"
        in_order = [path for path, _ in shipment.read_many(["x-1/z.py", "x-1/empty", long])]
        assert in_order == [long, "x-1/empty", "x-1/z.py"]
        assert shipment.read(long) == b"long name"
        assert shipment.troubles == ()


def test_other_characters_and_large_numbers(tmp_path: Path) -> None:
    info = member("caf\u00e9")
    info.uid = 10**9  # does not fit in octal digits
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        with open_shipment(put(tmp_path / "x.tar", packed({}, links=(info,), form=form))) as shipment:
            assert shipment.paths == ("caf\u00e9",)
    latin = member("caf\u00e9")
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT, encoding="latin-1") as archive:
        archive.addfile(latin)
    with open_shipment(put(tmp_path / "x.tar", buffer.getvalue())) as shipment:
        assert shipment.paths == ("caf\ufffd",)


def test_links_lead_only_to_members(tmp_path: Path) -> None:
    links = (
        member("x/COPYING", tarfile.SYMTYPE, "../LICENSE"),
        member("x/again", tarfile.SYMTYPE, "COPYING"),
        member("x/hard", tarfile.LNKTYPE, "LICENSE"),
        member("y", tarfile.SYMTYPE, "x"),
        member("out", tarfile.SYMTYPE, "../../etc/passwd"),
        member("abs", tarfile.SYMTYPE, "/etc/passwd"),
        member("loop", tarfile.SYMTYPE, "loop"),
        member("hard-out", tarfile.LNKTYPE, "../x"),
        member("device", tarfile.CHRTYPE),
        member("pipe", tarfile.FIFOTYPE),
    )
    with open_shipment(put(tmp_path / "x.tgz", packed({"LICENSE": b"text"}, "w:gz", links))) as shipment:
        assert shipment.paths == ("LICENSE", "x/COPYING", "x/again", "x/hard")
        assert set(dict(shipment.read_many(shipment.paths)).values()) == {b"text"}
        assert shipment.troubles == (
            "hard-out: its path leads out of the archive",
            "device: not a regular file",
            "pipe: not a regular file",
            "out: a link that leads out of the archive",
            "abs: a link that leads out of the archive",
            "loop: a link to nothing in the archive",
        )


def test_names_that_lead_out_are_left_out(tmp_path: Path) -> None:
    hostile = {"../x": b"1", "/etc/passwd": b"2", "a/../../b": b"3", "good": b"4"}
    with open_shipment(put(tmp_path / "x.tar", packed(hostile))) as shipment:
        assert shipment.paths == ("good",)
        assert len(shipment.troubles) == 3
        assert shipment.read("good") == b"4"


def test_of_a_name_that_occurs_twice_the_last_counts(tmp_path: Path) -> None:
    first, second = packed({"a": b"first"}), packed({"a": b"second"})
    with open_shipment(put(tmp_path / "x.tar", first[:1024] + second)) as shipment:
        assert shipment.read("a") == b"second"
        assert shipment.troubles == ("a: the name occurs twice; the last one counts",)


def test_a_gem_is_opened_down_to_its_files(tmp_path: Path) -> None:
    content = packed({"LICENSE.txt": b"text", "lib/x.rb": b"x = 1" * 2000}, "w:gz")
    gem = packed({"metadata.gz": b"", "data.tar.gz": content, "checksums.yaml.gz": b"more" * 500})
    with open_shipment(put(tmp_path / "x-1.gem", gem)) as shipment:
        assert shipment.paths == ("LICENSE.txt", "lib/x.rb")
        assert shipment.read("lib/x.rb") == b"x = 1" * 2000
    with pytest.raises(ShipmentError, match=r"there is no data\.tar\.gz"):
        open_shipment(put(tmp_path / "y.gem", packed({"metadata.gz": b""})))


def test_archives_within_archives_stay_closed(tmp_path: Path) -> None:
    inner = packed({"deep": b""}, "w:gz")
    with open_shipment(put(tmp_path / "x.tar", packed({"inner.tar.gz": inner}))) as shipment:
        assert shipment.paths == ("inner.tar.gz",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no archive" * 100,
        packed({"a": b"x" * 5000})[:3000],
        packed({"a": b"x" * 5000})[:100],
        packed({"a": b"x" * 5000}, "w:gz")[:60],
        packed({"a": b"x" * 5000}, "w:xz")[:80],
        gzip.compress(b"no archive" * 100),
        b"\x28\xb5\x2f\xfdzstandard, but not really",
    ],
)
def test_what_is_damaged_or_no_archive_is_said_in_one_line(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ShipmentError) as caught:
        open_shipment(put(tmp_path / "x.tar.gz", data))
    assert "\n" not in str(caught.value)


def test_an_archive_that_is_gone_or_changed_when_it_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "x.tar", packed({"a": b"1" * 600, "b": b"2"}))
    with open_shipment(path) as shipment:
        put(path, packed({"a": b"1" * 600})[:1000])
        assert [type(found) for _, found in shipment.read_many(["a", "b"])] == [ShipmentError, ShipmentError]
        path.unlink()
        assert [type(found) for _, found in shipment.read_many(["a", "b"])] == [ShipmentError, ShipmentError]


def test_an_empty_archive_is_empty(tmp_path: Path) -> None:
    with open_shipment(put(tmp_path / "x.tar", packed({}))) as shipment:
        assert shipment.paths == ()


def test_a_bomb_is_given_up(tmp_path: Path) -> None:
    bomb = packed({"LICENSE": b"x", "zeros": bytes(40 << 20), "after": b""}, "w:gz")
    with open_shipment(put(tmp_path / "x.tgz", bomb)) as shipment:
        assert shipment.troubles == ("x.tgz: unpacks to more than 200 times its size; the rest was not looked at",)
        assert shipment.read("LICENSE") == b"x"


def test_limits_are_kept(tmp_path: Path) -> None:
    path = put(tmp_path / "x.tgz", packed({"a": b"1" * 600, "b": b"2", "c": b"3"}, "w:gz"))
    with open_shipment(path, ShipmentLimits(members=2)) as shipment:
        assert shipment.paths == ("a", "b")
        assert shipment.troubles == ("c: more than 2 members; this one and the rest were not looked at",)
    with open_shipment(path, ShipmentLimits(whole_bytes=2000)) as shipment:
        assert shipment.paths == ("a",)
        assert shipment.troubles == ("x.tgz: more than 2000 bytes; the rest was not looked at",)
    with open_shipment(path, ShipmentLimits(member_bytes=599)) as shipment:
        assert shipment.head("a", 2) == b"11"
        with pytest.raises(ShipmentError, match="larger than 599 bytes"):
            shipment.read("a")


def test_hostile_headers_cost_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.shipment.tar_headers._ALL_HEADERS", 1 << 20)
    started = time.perf_counter()
    digits = member("x", tarfile.XHDTYPE)
    digits.size = 1 << 20
    huge = member("x", tarfile.GNUTYPE_LONGNAME)
    huge.size = 10 << 20
    shared = member("x", tarfile.XGLTYPE)
    shared.size = 0
    for info, content in ((digits, b"1" * (1 << 20)), (huge, b"n" * (10 << 20)), (shared, b"")):
        block = info.tobuf(tarfile.USTAR_FORMAT) + content
        data = gzip.compress(block * (3000 if info is shared else 1), 1)
        trouble = outcome(put(tmp_path / "x.tgz", data), ShipmentLimits(ratio=10**6))
        assert 0 < len(trouble) < 200
    assert time.perf_counter() - started < 5


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_never_gets_out_as_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    mode: Mode = data.draw(st.sampled_from(["w", "w:gz", "w:xz"]))
    content = bytearray(packed({"a": b"text" * 300, "b" * 200: b"x"}, mode))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = put(tmp_path / "x.tar.gz", bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert "\n" not in outcome(path)
