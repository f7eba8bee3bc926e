"""What a version and metadata say of the repository that a release was made from."""

import time

import pytest

from auditor.gather.releases import stated_repository, tags_of


@pytest.mark.parametrize(
    ("name", "version", "tag"),
    [
        ("flask", "2.2.2", "2.2.2"),
        ("flask", "2.2.2", "v2.2.2"),
        ("flask", "3.0.0", "3.0"),
        ("flask", "3.0", "3.0.0"),
        ("sqlalchemy", "2.0.1", "rel_2_0_1"),
        ("@babel/core", "7.1.0", "core@7.1.0"),
        ("golang.org/x/net", "0.1.0", "net/v0.1.0"),
    ],
)
def test_usual_tags(name: str, version: str, tag: str) -> None:
    tags = tags_of(name, version)
    assert tag in tags
    assert len(tags) == len(set(tags))


@pytest.mark.parametrize("version", ["", "--upload-pack=x", "a b", "1.0\n", "1/../2", "9" * 100])
def test_what_is_no_version(version: str) -> None:
    assert tags_of("flask", version) == ()


@pytest.mark.parametrize(
    ("fields", "repository"),
    [
        ("Project-URL: Source Code, https://github.com/pallets/flask/", "https://github.com/pallets/flask"),
        ("Project-URL: Documentation, https://github.com/o/docs", None),
        ("Home-page: https://github.com/o/r", "https://github.com/o/r"),
        ("Home-page: https://example.org/", None),
        ("Project-URL: Source", None),
        ("Name: x", None),
        ("", None),
    ],
)
def test_the_repository_that_metadata_name(fields: str, repository: str | None) -> None:
    found = stated_repository(
        f"Metadata-Version: 2.1\n{fields}\n\nProject-URL: Source, https://github.com/a/b\n".encode()
    )
    assert (found.rstrip("/") if found else None) == repository


def test_hostile_metadata() -> None:
    start = time.monotonic()
    for data in (b"\xff\0" * 50_000, b"Project-URL: " * 20_000, b"Project-URL: Source, x\n" * 20_000, b":" * 200_000):
        assert stated_repository(data) is None
    assert time.monotonic() - start < 10
