"""Files are written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from auditor.errors import DocumentError
from auditor.files import write_atomically


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_permissions_and_links_stay(tmp_path: Path, mode: int) -> None:
    file, link = tmp_path / "report.md", tmp_path / "link.md"
    file.write_bytes(b"before")
    file.chmod(mode)
    link.symlink_to(file)
    write_atomically(link, b"after")
    assert link.is_symlink()
    assert file.read_bytes() == b"after"
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert sorted(os.listdir(tmp_path)) == ["link.md", "report.md"]


def test_a_file_that_cannot_be_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.md"
    file.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentError, match=r"report\.md: cannot be written: No space left on device"):
        write_atomically(file, b"after")
    assert file.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["report.md"]


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    write_atomically(tmp_path / "out.json", b"{}")
    (tmp_path / "plain").write_bytes(b"")
    assert (tmp_path / "out.json").stat().st_mode == (tmp_path / "plain").stat().st_mode
