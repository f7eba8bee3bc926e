"""From what is installed to the commit that it was made from, against real repositories; nothing but trees comes."""

import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from githost import GitHost
from installs import CODE, IN_SRC, REPOSITORY, install, sdist, wheel
from upstream import Upstream

from auditor.fetch import FetchSettings, Store
from auditor.fetch.settings import Limits
from auditor.model.manifest import Dependency
from auditor.model.proof import Proof, Unproved
from auditor.model.report import Place
from auditor.prove import Outcome
from auditor.proving import (
    installed_releases,
    packed_release,
    pin_dependencies,
    prove_release,
    prove_releases,
)

Build = Callable[..., Upstream]


def _store(tmp_path: Path, *mirrors: tuple[str, Path], offline: bool = False) -> Store:
    written = tuple((url, str(place)) for url, place in mirrors)
    return Store(FetchSettings(tmp_path / "cache", written, offline, Limits(seconds=30)))


def _history(made: Upstream, tags: int = 4, format: str = "v1.{}.0") -> dict[str, str]:
    """Releases 1.0.0 to 1.3.0, of which 1.2.0 has the code; in each other one file more reads otherwise."""
    commits = {}
    for number in range(tags):
        away = abs(number - 2)
        changed = {path: f"{text}# {number}\n" for path, text in list(IN_SRC.items())[:away]}
        commits[format.format(number)] = made.commit({**IN_SRC, **changed, "README.md": f"# {number}\n"})
        made.tag(format.format(number), commits[format.format(number)])
    return commits


def _prove(tmp_path: Path, made: Upstream, files: Mapping[str, str] = CODE, version: str = "1.2.0") -> Outcome:
    install(tmp_path / "site", files, version=version)
    (release,) = installed_releases([tmp_path / "site"])
    return prove_release(release, _store(tmp_path, (REPOSITORY, made.path)))


def test_a_release_is_found_at_the_tag_of_its_version(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    commits = _history(made)
    proof = _prove(tmp_path, made, {**CODE, "pkg/_version.py": "version = '1.2.0'\n"})
    assert isinstance(proof, Proof)
    assert (proof.tag, proof.commit, proof.repository) == ("v1.2.0", commits["v1.2.0"], REPOSITORY)
    assert (proof.matched, proof.files, proof.score) == (8, 8, 1.0)
    assert proof.told == "proved by content: 8 of 8 files at tag v1.2.0"
    assert [path for path, _ in proof.differing] == ["pkg/_version.py"]


def test_a_patched_file_is_named(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    commits = _history(made)
    proof = _prove(tmp_path, made, {**CODE, "pkg/c.py": CODE["pkg/c.py"] + "# patched\n"})
    assert isinstance(proof, Proof)
    assert (proof.commit, proof.matched, proof.files) == (commits["v1.2.0"], 7, 8)
    assert proof.differing == (
        ("pkg/c.py", "differs from src/pkg/c.py: patched, or written when the release was built"),
    )
    assert [(one.tag, one.matched) for one in proof.runners_up] == [("v1.1.0", 6), ("v1.3.0", 6), ("v1.0.0", 5)]


@pytest.mark.parametrize("format", ["rel_1_{}_0", "1.{}", "pkg-1.{}.0", "other/v1.{}.0", "build-{}"])
def test_tags_of_many_forms(tmp_path: Path, upstream: Build, format: str) -> None:
    """The last does not name the version: then all files must be there, and only there."""
    made = upstream()
    commits = _history(made, format=format)
    proof = _prove(tmp_path, made)
    assert isinstance(proof, Proof)
    assert proof.tag == format.format(2)
    assert proof.commit == commits[format.format(2)]


def test_windows_line_ends_are_no_difference(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    _history(made)
    proof = _prove(tmp_path, made, {path: text.replace("\n", "\r\n") for path, text in CODE.items()})
    assert isinstance(proof, Proof)
    assert (proof.tag, proof.score) == ("v1.2.0", 1.0)


def test_a_repository_with_sha256_ids(tmp_path: Path, upstream: Build) -> None:
    made = upstream(format="sha256")
    commits = _history(made)
    proof = _prove(tmp_path, made)
    assert isinstance(proof, Proof)
    assert proof.commit == commits["v1.2.0"]


@pytest.mark.parametrize(
    ("files", "version", "reason"),
    [
        ({"pkg/x.py": "other\n"}, "1.2.0", "none of its files is in the repository at 4 tags"),
        ({**CODE, "pkg/c.py": "patched\n"}, "7.0", "no tag names its version; next is v1.2.0, with 7 of 8 files"),
        ({"pkg/h.py": CODE["pkg/h.py"]}, "7.0", "no tag names its version; 4 others have all its files"),
        (CODE, "1.0.0", "proved"),
        ({"pkg/empty.py": ""}, "1.2.0", "it has no files that could be compared"),
    ],
)
def test_what_is_not_proved(
    tmp_path: Path, upstream: Build, files: Mapping[str, str], version: str, reason: str
) -> None:
    """A release that says 1.0.0 and has the very files of 1.2.0 is of that commit, whatever it is called."""
    made = upstream()
    _history(made)
    outcome = _prove(tmp_path, made, files, version)
    if reason == "proved":
        assert isinstance(outcome, Proof)
        assert outcome.tag == "v1.2.0"
        return
    assert isinstance(outcome, Unproved)
    assert reason in outcome.reason
    assert outcome.looked


def test_a_repository_without_tags_and_a_package_without_a_repository(tmp_path: Path, upstream: Build) -> None:
    outcome = _prove(tmp_path, upstream(IN_SRC))
    assert isinstance(outcome, Unproved)
    assert outcome.reason == "no tag is there (in the mirror's copy)"
    install(tmp_path / "other", repository=None)
    (release,) = installed_releases([tmp_path / "other"])
    alone = prove_release(release, _store(tmp_path))
    assert isinstance(alone, Unproved)
    assert alone.reason == "its metadata name no repository"


def test_what_was_installed_from_a_commit_is_looked_for_there(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    commits = _history(made)
    between = made.commit({**IN_SRC, "src/pkg/a.py": "between\n"})
    store = _store(tmp_path, (REPOSITORY, made.path))
    for site, commit, files in (("a", between, {**CODE, "pkg/a.py": "between\n"}), ("b", commits["v1.2.0"], CODE)):
        url = {"url": f"{REPOSITORY}.git", "vcs_info": {"vcs": "git", "commit_id": commit}}
        install(tmp_path / site, files, direct_url=url)
        (release,) = installed_releases([tmp_path / site])
        proof = prove_release(release, store)
        assert isinstance(proof, Proof)
        assert (proof.commit, proof.score, proof.tag) == (commit, 1.0, "v1.2.0" if site == "b" else None)
    url = {"url": REPOSITORY, "vcs_info": {"vcs": "git", "commit_id": "1" * 40}}
    install(tmp_path / "c", direct_url=url)
    lost = prove_release(installed_releases([tmp_path / "c"])[0], store)
    assert isinstance(lost, Unproved)
    assert "the commit that it was installed from, 111111111111, is not there" in lost.reason


def test_wheel_and_sdist(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    commits = _history(made)
    store = _store(tmp_path, (REPOSITORY, made.path))
    for release in (packed_release(wheel(tmp_path / "pkg.whl")), packed_release(sdist(tmp_path / "pkg.tar.gz"))):
        proof = prove_release(release, store)
        assert isinstance(proof, Proof)
        assert (proof.commit, proof.score, proof.differing) == (commits["v1.2.0"], 1.0, ())


def test_an_environment_over_the_network(tmp_path: Path, upstream: Build, host: GitHost) -> None:
    """Two packages of one repository take two fetches together, one more for the patched; no content is sent."""
    one, other = upstream(name="one.git"), upstream(name="other.git")
    made = {name: _history(repository) for name, repository in (("one", one), ("other", other))}
    address = f"http://127.0.0.1:{host.port}/open"
    sites = [tmp_path / name for name in ("1", "2", "3", "4")]
    install(sites[0], CODE, "one", repository=f"{address}/one.git")
    install(sites[1], {"pkg/a.py": CODE["pkg/a.py"]}, "twin", repository=f"{address}/one.git")
    install(sites[2], {**CODE, "pkg/a.py": "patched\n"}, "other", repository=f"{address}/other.git")
    install(sites[3], CODE, "gone", repository=f"{address}/gone.git")
    releases = installed_releases(sites)
    store = Store(FetchSettings(tmp_path / "cache", limits=Limits(seconds=30)))
    outcomes, incidents = prove_releases(releases, store, jobs=3)
    assert [one.distribution for one in outcomes] == ["gone", "one", "other", "twin"]
    gone, first, second, twin = outcomes
    assert isinstance(gone, Unproved)
    assert not gone.looked
    assert [incident.message.split(":")[0] for incident in incidents] == ["gone"]
    for proof, commits in ((first, made["one"]), (second, made["other"]), (twin, made["one"])):
        assert isinstance(proof, Proof)
        assert proof.commit == commits["v1.2.0"]
    fetches = [request.path for request in host.requests if "/info/refs" in request.path]
    assert sum("/one/" in path for path in fetches) == 2, fetches
    assert sum("/other/" in path for path in fetches) == 3, fetches
    objects = next((tmp_path / "cache").rglob("one-*/objects.git"))
    listed = subprocess.run(
        ["git", "--git-dir", objects, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    assert set(listed.split()) == {b"commit", b"tree"}
    again, _ = prove_releases(
        [one for one in releases if one.name != "gone"],
        Store(FetchSettings(tmp_path / "cache", offline=True)),
    )
    assert again == (first, second, twin)


def test_offline_what_is_not_in_the_cache_is_an_incident(tmp_path: Path) -> None:
    install(tmp_path / "site")
    releases = installed_releases([tmp_path / "site"])
    (outcome,), incidents = prove_releases(releases, _store(tmp_path, offline=True))
    assert isinstance(outcome, Unproved)
    assert not outcome.looked
    assert "--offline" in outcome.reason
    assert len(incidents) == 1


def test_dependencies_are_pinned(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    right = _history(made)["v1.2.0"]
    install(tmp_path / "site", name="Some.Pkg")
    place = Place("uv.lock", 1, 1, 1, 1)
    asked = [
        Dependency("some-pkg", place, "pypi", "1.2.0"),
        Dependency("some_pkg", place, "pypi", None, REPOSITORY, right[:10]),
        Dependency("some-pkg", place, "pypi", "1.3.0"),
        Dependency("absent", place, "pypi", "1.0"),
        Dependency("left-pad", place, "npm", "1.0"),
    ]
    pinned = pin_dependencies(asked, installed_releases([tmp_path / "site"]), _store(tmp_path, (REPOSITORY, made.path)))
    assert [(one.version, one.commit) for one in pinned.dependencies] == [
        ("1.2.0", right), ("1.2.0", right), ("1.3.0", None), ("1.0", None), ("1.0", None),
    ]  # fmt: skip
    assert [(one.distribution, one.told) for one in pinned.outcomes] == [
        ("absent", "not proved: it is not installed here"),
        ("some-pkg", "proved by content: 8 of 8 files at tag v1.2.0"),
        ("some-pkg", "not proved: it is not installed here; 1.2.0 is"),
        ("some_pkg", "proved by content: 8 of 8 files at tag v1.2.0"),
    ]


def test_fifty_tags_take_less_than_a_second(tmp_path: Path, upstream: Build) -> None:
    made = upstream()
    for number in range(50):
        text = {f"src/pkg/m{one}.py": f"x = {one if one < 190 else (one, number)}\n" for one in range(200)}
        made.tag(f"v1.{number}.0", made.commit(text))
    code = {f"pkg/m{one}.py": f"x = {one if one < 190 else (one, 30)}\n" for one in range(200)}
    install(tmp_path / "site", {**code, "pkg/m0.py": "patched\n"}, version="1.30.0")
    (release,) = installed_releases([tmp_path / "site"])
    store = _store(tmp_path, (REPOSITORY, made.path))
    prove_release(release, store)
    start = time.monotonic()
    proof = prove_release(release, store)
    assert time.monotonic() - start < 2  # the fetch of the history included, which asks what is new
    assert isinstance(proof, Proof)
    assert (proof.tag, proof.matched, proof.files, len(proof.runners_up)) == ("v1.30.0", 199, 200, 3)
