"""What a path that does not exist may mean, step by step, and when nothing is certain."""

import time

import pytest
from audits import audit, judgement_of, replacement_of, resolution_of

from auditor.fetch.trees import Entry
from auditor.resolve.paths import PathIndex

LINES = "".join(f"line{number} = {number}\n" for number in range(1, 31))
FILES = {
    "src/app.py": LINES,
    "src/serving.py": LINES,
    "src/test_v1.py": LINES,
    "lib/core/engine.py": LINES,
    "lib/other/engine.py": LINES,
    "docs/Guide.py": LINES,
    "docs/unique_name.py": LINES,
    "web/a_b.py": LINES,
}
AT = "https://github.com/o/r/blob/{sha}"

REPAIRS = [
    ("/src/app.py", "src/app.py", "the path has a slash too many"),
    ("src//app.py", "src/app.py", "the path has a slash too many"),
    ("SRC/App.py", "src/app.py", "the path differs in upper and lower case"),
    ("docs/guide.py", "docs/Guide.py", "the path differs in upper and lower case"),
    ("src/serving.pv", "src/serving.py", "the path is misspelt"),
    ("src/sevring.py", "src/serving.py", "the path is misspelt"),
    ("scr/serving.py", "src/serving.py", "the path is misspelt"),
    ("src/ap.py", "src/app.py", "the path is misspelt"),
    ("core/engine.py", "lib/core/engine.py", "the file stands in another folder"),
    ("old/place/core/engine.py", "lib/core/engine.py", "the file stands in another folder"),
    ("app.py", "src/app.py", "the file stands in another folder"),
    ("src/app.py/serving.py", "src/serving.py", "the file stands in another folder"),
    ("old/unique_nmae.py", "docs/unique_name.py", "the file's name is misspelt"),
]


@pytest.mark.parametrize(("written", "meant", "reason"), REPAIRS)
def test_one_file_is_meant(written: str, meant: str, reason: str) -> None:
    found = audit(FILES, f"see {AT}/{written}#L3 there")
    replacement = replacement_of(found)
    assert replacement is not None
    assert replacement.safe is ("name is misspelt" not in reason)  # a guess by name alone is shown, not written
    assert replacement.text.endswith(f"/{meant}#L3")
    repair = resolution_of(found).repair
    assert repair is not None
    assert reason in repair.reasons


SEVERAL = [
    ("engine.py", {"lib/core/engine.py", "lib/other/engine.py"}),
    ("lib/engine.py", {"lib/core/engine.py", "lib/other/engine.py"}),
    ("gone/enigne.py", {"lib/core/engine.py", "lib/other/engine.py"}),
]


@pytest.mark.parametrize(("written", "candidates"), SEVERAL)
def test_several_files_may_be_meant(written: str, candidates: set[str]) -> None:
    found = audit(FILES, f"see {AT}/{written}#L3 there")
    replacement = replacement_of(found)
    assert replacement is not None
    assert not replacement.safe
    repair = resolution_of(found).repair
    assert repair is not None
    assert {repair.link.path, *(other.path for other in repair.alternatives)} == candidates
    assert judgement_of(found).permalink is None


@pytest.mark.parametrize("written", ["src/io.py", "src/test_v2.py", "web/x_y.py", "zzz/nothing.py", "src/app/"])
def test_nothing_is_meant(written: str) -> None:
    assert replacement_of(audit(FILES, f"see {AT}/{written}#L3 there")) is None


def test_a_near_name_here_and_the_name_elsewhere_are_both_offered() -> None:
    files = {"lib/util.py": LINES, "vendor/utils.py": LINES, "lib/x.py": LINES}
    found = audit(files, f"{AT}/lib/utils.py#L3")
    replacement = replacement_of(found)
    assert replacement is not None
    assert not replacement.safe
    assert "vendor/utils.py" in found.findings[0].remedy


def test_of_several_files_the_one_that_shows_the_name_is_meant() -> None:
    files = {"a/util.py": "def first():\n    pass\n", "b/util.py": "def second():\n    pass\n"}
    replacement = replacement_of(audit(files, f"[`second`]({AT}/c/util.py#L1)"))
    assert replacement is not None
    assert replacement.safe
    assert "/b/util.py" in replacement.text


def test_of_several_files_those_with_the_lines_are_meant() -> None:
    files = {"a/util.py": "x = 1\n", "b/util.py": LINES}
    replacement = replacement_of(audit(files, f"see {AT}/c/util.py#L20 there"))
    assert replacement is not None
    assert replacement.safe
    assert "/b/util.py" in replacement.text


def test_a_repaired_path_must_show_the_name_too() -> None:
    files = {"src/serving.py": "def first():\n    pass\n" + "\n" * 9 + "def second():\n    pass\n"}
    assert replacement_of(audit(files, f"[`second`]({AT}/src/serving.pv#L1)")) is None


def test_a_hundred_thousand_files_are_searched_in_a_moment() -> None:
    files = {f"{n % 100}/folder/{n}/file_name.py": Entry("", "100644", "0" * 40, "file") for n in range(100_000)}
    index = PathIndex(files)
    begin = time.perf_counter()
    for written in ("x" * 5000, "/" * 5000, "a/" * 5000 + "b.py", "7/folder/x/file_nmae.py", "\udc80\n"):
        index.repair(written)
    assert time.perf_counter() - begin < 10
