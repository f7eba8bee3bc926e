"""The documents with which a project speaks to the public."""

from pathlib import Path

from auditor.gather.surfaces import read_surfaces
from auditor.model import Place
from auditor.model.manifest import Glob, Surfaces


def read(folder: Path, *patterns: str) -> tuple[list[str], list[str]]:
    """The paths that were read, and the incidents, relative to the folder."""
    globs = tuple(Glob(pattern, Place("auditor.toml", 1, 1, 1, 1)) for pattern in patterns)
    surfaces, incidents = read_surfaces(folder, Surfaces(globs))
    shown = [Path(one.path).relative_to(folder).as_posix() for one in surfaces]
    return shown, [f"{Path(one.document or '').name}: {one.message}" for one in incidents]


def test_those_that_the_manifest_names_else_the_usual_ones(tmp_path: Path) -> None:
    for name in ("README.md", "README.rst", "pyproject.toml", "site/a/index.html", "site/style.css", "logo.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("made with dice")
    assert read(tmp_path) == (["README.md", "README.rst", "pyproject.toml"], [])
    assert read(tmp_path, "site/**", "*.md") == (["site/a/index.html", "README.md"], [])
    assert read(tmp_path, "README*", "README.md") == (["README.md", "README.rst"], [])


def test_what_cannot_be_read_is_an_incident(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"x" * ((2 << 20) + 1))
    (tmp_path / "README.txt").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "README.rst").write_text("fine")
    (tmp_path / "README.d").mkdir()
    surfaces, incidents = read(tmp_path)
    assert surfaces == ["README.rst"]
    assert [one.partition(":")[0] for one in incidents] == ["README.md", "README.txt"]
    assert "larger than 2097152 bytes" in incidents[0]
