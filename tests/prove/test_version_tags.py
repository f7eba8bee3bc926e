"""The tags of a version by their names: never those of another version."""

import time

import pytest

from auditor.gather.releases import tags_of
from auditor.prove.tags import near_tags, version_tags


@pytest.mark.parametrize(
    ("version", "tag"),
    [
        ("2.2.2", "v2.2.2"),
        ("2.2.2", "2.2.2"),
        ("2.2.2", "rel_2_2_2"),
        ("2.2.2", "REL-2-2-2"),
        ("2.2.2", "other/v2.2.2"),
        ("2.2.2", "pkg@2.2.2"),
        ("2.2.2", "2.2.2-final"),
        ("2.0.0rc1", "v2.0.0-rc.1"),
        ("2.0.0a3", "2.0.0-alpha3"),
        ("1.0.post1", "v1.0-post1"),
        ("20240101", "release.20240101"),
    ],
)
def test_a_tag_names_a_version(version: str, tag: str) -> None:
    assert version_tags(version, [tag]) == (tag,)


@pytest.mark.parametrize(
    ("version", "tag"),
    [
        ("2.2", "v2.2.1"),
        ("2.2", "v12.2"),
        ("2.2", "v2.20"),
        ("2.2", "v1.2.2"),
        ("2.2.2", "v2.2.2rc1"),
        ("2.2.2", "v2.2.2-rc.1"),
        ("2.2.2", "v2.2.2.dev3"),
        ("2.2.2", "v2x2x2"),
        ("", "v1"),
    ],
)
def test_a_tag_names_another_version(version: str, tag: str) -> None:
    assert version_tags(version, [tag]) == ()


def test_the_usual_names_come_first() -> None:
    there = ["docs-1.2.0", "1.2.0", "v1.2.0", "pkg-1.2.0", "v1.3.0"]
    assert version_tags("1.2.0", there, tags_of("pkg", "1.2.0")) == ("v1.2.0", "1.2.0", "pkg-1.2.0", "docs-1.2.0")
    assert version_tags("1.2.0", ["v1.2"], tags_of("pkg", "1.2.0")) == ("v1.2",)


def test_the_tags_around_a_version() -> None:
    tags = [f"v1.{number}" for number in range(40)]
    assert near_tags("1.20", tags, 4) == ("v1.18", "v1.19", "v1.20", "v1.21")
    assert near_tags("0.1", tags, 3) == ("v1.0", "v1.1", "v1.2")
    assert near_tags("9", tags, 2) == ("v1.38", "v1.39")
    assert near_tags("1.2", [], 4) == ()


def test_hostile_names_take_no_time() -> None:
    tags = ["1." * 50_000, "rc" * 50_000, "1" * 100_000, "-" * 100_000, *(f"{'9' * 200}.{n}" for n in range(2000))]
    start = time.monotonic()
    assert version_tags("1." * 50_000, tags) != ()
    assert len(near_tags("9" * 100_000, tags, 50)) == 50
    assert time.monotonic() - start < 1
