"""Whose a file is."""

import json
import os
import subprocess
import zipfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from programs import PYTHON, lines, trace, write

from auditor.model.trace import Origin
from auditor.trace.origins import Facts, Origins
from auditor.trace.sources import Source

SHA = "340955c185c58b902e07e6b72b604f04d9b3477e"


def _install(site: Path, name: str, files: dict[str, str], direct_url: object = None, record: bool = True) -> Path:
    info = site / f"{name}-1.0.dist-info"
    write(info / "METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n\n")
    rows = []
    for path, text in files.items():
        content = write(site / path, text).read_bytes()
        digest = urlsafe_b64encode(sha256(content).digest()).decode().rstrip("=")
        rows.append(
            f'"{path}",sha256={digest},{len(content)}' if "," in path else f"{path},sha256={digest},{len(content)}"
        )
    if record:
        (info / "RECORD").write_text("\n".join([*rows, f"{info.name}/RECORD,,", ""]))
    if direct_url:
        (info / "direct_url.json").write_text(json.dumps(direct_url))
    return info


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "env/lib/python3.11/site-packages"


@pytest.fixture
def origins(tmp_path: Path, site: Path) -> Origins:
    write(tmp_path / "env/lib/python3.11/json/__init__.py", "x = 1\n")
    write(tmp_path / "env/lib/python3.11/importlib/_bootstrap.py", "y = 1\n")
    library = str(tmp_path / "env/lib/python3.11")
    return Origins(Facts("3.11.7", library, str(tmp_path / "work"), (str(tmp_path / "work"), library, str(site))))


def test_a_file_of_a_distribution(site: Path, origins: Origins) -> None:
    _install(site, "Other", {"other.py": "x\n", "space/one.py": "1\n"})
    _install(
        site,
        "Mine",
        {"mine/core.py": "x = 1\n", "space/two.py": "2\n", "odd,name.py": "3\n", "../../../bin/mine": "4\n"},
    )
    for path in ("mine/core.py", "space/two.py", "odd,name.py", "../../../bin/mine"):
        file = origins.file(str(site / path))
        assert (file.origin, file.path, file.edited) == (Origin("distribution", "Mine", "1.0"), path, False)
    assert origins.file(str(site / "space/one.py")).origin.name == "Other"


def test_a_file_that_was_edited_after_it_was_installed(site: Path, origins: Origins) -> None:
    _install(site, "Mine", {"mine.py": "x = 1\n"})
    (site / "mine.py").write_text("x = 2\n")
    file = origins.file(str(site / "mine.py"))
    assert (file.origin.name, file.edited) == ("Mine", True)


def test_an_install_from_version_control(site: Path, origins: Origins) -> None:
    url = {"url": "https://user:secret@example.org:8443/o/mine.git", "vcs_info": {"vcs": "git", "commit_id": SHA}}
    _install(site, "Mine", {"mine.py": "x\n"}, url)
    _install(site, "Local", {"local.py": "x\n"}, {"url": "file:///home/al/x", "dir_info": {}})
    _install(site, "Odd", {"odd.py": "x\n"}, {"url": 3, "vcs_info": {"commit_id": "main"}})
    mine = origins.file(str(site / "mine.py")).origin
    assert (mine.repository, mine.commit) == ("https://example.org:8443/o/mine.git", SHA)
    for name in ("local.py", "odd.py"):
        origin = origins.file(str(site / name)).origin
        assert (origin.repository, origin.commit) == (None, None)


def test_what_a_distributor_left_of_the_metadata(site: Path, origins: Origins) -> None:
    write(site / "mine/core.py", "x\n")
    write(site / "Mine-2.0.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: Mine\nVersion: 2.0\n")
    write(site / "Mine-2.0.egg-info/top_level.txt", "mine\n")
    write(site / "old/core.py", "x\n")
    write(site / "Old-3.0.egg-info/installed-files.txt", "../old/core.py\nPKG-INFO\n")
    assert origins.file(str(site / "mine/core.py")).origin == Origin(
        "distribution", "Mine", "2.0", note="its installer left no list of files; the package's name alone says so"
    )
    assert origins.file(str(site / "old/core.py")).origin == Origin("distribution", "Old", "3.0")


def test_a_file_that_no_distribution_lists(site: Path, origins: Origins) -> None:
    _install(site, "Mine", {"mine.py": "x\n"})
    write(site / "dropped.py", "x\n")
    assert origins.file(str(site / "dropped.py")).origin == Origin(
        "unknown", note="it lies among installed packages, but none of them lists it"
    )


def test_damaged_metadata_does_not_stop_anything(site: Path, origins: Origins) -> None:
    info = _install(site, "Mine", {"mine.py": "x\n"}, "[not a table")
    (info / "METADATA").write_bytes(b"\xff\xfe\0")
    (info / "direct_url.json").write_bytes(b"{" * 100_000)
    origin = origins.file(str(site / "mine.py")).origin
    assert (origin.kind, origin.name, origin.version) == ("distribution", "Mine", "1.0")


def test_the_standard_library(tmp_path: Path, origins: Origins) -> None:
    file = origins.file(str(tmp_path / "env/lib/python3.11/json/__init__.py"))
    assert (file.origin, file.path) == (Origin("stdlib", version="3.11.7"), "json/__init__.py")
    frozen = origins.file("<frozen importlib._bootstrap>")
    assert (frozen.origin.kind, frozen.origin.note, frozen.path) == (
        "stdlib", "built into the interpreter", "importlib/_bootstrap.py",
    )  # fmt: skip
    assert origins.file("<frozen mine>").origin == Origin("compiled", note="built into the program")


def test_code_without_a_file(tmp_path: Path, origins: Origins) -> None:
    assert origins.file("<string>").origin.kind == "generated"
    assert origins.file("<template /home/al/x>").path == "<generated>"
    assert origins.file("").origin.kind == "generated"
    assert origins.file("bad\0name").source is None
    assert origins.file(str(tmp_path / "work/mine.pyx")).origin == Origin("compiled", note="compiled code")
    missing = origins.file("missing.py")
    assert (missing.path, missing.source, missing.origin.note) == ("missing.py", None, "in no git checkout")


def test_files_of_the_project(tmp_path: Path, site: Path, origins: Origins) -> None:
    write(tmp_path / "work/app/views.py", "x\n")
    (tmp_path / "work/.git").mkdir()
    write(tmp_path / "editable/src/tool/core.py", "x\n")
    (tmp_path / "editable/.git").write_text("gitdir: elsewhere\n")
    url = (tmp_path / "editable").as_uri()
    _install(site, "Tool", {}, {"url": url, "dir_info": {"editable": True}})
    own = origins.file("app/views.py")
    assert (own.origin, own.path) == (Origin("project"), "app/views.py")
    other = origins.file(str(tmp_path / "editable/src/tool/core.py"))
    assert (other.origin, other.path) == (Origin("project", "Tool", "1.0"), "src/tool/core.py")
    write(tmp_path / "lone/deep/script.py", "x\n")
    lone = origins.file(str(tmp_path / "lone/deep/script.py"))
    assert (lone.origin, lone.path) == (Origin("unknown", note="in no git checkout"), "script.py")


def test_an_archive(tmp_path: Path) -> None:
    source = "def work():\n    pass\n"
    with zipfile.ZipFile(tmp_path / "app.pyz", "w") as archive:
        archive.writestr("__main__.py", "from pack.core import work\nwork()\n")
        archive.writestr("pack/__init__.py", "")
        archive.writestr("pack/core.py", source)
    recorded = trace(tmp_path / "app.pyz", at="pack.core:work")
    assert lines(recorded) == ["<module> __main__.py:2", "work pack/core.py:1"]
    work = recorded.stacks[0].frames[-1]
    assert work.origin == Origin("zipped", "app.pyz")
    assert (work.blob, work.text) == (Source(source.encode()).blob, "def work():")


def test_a_damaged_archive(tmp_path: Path, origins: Origins) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK nonsense")
    file = origins.file(str(tmp_path / "bad.zip/pack/core.py"))
    assert (file.origin, file.path) == (
        Origin("zipped", "bad.zip", note="the archive could not be read"),
        "pack/core.py",
    )


def test_the_blob_is_that_of_git(tmp_path: Path) -> None:
    content = b"x = 1\r\ny = '\xc3\xa4'\n"
    found = subprocess.run(["git", "hash-object", "--stdin"], input=content, capture_output=True, check=True)
    assert Source(content).blob == found.stdout.decode().strip()


def test_code_that_its_file_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = """
        import pathlib
        work = {}
        exec(compile("\\n\\ndef made():\\n    inner()", str(pathlib.Path("page.html").resolve()), "exec"), work)

        def inner():
            pass

        def edited():
            pathlib.Path(__file__).write_text("\\n\\n\\n" + pathlib.Path(__file__).read_text())
            work["made"]()

        work["inner"] = inner
        edited()
    """
    write(tmp_path / "page.html", "<p>\n<p>\n<p>\n<p>\n")
    recorded = trace(write(tmp_path / "app.py", source), at="app:inner")
    module, edited, made, inner = recorded.stacks[0].frames
    assert made.origin.note == inner.origin.note == edited.origin.note != ""
    assert (made.function, made.line, made.text, made.blob) == ("made", 4, "", None)
    assert (edited.text, edited.call, edited.blob, edited.definition) == ("", "", None, None)
    assert module.function == "<module>"


def test_columns_count_bytes_and_odd_sources_do_no_harm() -> None:
    source = Source("x = 'ä€'; f('ü')\n".encode())
    assert source.expression((1, 1, 13, 20)) == "f('ü')"
    assert source.expression((1, 9, 0, 0)) == source.expression(()) == source.expression((None, 1, 2, 3)) == ""
    for content in (b"\xff\xfe\0", b"# coding: nonsense\nx", b"(" * 100_000, b"x = " + b"-" * 200_000 + b"1"):
        odd = Source(content)
        assert odd.shows("f", 1, 1) in (None, False)
        assert odd.line(99) == ""


def test_a_large_file_is_indexed_in_linear_time() -> None:
    times = []
    for size in (2_000, 8_000):
        source = Source(b"class A:\n    def f(self): return (lambda: 1)\n" * size)
        before = os.times().user
        assert source.definition("f", 2) is not None
        times.append(os.times().user - before)
    assert times[1] < 12 * max(times[0], 0.05)


def test_a_program_of_a_virtual_environment(tmp_path: Path) -> None:
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    site = next((tmp_path / "env").glob("lib/python*/site-packages"))
    _install(site, "Mine", {"mine.py": "import json\ndef work(): json.dumps(1)\n"})
    script = write(tmp_path / "app.py", "import mine\nmine.work()\n")
    recorded = trace(tmp_path / "env/bin/python", script, at="json:dumps")
    assert [frame.origin.kind for frame in recorded.stacks[0].frames] == ["project", "distribution", "stdlib"]
    assert recorded.stacks[0].frames[1].origin == Origin("distribution", "Mine", "1.0")
