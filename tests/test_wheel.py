"""The wheel works where the source is not: templates and schema travel inside it."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_runs_from_elsewhere(tmp_path: Path) -> None:
    """Build it, unpack it into a folder that only the dependencies stand beside, and run it."""
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(tmp_path)!r}))"
    built = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    wheel = tmp_path / built.stdout.split()[-1]
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert "auditor/templates/audit.md" in names
    assert "auditor/render/schema.json" in names
    assert "auditor/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "examples/"))]
    report = tmp_path / "report.md"
    report.write_text("a frame: run, app.py:12\n")
    script = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import auditor; from auditor.__main__ import run;"
        "print(auditor.__file__, file=sys.stderr); run()"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "site"), "check", str(report), "--format", "markdown"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert str(tmp_path / "site") in ran.stderr
    assert ran.returncode == 0, ran.stderr
    assert "# Code citations" in ran.stdout
    assert "frame-unlinked" in ran.stdout
