"""The example of docs/manifest.md is a manifest."""

import re
from datetime import date
from pathlib import Path

from auditor.manifest import read_manifest

PAGE = Path(__file__).parent.parent.parent / "docs" / "manifest.md"


def test_the_example_has_no_mistake(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    for name in ("dist/a.whl", "dist/a.tar.gz", "README.md", "site/index.html", "src/pkg/_vendor/foo/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "uv.lock").write_text('version = 1\n[[package]]\nname = "flask"\nversion = "2.2.2"\n')
    (tmp_path / "auditor.toml").write_text(example[1])
    manifest = read_manifest(tmp_path / "auditor.toml", date(2026, 11, 22), {"endorsement-review"})
    assert manifest.problems == ()
    assert [(one.name, one.version) for one in manifest.dependencies] == [("flask", "2.2.2"), ("foo", "1.0")]


def test_every_key_of_a_dependency_is_on_the_page() -> None:
    text = PAGE.read_text("utf-8")
    for key in "name ecosystem version repository commit revision license use modified path".split():
        assert f"| `{key}` |" in text
