"""`auditor obligations` as a user meets it: what it is given, what it writes, and its exit codes."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from shipping_project import SDIST, TODAY, WHEEL, App, bsd, options, upstreams, url, wheel

import auditor
from auditor.render import json as render_module

SCHEMA = json.loads(Path(render_module.__file__).with_name("schema.json").read_text("utf-8"))
DICE = f"{App.place('dice')}/LICENSE.rst"


@pytest.fixture
def app(tmp_path: Path) -> App:
    """The project, with nothing wrong."""
    return App(tmp_path / "app")


@pytest.fixture
def wrong(app: App) -> App:
    """The project without the notice of one of its parts."""
    app.path(DICE).unlink()
    app.build()
    return app


def waiver(rule: str = "notice-missing", name: str = "dice", more: str = "expires = 2999-12-31") -> str:
    """A waiver as the manifest has it."""
    return f'\n[[waiver]]\nrule = "{rule}"\ndependency = "{name}"\nreason = "asked them"\nby = "M. Miller"\n{more}\n'


def words(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def test_the_manifest_of_the_folder_is_the_default(app: App) -> None:
    ran = app.run("obligations")
    assert (ran.code, ran.err) == (0, "")
    assert f"dist/{WHEEL} (binary, 4 components)" in ran.out
    assert f"dist/{SDIST} (source, 4 components)" in ran.out
    assert "no violation found for source and binary\n0 errors, 0 warnings, 0 notes; 0 waived\n" in ran.out
    assert app.run("obligations", ".").out == app.run("obligations", "auditor.toml").out == ran.out


def test_a_pyproject_may_hold_the_manifest(app: App) -> None:
    lines = app.read("auditor.toml").splitlines()
    tables = (line.replace("[[", "[[tool.auditor.") if line.startswith("[[") else line for line in lines)
    inner = (line.replace("[", "[tool.auditor.", 1) if line.startswith("[d") or line == "[surfaces]" else line
             for line in tables)  # fmt: skip
    app.write("pyproject.toml", "[tool.auditor]\n" + "\n".join(inner))
    app.path("auditor.toml").unlink()
    ran = app.run("obligations")
    assert (ran.code, ran.err) == (0, ""), ran
    assert f"dist/{WHEEL} (binary, 4 components)" in ran.out


def test_without_a_manifest_nothing_says_what_is_shipped(app: App) -> None:
    app.path("auditor.toml").unlink()
    ran = app.run("obligations")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "auditor: there is no auditor.toml here; `auditor init` writes one, or name what is shipped\n"


def test_artifacts_alone(app: App) -> None:
    """A wheel that holds its text is right by that; where the project speaks to the public nobody has said."""
    wheel(app.path("good-1-py3-none-any.whl"), {"good-1.dist-info/licenses/LICENSE": bsd()}, "good-1",
          "Metadata-Version: 2.4\nName: good\nVersion: 1\n")  # fmt: skip
    ran = app.run("obligations", "good-1-py3-none-any.whl")
    assert ran.code == 0, ran
    assert "ok            good 1  BSD-3-Clause  clause 2" in ran.out
    assert "no violation found for what was given; 1 was not examined" in ran.out


def test_an_artifact_without_any_text_is_not_examined(app: App) -> None:
    wheel(app.path("bare-1-py3-none-any.whl"), {"bare/__init__.py": "x = 1\n"}, "bare-1",
          "Metadata-Version: 2.4\nName: bare\nVersion: 1\nLicense-Expression: MIT\n")  # fmt: skip
    ran = app.run("obligations", "bare-1-py3-none-any.whl", "--offline")
    assert ran.code == 0, ran
    assert "review        bare 1  MIT" in ran.out
    assert "no text of that licence is in" in words(ran.out)


def test_a_manifest_with_other_artifacts(app: App) -> None:
    """Those that are named stand in for those of the manifest, which need not be there then."""
    app.path(f"dist/{WHEEL}").rename(app.path("other.whl"))
    app.path(f"dist/{SDIST}").unlink()
    ran = app.run("obligations", "auditor.toml", "other.whl")
    assert ran.code == 0, ran
    assert "other.whl (binary, 4 components)" in ran.out
    assert SDIST not in ran.out


def test_two_manifests_are_one_too_many(app: App) -> None:
    app.write("b/auditor.toml", app.read("auditor.toml"))
    ran = app.run("obligations", "auditor.toml", "b")
    assert (ran.code, ran.err) == (2, "auditor: auditor.toml and b: name one manifest\n")


def test_without_a_source_archive_the_project_itself_is_the_source(app: App) -> None:
    """What git tracks, or will with the next commit, is what others get; not what it ignores nor what was built."""
    app.path(f"dist/{SDIST}").unlink()
    app.write("scratch/_vendor/thing/__init__.py", "x = 1\n")
    app.write(".gitignore", "scratch\n")
    for command in (["init", "-q"], ["add", "src", "auditor.toml", "LICENSE", "README.md"]):
        subprocess.run(["git", *command], cwd=app.folder, check=True)
    ran = app.run("obligations")
    assert ran.code == 0, ran
    assert "\n. (source, 3 components)\n" in ran.out
    app.path(DICE).unlink()
    again = app.run("obligations")
    assert again.code == 1
    assert "VIOLATED      dice" in again.out


def test_offline_the_cache_is_enough(app: App) -> None:
    app.run("obligations")
    assert app.run("obligations", "--offline").code == 0


def test_a_dead_remote_leaves_the_others_judged(wrong: App) -> None:
    wrong.change("auditor.toml", url("rocket"), "http://127.0.0.1:9/o/rocket")
    ran = wrong.run("obligations", "--format", "json")
    assert (ran.code, ran.err) == (3, "")
    audit = json.loads(ran.out)
    assert {finding["rule"] for finding in audit["findings"]} == {"notice-missing"}
    (incident,) = audit["incidents"]
    assert incident["message"].startswith("rocket: http://127.0.0.1:9/o/rocket: ")
    assert (incident["document"], incident["line"]) == ("auditor.toml", 13)
    verdicts = {(one["dependency"], one["verdict"]) for one in audit["obligations"]}
    assert {("juggle", "fulfilled"), ("dice", "violated")} <= verdicts
    clauses = [one for one in audit["obligations"] if one["dependency"] == "rocket"]
    assert clauses
    assert all(one["clause_permalink"] is None for one in clauses)


def test_a_commit_that_is_not_there(app: App) -> None:
    app.change("auditor.toml", upstreams()["juggle"].id("main"), "0" * 40)
    ran = app.run("obligations")
    assert ran.code == 3
    assert f"juggle: {url('juggle')} has no revision {'0' * 40}" in words(ran.out)


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (waiver(), 0, {}),
        (waiver(more=""), 0, {"manifest-problem": 1}),
        (waiver(more="expires = 2020-01-01"), 1, {"notice-missing": 3, "waiver-expired": 1}),
        (waiver(name="juggle"), 1, {"notice-missing": 3, "waiver-unused": 1}),
        (waiver("notice-altered"), 1, {"notice-missing": 3, "waiver-unused": 1}),
        (waiver("notice-misssing"), 1, {"notice-missing": 3, "manifest-problem": 1}),
        (waiver(name="dise"), 1, {"notice-missing": 3, "manifest-problem": 1, "waiver-unused": 1}),
    ],
    ids="used endless expired other-name other-rule no-such-rule no-such-name".split(),
)
def test_waivers(wrong: App, more: str, code: int, told: dict[str, int]) -> None:
    """What is waived stays counted, and is no finding."""
    wrong.write("auditor.toml", App.manifest(more=more))
    ran = wrong.run("obligations", "--format", "json:audit.json", "--format", "text")
    assert ran.code == code, ran
    rules = [finding["rule"] for finding in json.loads(wrong.read("audit.json"))["findings"]]
    assert {rule: rules.count(rule) for rule in (*told, *rules)} == told
    assert f"; {0 if code else 3} waived\n" in ran.out


def test_rules_can_be_chosen(wrong: App) -> None:
    """A verdict stays what it is, whoever is asked about it."""
    assert wrong.run("obligations", "--select", "notice-missing").code == 1
    for arguments in (("--select", "notice-altered"), ("--ignore", "notice-missing"), ("--exit-zero",)):
        ran = wrong.run("obligations", *arguments)
        assert ran.code == 0, ran
        assert "VIOLATED      dice" in ran.out
    assert wrong.run("obligations", "--select", "notice-misssing").code == 2


def test_json_follows_the_schema(wrong: App) -> None:
    wrong.write("auditor.toml", App.manifest(more=waiver() + waiver("notice-stale")))
    wrong.change("auditor.toml", url("rocket"), "http://127.0.0.1:9/o/rocket")
    ran = wrong.run("obligations", "--format", "json")
    audit = json.loads(ran.out)
    jsonschema.validate(audit, SCHEMA)
    assert audit["findings"]
    assert audit["incidents"]
    assert audit["obligations"]
    assert wrong.run("obligations", "--format", "json").out == ran.out


def test_markdown_and_text_at_once(wrong: App) -> None:
    ran = wrong.run("obligations", "--format", "text", "--format", "markdown:audit.md")
    assert ran.code == 1
    assert "VIOLATED      dice" in ran.out
    markdown = wrong.read("audit.md")
    assert markdown.startswith("# What is owed for what is shipped\n")
    assert f"{url('dice')}/blob/{upstreams()['dice'].id('main')}/LICENSE.rst#L5" in markdown


@pytest.mark.parametrize("output", ["nowhere/audit.json", "src"])
def test_an_output_that_cannot_be_written(app: App, output: str) -> None:
    ran = app.run("obligations", "--format", "json", "--output", output)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"auditor: {output}: cannot be written: ")


def test_the_library_says_the_same(app: App) -> None:
    """A manifest, a folder with one, artifacts; a day that is given."""
    app.write("auditor.toml", App.manifest(more=waiver(more="expires = 2026-11-22")))
    assert [finding.rule for finding in app.audit().findings] == ["waiver-unused"]
    assert [finding.rule for finding in app.audit("auditor.toml", today=TODAY.replace(day=23)).findings] == [
        "waiver-expired"
    ]
    alone = app.audit(f"dist/{WHEEL}")
    assert alone.shipping is not None
    assert alone.shipping.shipping.surfaces == ()
    with pytest.raises(auditor.AuditorError, match=r"nothing\.whl"):
        app.audit("nothing.whl")


def test_ctrl_c_ends_it_at_once(app: App) -> None:
    """In the middle of a fetch that would never end; nothing is written."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        app.change("auditor.toml", url("rocket"), f"http://127.0.0.1:{listener.getsockname()[1]}/o/rocket")
        command = [sys.executable, "-m", "auditor", "obligations", "--output", "audit.txt", *options()]
        with subprocess.Popen(command, cwd=app.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            connection, _ = listener.accept()
            os.kill(running.pid, signal.SIGINT)
            out, err = running.communicate(timeout=20)
            connection.close()
    assert (running.returncode, out, err) == (130, b"", b"auditor: interrupted; nothing was written\n")
    assert not app.path("audit.txt").exists()
