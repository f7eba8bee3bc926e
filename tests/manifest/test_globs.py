"""Patterns of paths, followed in bounded time."""

import time
from pathlib import Path

import pytest

from auditor.manifest import match_paths
from auditor.manifest.globs import pattern_trouble

FILES = (
    "README.md",
    "dist/a.whl",
    "dist/b.tar.gz",
    "site/index.html",
    "site/de/x/index.html",
    ".git/config",
    "site/[x]",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "site" / "loop").symlink_to(tmp_path / "site")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("README.md", ["README.md"]),
        ("./dist//*.whl", ["dist/a.whl"]),
        ("dist/", ["dist"]),
        ("*/*.[wt]*", ["dist/a.whl", "dist/b.tar.gz"]),
        ("**/index.html", ["site/index.html", "site/de/x/index.html"]),
        ("site/**/*.html", ["site/index.html", "site/de/x/index.html"]),
        ("site/**/**/x/**", ["site/de/x", "site/de/x/index.html"]),
        ("site/loop/index.html", ["site/loop/index.html"]),
        ("**/config", []),
        ("nothing/**", []),
        ("../*", []),
    ],
)
def test_patterns(folder: Path, pattern: str, expected: list[str]) -> None:
    assert sorted(match_paths(folder, pattern)) == sorted(expected)
    assert list(match_paths(folder, pattern)) == list(match_paths(folder, pattern))


@pytest.mark.parametrize("pattern", ["", " ", "/x", "~/x", "a\\b", "C:/x", "a/../../b", "a\0b"])
def test_patterns_that_cannot_be(pattern: str) -> None:
    assert pattern_trouble(pattern)


def test_many_stars_take_no_time(tmp_path: Path) -> None:
    (tmp_path / ("a/" * 60)).mkdir(parents=True)
    (tmp_path / ("b" * 200)).write_text("")
    started = time.monotonic()
    assert list(match_paths(tmp_path, "**/*/" * 200 + "nothing")) == []
    assert list(match_paths(tmp_path, "*b" * 90 + "c")) == []
    assert time.monotonic() - started < 5
