"""Tags by their names: which are releases, and in which order."""

import time

import pytest

from auditor.model import Tag
from auditor.resolve.tags import in_order, is_final, is_of


@pytest.mark.parametrize(
    "name", ["2.2.2", "v3.9.7", "v4", "release-1.0", "rel_1_4_0", "jinja/v3.1", "pkg@1.2.3", "py3k-1.0", "V1.2"]
)
def test_a_final_release(name: str) -> None:
    assert is_final(name)


@pytest.mark.parametrize(
    "name", ["v1.0.0rc1", "1.0-rc-1", "v1.0-beta.2", "2.2.x", "v3.9.10-nogil-2022-12-21", "2.0.dev3", "latest", ""]
)
def test_no_final_release(name: str) -> None:
    assert not is_final(name)


def test_finals_and_others_are_in_the_order_of_their_numbers() -> None:
    names = ["v1.10", "v1.9", "v2.0rc1", "v1.9.1", "latest", "v0.1-alpha", "1.9.x"]
    finals, others = in_order(dict.fromkeys(names, "c"), 10)
    assert [tag.name for tag in finals] == ["v1.9", "v1.9.1", "v1.10"]
    assert [tag.name for tag in others] == ["v0.1-alpha", "1.9.x", "v2.0rc1"]


def test_of_too_many_the_newest_are_taken() -> None:
    finals, _ = in_order({f"v1.{number}": "c" for number in range(30)}, 2)
    assert finals == [Tag("v1.28", "c"), Tag("v1.29", "c")]


@pytest.mark.parametrize(
    ("tag", "version", "expected"),
    [("v2.2.2", "2.2.2", True), ("2.2.0", "2.2", True), ("v2.20", "2.2", False), ("2.2rc1", "2.2", False)],
)
def test_a_tag_is_of_a_version(tag: str, version: str, expected: bool) -> None:
    assert is_of(tag, version) is expected


def test_hostile_names_take_no_time() -> None:
    start = time.perf_counter()
    for name in ("a-" * 100_000, "1." * 100_000, "v1_" * 50_000, "-@/" * 50_000):
        is_final(name)
        in_order({name: "c"}, 5)
    assert time.perf_counter() - start < 0.5
