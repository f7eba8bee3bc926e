"""Every lock file format: names, versions, sources, what is for development only, and the lines."""

import json
from pathlib import Path

import pytest

from auditor.manifest.lockfiles import LockReading, dependencies_of, is_lock_file
from auditor.model.manifest import Dependency

SHA = "340955c185c58b902e07e6b72b604f04d9b3477e"


def _short(one: Dependency) -> tuple[str, str | None, str | None, str | None, int]:
    return one.name, one.version, one.repository, one.use, one.place.line


def _read(name: str, text: str) -> LockReading:
    return dependencies_of(name, text.encode())


PYLOCK = f"""\
lock-version = "1.0"
created-by = "x"
dependency-groups = ["dev"]
default-groups = ["main"]

[[packages]]
name = "click"
version = "8.5.1"

[[packages.wheels]]
name = "click-8.5.1-py3-none-any.whl"

[[packages]]
name = "tinypkg"
vcs = {{ type = "git", url = "https://github.com/o/tiny.git", requested-revision = "v1", commit-id = "{SHA}" }}

[[packages]]
name = "pytest"
marker = "'dev' in dependency_groups or 'test' in dependency_groups"

[[packages]]
name = "both"
marker = "'dev' in dependency_groups or python_version < '3.12'"

[[packages]]
name = "main"
marker = "'main' in dependency_groups"

[[packages]]
name = "extra"
marker = "'dev' in dependency_groups or 'x' in extras"

[[packages]]
name = "here"
[packages.directory]
path = "."

[[packages]]
name = "signed"
attestation-identities = [{{kind = "GitHub", repository = "o/signed", workflow = "x.yml"}}]
"""


def test_pylock() -> None:
    reading = _read("pylock.dev.toml", PYLOCK)
    assert [_short(one) for one in reading.dependencies] == [
        ("click", "8.5.1", None, None, 6),
        ("tinypkg", None, "https://github.com/o/tiny", None, 13),
        ("pytest", None, None, "dev-only", 17),
        ("both", None, None, None, 21),
        ("main", None, None, None, 25),
        ("extra", None, None, None, 29),
        ("signed", None, "https://github.com/o/signed", None, 38),
    ]
    assert reading.dependencies[1].commit == SHA
    assert (reading.own, reading.problems) == (("here",), ())


UV = f"""\
version = 1
revision = 3

[[package]]
name = "demo"
source = {{ editable = "." }}
dependencies = [{{ name = "requests", extra = ["socks"] }}, {{ name = "ms", version = "1.0" }}]

[package.optional-dependencies]
web = [{{ name = "flask" }}]

[package.dev-dependencies]
dev = [{{ name = "pytest" }}, {{ name = "ms", version = "2.0" }}, {{ name = "requests" }}]

[[package]]
name = "requests"
source = {{ registry = "https://pypi.org/simple" }}

[package.optional-dependencies]
socks = [{{ name = "pysocks" }}]
security = [{{ name = "pyopenssl" }}]

[[package]]
name = "pysocks"
[[package]]
name = "flask"
source = {{ git = "https://github.com/pallets/flask?rev=main#{SHA}" }}
[[package]]
name = "pytest"
dependencies = [{{ name = "pluggy" }}, {{ name = "requests", extra = ["security"] }}]
[[package]]
name = "pluggy"
[[package]]
name = "pyopenssl"
[[package]]
name = "ms"
version = "1.0"
[[package]]
name = "ms"
version = "2.0"
"""


def test_uv_tells_what_only_development_reaches() -> None:
    reading = _read("uv.lock", UV)
    assert {(one.name, one.version): one.use for one in reading.dependencies} == {
        ("requests", None): None,
        ("pysocks", None): None,
        ("flask", None): None,
        ("pytest", None): "dev-only",
        ("pluggy", None): "dev-only",
        ("pyopenssl", None): "dev-only",
        ("ms", "1.0"): None,
        ("ms", "2.0"): "dev-only",
    }
    flask = next(one for one in reading.dependencies if one.name == "flask")
    assert (flask.repository, flask.commit, flask.place.line) == ("https://github.com/pallets/flask", SHA, 25)
    assert (reading.own, reading.problems) == (("demo",), ())


POETRY = f"""\
[[package]]
name = "click"
version = "8.5.1"
groups = ["main", "dev"]

[[package]]
name = "pytest"
version = "9.0"
groups = ["dev"]

[[package]]
name = "old"
version = "1.0"
category = "dev"

[[package]]
name = "tinypkg"
version = "1.0"

[package.source]
type = "git"
url = "https://gitlab.com/a/b/tiny.git"
reference = "v1"
resolved_reference = "{SHA}"

[[package]]
name = "local"
version = "1.0"
[package.source]
type = "directory"
url = "../local"

[metadata]
lock-version = "2.1"
"""


def test_poetry() -> None:
    reading = _read("poetry.lock", POETRY)
    assert [_short(one) for one in reading.dependencies] == [
        ("click", "8.5.1", None, None, 1),
        ("pytest", "9.0", None, "dev-only", 6),
        ("old", "1.0", None, "dev-only", 11),
        ("tinypkg", "1.0", "https://gitlab.com/a/b/tiny", None, 16),
    ]
    assert reading.dependencies[3].commit == SHA
    assert (reading.own, reading.problems) == (("local",), ())


PDM = f"""\
[metadata]
groups = ["default", "dev", "web", "lint"]
lock_version = "4.5.0"

[[package]]
name = "click"
version = "8.5.1"
groups = ["default"]

[[package]]
name = "pytest"
version = "9.0"
groups = ["dev", "lint"]

[[package]]
name = "flask"
version = "2.2.2"
groups = ["web", "dev"]
git = "https://github.com/pallets/flask.git"
ref = "main"
revision = "{SHA}"
"""


def test_pdm_needs_the_project_file_to_tell_extras_from_groups(tmp_path: Path) -> None:
    lock = str(tmp_path / "pdm.lock")
    assert [one.use for one in _read(lock, PDM).dependencies] == [None, None, None]
    (tmp_path / "pyproject.toml").write_text(
        "[dependency-groups]\ndev = []\n[tool.pdm.dev-dependencies]\nlint = []\n[project.optional-dependencies]\nweb=[]"
    )
    reading = _read(lock, PDM)
    assert [(one.name, one.use, one.commit) for one in reading.dependencies] == [
        ("click", None, None),
        ("pytest", "dev-only", None),
        ("flask", None, SHA),
    ]
    assert reading.dependencies[2].repository == "https://github.com/pallets/flask"


PIPFILE = f"""\
{{
    "_meta": {{"pipfile-spec": 6}},
    "default": {{
        "click": {{"version": "==8.5.1", "hashes": ["sha256:0"]}},
        "tinypkg": {{
            "git": "https://github.com/o/tiny.git",
            "ref": "{SHA}"
        }},
        "demo": {{"path": ".", "editable": true}}
    }},
    "develop": {{
        "click": {{"version": "==8.5.1"}},
        "iniconfig": {{"version": "==2.3.1"}},
        "tagged": {{"git": "https://github.com/o/tagged.git", "ref": "v1.0"}}
    }}
}}
"""


def test_pipfile() -> None:
    reading = _read("Pipfile.lock", PIPFILE)
    assert [_short(one) for one in reading.dependencies] == [
        ("click", "8.5.1", None, None, 4),
        ("tinypkg", None, "https://github.com/o/tiny", None, 5),
        ("iniconfig", "2.3.1", None, "dev-only", 13),
        ("tagged", None, "https://github.com/o/tagged", "dev-only", 14),
    ]
    assert (reading.dependencies[1].commit, reading.dependencies[3].revision) == (SHA, "v1.0")
    assert (reading.own, reading.problems) == (("demo",), ())


NPM3 = f"""\
{{
  "name": "demo",
  "lockfileVersion": 3,
  "packages": {{
    "": {{"name": "demo", "devDependencies": {{"ms": "*"}}}},
    "node_modules/ms": {{"version": "2.1.3", "dev": true, "license": "MIT"}},
    "node_modules/debug/node_modules/ms": {{"version": "2.1.3", "license": "MIT"}},
    "node_modules/@s/debug": {{"version": "4.4.3", "license": "SEE LICENSE IN x"}},
    "node_modules/alias": {{"name": "real", "version": "1.0.0"}},
    "node_modules/uws": {{
      "version": "20.0.0",
      "resolved": "git+ssh://git@github.com/o/uws.git#{SHA}"
    }},
    "packages/inner": {{"version": "1.0.0"}},
    "node_modules/inner": {{"resolved": "packages/inner", "link": true}}
  }}
}}
"""


def test_npm_of_today() -> None:
    reading = _read("package-lock.json", NPM3)
    assert [_short(one) for one in reading.dependencies] == [
        ("ms", "2.1.3", None, None, 6),  # needed at run time, too, in another folder
        ("@s/debug", "4.4.3", None, None, 8),
        ("real", "1.0.0", None, None, 9),
        ("uws", "20.0.0", "https://github.com/o/uws", None, 10),
    ]
    assert [one.license for one in reading.dependencies] == ["MIT", None, None, None]
    assert reading.dependencies[3].commit == SHA
    assert (reading.own, reading.problems) == (("inner",), ())


NPM1 = f"""\
{{
  "lockfileVersion": 1,
  "dependencies": {{
    "debug": {{
      "version": "4.4.3",
      "dependencies": {{
        "ms": {{"version": "2.1.3", "dev": true}}
      }}
    }},
    "ms": {{"version": "1.0.0"}},
    "other": {{"version": "npm:real@3.0.0"}},
    "uws": {{"version": "github:o/uws#{SHA}"}},
    "mine": {{"version": "file:../mine"}}
  }}
}}
"""


def test_npm_of_old() -> None:
    reading = _read("npm-shrinkwrap.json", NPM1)
    assert [_short(one) for one in reading.dependencies] == [
        ("debug", "4.4.3", None, None, 4),
        ("ms", "2.1.3", None, "dev-only", 7),
        ("ms", "1.0.0", None, None, 10),
        ("real", "3.0.0", None, None, 11),
        ("uws", None, "https://github.com/o/uws", None, 12),
    ]
    assert reading.dependencies[4].commit == SHA
    assert reading.own == ("mine",)


CARGO = f"""\
version = 4

[[package]]
name = "demo"
version = "0.1.0"
dependencies = ["itoa"]

[[package]]
name = "itoa"
version = "1.0.11"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "49f1"

[[package]]
name = "etl"
version = "0.1.0"
source = "git+https://github.com/supabase/etl?rev=abc#{SHA}"
"""


def test_cargo() -> None:
    reading = _read("Cargo.lock", CARGO)
    assert [_short(one) for one in reading.dependencies] == [
        ("itoa", "1.0.11", None, None, 8),
        ("etl", "0.1.0", "https://github.com/supabase/etl", None, 14),
    ]
    assert (reading.dependencies[1].commit, reading.own, reading.problems) == (SHA, ("demo",), ())
    oldest = '[root]\nname = "demo"\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+x"\n[metadata]\n'
    assert [one.name for one in _read("Cargo.lock", oldest).dependencies] == ["a"]


GOMOD = """\
module example.com/mine // the project

go 1.26.5
toolchain go1.26.5

replace github.com/old/fork => github.com/new/fork/v2 v2.0.1-0.20210819022825-2ae1ddf74ef7

require (
	cosmossdk.io/api v1.1.0
	github.com/aws/aws-sdk-go-v2/service/s3 v1.99.0 // indirect
	"github.com/DataDog/datadog-go" v4.8.3+incompatible
	golang.org/x/crypto v0.54.0
	gopkg.in/yaml.v3 v3.0.1
	gopkg.in/square/go-jose.v2 v2.6.0
	github.com/old/fork v1.0.0
	google.golang.org/genproto v0.0.0-20260511170946-3700d4141b60
)
require example.com/local v1.0.0
replace example.com/local v1.0.0 => ../local
exclude (
	example.com/bad v1.0.0
)
"""


def test_gomod() -> None:
    reading = _read("go.mod", GOMOD)
    assert [(*_short(one)[:3], one.place.line) for one in reading.dependencies] == [
        ("cosmossdk.io/api", "v1.1.0", None, 9),
        ("github.com/aws/aws-sdk-go-v2/service/s3", "v1.99.0", "https://github.com/aws/aws-sdk-go-v2", 10),
        ("github.com/DataDog/datadog-go", "v4.8.3+incompatible", "https://github.com/DataDog/datadog-go", 11),
        ("golang.org/x/crypto", "v0.54.0", "https://go.googlesource.com/crypto", 12),
        ("gopkg.in/yaml.v3", "v3.0.1", "https://github.com/go-yaml/yaml", 13),
        ("gopkg.in/square/go-jose.v2", "v2.6.0", "https://github.com/square/go-jose", 14),
        ("github.com/new/fork/v2", "v2.0.1-0.20210819022825-2ae1ddf74ef7", "https://github.com/new/fork", 15),
        ("google.golang.org/genproto", "v0.0.0-20260511170946-3700d4141b60", None, 16),
        ("example.com/local", None, None, 18),
    ]
    commits = {one.name: one.commit for one in reading.dependencies if one.commit}
    assert commits == {"github.com/new/fork/v2": "2ae1ddf74ef7", "google.golang.org/genproto": "3700d4141b60"}
    assert [(one.severity, one.place.line) for one in reading.problems] == [("note", 18)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("pylock.toml", 'lock-version = "2.0"\n[[packages]]\nname = "a"\n', 1),
        ("uv.lock", 'version = 9\n[[package]]\nname = "a"\n', 1),
        ("poetry.lock", '[[package]]\nname = "a"\n[metadata]\nlock-version = "7.0"\n', 4),
        ("pdm.lock", '[metadata]\nlock_version = "9.1"\n[[package]]\nname = "a"\n', 2),
        ("Pipfile.lock", '{"default": {"a": {}},\n"_meta": {"pipfile-spec": 9}}', 2),
        ("package-lock.json", '{"packages": {"node_modules/a": {}},\n"lockfileVersion": 9}', 2),
        ("Cargo.lock", '\n\nversion = 9\n[[package]]\nname = "a"\nsource = "registry+x"\n', 3),
        ("pylock.toml", '[[packages]]\nname = "a"\n', 1),
    ],
)
def test_an_unknown_version_is_told_and_read_all_the_same(name: str, text: str, line: int) -> None:
    reading = _read(name, text)
    assert [one.name for one in reading.dependencies] == ["a"]
    (problem,) = reading.problems
    assert (problem.kind, problem.severity) == ("source-version", "warning")
    assert "no version" in problem.message or "version 9" in problem.message or ".0" in problem.message
    assert name != "poetry.lock" or problem.place.line == line


def test_which_files_are_lock_files() -> None:
    for name in ("a/uv.lock", "requirements-dev.txt", "requirements/base.txt", "a/constraints.txt", "pylock.x.toml"):
        assert is_lock_file(name)
    for name in ("report.md", "notes.txt", "requirements/report.md", "my-uv.lock", "uv.lock/x"):
        assert not is_lock_file(name)
    with pytest.raises(ValueError, match="no lock file"):
        dependencies_of("report.md", b"")


def test_a_key_with_escapes_keeps_its_line() -> None:
    text = json.dumps({"lockfileVersion": 3, "packages": {'node_modules/é"\n': {"version": "1"}}}, indent=1)
    reading = _read("package-lock.json", text.replace("\\n", ""))
    assert [_short(one)[0] for one in reading.dependencies] == ['é"']
    assert reading.dependencies[0].place.line == 4
