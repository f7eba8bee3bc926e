"""Whole audits, from the command line to what is printed, against results that a person has read.

A case is a folder:

    report.md                       the report, or another format
    upstream/HOST+OWNER+REPO/1/     the first commit of a repository, 2/ the second, each with all its files;
                                    2@v1.0/ is tagged v1.0
    arguments.txt                   more arguments of `auditor check`, if there are any
    expected.txt                    the text result; its last line is the exit code
    expected.json                   the JSON result, without the version

Commits have the same ids on every machine: reports cite them as they are.
"""

import json
import shutil
from pathlib import Path

import pytest
from upstream import Content, Upstream

from auditor.cli import main

CASES = Path(__file__).parent
NAMES = sorted(path.parent.name for path in CASES.glob("*/report.*"))


@pytest.mark.parametrize("name", NAMES)
def test_case(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    case = CASES / name
    (report,) = case.glob("report.*")
    shutil.copy(report, tmp_path)
    monkeypatch.chdir(tmp_path)
    extra = case / "arguments.txt"
    arguments = ["check", report.name, "--verbose", "--cache-dir", "cache", *mirrors(case, tmp_path)]
    arguments += ["--format", "text:out.txt", "--format", "json:out.json", "--no-progress"]
    code = main([*arguments, *(extra.read_text("utf-8").split() if extra.exists() else ())])
    assert capsys.readouterr() == ("", "")
    found = {
        "expected.txt": f"{Path('out.txt').read_text('utf-8')}{code}\n",
        "expected.json": without_version(Path("out.json").read_text("utf-8")),
    }
    if request.config.getoption("--update-cases", default=False):
        for file, text in found.items():
            (case / file).write_text(text, "utf-8")
    for file, text in found.items():
        assert text == (case / file).read_text("utf-8")


def mirrors(case: Path, folder: Path) -> list[str]:
    """Build the repositories of a case; gives the options that map their URLs to them."""
    options = []
    for source in sorted((case / "upstream").iterdir()):
        made = Upstream(folder / f"{source.name}.git")
        before: dict[str, Content] = {}
        for commit in sorted(source.iterdir()):
            files = snapshot(commit)
            made_at = made.commit({path: None for path in before if path not in files} | files)
            if tag := commit.name.partition("@")[2]:
                made.git("tag", tag, made_at)
            before = files
        options += ["--mirror", f"https://{source.name.replace('+', '/')}={made.path}"]
    return options


def snapshot(folder: Path) -> dict[str, Content]:
    """Every file below a folder."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def without_version(text: str) -> str:
    value = json.loads(text)
    del value["auditor"]
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_there_are_cases() -> None:
    assert len(NAMES) >= 8
