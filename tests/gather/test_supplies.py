"""What of a dependency is looked up, and where."""

import pytest

from auditor.gather.supplies import asked_of
from auditor.model import Place
from auditor.model.manifest import Dependency, Use
from auditor.permalinks import DEFAULT

URL = "https://github.com/o/dice"


def dependency(
    repository: str | None = URL,
    commit: str | None = None,
    revision: str | None = None,
    version: str | None = None,
    use: Use | None = None,
) -> Dependency:
    place = Place("auditor.toml", 1, 1, 1, 1)
    return Dependency("dice", place, "pypi", version, repository, commit, revision, use=use)


@pytest.mark.parametrize(
    ("asked", "revision"),
    [
        (dependency(commit="a" * 40, revision="main", version="1.0"), "a" * 40),
        (dependency(revision="main", version="1.0"), "main"),
        (dependency(repository=f"{URL}.git", revision="main"), "main"),
    ],
)
def test_the_pin(asked: Dependency, revision: str) -> None:
    found = asked_of(asked, DEFAULT)
    assert found is not None
    assert (found.repository, found.revision, found.tags) == (URL, revision, ())


def test_a_version_alone_is_looked_for_among_the_tags() -> None:
    found = asked_of(dependency(version="1.0"), DEFAULT)
    assert found is not None
    assert found.revision == ""
    assert found.tags[:2] == ("v1.0", "1.0")


@pytest.mark.parametrize(
    "asked",
    [
        dependency(repository=None, commit="a" * 40),
        dependency(),
        dependency(version="no version"),
        dependency(commit="a" * 40, use="dev-only"),
    ],
)
def test_nothing_to_ask_for(asked: Dependency) -> None:
    assert asked_of(asked, DEFAULT) is None


def test_a_host_that_is_not_known_is_cloned_as_it_is_written() -> None:
    found = asked_of(dependency(repository="https://git.example.org/dice.git", revision="main"), DEFAULT)
    assert found is not None
    assert (found.repository, found.clone) == ("https://git.example.org/dice", "https://git.example.org/dice.git")
