"""A check that people keep switched on: an old repository adopts it, and a change is judged alone."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from audits import URL, changing_project, filled
from upstream import Upstream, run

import auditor.render
from auditor.cli import main

CODE = "def run():\n    return 1\n\n\ndef serve():\n    return run()\n"
AT = f"{URL}/blob/{{sha}}/app.py"
OLD = "".join(f"- item {number}: [run]({AT}#L{number + 7})\n" for number in range(200))


@pytest.fixture
def upstream_project() -> Upstream:
    """What the reports cite."""
    return changing_project({"app.py": CODE})


@pytest.fixture
def project(tmp_path: Path, upstream_project: Upstream, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with 200 old findings in one report, another report, and a branch `work`."""
    folder = tmp_path / "mine"
    (folder / "docs").mkdir(parents=True)
    run("init", "--quiet", "--initial-branch=main", folder=folder)
    (folder / "docs" / "old.md").write_text(filled(OLD, upstream_project))
    (folder / "docs" / "good.md").write_text(filled(f"See [run]({AT}#L1) here.\n", upstream_project))
    run("add", "--all", folder=folder)
    run("commit", "--quiet", "--message=old", "--no-gpg-sign", folder=folder)
    run("checkout", "--quiet", "-b", "work", folder=folder)
    monkeypatch.chdir(folder)
    return folder


def auditor_run(upstream: Upstream, *arguments: str) -> int:
    """Run a command on the project's own terms: no network, a cache beside it."""
    where = ["--mirror", f"{URL}={upstream.path}", "--cache-dir", str(Path.cwd().parent / "cache"), "--no-progress"]
    return main([*arguments, *where])


def findings_of(upstream: Upstream, *arguments: str) -> list[dict[str, object]]:
    """The findings of a check, from JSON that fits its schema."""
    auditor_run(upstream, "check", ".", "--format", "json", "--output", "../out.json", *arguments)
    value = json.loads(Path("../out.json").read_text("utf-8"))
    schema = json.loads(Path(auditor.render.__file__).with_name("schema.json").read_text("utf-8"))
    jsonschema.validate(value, schema)
    found: list[dict[str, object]] = value["findings"]
    return found


def test_an_old_repository_is_adopted_with_one_command(
    project: Path, upstream_project: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    assert auditor_run(upstream_project, "check", ".") == 1
    assert auditor_run(upstream_project, "baseline") == 0
    assert "200 findings in auditor-baseline.json" in capsys.readouterr().err
    assert auditor_run(upstream_project, "check", ".", "--baseline", "auditor-baseline.json") == 0
    assert "not raised: 200 known from the baseline" in capsys.readouterr().out
    assert findings_of(upstream_project, "--baseline", "auditor-baseline.json") == []


def test_a_change_that_breaks_one_link_and_mends_another(
    project: Path, upstream_project: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    auditor_run(upstream_project, "baseline")
    old, good = project / "docs" / "old.md", project / "docs" / "good.md"
    old.write_text("A new first line.\n\n" + old.read_text().replace("app.py#L9)", "app.py#L1)"))
    good.write_text(good.read_text().replace("#L1)", "#L1-#L2)"))
    (found,) = findings_of(upstream_project, "--baseline", "auditor-baseline.json")
    assert (found["document"], found["line"], found["rule"]) == ("docs/good.md", 1, "malformed-link")
    assert found["replacement"] == {"text": filled(f"{AT}#L1-L2", upstream_project), "safe": True}
    capsys.readouterr()
    assert auditor_run(upstream_project, "check", ".", "--baseline", "auditor-baseline.json") == 1
    assert "1 finding of the baseline is gone" in capsys.readouterr().out
    assert auditor_run(upstream_project, "check", ".", "--baseline", "auditor-baseline.json", "--fix") == 1
    assert "#L1-L2)" in good.read_text()
    assert "app.py#L8)" in old.read_text()  # what is not raised is not touched


def test_only_changed_documents_are_read_and_only_changed_lines_raised(
    project: Path, upstream_project: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    assert auditor_run(upstream_project, "check", ".", "--changed-since", "main") == 0
    assert "0 citations in 0 reports" in capsys.readouterr().out
    old = project / "docs" / "old.md"
    old.write_text(old.read_text().replace("item 30:", "point 30:"))
    (found,) = findings_of(upstream_project, "--changed-since", "main")
    assert found["line"] == 31
    capsys.readouterr()
    assert auditor_run(upstream_project, "check", "docs", "--changed-since", "main") == 1
    assert "199 outside of what changed" in capsys.readouterr().out


def test_all_outputs_of_one_run(
    project: Path, upstream_project: Upstream, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("docs")
    files = {"sarif": "a.sarif", "junit": "a.xml", "codequality": "a.json", "summary": "a.md", "text": "a.txt"}
    forms = [word for form, file in files.items() for word in ("--format", f"{form}:../../{file}")]
    assert auditor_run(upstream_project, "check", "old.md", "--format", "github", *forms) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    assert lines[0].startswith("::error file=docs/old.md,line=1,")
    log = json.loads((project.parent / "a.sarif").read_text("utf-8"))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "docs/old.md"
    assert location["region"]["startColumn"] == 17
    assert 'failures="200"' in (project.parent / "a.xml").read_text("utf-8")
    assert len(json.loads((project.parent / "a.json").read_text("utf-8"))) == 200
    assert (project.parent / "a.md").read_text("utf-8").startswith("## auditor: 200 errors")


def test_a_comment_accepts_a_finding_where_it_stands(
    project: Path, upstream_project: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"<!-- auditor: ignore line-out-of-range – shown as an example -->\n[x]({AT}#L99)\n"
    (project / "new.md").write_text(filled(text, upstream_project))
    assert auditor_run(upstream_project, "check", "new.md") == 0
    assert "not raised: 1 accepted in place" in capsys.readouterr().out
    (project / "new.md").write_text(filled(text.replace("#L99", "#L1"), upstream_project))
    assert auditor_run(upstream_project, "check", "new.md", "--fail-on", "warning") == 1
    out = capsys.readouterr().out
    assert "new.md:1" in out
    assert "warning[waiver-unused]" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--baseline", "gone.json"], "gone.json: cannot be read: No such file or directory"),
        (["--baseline", "docs/old.md"], "docs/old.md: this baseline is damaged"),
        (["--changed-since", "nowhere"], "--changed-since nowhere: there is no such commit here"),
    ],
)
def test_mistakes_end_the_run_before_it_begins(
    project: Path, upstream_project: Upstream, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert auditor_run(upstream_project, "check", ".", *arguments) == 2
    assert said in capsys.readouterr().err


def test_without_a_repository_nothing_has_changed_that_could_be_told(
    tmp_path: Path, upstream_project: Upstream, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("text")
    monkeypatch.chdir(tmp_path)
    assert auditor_run(upstream_project, "check", ".", "--changed-since", "main") == 2
    assert "is in no git repository" in capsys.readouterr().err
    os.remove("a.md")
    assert auditor_run(upstream_project, "baseline") == 2
    assert "there is no report and no auditor.toml here" in capsys.readouterr().err
