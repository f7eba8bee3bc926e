"""One tree against the files of a release, by ids and paths alone."""

import time
from collections.abc import Mapping

import pytest

from auditor.model.proof import Candidate, Release
from auditor.prove.compare import Comparison, compare_files
from auditor.prove.files import file_ids, files_of, is_own_file
from auditor.prove.judge import best_of, choose_candidate


def _release(files: Mapping[str, str]) -> Release:
    return Release("pkg", "1.0", files_of((path, text.encode()) for path, text in files.items()))


def _blob(text: str) -> str:
    return min(file_ids(text.encode()), key=len)  # the one of SHA-1


def _why(compared: Comparison) -> dict[str, str]:
    return dict(compared.differing)


def test_gits_own_ids() -> None:
    assert "ce013625030ba8dba906f756967f9e9ca394464a" in file_ids(b"hello\n")  # git hash-object
    assert file_ids(b"hello\n") <= file_ids(b"hello\r\n")
    assert file_ids(b" \n") == frozenset()


def test_a_file_counts_wherever_it_stands() -> None:
    release = _release({"pkg/a.py": "a", "pkg/b.html": "b"})
    assert compare_files(release, {_blob("a"), _blob("b")}, []) == Comparison(2, 2, ())


def test_why_files_differ() -> None:
    files = {"pkg/a.py": "mine", "pkg/new.py": "x", "pkg/page.html": "x", "pkg/_version.py": "1", "pkg/same.py": "s"}
    paths = ["tests/pkg/more/pkg/a.py", "src/pkg/a.py", "apkg/new.py"]
    compared = compare_files(_release(files), {_blob("s")}, paths)
    assert (compared.matched, compared.files) == (1, 3)
    why = _why(compared)
    assert why["pkg/a.py"].startswith("differs from src/pkg/a.py")
    assert why["pkg/new.py"] == "the repository has no such file there"
    assert "made when the release was built" in why["pkg/page.html"]
    assert why["pkg/_version.py"].startswith("says the version")


@pytest.mark.parametrize(
    "path",
    [
        "pkg-1.0.dist-info/METADATA", "pkg.egg-info/SOURCES.txt", "pkg/__pycache__/a.cpython-311.pyc", "pkg/fast.so",
        "../../bin/tool", "/etc/passwd", "pkg.pth", "__editable___pkg_finder.py", "PKG-INFO", "locale/de/x.mo",
    ],
)  # fmt: skip
def test_what_no_repository_has(path: str) -> None:
    assert not is_own_file(path)
    assert is_own_file("pkg/a.py")


def test_the_tag_of_the_version_wins_among_equals() -> None:
    candidates = [Candidate("v0.9", "1" * 40, 3), Candidate("v1.0", "2" * 40, 3), Candidate("v0.8", "3" * 40, 2)]
    assert [one.tag for one in best_of(candidates, ["v1.0"])] == ["v1.0", "v0.9"]
    verdict = choose_candidate(candidates, ["v1.0"], Comparison(3, 4, ()))
    assert verdict.chosen == candidates[1]
    assert [one.tag for one in verdict.runners_up] == ["v0.9", "v0.8"]


@pytest.mark.parametrize(
    ("matched", "own", "compared", "reason"),
    [
        ((0, 0), [], Comparison(0, 4, ()), "none of its files is in the repository at 2 tags"),
        ((1, 0), ["v1"], Comparison(1, 4, ()), "only 1 of 4 files are as at v1"),
        ((3, 2), [], Comparison(3, 4, ()), "no tag names its version; next is v1, with 3 of 4 files"),
        (
            (3, 2),
            ["v2"],
            Comparison(3, 4, ()),
            "the tag of its version, v2, has fewer of its files than another; next is v1, with 3 of 4 files",
        ),
        ((4, 4), [], Comparison(4, 4, ()), "no tag names its version; 2 others have all its files: v1, v2"),
    ],
)
def test_when_nothing_is_proved(matched: tuple[int, int], own: list[str], compared: Comparison, reason: str) -> None:
    candidates = [Candidate("v1", "1" * 40, matched[0]), Candidate("v2", "2" * 40, matched[1])]
    verdict = choose_candidate(candidates, own, compared)
    assert verdict.chosen is None
    assert verdict.reason == reason


def test_two_tags_of_one_commit_are_one() -> None:
    candidates = [Candidate("1.0.x", "1" * 40, 4), Candidate("stable", "1" * 40, 4), Candidate("0.9", "2" * 40, 1)]
    verdict = choose_candidate(candidates, [], Comparison(4, 4, ()))
    assert verdict.chosen == candidates[0]
    assert [one.tag for one in verdict.runners_up] == ["0.9"]


def test_a_large_tree_takes_no_time() -> None:
    paths = [f"{'d/' * (n % 50)}pkg/m{n % 7}.py" for n in range(100_000)]
    release = _release({f"{'d/' * n}pkg/m1.py": f"x{n}" for n in range(500)})
    start = time.monotonic()
    compared = compare_files(release, {_blob(str(n)) for n in range(10_000)}, paths)
    assert (compared.matched, compared.files) == (0, 500)
    assert time.monotonic() - start < 3
