"""Whose metadata speaks for the whole."""

import pytest

from auditor.licenses.find import metadata_paths


@pytest.mark.parametrize(
    ("paths", "own"),
    [
        (
            ["flask/app.py", "flask-3.dist-info/METADATA", "flask/_vendor/x-1.dist-info/METADATA"],
            ["flask-3.dist-info/METADATA"],
        ),
        (["x-1/PKG-INFO", "x-1/setup.py", "x-1/src/x.egg-info/PKG-INFO"], ["x-1/PKG-INFO", "x-1/setup.py"]),
        (["x-1/src/x.egg-info/PKG-INFO", "x-1/README"], ["x-1/src/x.egg-info/PKG-INFO"]),
        (["EGG-INFO/PKG-INFO", "x/y.py"], ["EGG-INFO/PKG-INFO"]),
        (["package.json", "node_modules/a/package.json", "pyproject.toml"], ["pyproject.toml", "package.json"]),
        (["package/package.json", "package/lib/x.js"], ["package/package.json"]),
        (["setup.py", "examples/web/package.json"], ["setup.py"]),
        (["Cargo.toml", "crates/a/Cargo.toml"], ["Cargo.toml"]),
        (["META-INF/maven/g/a/pom.xml", "META-INF/MANIFEST.MF"], ["META-INF/maven/g/a/pom.xml"]),
        (["META-INF/maven/g/a/pom.xml", "META-INF/maven/g/b/pom.xml", "a.class"], []),
        (["a.gemspec", "b.gemspec", "lib/c.gemspec"], ["a.gemspec", "b.gemspec"]),
        (["x-1.dist-info/METADATA", "x-1.dist-info/RECORD"], ["x-1.dist-info/METADATA"]),
        (["composer.json", "pom.xml", "setup.cfg"], ["setup.cfg", "pom.xml", "composer.json"]),
        ([], []),
    ],
)
def test_metadata_of_parts_does_not_count(paths: list[str], own: list[str]) -> None:
    assert metadata_paths(paths) == tuple(own)
