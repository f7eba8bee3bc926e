"""The reports that are checked in are those that the tool writes."""

import re
from pathlib import Path

import pytest

from auditor.cite import parse_references
from auditor.cli import main
from auditor.manifest import read_manifest
from auditor.model.reference import CodeReference
from auditor.trace import read_trace

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "reports"


def test_report_on_our_own_dependencies_is_as_it_is_written_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is made from the releases that are installed beside us, without any network; every byte must agree."""
    where = [f"--cache-dir={tmp_path / 'cache'}", "--offline", "--no-progress"]
    assert main(["report", str(REPORTS / "dependencies"), f"--output={tmp_path}/", *where]) == 0, capsys.readouterr()
    for name in ("REPORT.md", "REPORT.html"):
        assert (tmp_path / name).read_text("utf-8") == (REPORTS / "dependencies" / name).read_text("utf-8"), name


def test_report_on_flask_holds_all_that_its_sources_cite() -> None:
    """Its repositories cannot be had here; but whatever is cited must be there as a permalink at the pin."""
    from datetime import date

    folder = REPORTS / "flask-tcp"
    manifest = read_manifest(folder / "auditor.toml", date(2026, 11, 22))
    assert manifest.problems == ()
    pins = {one.name: f"{one.repository}/blob/{one.commit}/" for one in manifest.dependencies}
    markdown, page = ((folder / f"REPORT.{form}").read_text("utf-8") for form in ("md", "html"))
    cited = 0
    for text in sorted(folder.glob("*.md")):
        if text.name == "REPORT.md":
            continue
        for reference in parse_references(text.read_text("utf-8"), text.name):
            assert isinstance(reference, CodeReference)
            link = re.compile(re.escape(pins[reference.dependency] + reference.path) + r"#L\d+(-L\d+)?")
            assert link.search(markdown), reference.written
            assert link.search(page), reference.written
            cited += 1
    assert cited >= 20
    assert "[[" not in re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)
    functions = {frame.function for frame in read_trace(folder / "trace.json").stacks[0].frames}
    steps = [step.function for step in manifest.report.steps]
    assert set(steps) <= functions
    headings = re.findall(r"^### Step \d+: (.*)$", markdown, flags=re.MULTILINE)
    assert [heading.replace("\\", "") for heading in headings] == steps
