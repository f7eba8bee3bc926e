"""requirements.txt as pip reads it."""

from pathlib import Path

import pytest

from auditor.manifest.lockfiles import LockReading, dependencies_of
from auditor.manifest.lockfiles.requirement_lines import Requirement, logical_lines, parse_requirement

SHA = "340955c185c58b902e07e6b72b604f04d9b3477e"


def _read(folder: Path, text: str | bytes, name: str = "requirements.txt", **others: str) -> LockReading:
    for other, content in others.items():
        (folder / f"{other}.txt").write_text(content)
    data = text if isinstance(text, bytes) else text.encode()
    return dependencies_of(str(folder / name), data)


def _versions(reading: LockReading) -> list[tuple[str, str | None]]:
    return [(one.name, one.version) for one in reading.dependencies]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("flask==2.2.2", Requirement("flask", "2.2.2")),
        ("Flask_Login [async, dotenv] == 0.5.0 ; python_version < '3'", Requirement("Flask_Login", "0.5.0")),
        ("flask===2.2.2", Requirement("flask", "2.2.2")),
        ("flask (==2.2.2)", Requirement("flask", "2.2.2")),
        ("flask", Requirement("flask")),
        ("flask>=2,<3", Requirement("flask")),
        ("flask==2.*", Requirement("flask")),
        ("flask==2.2.2,!=2.2.3", Requirement("flask")),
        ("flask~=2.2", Requirement("flask")),
        ("flask == 2.2.2 --hash=sha256:00 --hash=sha256:01", Requirement("flask", "2.2.2")),
        (f"git+https://github.com/o/r@{SHA}#egg=x&subdirectory=y", Requirement("x", None, f"git+https://github.com/o/r@{SHA}#egg=x&subdirectory=y")),
        ("git+https://github.com/o/r.git", Requirement("r", None, "git+https://github.com/o/r.git")),
        ("x[a] @ git+ssh://git@github.com/o/r@v1 ; python_version > '3'", Requirement("x", None, "git+ssh://git@github.com/o/r@v1")),
        ("https://e.org/a_b-1.0-py3-none-any.whl#sha256=0", Requirement("a_b", "1.0", "https://e.org/a_b-1.0-py3-none-any.whl#sha256=0")),
        ("https://e.org/a-b-1.0.tar.gz", Requirement("a-b", "1.0", "https://e.org/a-b-1.0.tar.gz")),
        ("x @ https://e.org/any.zip", Requirement("x", None, "https://e.org/any.zip")),
        ("file:///srv/x#egg=x", Requirement("x", None, "file:///srv/x#egg=x", local=True)),
        (".", Requirement("", None, ".", local=True)),
        ("./lib/x[extra]", Requirement("", None, "./lib/x", local=True)),
        ("conda-forge::xonsh", None),
        ("flask 2.2.2", None),
        ("${NAME}==1", None),
        ("=", None),
    ],
)  # fmt: skip
def test_one_requirement(line: str, expected: Requirement | None) -> None:
    assert parse_requirement(line) == expected


def test_lines_are_joined_and_comments_go() -> None:
    text = "a==1 \\\n  --hash=x \\\n# not a comment in the middle of a line\r\n\n  # comment\nb # c\nc#d\nd \\\n"
    assert list(logical_lines(text)) == [(1, "a==1   --hash=x"), (6, "b"), (7, "c#d"), (8, "d")]


def test_files_that_are_included_and_constraints(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "more.txt").write_text("-r ../requirements.txt\nclick\n")
    text = "--index-url https://x.org/simple\n-c constraints.txt\n--requirement=sub/more.txt\nflask\nwerkzeug>=2\n"
    reading = _read(tmp_path, text, constraints="Flask==2.2.2\nclick==8.0\nunused==1.0\n")
    assert _versions(reading) == [("click", "8.0"), ("flask", "2.2.2"), ("werkzeug", None)]
    assert [one.place.document for one in reading.dependencies] == [
        str(tmp_path / "sub" / "more.txt"),
        str(tmp_path / "requirements.txt"),
        str(tmp_path / "requirements.txt"),
    ]
    assert [(one.place.line, one.severity, one.message) for one in reading.problems] == [
        (5, "note", "werkzeug is not pinned to one version")
    ]


def test_what_cannot_be_followed_is_told(tmp_path: Path) -> None:
    reading = _read(tmp_path, "-r missing.txt\n-c https://e.org/c.txt\n-r .\n-r /dev/zero\n-r \x7f\na==1\n")
    assert _versions(reading) == [("a", "1")]
    assert [(one.kind, one.place.line) for one in reading.problems] == [
        ("source-unreadable", line) for line in range(1, 6)
    ]


def test_sources_in_git(tmp_path: Path) -> None:
    text = f"""\
a @ git+https://user:secret@github.com/o/a.git@{SHA}
git+ssh://git@gitlab.com/g/s/b@v1.0#egg=b
-e git+https://github.com/o/c@066a35dd#egg=c
git+https://${{TOKEN}}@github.com/o/d.git@main#egg=d
git+git@github.com:o/e.git@{SHA}#egg=e
-e .
-e ./lib
f @ hg+https://hg.example.org/f
"""
    reading = _read(tmp_path, text)
    assert [(one.name, one.repository, one.commit, one.revision) for one in reading.dependencies] == [
        ("a", "https://github.com/o/a", SHA, None),
        ("b", "https://gitlab.com/g/s/b", None, "v1.0"),
        ("c", "https://github.com/o/c", "066a35dd", None),
        ("d", "https://github.com/o/d", None, "main"),
        ("e", "https://github.com/o/e", SHA, None),
        ("f", None, None, None),
    ]
    assert reading.own == (".", "./lib")


def test_the_encoding_of_other_shells(tmp_path: Path) -> None:
    assert _versions(_read(tmp_path, "﻿flask==2.2.2\r\nclick==8.0\r\n".encode("utf-16-le"))) == [
        ("flask", "2.2.2"),
        ("click", "8.0"),
    ]


def test_one_package_for_two_platforms_is_one_dependency(tmp_path: Path) -> None:
    text = "a==1 ; sys_platform == 'linux'\na==1 ; sys_platform == 'win32'\na==2 ; sys_platform == 'darwin'\n"
    assert _versions(_read(tmp_path, text)) == [("a", "1"), ("a", "2")]


def test_no_more_files_than_can_be_meant(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number}.txt").write_text(f"-r {number + 1}.txt\na{number}==1\n")
    reading = _read(tmp_path, "-r 0.txt\n")
    assert 90 < len(reading.dependencies) < 110
    assert [one.kind for one in reading.problems] == ["source-unreadable"]


def test_passwords_are_not_shown(tmp_path: Path) -> None:
    reading = _read(tmp_path, "https://me:secret@e.org/x\n-c https://me:secret@e.org/c.txt\n")
    assert len(reading.problems) == 2
    assert "secret" not in repr(reading)
    assert "https://…@e.org/x" in reading.problems[0].message
