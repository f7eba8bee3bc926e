"""`auditor report`: real repositories, a manifest and an author's texts become documents whose every line is right."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from upstream import Upstream

from auditor.cli import main
from auditor.shipment import blob_id

URL = "https://github.com/o/kettle"
CODE = '''"""The kettle."""


class Kettle:
    """Boils water."""

    def boil(self, litres):
        heat = litres * 4
        return self.pour(heat)

    def pour(self, heat):
        return heat > 1


def boil():
    return Kettle().boil(2)
'''
MIT = """\
MIT License

Copyright (c) 2024 The Kettle Authors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
MANIFEST = """\
[report]
title = "How the kettle boils"
text = ["how.md"]

[[report.section]]
dependency = "kettle"
used = ["the `tea` shop"]

[trace]
%s

[[dependency]]
name = "kettle"
repository = "https://github.com/o/kettle"
commit = "%s"
license = "MIT"
"""


class Project:
    """A folder with a manifest, and the repository that it pins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        self.upstream = Upstream(folder / "kettle.git")
        self.commit = self.upstream.commit({"src/kettle.py": CODE, "LICENSE": MIT})
        self.where = [f"--mirror={URL}={self.upstream.path}", f"--cache-dir={folder / 'cache'}", "--no-progress"]

    def write(self, prose: str, trace: str = "", **files: str) -> None:
        (self.folder / "auditor.toml").write_text(MANIFEST % (trace, self.commit), "utf-8")
        (self.folder / "how.md").write_text(prose, "utf-8")
        for name, content in files.items():
            (self.folder / name.replace("__", ".")).write_text(content, "utf-8")

    def report(self, *options: str) -> int:
        return main(["report", str(self.folder), *self.where, *options])

    @property
    def markdown(self) -> str:
        return (self.folder / "REPORT.md").read_text("utf-8")

    @property
    def page(self) -> str:
        return (self.folder / "REPORT.html").read_text("utf-8")

    def link(self, path: str, lines: str) -> str:
        return f"{URL}/blob/{self.commit}/{path}#{lines}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_names_become_permalinks_with_exact_lines(project: Project) -> None:
    project.write("Look at [[kettle:src/kettle.py::Kettle.boil]].\n\n![[kettle:kettle.py::Kettle.pour]]\n")
    assert project.report() == 0
    assert project.link("src/kettle.py", "L7-L9") in project.markdown
    assert project.link("src/kettle.py", "L11-L12") in project.page
    assert "return heat &gt; 1" in project.page or "heat" in project.page
    assert project.link("LICENSE", "L10-L11") in project.markdown  # the condition of MIT
    assert "MIT License" in project.markdown


def test_a_name_that_is_not_there_is_told_with_what_may_be_meant(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("a\n\nb [[kettle:src/kettle.py::Kettle.Boil]]\n\nc [[kettle:src/kettle.py::boil]]\n")
    assert project.report() == 1
    said = capsys.readouterr().out
    assert "how.md:3:3: error[reference-unknown]" in said
    assert "Kettle.boil" in said
    assert "[[kettle:src/kettle.py::Kettle.Boil]]" in project.markdown  # visible as it was written


def test_ordinary_links_are_checked_too(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(f"[boil]({project.link('src/kettle.py', 'L99')})\n")
    assert project.report() == 1
    assert "error[line-out-of-range]" in capsys.readouterr().out


def test_written_steps_are_the_code_path(project: Project) -> None:
    steps = '[[trace.step]]\nat = "kettle:src/kettle.py::Kettle.boil@call:pour"\ndoes = "pours"\n'
    project.write("", trace=steps)
    assert project.report() == 0
    assert project.link("src/kettle.py", "L9") in project.markdown
    assert "pours" in project.page


def _trace(blob: str | None) -> str:
    origin = {"kind": "distribution", "name": "Kettle", "version": "1"}
    frames = [
        {"function": "boil", "path": "kettle.py", "line": 16, "origin": origin, "text": "return Kettle().boil(2)"},
        {"function": "Kettle.boil", "path": "kettle.py", "line": 9, "origin": origin, "text": "return self.pour(heat)"},
        {"function": "Kettle.pour", "path": "kettle.py", "line": 11, "origin": origin, "text": "def pour(self, heat):"},
    ]
    stack = {"frames": [frame | ({"blob": blob} if blob else {}) for frame in frames]}
    return json.dumps({"trace": 1, "target": "kettle:Kettle.pour", "reached": True, "stacks": [stack]})


def test_recorded_frames_are_proved_by_content(project: Project) -> None:
    steps = 'file = "t.json"\n\n[[trace.step]]\nfunction = "Kettle.boil"\ndoes = "has heated the water"\n'
    project.write("", trace=steps, t__json=_trace(blob_id(CODE.encode())))
    assert project.report() == 0
    assert project.link("src/kettle.py", "L9") in project.markdown
    assert "has heated the water" in project.markdown
    assert "1 frame" in project.markdown  # one before the step, one behind it


def test_a_frame_of_another_release_has_no_link(project: Project) -> None:
    other = _trace("0" * 40).replace("return self.pour(heat)", "return self.pour(heat, 3)")
    project.write("", trace='file = "t.json"', t__json=other)
    assert project.report() == 0
    assert project.link("src/kettle.py", "L9") not in project.markdown
    assert project.link("src/kettle.py", "L16") in project.markdown  # this line reads as it did
    assert "another release ran" in project.markdown


def test_own_code_is_linked_at_head_unless_it_was_changed(project: Project) -> None:
    code = "import kettle\n\n\ndef tea():\n    kettle.boil()\n"
    frame = {"function": "tea", "path": "tea.py", "line": 5, "origin": {"kind": "project"}, "text": "kettle.boil()"}
    trace = json.dumps(
        {"trace": 1, "target": "", "reached": True, "stacks": [{"frames": [frame | {"blob": blob_id(code.encode())}]}]}
    )
    project.write("", trace='file = "t.json"', t__json=trace, tea__py=code)
    git = ["git", "-C", str(project.folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["remote", "add", "origin", "https://github.com/o/shop.git"], ["add", "tea.py"]):
        subprocess.run([*git, *words], check=True)
    subprocess.run([*git, "commit", "-qm", "tea"], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    assert project.report() == 0
    assert f"https://github.com/o/shop/blob/{head}/tea.py#L5" in project.markdown
    (project.folder / "tea.py").write_text(code + "\n")
    project.report()
    assert "tea.py#L5" not in project.markdown
    assert "was changed since it was recorded" in project.markdown


def test_a_function_that_the_trace_has_not(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    steps = 'file = "t.json"\n\n[[trace.step]]\nfunction = "Kettle.whistle"\n'
    project.write("", trace=steps, t__json=_trace(None))
    assert project.report() == 1
    assert "no frame of “Kettle.whistle”" in capsys.readouterr().out


def test_the_same_inputs_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    pages = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        project = Project(tmp_path / name)
        project.write("[[kettle:src/kettle.py::boil#2]]\n", trace='file = "t.json"', t__json=_trace(None))
        project.report()
        pages.append((project.markdown, project.page))
        assert str(tmp_path) not in project.markdown + project.page
    assert pages[0] == pages[1]


def test_hostile_prose_is_text(project: Project) -> None:
    project.write(
        "<script>alert(1)</script> {{ 7*7 }} {% raw %} [x](javascript:alert(1)) <img src=x onerror=alert(1)> "
        "\u202eabc\n"
    )
    project.report()
    page = project.page
    assert "<script" not in page
    assert "javascript:" not in page.replace("javascript:alert(1))", "")
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page or "default-src &#39;none&#39;" in page


def test_a_file_of_somebody_else_is_not_replaced(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("")
    (project.folder / "REPORT.md").write_text("my own words")
    assert project.report() == 2
    assert "--force" in capsys.readouterr().err
    assert project.markdown == "my own words"
    assert project.report("--force") == 0
    assert "How the kettle boils" in project.markdown


def test_a_missing_text_is_told_at_its_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("")
    (project.folder / "how.md").unlink()
    assert project.report() == 1
    assert "auditor.toml:3:" in capsys.readouterr().out


def test_a_template_of_ones_own(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("[[kettle:src/kettle.py::Kettle.pour]]\n")
    own = tmp_path / "templates"
    own.mkdir()
    (own / "open-source-report.md").write_text("auditor wrote {{ report.title }} about {{ report.parts | length }}\n")
    assert project.report("--template", str(own), "--format", "markdown") == 0
    assert project.markdown == "auditor wrote How the kettle boils about 1\n"
    (own / "open-source-report.md").write_text("line\n{{ report.titel }}\n")
    assert project.report("--template", str(own), "--format", "markdown") == 2
    error = capsys.readouterr().err
    assert "open-source-report.md:2" in error
    assert "titel" in error


def test_without_network_it_says_what_it_could_not_see(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("[[kettle:src/kettle.py::Kettle.pour]]\n")
    project.where[0] = f"--mirror={URL}={project.folder / 'nowhere'}"
    assert project.report() == 3
    assert "not examined" in capsys.readouterr().out


def test_watch_writes_anew_when_a_text_changes(project: Project) -> None:
    project.write("first words\n")
    command = [sys.executable, "-m", "auditor", "report", str(project.folder), *project.where, "--watch"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as watching:
        try:
            _until(lambda: (project.folder / "REPORT.html").exists() and "first words" in project.page)
            (project.folder / "how.md").write_text("second words\n")
            os.utime(project.folder / "how.md", (time.time() + 5, time.time() + 5))
            _until(lambda: "second words" in project.page)
        finally:
            watching.send_signal(signal.SIGINT)
            assert watching.wait(20) == 0


def _until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that")
