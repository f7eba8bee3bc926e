"""Installed packages, each with the repository that its metadata names."""

import json
from pathlib import Path

import pytest

from auditor.manifest.lockfiles.environment import read_environment
from auditor.manifest.repositories import labelled_repository, repository_url, split_revision

SHA = "340955c185c58b902e07e6b72b604f04d9b3477e"


def _install(folder: Path, name: str, metadata: str, origin: object = None) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{metadata}\nbody\n")
    if origin is not None:
        (info / "direct_url.json").write_text(origin if isinstance(origin, str) else json.dumps(origin))


def test_what_is_installed(tmp_path: Path) -> None:
    _install(tmp_path, "plain", "Project-URL: Homepage, https://plain.example.org\nLicense-Expression: MIT\n")
    _install(tmp_path, "home", "Home-page: https://github.com/o/home\nLicense: BSD\n")
    _install(tmp_path, "two", "License: MIT\nClassifier: License :: OSI Approved :: ISC License (ISCL)\n")
    vcs = {"url": "https://github.com/o/git.git", "vcs_info": {"vcs": "git", "commit_id": SHA}}
    _install(tmp_path, "git", "Project-URL: Source, https://github.com/other/x\n", vcs)
    _install(tmp_path, "mine", "", {"url": "file:///x", "dir_info": {"editable": True}})
    _install(tmp_path, "odd", "", "[not json")
    (tmp_path / "broken-1.0.dist-info").mkdir()
    reading = read_environment(tmp_path)
    assert [(one.name, one.version, one.repository, one.commit, one.license) for one in reading.dependencies] == [
        ("git", "1.0", "https://github.com/o/git", SHA, None),
        ("home", "1.0", "https://github.com/o/home", None, None),
        ("odd", "1.0", None, None, None),
        ("plain", "1.0", None, None, "MIT"),
        ("two", "1.0", None, None, None),
    ]
    assert reading.dependencies[0].place.document == "git-1.0.dist-info/METADATA"
    assert reading.own == ("mine",)
    assert [(one.kind, one.place.document) for one in reading.problems] == [
        ("source-unreadable", "broken-1.0.dist-info/METADATA")
    ]


def test_the_running_interpreter() -> None:
    names = {one.name.lower() for one in read_environment().dependencies}
    assert {"pytest", "license-expression"} <= names


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([("Homepage", "https://github.com/o/home"), ("Source Code", "https://github.com/o/src/")], "src"),
        ([("homepage", "https://github.com/o/home"), ("GitHub", "https://github.com/o/hub")], "hub"),
        ([("Home-Page", "https://github.com/o/home/issues")], "home"),
        ([("Issues", "https://github.com/o/issues/issues")], None),
        ([("Project", "https://project.example.org"), ("Repository", "https://github.com/o/repo.git")], "repo"),
    ],
)
def test_labels_in_order(labels: list[tuple[str, str]], expected: str | None) -> None:
    assert labelled_repository(labels) == (f"https://github.com/o/{expected}" if expected else None)


def test_a_label_that_promises_source_is_believed_on_any_host() -> None:
    assert labelled_repository([("Source", "https://git.example.org/x/")]) == "https://git.example.org/x"
    assert labelled_repository([("Homepage", "https://git.example.org/x")]) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://github.com/o/r", "https://github.com/o/r"),
        ("http://www.github.com/o/r.git", "https://github.com/o/r"),
        ("git+https://user:secret@github.com/o/r.git", "https://github.com/o/r"),
        ("git+ssh://git@github.com/o/r.git", "https://github.com/o/r"),
        ("git@github.com:o/r.git", "https://github.com/o/r"),
        ("git://github.com/o/r", "https://github.com/o/r"),
        ("github:o/r", "https://github.com/o/r"),
        ("scm:git:https://gitlab.com/g/s/r.git", "https://gitlab.com/g/s/r"),
        ("https://github.com/o/r/blob/main/a.py#L3", "https://github.com/o/r"),
        ("https://user:secret@git.example.org:8443/x/y.git?a=b#c", "https://git.example.org:8443/x/y"),
        ("ssh://me:secret@git.example.org/x.git", "ssh://git@git.example.org/x"),
        ("git@git.example.org:x/y.git", "ssh://git@git.example.org/x/y"),
        ("file:///srv/x", "file:///srv/x"),
        ("https://github.com", None),
        ("https://${HOST}/o/r", None),
        ("flask", None),
        ("not a url", None),
        ("", None),
        (7, None),
        ("https://x.org/" + "a" * 5000, None),
    ],
)
def test_the_forms_of_a_repository(written: object, expected: str | None) -> None:
    assert repository_url(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (SHA.upper(), (SHA, None)),
        (SHA[:7], (SHA[:7], None)),
        ("a" * 64, ("a" * 64, None)),
        ("20240101", (None, "20240101")),
        ("v1.0", (None, "v1.0")),
        ("main", (None, "main")),
        (" ", (None, None)),
        (None, (None, None)),
    ],
)
def test_what_a_revision_is(written: object, expected: tuple[str | None, str | None]) -> None:
    assert split_revision(written) == expected
