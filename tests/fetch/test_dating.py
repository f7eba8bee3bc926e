"""When a link was written, from the history of the report."""

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from upstream import run

from auditor.fetch import dating, last_commit_date, own_repository, written_dates

A, B, C = (f"https://example.org/{name}" for name in ("a.py#L1", "a.py#L12", "c"))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "my work"
    folder.mkdir()
    run("init", "--quiet", "--initial-branch=main", folder=folder)
    return folder / "re port.md"


def commit(path: Path, text: str, day: int) -> str:
    path.write_text(text, "utf-8")
    run("add", "--all", folder=path.parent)
    run("commit", "--quiet", "--message=x", folder=path.parent, date=f"2021-03-{day:02}T12:00:00+02:00")
    return run("rev-parse", "HEAD", folder=path.parent)


def day(number: int) -> str:
    return f"2021-03-{number:02}T12:00:00+02:00"


def test_the_first_commit_that_has_the_text_counts(report: Path) -> None:
    commit(report, f"see {B}.\n", 1)
    commit(report, f"see {B}.\nand ({A})\n", 2)
    commit(report, "gone\n", 3)
    commit(report, f"again {A} {B}\n", 4)
    assert written_dates(report, [A, B, C]) == {A: day(2), B: day(1), C: None}
    assert last_commit_date(report) == day(4)


def test_a_renamed_document_keeps_its_dates(report: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(30))
    commit(report, f"{text}{A}\n", 1)
    renamed = report.with_name("ünew --name.md")
    report.rename(renamed)
    commit(renamed, f"{text}{A}\n", 2)
    commit(renamed, f"{text}{A}\n{B}_ {C}-\n", 3)
    assert written_dates(renamed, [A, B, C]) == {A: day(1), B: day(3), C: day(3)}


@pytest.mark.parametrize("after", ["", ".", ")", "_ ", "-", "**", "> ", '"', ", b", ":\n", "'s"])
def test_what_may_stand_after_a_link(report: Path, after: str) -> None:
    commit(report, f"x {A}{after}\n", 1)
    assert written_dates(report, [A]) == {A: day(1)}


@pytest.mark.parametrize("after", ["2", "-L3", "/x", "#x", "?x", "&x", "x", ".py", "%20"])
def test_a_longer_link_is_another_one(report: Path, after: str) -> None:
    commit(report, f"x {A}{after}\n", 1)
    assert written_dates(report, [A]) == {A: None}


def test_without_history(report: Path, tmp_path: Path) -> None:
    report.write_text(A)
    assert (written_dates(report, [A]), last_commit_date(report)) == ({}, None)
    assert own_repository(report) == (report.parent, None, None)
    other = report.with_name("other")
    head = commit(other, "x", 1)
    run("rm", "--cached", "--quiet", report.name, folder=report.parent)
    run("commit", "--quiet", "--amend", "--message=x", folder=report.parent, date=day(1))
    head = run("rev-parse", "HEAD", folder=report.parent)
    assert (written_dates(report, [A]), last_commit_date(report)) == ({}, None)
    run("remote", "add", "origin", "https://me:secret@example.org/x", folder=report.parent)
    assert own_repository(report) == (report.parent, head, "https://example.org/x")
    lonely = tmp_path / "lonely.md"
    lonely.write_text(A)
    for path in (lonely, tmp_path / "absent" / "x.md"):
        assert (written_dates(path, [A]), last_commit_date(path), own_repository(path)) == ({}, None, None)


def test_bounds(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(report, f"{A}\n" + "x" * 100_000, 1)
    monkeypatch.setattr(dating, "MOST_BYTES", 1000)
    assert written_dates(report, [A]) == {}
    monkeypatch.setattr(dating, "MOST_BYTES", 1_000_000)
    assert written_dates(report, [A]) == {A: day(1)}
    monkeypatch.setattr(dating, "SECONDS", 0)
    assert written_dates(report, [A]) == {}


def test_many_links_cost_one_process_and_little_time(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = [f"https://example.org/file{number}#L1" for number in range(2000)]
    commit(report, "\n".join(urls) + "\n" + "https://example.org/file1#" * 4000 + "L2", 1)
    started: list[object] = []
    popen = subprocess.Popen

    def counted(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(given)
        return popen(*given, **more)

    monkeypatch.setattr(subprocess, "Popen", counted)
    before = time.monotonic()
    assert written_dates(report, [*urls, "https://example.org/file1"]) == dict.fromkeys(urls, day(1)) | {
        "https://example.org/file1": None
    }
    assert time.monotonic() - before < 5
    assert len(started) == 1
