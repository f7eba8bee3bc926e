"""The command line as a user meets it: exit codes, streams, files, and one clear line when something is wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from upstream import Upstream

SOURCE = "import os\n\n\ndef first():\n    return 1\n\n\ndef second():\n    return os.sep\n"


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Shop:
    """A folder with a mirror of https://github.com/o/r; `run` runs the command line in it."""

    folder: Path
    sha: str
    mirror: str

    def write(self, text: str, name: str = "report.md") -> Path:
        path = self.folder / name
        path.write_bytes(text.replace("SHA", self.sha).encode())
        return path

    def run(self, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
        extra = ["--mirror", self.mirror, "--cache-dir", str(self.folder / "cache")] if arguments[0] == "check" else []
        done = subprocess.run(
            [sys.executable, "-m", "auditor", *arguments, *extra],
            cwd=self.folder, input=stdin, capture_output=True, timeout=60, env={**os.environ, **(env or {})},
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def shop(tmp_path: Path, upstream: Callable[..., Upstream]) -> Shop:
    made = upstream({"a.py": SOURCE})
    folder = tmp_path / "shop"
    folder.mkdir()
    return Shop(folder, made.id("main"), f"https://github.com/o/r={made.path}")


GOOD = "[`first`](https://github.com/o/r/blob/SHA/a.py#L4-L5)\n"
WRONG = "[`first`](https://github.com/o/r/blob/SHA/a.py#L8)\n"
BROKEN = "see https://github.com/o/r/blob/SHA/a.pv#L4\n"


def test_a_good_report_exits_zero_and_says_little(shop: Shop) -> None:
    shop.write(GOOD)
    ran = shop.run("check", "report.md")
    assert ran.code == 0, ran
    assert "1 citation in 1 report: 0 errors, 0 warnings, 0 notes" in ran.out
    assert "first" not in ran.out
    assert ran.err == ""


def test_findings_exit_one(shop: Shop) -> None:
    shop.write(WRONG)
    ran = shop.run("check", "report.md")
    assert ran.code == 1
    assert "error[wrong-symbol]" in ran.out
    assert shop.run("check", "report.md", "--exit-zero").code == 0
    assert shop.run("check", "report.md", "--ignore", "wrong-symbol").code == 0
    assert shop.run("check", "report.md", "--select", "malformed-link,path-not-found").code == 0


def test_fail_on_decides_which_severity_counts(shop: Shop) -> None:
    shop.write("see https://github.com/o/r/blob/main/a.py#L4\n")
    assert shop.run("check", "report.md").code == 0
    assert shop.run("check", "report.md", "--fail-on", "warning").code == 1
    assert shop.run("check", "report.md", "--fail-on", "never").code == 0


def test_what_could_not_be_examined_outranks_findings(shop: Shop) -> None:
    shop.write(WRONG + "and https://github.com/o/other/blob/SHA/a.py#L1\n")
    ran = shop.run("check", "report.md", "--offline")
    assert ran.code == 3
    assert "not examined" in ran.out
    assert "wrong-symbol" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "missing.md"], "missing.md: no such file"),
        (["check"], "name a report"),
        (["check", "."], "no reports in this folder"),
        (["check", "report.md", "--format", "pdf"], "there is no format 'pdf'"),
        (["check", "report.md", "--select", "wrong-symbl"], "perhaps wrong-symbol"),
        (["check", "report.md", "--mirror", "nonsense"], "write PREFIX=LOCATION"),
        (["check", "report.md", "--host", "git.example.org=svn"], "unknown kind of host 'svn'"),
        (["check", "report.md", "--as-of", "yesterday"], "YYYY-MM-DD"),
        (["check", "junk.md"], "binary data"),
        (["check", "report.md", "--output", "no/such/folder/out.txt"], "cannot be written"),
        (["explain", "nothing"], "there is no rule 'nothing'"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_two(shop: Shop, arguments: list[str], told: str) -> None:
    if arguments[-1] != ".":
        shop.write(GOOD)
    (shop.folder / "junk.md").write_bytes(bytes(range(256)) * 40)
    if arguments[-1] == ".":
        (shop.folder / "junk.md").unlink()
    ran = shop.run(*arguments)
    assert ran.code == 2, ran
    assert told in ran.err
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def test_json_is_valid_stable_and_alone_on_standard_output(shop: Shop) -> None:
    shop.write(GOOD + "\n" + WRONG + "\n" + BROKEN + "\nfirst, a.py:5\n")
    first = shop.run("check", "report.md", "--format", "json")
    schema = json.loads(shop.run("schema").out)
    value = json.loads(first.out)
    jsonschema.validate(value, schema)
    assert value["summary"]["citations"] == 4
    assert first.out == shop.run("check", "report.md", "--format", "json").out
    assert str(shop.folder) not in first.out
    assert [c["verdict"] for c in value["citations"]] == ["verified", "mismatched", "broken", "verified"]


def test_several_outputs_in_one_run(shop: Shop) -> None:
    shop.write(WRONG)
    ran = shop.run("check", "report.md", "--format", "text", "--format", "json:out.json", "--format", "markdown:out.md")
    assert ran.code == 1
    assert json.loads((shop.folder / "out.json").read_text())["summary"]["findings"]["error"] == 1
    assert "`wrong-symbol`" in (shop.folder / "out.md").read_text()
    assert "wrong-symbol" in ran.out


def test_diff_changes_nothing_and_fix_makes_it_clean(shop: Shop) -> None:
    path = shop.write("intro\r\n\r\n" + BROKEN.replace("\n", "\r\n"))
    before = path.read_bytes()
    ran = shop.run("check", "report.md", "--diff")
    assert ran.code == 1
    assert f"-see https://github.com/o/r/blob/{shop.sha}/a.pv#L4" in ran.out
    assert f"+see https://github.com/o/r/blob/{shop.sha}/a.py#L4" in ran.out
    assert path.read_bytes() == before
    ran = shop.run("check", "report.md", "--fix")
    assert "mended report.md" in ran.err
    assert path.read_bytes() == before.replace(b"a.pv", b"a.py")
    assert shop.run("check", "report.md").code == 0


def test_standard_input_has_the_format_of_the_name_given(shop: Shop) -> None:
    page = f'<p>see <a href="https://github.com/o/r/blob/{shop.sha}/a.py#L8"><code>first</code></a></p>'
    ran = shop.run("check", "-", "--stdin-filename", "page.html", stdin=page.encode())
    assert ran.code == 1
    assert "page.html" in ran.out


def test_urls_can_be_left_out(shop: Shop) -> None:
    shop.write(WRONG)
    ran = shop.run("check", "report.md", "--exclude", "https://github.com/o/r/*")
    assert ran.code == 0
    assert "0 citations" in ran.out


def test_verbose_shows_what_is_right_and_quiet_leaves_out_the_summary(shop: Shop) -> None:
    shop.write(GOOD)
    assert "verified" in shop.run("check", "report.md", "--verbose").out
    assert shop.run("check", "report.md", "--quiet").out == ""


def test_colour_only_when_asked_for_or_on_a_terminal(shop: Shop) -> None:
    shop.write(WRONG)
    assert "\x1b[" not in shop.run("check", "report.md").out
    assert "\x1b[31" in shop.run("check", "report.md", "--color", "always").out


def test_no_git_is_one_clear_line(shop: Shop, tmp_path: Path) -> None:
    shop.write(GOOD)
    ran = shop.run("check", "report.md", env={"PATH": str(tmp_path)})
    assert ran.code == 2
    assert "git was not found" in ran.err
    assert "Traceback" not in ran.err


def test_an_old_git_is_told(shop: Shop, tmp_path: Path) -> None:
    shop.write(GOOD)
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho git version 2.25.1\n")
    old.chmod(0o755)
    ran = shop.run("check", "report.md", env={"PATH": f"{old.parent}:{os.environ['PATH']}"})
    assert ran.code == 2
    assert "2.25.1" in ran.err
    assert "2.32" in ran.err


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from auditor.cli.options import build_parser; build_parser().format_help();"
        "heavy = {'git', 'jinja2', 'pdfminer', 'tree_sitter', 'requests', 'subprocess', 'sqlite3'} & set(sys.modules);"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_control_characters_of_a_report_do_not_reach_the_terminal(shop: Shop) -> None:
    shop.write("\x1b]0;owned\x07 \u202e " + BROKEN)
    ran = shop.run("check", "report.md")
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out
    assert "\u202e" not in ran.out
