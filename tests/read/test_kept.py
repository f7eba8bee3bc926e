"""Reports that are kept: the same as read, found by bytes, name and hosts, and never believed blindly."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Citation, Edits, Name, Place, Report, Span
from auditor.permalinks import parse_link
from auditor.read import Document, KeptReports, kept, read_report
from auditor.read.columns import MOST_VALUES, dump_columns, load_columns

SHA = "0123456789abcdef0123456789abcdef01234567"
ITEM = f"- Step one goes through [`A.run`](https://github.com/o/r/blob/{SHA}/src/a%C3%A9.py#L10-L20) and on.\n"
LONG = f"# `Größe`\n\n{ITEM * 400}\n`run_wsgi, serving.py:335`\n\nsrc/types.py:12-20\n".encode()


class Shelf:
    """Kept reports in a folder, and how often a document had to be read."""

    def __init__(self, folder: Path, hosts: dict[str, str] | None = None) -> None:
        self._reports = KeptReports(folder, hosts or {})
        self.reads = 0

    def read(self, data: bytes = LONG, name: str = "report.md", troubles: tuple[str, ...] = ()) -> Report:
        def read() -> Report:
            self.reads += 1
            report = read_report(data, name, parse_link)
            return Report(report.document, report.format, report.citations, report.date, troubles)

        return self._reports.read(Document(name, data), read)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "reports")


def test_a_kept_report_is_the_one_that_was_read(shelf: Shelf) -> None:
    first = shelf.read()
    assert len(first.citations) == 402
    assert shelf.read() == first == read_report(LONG, "report.md", parse_link)
    assert shelf.reads == 1


def test_other_bytes_another_name_and_other_hosts_are_read_anew(shelf: Shelf, tmp_path: Path) -> None:
    shelf.read()
    assert shelf.read(LONG + b"\n").citations == shelf.read().citations
    assert {citation.place.document for citation in shelf.read(name="other.md").citations} == {"other.md"}
    assert shelf.read(name="report.txt").format == "text"
    assert shelf.reads == 4
    other = Shelf(tmp_path / "reports", {"git.example.org": "gitlab"})
    other.read()
    assert other.reads == 1


def test_other_code_reads_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.read()
    monkeypatch.setattr(kept, "_code_digest", lambda: "of another release")
    shelf.read()
    assert shelf.reads == 2


def test_a_short_document_is_not_kept(shelf: Shelf, tmp_path: Path) -> None:
    shelf.read(ITEM.encode())
    assert not (tmp_path / "reports").exists()


def test_what_is_wrong_with_a_document_is_kept(shelf: Shelf) -> None:
    assert shelf.read(troubles=("page 3 could not be read: damaged",)) == shelf.read()
    assert shelf.reads == 1


def test_a_report_that_memory_did_not_suffice_for_is_not_kept(shelf: Shelf) -> None:
    shelf.read(troubles=("page 3 could not be read: MemoryError",))
    assert shelf.read().troubles == ()
    assert shelf.reads == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: b"\xff\xfe",
        lambda text: b"[" * 100_000,
        lambda text: text[:-20],
        lambda text: text.replace(b'"markdown"', b'"word"'),
        lambda text: text.replace(b'"report.md"', b"7"),
        lambda text: text.replace(b"[402]", b"[9e99]"),
        lambda text: text.replace(b"[402]", b"[%d]" % (MOST_VALUES + 1)),
        lambda text: text.replace(b"[402]", b"[-1]"),
        lambda text: text.replace(b"[402]", b"[401]"),
    ],
)
def test_a_damaged_report_is_read_anew_and_mended(
    shelf: Shelf, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    first = shelf.read()
    [file] = (tmp_path / "reports").iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert file.read_bytes() != whole
    assert shelf.read() == first
    assert shelf.reads == 2
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    shelf = Shelf(tmp_path / "file" / "reports")
    assert shelf.read() == shelf.read()
    assert shelf.reads == 2


def test_only_the_owner_may_read_what_is_kept(shelf: Shelf, tmp_path: Path) -> None:
    shelf.read()
    [file] = (tmp_path / "reports").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_not_used_for_longest_goes_first(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.read(name="a.md")
    [first] = (tmp_path / "reports").iterdir()
    monkeypatch.setattr(kept, "MOST_BYTES", int(2.5 * first.stat().st_size))
    shelf.read(name="b.md")
    for file in (tmp_path / "reports").iterdir():
        os.utime(file, (1, 1) if file == first else (2, 2))
    shelf.read(name="a.md")  # used again, so that b is the one to go
    shelf.read(name="c.md")
    assert len(list((tmp_path / "reports").iterdir())) == 2
    shelf.read(name="a.md")
    assert shelf.reads == 3
    shelf.read(name="b.md")
    assert shelf.reads == 4


def test_a_name_that_is_no_text_is_kept_too(shelf: Shelf) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    assert shelf.read(name=name) == shelf.read(name=name)
    assert shelf.reads == 1


PLACES = st.builds(
    Place,
    document=st.text(),
    line=st.integers(),
    column=st.integers(0, 3),
    end_line=st.integers(),
    end_column=st.integers(),
    page=st.none() | st.integers(),
    rectangle=st.none() | st.tuples(*[st.floats(allow_nan=False)] * 4),
)
CITATIONS = st.builds(
    Citation,
    kind=st.sampled_from(["link", "frame", "path-line"]),
    place=PLACES,
    url=st.none() | st.text(),
    link=st.none(),
    names=st.lists(st.builds(Name, st.text(), st.text(), st.booleans())).map(tuple),
    edits=st.builds(Edits, st.lists(st.builds(Span, st.integers(), st.integers())).map(tuple)),
)


@given(st.lists(CITATIONS))
def test_columns_come_back_as_they_were(citations: list[Citation]) -> None:
    text = json.dumps(dump_columns(Citation, citations))
    assert load_columns(Citation, json.loads(text), len(citations)) == citations


@pytest.mark.parametrize(
    "columns", [None, {}, [], "ab", 7, [[1], [2], [3]], [["1"], [2]], [[1, 2, 3], [4]], [[True], [1]]]
)
def test_other_columns_are_refused(columns: Any) -> None:
    with pytest.raises(ValueError, match=r"column|argument|unpack"):
        load_columns(Span, columns, 2)


def test_forged_lengths_take_no_memory() -> None:
    report = Report("report.md", "markdown", tuple(read_report(LONG, "report.md", parse_link).citations))
    forged = json.loads(json.dumps(dump_columns(Report, [report])).replace("[402]", "[1000000000000000]"))
    begin = time.perf_counter()
    with pytest.raises(ValueError, match="column"):
        load_columns(Report, forged, 1)
    assert time.perf_counter() - begin < 1
