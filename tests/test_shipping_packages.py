"""`auditor obligations` on packages as they are released: those of others that are installed here, and this one."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from audits import project
from shipping_project import CACHE, METADATA, mit, wheel, zipped

import auditor
from auditor.model import Audit

ROOT = Path(__file__).parent.parent
# Written by whoever installed a wheel: not a part of it (PEP 376, PEP 610).
_INSTALLED = re.compile(r"\.\./|(?:^|/)__pycache__/|\.dist-info/(?:INSTALLER|REQUESTED|direct_url\.json)$")


def released(name: str, folder: Path) -> Path:
    """The wheel of an installed package, put together from its files and its RECORD."""
    installed = distribution(name)
    files = {str(path): path for path in installed.files or () if not _INSTALLED.search(str(path))}
    contents = {path: file.locate().read_bytes() for path, file in files.items()}  # type: ignore[attr-defined]
    record = next(path for path in contents if path.endswith(".dist-info/RECORD"))
    lines = contents[record].decode().splitlines(keepends=True)
    contents[record] = "".join(line for line in lines if not _INSTALLED.search(line.split(",")[0])).encode()
    return zipped(folder / f"{installed.name}-{installed.version}-py3-none-any.whl", contents)


def audited(wheel: Path, mirrors: dict[str, str] | None = None) -> Audit:
    """What is said of a wheel, whose repositories are in `mirrors` or not asked for."""
    return auditor.examine_obligations(wheel, mirrors=mirrors, offline=mirrors is None, cache_dir=CACHE)


def verdicts(audit: Audit) -> dict[str, str]:
    """Of the clauses about passing the wheel on, by dependency and clause."""
    assert audit.shipping is not None
    told = [one for one in audit.shipping.obligations if one.when in ("source", "binary")]
    return {f"{one.dependency.name} {one.clause.name if one.clause else '?'}": one.verdict for one in told}


@pytest.mark.parametrize(("name", "license_path"), [("Flask", "LICENSE.rst"), ("Werkzeug", "LICENSE.rst")])
def test_a_wheel_that_is_right(tmp_path: Path, name: str, license_path: str) -> None:
    """By its own texts, and held against its repository: fulfilled, and nothing to find."""
    wheel = released(name, tmp_path)
    expected = {f"{name} clause 1": "not-applicable", f"{name} clause 2": "fulfilled"}
    alone = audited(wheel)
    assert (verdicts(alone), alone.findings, alone.incidents) == (expected, (), ())
    text = distribution(name).read_text(license_path)
    assert text is not None
    upstream = project({license_path: text, f"src/{name.lower()}/__init__.py": "x = 1\n"})
    if not upstream.git("tag", "--list"):
        upstream.tag("2.2.2", upstream.id("main"))
    against = audited(wheel, {f"https://github.com/pallets/{name.lower()}": str(upstream.path)})
    assert (verdicts(against), against.findings, against.incidents) == (expected, (), ())
    assert against.shipping is not None
    links = {one.clause_permalink for one in against.shipping.obligations}
    assert any(link and link.startswith(f"https://github.com/pallets/{name.lower()}/blob/") for link in links)


def test_a_wheel_that_leaves_its_text_behind(tmp_path: Path) -> None:
    """Its repository has the licence, and the wheel, which is what users get, has none."""
    upstream = project({"mit.LICENSE": mit(), "src/purl/__init__.py": "x = 1\n"})
    if not upstream.git("tag", "--list"):
        upstream.tag("v1.0", upstream.id("main"))
    about = "Project-URL: Source, https://github.com/o/purl\nLicense-Expression: MIT\n"
    made = wheel(tmp_path / "purl-1.0-py3-none-any.whl", {"purl/__init__.py": "x = 1\n"}, "purl-1.0",
                 METADATA.replace("app", "purl") + about)  # fmt: skip
    audit = audited(made, {"https://github.com/o/purl": str(upstream.path)})
    assert verdicts(audit) == {"purl permission notice condition": "violated"}
    (finding,) = audit.findings
    assert (finding.rule, finding.severity, audit.incidents) == ("notice-missing", "error", ())
    assert finding.related[0].url.startswith("https://github.com/o/purl/blob/")


def test_this_project_ships_what_it_owes(tmp_path: Path) -> None:
    """The wheel and the sdist are built from this tree, and held against its own manifest."""
    for name in ("auditor.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "auditor").symlink_to(ROOT / "auditor")
    for build in ("build_wheel", "build_sdist"):
        code = f"import sys; from hatchling.build import {build}; {build}(sys.argv[1])"
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "dist")], cwd=ROOT, check=True, capture_output=True)
    command = [sys.executable, "-m", "auditor", "obligations", "--offline", "--cache-dir", str(CACHE), "--verbose"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert ran.stdout.count("section 4(a)") == 2
    # Whether the package has a NOTICE file in its repository is for a person to look up: nothing is fetched here.
    assert "no violation found for source and binary; 3 points need review\n0 errors, 0 warnings" in ran.stdout
