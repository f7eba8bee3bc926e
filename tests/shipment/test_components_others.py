"""Shared libraries, JavaScript, Java, Linux packages and the rest."""

import json
import re
import time
import tomllib
from pathlib import Path

import pytest

from auditor.licenses.expressions import normalise
from auditor.model.shipment import Component
from auditor.shipment import open_shipment
from auditor.shipment.components import find_components
from auditor.shipment.components.libraries import library_stem, table


def found(path: Path, files: dict[str, str]) -> list[Component]:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, "utf-8")
    with open_shipment(path) as shipment:
        return list(find_components(shipment))


def summary(components: list[Component]) -> set[tuple[str, str, str | None, str | None]]:
    return {(one.kind, one.name, one.version, one.purl) for one in components}


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        ("libgfortran-040039e1.so.5.0.0", "libgfortran"),
        ("libgfortran-040039e1-0352e75f.so.5.0.0", "libgfortran"),
        ("libscipy_openblas64_-32a4b2a6.so", "libscipy_openblas64_"),
        ("libstdc++.6.dylib", "libstdc++"),
        ("libwebp.7.dylib", "libwebp"),
        ("msvcp140-263139962577ecda4cd9469ca360a746.dll", "msvcp140"),
        ("libgcc_s-2d945d6c.so.1", "libgcc_s"),
        ("libfoo-bar.so", "libfoo-bar"),
        ("README", ""),
        (".load-order-numpy-1.0", ""),
        ("-" * 100_000 + ".so", "-" * 100_000),
    ],
)
def test_the_name_of_a_library(file: str, stem: str) -> None:
    assert library_stem(file) == stem


def test_libraries_beside_the_modules(tmp_path: Path) -> None:
    bill = {"bomFormat": "CycloneDX", "components": [
        {"name": "libXau", "version": "1.0.9-3.el8", "purl": "pkg:rpm/almalinux/libXau@1.0.9-3.el8#hash"},
        {"name": "libmystery", "version": "7", "purl": "pkg:rpm/almalinux/libmystery@7"},
        {"name": "inside", "version": "3", "licenses": [{"license": {"id": "MIT"}}]},
    ]}  # fmt: skip
    files = dict.fromkeys((
        "p.libs/libXau-154567c4.so.6", "p.libs/libwebp-51b0b3f7.so.7.2.0", "p.libs/libwebpmux-8fb1c9f6.so.3",
        "p/.dylibs/libpng16.16.dylib", "p.libs/libother-8fb1c9f6.so", "p.libs/libmystery-8fb1c9f6.so", "p/module.so",
    ), "")  # fmt: skip
    components = found(tmp_path, files | {"p-1.dist-info/sboms/auditwheel.cdx.json": json.dumps(bill)})
    assert summary(components) == {
        ("bundled", "libXau", "1.0.9-3.el8", "pkg:rpm/almalinux/libXau@1.0.9-3.el8"),
        ("bundled", "libwebp", None, None),
        ("bundled", "libpng", None, None),
        ("unknown", "libother-8fb1c9f6.so", None, None),
        ("bundled", "libmystery", "7", "pkg:rpm/almalinux/libmystery@7"),
        ("stated", "inside", "3", None),
    }
    assert next(one for one in components if one.name == "libwebp").files == tuple(
        name for name in files if "libwebp" in name
    )


def test_the_table_of_libraries_is_well_formed() -> None:
    for name, library in table().items():
        assert library.stems, name
        assert library.authority, name
        assert re.match(r"https://", library.repository), name
        assert not library.license or normalise(library.license).expression == library.license, name
    stems = [stem.lower() for library in table().values() for stem in library.stems]
    assert len(stems) == len(set(stems))


def test_banners_name_what_a_script_holds(tmp_path: Path) -> None:
    files = {
        "static/vendor/jquery/jquery.js": "/*!\n * jQuery JavaScript Library v3.7.1\n * https://jquery.com/\n */\n",
        "static/vendor/jquery/jquery.min.js": "/*! jQuery v3.7.1 | (c) OpenJS Foundation | jquery.org/license */",
        "static/app.js": "var own;\n/*! widget.js v1.2.3 | MIT */\n/** @license React v17.0.2\n * text */",
        "static/vue.js": "/**\n* vue v3.4.21\n* (c) 2018-present Evan You\n* @license MIT\n**/\n",
        "static/own.js": "/*! Our own code, (c) 2024 Example */\n/* x v3.0 */ f('@license');",
        "static/bundle.js": "/*! ours */\nvar x;\n/*! widget.js v1.2.3 | MIT */",
        "static/b.css": "/*! normalize.css v8.0.1 | MIT License | github.com/necolas/normalize.css */",
    }
    components = found(tmp_path, files)
    assert summary(components) == {
        ("bundled", "jquery", "3.7.1", None),
        ("bundled", "widget", "1.2.3", None),
        ("bundled", "React", "17.0.2", None),
        ("bundled", "normalize.css", "8.0.1", None),
        ("bundled", "vue", "3.4.21", None),
    }
    declared = {one.name: [text.expression for text in one.license_declared] for one in components}
    assert declared == {"widget": ["MIT"], "normalize.css": ["MIT"], "vue": ["MIT"], "React": [], "jquery": []}
    assert {one.name: len(one.files) for one in components} == {
        "jquery": 2,
        "widget": 0,
        "React": 0,
        "normalize.css": 1,
        "vue": 1,
    }


def test_bundlers_leave_marks(tmp_path: Path) -> None:
    files = {
        "esbuild.js": "// node_modules/react/index.js\n// ../../node_modules/@scope/pack/lib/a.js\n",
        "webpack.js": '/***/ "./node_modules/lodash/lodash.js":\n/*!*** ./node_modules/moment/moment.js ***!*/\n',
        "code.js": 'require("./node_modules/not-bundled/x.js"); // see node_modules in the docs\n',
        "min.js.map": json.dumps({"sources": [
            "webpack://app/./node_modules/.pnpm/vue@3.4.1_typescript/node_modules/vue/dist/vue.js", "src/own.ts", 5,
            "../node_modules/a/node_modules/b/index.js",
        ]}),
    }  # fmt: skip
    assert summary(found(tmp_path, files)) == {
        ("bundled", "react", None, "pkg:npm/react"),
        ("bundled", "@scope/pack", None, "pkg:npm/%40scope/pack"),
        ("bundled", "lodash", None, "pkg:npm/lodash"),
        ("bundled", "moment", None, "pkg:npm/moment"),
        ("bundled", "vue", "3.4.1", "pkg:npm/vue@3.4.1"),
        ("bundled", "b", None, "pkg:npm/b"),
    }


def test_packages_of_npm(tmp_path: Path) -> None:
    files = {
        "package.json": '{"name": "app", "version": "1.0.0", "license": "ISC", "repository": {"url": "git+https://x.org/a.git"}}',
        "node_modules/@s/a/package.json": '{"name": "@s/a", "version": "2.0.0", "license": "MIT"}',
        "node_modules/@s/a/index.js": "/*! other v1.0.0 */",
        "node_modules/@s/a/LICENSE": "MIT",
        "node_modules/broken/package.json": "{",
        "dist/app.js": "/*! app v1.0.0 */",
        "src/fixtures/package.json": '{"name": "fixture"}',
    }
    components = {one.name: one for one in found(tmp_path, files)}
    assert summary(list(components.values())) == {
        ("distribution", "app", "1.0.0", "pkg:npm/app@1.0.0"),
        ("bundled", "@s/a", "2.0.0", "pkg:npm/%40s/a@2.0.0"),
        ("unknown", "broken", None, None),
    }
    assert components["app"].repository == "https://x.org/a.git"
    assert components["@s/a"].license_files == ("node_modules/@s/a/LICENSE",)


def test_jars(tmp_path: Path) -> None:
    one = "META-INF/maven/org.x/one/pom.properties"
    own = {one: "#Generated\ngroupId=org.x\nartifactId=one\nversion=1.2\n", "org/x/One.class": ""}
    assert summary(found(tmp_path / "a", own)) == {("distribution", "one", "1.2", "pkg:maven/org.x/one@1.2")}
    shaded = own | {"META-INF/maven/org.y/two/pom.properties": "artifactId=two\nversion=3\ngroupId=org.y\n"}
    assert summary(found(tmp_path / "all", shaded)) == {
        ("bundled", "one", "1.2", "pkg:maven/org.x/one@1.2"),
        ("bundled", "two", "3", "pkg:maven/org.y/two@3"),
    }
    name = "Bundle-SymbolicName: org.long.na\r\n me;singleton:=true\r\n"
    manifest = f"Manifest-Version: 1.0\r\n{name}Bundle-Version: 4.1\r\n\r\nName: x\r\n"
    bundle = found(tmp_path / "b", {"META-INF/MANIFEST.MF": manifest, "lib/guava-33.0.jar": "PK"})
    assert summary(bundle) == {
        ("distribution", "org.long.name", "4.1", None),
        ("unknown", "guava-33.0.jar", None, None),
    }
    assert [len(one.troubles) for one in bundle] == [0, 1]


def test_packages_of_linux_distributions(tmp_path: Path) -> None:
    files = {
        "etc/os-release": 'NAME="Ubuntu"\nID=ubuntu\n',
        "var/lib/dpkg/status": (
            "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.39-0ubuntu8\n"
            "Description: x\n more\n\n"
            "Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n"
        ),
        "var/lib/dpkg/info/libc6:amd64.list": "/.\n/lib/libc.so.6\n/usr/share/doc/libc6/copyright\n",
        "usr/lib/libc.so.6": "", "usr/share/doc/libc6/copyright": "GPL",
        "two/etc/os-release": "ID=alpine\n",
        "two/lib/apk/db/installed": "P:musl\nV:1.2.5-r0\nA:x86_64\nL:MIT\nF:lib\nR:ld-musl.so.1\nR:gone\n\nP:b\nV:2\n",
        "two/lib/ld-musl.so.1": "",
        "three/var/lib/rpm/rpmdb.sqlite": "",
    }  # fmt: skip
    components = {one.name: one for one in found(tmp_path, files)}
    assert summary(list(components.values())) == {
        ("bundled", "libc6", "2.39-0ubuntu8", "pkg:deb/ubuntu/libc6@2.39-0ubuntu8?arch=amd64"),
        ("bundled", "musl", "1.2.5-r0", "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64"),
        ("bundled", "b", "2", "pkg:apk/alpine/b@2"),
        ("unknown", "rpmdb.sqlite", None, None),
    }
    assert components["libc6"].files == ("usr/lib/libc.so.6", "usr/share/doc/libc6/copyright")
    assert components["libc6"].license_files == ("usr/share/doc/libc6/copyright",)
    assert components["musl"].files == ("two/lib/ld-musl.so.1",)
    assert [one.expression for one in components["musl"].license_declared] == ["MIT"]
    assert "not read" in components["rpmdb.sqlite"].troubles[0]


def test_crates_gems_go_and_php(tmp_path: Path) -> None:
    files = {
        "own-1.0.0/Cargo.toml": '[package]\nname = "own"\nversion = "1.0.0"\nlicense = "MIT"\n',
        "own-1.0.0/.cargo_vcs_info.json": json.dumps({"git": {"sha1": "0" * 40}}),
        "own-1.0.0/vendor/inner/Cargo.toml": '[package]\nname = "inner"\nversion = "2.0.0"\n',
        "own-1.0.0/go/vendor/modules.txt": "# github.com/x/y v1.2.3\n## explicit\n# a.b/c v1 => d.e/f v2\n",
        "own-1.0.0/go/vendor/github.com/x/y/sub/a.go": "package sub",
        "own-1.0.0/php/vendor/composer/installed.json": '[{"name": "a/b", "version": "v3", "license": ["MIT"]}]',
        "own-1.0.0/php/vendor/a/b/x.php": "<?php",
        "own-1.0.0/gems/specifications/rack-3.1.0.gemspec": "",
        "own-1.0.0/gems/gems/rack-3.1.0/lib/rack.rb": "",
    }
    components = {one.name: one for one in found(tmp_path, files)}
    assert summary(list(components.values())) == {
        ("distribution", "own", "1.0.0", "pkg:cargo/own@1.0.0"),
        ("bundled", "inner", "2.0.0", "pkg:cargo/inner@2.0.0"),
        ("bundled", "github.com/x/y", "v1.2.3", "pkg:golang/github.com/x/y@v1.2.3"),
        ("bundled", "d.e/f", "v2", "pkg:golang/d.e/f@v2"),
        ("bundled", "a/b", "v3", "pkg:composer/a/b@v3"),
        ("bundled", "rack", "3.1.0", "pkg:gem/rack@3.1.0"),
    }
    assert components["own"].commit == "0" * 40
    assert components["rack"].files == ("own-1.0.0/gems/gems/rack-3.1.0/lib/rack.rb",)


EVIDENCE = (
    "package.json", "node_modules/a/package.json", "a.js", "a.js.map", "META-INF/MANIFEST.MF", "var/lib/dpkg/status",
    "META-INF/maven/a/b/pom.properties", "lib/apk/db/installed", "Cargo.toml", ".cargo_vcs_info.json",
    "vendor/modules.txt", "vendor/composer/installed.json", "x.dist-info/sboms/a.json", "etc/os-release",
)  # fmt: skip
HOSTILE = (
    "", "[]", "null", '"x"', "[" * 100_000, '{"a":' * 100_000, "/*! a" * 200_000, "@license " * 100_000, "\0" * 1000,
    "// node_modules/" * 60_000, "// node_modules/" + "../" * 300_000, "a b c d e " * 100_000, "P:" * 400_000,
    "Package: a\n" * 80_000, "# a v1\n" * 100_000, "\n" * 500_000, "/*! " + "a-b " * 200_000, "/*!\n" * 200_000,
    '{"name": 5, "version": [], "packages": [1, {"name": "/"}], "bomFormat": "CycloneDX", "components": [[]]}',
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_evidence_is_survived_in_no_time(tmp_path: Path, number: int) -> None:
    begun = time.monotonic()
    found(tmp_path, dict.fromkeys(EVIDENCE, HOSTILE[number]))
    assert time.monotonic() - begun < 10


def test_the_data_file_is_toml() -> None:
    data = Path(find_components.__code__.co_filename).parent / "data" / "libraries.toml"
    assert len(tomllib.loads(data.read_text("utf-8"))) == len(table())
