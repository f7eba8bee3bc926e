"""`auditor.toml` as a value, and what is wrong with it, each at its line."""

import time
from datetime import date
from pathlib import Path

import pytest

from auditor.errors import DocumentError
from auditor.manifest import find_manifest, read_manifest
from auditor.model.manifest import Manifest

TODAY = date(2026, 11, 22)
COMMIT = "066a35dd322f689ec07d7c0e82b19eacadac3c6b"
GOOD = f"""\
dependencies-from = "requirements.txt"

[[dependency]]
name = "Flask"
repository = "git@github.com:pallets/flask.git"
commit = "{COMMIT}"
license = "bsd-3-clause"
use = "bundled"
modified = true

[[dependency]]
name = "foo"
path = "src/_vendor/foo"

[distribution]
kind = ["source", "binary"]
artifacts = ["dist/*.whl"]
notices = "NOTICES.md"

[[vendored]]
path = "src/_vendor/bar/"
dependency = "click"

[surfaces]
promotion = ["README.md", "site/**/*.html"]

[[waiver]]
rule = "endorsement-review"
dependency = "flask"
reason = "written permission of 2026-01-01"
by = "M. Miller"
expires = 2027-01-01

[report]
title = "x"
"""
FILES = {
    "requirements.txt": "flask==2.2.2\nclick==8.0\n",
    "dist/a-1.whl": "",
    "src/_vendor/foo/a.py": "",
    "src/_vendor/bar/a.py": "",
    "README.md": "",
    "site/de/a/index.html": "",
}


def _read(folder: Path, text: str, name: str = "auditor.toml", rules: tuple[str, ...] = ()) -> Manifest:
    for file, content in FILES.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content)
    (folder / name).write_text(text)
    return read_manifest(folder / name, TODAY, rules)


def _said(manifest: Manifest) -> list[tuple[str, str, int, int]]:
    return [(one.kind, one.severity, one.place.line, one.place.column) for one in manifest.problems]


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    manifest = _read(tmp_path, GOOD, rules=("endorsement-review",))
    assert manifest.problems == ()
    flask, foo, click = manifest.dependencies
    assert (flask.name, flask.ecosystem, flask.version) == ("Flask", "pypi", "2.2.2")
    assert (flask.repository, flask.commit) == ("https://github.com/pallets/flask", COMMIT)
    assert (flask.license, flask.use, flask.modified) == ("BSD-3-Clause", "bundled", True)
    assert flask.place_of("license").line == 7
    assert flask.place_of("version").line == flask.place.line == 3
    assert (foo.use, foo.modified) == ("vendored", None)
    assert (click.name, click.version, click.place.document) == ("click", "8.0", str(tmp_path / "requirements.txt"))
    assert [(copy.path, copy.dependency, copy.place.line) for copy in manifest.vendored] == [
        ("src/_vendor/foo", "foo", 13),
        ("src/_vendor/bar", "click", 21),
    ]
    assert manifest.distribution.kinds == ("source", "binary")
    assert [(glob.pattern, glob.place.column) for glob in manifest.distribution.artifacts] == [("dist/*.whl", 14)]
    assert manifest.distribution.notices is not None
    assert [glob.pattern for glob in manifest.surfaces.promotion] == ["README.md", "site/**/*.html"]
    waiver = manifest.waivers[0]
    assert (waiver.rule, waiver.by, waiver.expires, waiver.place.line) == (
        "endorsement-review", "M. Miller", date(2027, 1, 1), 27,
    )  # fmt: skip
    assert waiver.holds(date(2027, 1, 1))
    assert not waiver.holds(date(2027, 1, 2))
    assert manifest.report.title == "x"


def test_an_empty_manifest_is_one(tmp_path: Path) -> None:
    manifest = _read(tmp_path, "")
    assert (manifest.dependencies, manifest.problems, manifest.distribution.kinds) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "problem", "words"),
    [
        ('[[dependency]]\nname = "a"\nlicence = "MIT"', ("unknown-key", "error", 3, 1), "`license`"),
        ('[[dependency]]\nname = "a"\nrepo = "x"', ("unknown-key", "error", 3, 1), "`repository`"),
        ('[[dependencies]]\nname = "a"', ("unknown-key", "error", 1, 1), "`dependency`"),
        ('[distribution]\nzzzz = 1\nkind = "source"', ("unknown-key", "error", 2, 1), "known are"),
        ('[[dependency]]\nname = "a"\nversion = 2.2', ("wrong-type", "error", 3, 11), 'version = "…"'),
        ('[[dependency]]\nname = ["a"]', ("wrong-type", "error", 2, 8), "text"),
        ('dependency = "a"', ("wrong-type", "error", 1, 14), "[[dependency]]"),
        ('[dependency]\nname = "a"', ("wrong-type", "error", 1, 1), "[[dependency]]"),
        ("distribution = 1", ("wrong-type", "error", 1, 16), "[distribution]"),
        ('[distribution]\nmodified = "no"', ("wrong-type", "error", 2, 12), "true or false"),
        ("[distribution]\nartifacts = [1]", ("wrong-type", "error", 2, 13), "array of texts"),
        ('[distribution]\nkind = ["source", "binaries"]', ("wrong-value", "error", 2, 19), "`binary`"),
        ('[[dependency]]\nname = "a"\nuse = "vendor"', ("wrong-value", "error", 3, 7), "`vendored`"),
        ("[[dependency]]\nversion = '1'", ("missing-key", "error", 1, 1), "name"),
        ("[[dependency]]\nname = ' '", ("missing-key", "error", 2, 8), "name"),
        ("[[dependency]]\nname = 'A.b'\n[[dependency]]\nname='a-B'", ("duplicate", "error", 4, 6), "version"),
        ("[[dependency]]\nname = 'a'\ncommit='v1.0'", ("wrong-value", "error", 3, 8), 'revision = "v1.0"'),
        ("[[dependency]]\nname = 'a'\ncommit='066a35dd'", ("short-commit", "note", 3, 8), "40 digits"),
        ("[[dependency]]\nname = 'a'\nrepository='flask'", ("wrong-value", "error", 3, 12), "URL"),
        ("[[dependency]]\nname = 'a'\nlicense='BSD'", ("not-spdx", "error", 3, 9), "SPDX"),
        ("[distribution]\nartifacts=['nothing/*.whl']", ("no-match", "error", 2, 12), "build it"),
        ("[surfaces]\npromotion=['../x']", ("wrong-value", "error", 2, 12), "project"),
        ("[surfaces]\npromotion='/etc/passwd'", ("wrong-value", "error", 2, 11), "project"),
        ("[distribution]\nnotices='C:\\x'", ("wrong-value", "error", 2, 9), "project"),
        ("[[vendored]]\npath='src'\ndependency='a'", ("unknown-name", "error", 3, 12), "there is none"),
        ("dependencies-from=['no.lock']", ("source-unreadable", "error", 1, 20), "lock file"),
        ("dependencies-from=['uv.lock']", ("source-unreadable", "error", 1, 20), "relative to the manifest"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, text: str, problem: tuple[str, str, int, int], words: str
) -> None:
    manifest = _read(tmp_path, text)
    assert _said(manifest) == [problem]
    assert words in manifest.problems[0].remedy


def test_waivers_need_a_reason_and_somebody_and_an_end(tmp_path: Path) -> None:
    text = """\
[[waiver]]
rule = "license-unknwon"
reason = "read it"
expires = 2026-11-21
[[waiver]]
rule = "license-unknown"
dependency = "flsk"
by = "me"
expires = "2027-01-01"
[[dependency]]
name = "flask"
"""
    manifest = _read(tmp_path, text, rules=("license-unknown", "license-missing"))
    assert _said(manifest) == [
        ("missing-key", "warning", 1, 1),
        ("unknown-name", "error", 2, 8),
        ("waiver-expired", "error", 4, 11),
        ("missing-key", "error", 5, 1),
        ("unknown-name", "error", 7, 14),
        ("wrong-type", "error", 9, 11),
        ("missing-key", "warning", 9, 11),
    ]
    assert manifest.problems[1].remedy == "did you mean `license-unknown`?"
    assert manifest.problems[4].remedy == "did you mean `flask`?"
    assert [waiver.rule for waiver in manifest.waivers] == ["license-unknwon"]  # the other has no reason


def test_subjects_do_not_depend_on_lines(tmp_path: Path) -> None:
    text = "[[dependency]]\nname = 'a'\ncommit = 'zz'\n"
    (one,) = _read(tmp_path, text).problems
    (moved,) = _read(tmp_path, "\n\n[[dependency]]\nname='b'\n" + text).problems
    assert one.subject == moved.subject == "dependency.a.commit"
    assert one.place.line != moved.place.line


def test_several_versions_of_one_name_are_no_duplicates(tmp_path: Path) -> None:
    entry = "[[dependency]]\nname='ms'\necosystem='npm'\nversion='{}'\n"
    assert _said(_read(tmp_path, entry.format("2.0.0") + entry.format("2.1.3"))) == []
    assert _said(_read(tmp_path, entry.format("2.0.0") * 2)) == [("duplicate", "error", 6, 6)]


def test_the_commit_in_a_version_of_go_is_long_enough(tmp_path: Path) -> None:
    version = "v1.0.1-0.20210819022825-2ae1ddf74ef7"
    entry = f"[[dependency]]\nname='x'\nversion='{version}'\ncommit='2ae1ddf74ef7'\n"
    assert _said(_read(tmp_path, entry)) == []


def test_the_manifest_stands_above_the_lock_file(tmp_path: Path) -> None:
    text = 'dependencies-from=["requirements.txt"]\n[[dependency]]\nname="flask"\nversion="2.2.5"\nuse="linked"\n'
    manifest = _read(tmp_path, text)
    assert _said(manifest) == [("version-differs", "warning", 4, 9)]
    assert [(one.name, one.version, one.use) for one in manifest.dependencies] == [
        ("flask", "2.2.5", "linked"),
        ("click", "8.0", None),
    ]


def test_another_repository_takes_no_commit_from_the_lock_file(tmp_path: Path) -> None:
    lock = f"x @ git+https://github.com/o/x@{COMMIT}\ny @ git+https://github.com/o/y@{COMMIT}\n"
    (tmp_path / "requirements-x.txt").write_text(lock)
    text = (
        'dependencies-from=["requirements-x.txt"]\n'
        '[[dependency]]\nname="x"\nrepository="https://github.com/fork/x"\n[[dependency]]\nname="y"\n'
    )
    manifest = _read(tmp_path, text)
    assert [(one.repository, one.commit) for one in manifest.dependencies] == [
        ("https://github.com/fork/x", None),
        ("https://github.com/o/y", COMMIT),
    ]


def test_the_table_of_a_pyproject_file(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[[tool.auditor.dependency]]\nname = "a"\nlicens = "MIT"\n[tool.other]\nx = 1\n'
    manifest = _read(tmp_path, text, "pyproject.toml")
    assert [one.name for one in manifest.dependencies] == ["a"]
    assert _said(manifest) == [("unknown-key", "error", 5, 1)]
    assert find_manifest(tmp_path) == tmp_path / "pyproject.toml"
    (tmp_path / "auditor.toml").write_text("")
    assert find_manifest(tmp_path) == tmp_path / "auditor.toml"


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    assert find_manifest(tmp_path) is None
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert find_manifest(tmp_path) is None
    with pytest.raises(DocumentError, match=r"no table \[tool.auditor\]"):
        read_manifest(tmp_path / "pyproject.toml", TODAY)


def test_what_is_no_toml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"auditor\.toml:2: is not TOML"):
        _read(tmp_path, "a = 1\nb = = 2\n")
    with pytest.raises(DocumentError, match="no such file"):
        read_manifest(tmp_path / "nothing.toml", TODAY)
    with pytest.raises(DocumentError, match="cannot be read"):
        read_manifest(tmp_path, TODAY)
    (tmp_path / "auditor.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(DocumentError, match="UTF-8"):
        read_manifest(tmp_path / "auditor.toml", TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "[[dependency]]\nname='a'\n" * 30_000,
        "[[waiver]]\nrule='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\n" * 15_000,
        "".join(f"key{number} = 1\n" for number in range(60_000)),
        "[" + "a" * 500_000 + "]\n" + "b" * 400_000 + " = 1\n",
        "[surfaces]\npromotion = [" + "'**/**/*a*a*a*a*b'," * 5_000 + "]",
        "[surfaces]\npromotion = ['" + "**/*a*/" * 10_000 + "']",
        "dependencies-from = [" + "'x.lock'," * 20_000 + "]",
    ],
    ids=range(7),
)
def test_a_hostile_manifest_takes_no_time(tmp_path: Path, text: str) -> None:
    started = time.monotonic()
    manifest = _read(tmp_path, text)
    assert 0 < len(manifest.problems) <= 20_000
    assert time.monotonic() - started < 20
