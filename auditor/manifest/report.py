"""The tables `[report]` and `[trace]` of a manifest: what `auditor report` is to write."""

from collections.abc import Iterator
from pathlib import Path

from auditor.manifest.fields import Table
from auditor.manifest.globs import pattern_trouble
from auditor.model.manifest import ReportPlan, ReportSection, TextFile, WrittenStep


def read_report_plan(top: Table, folder: Path) -> ReportPlan:
    """Everything that the two tables say; files that are not there are told."""
    report, trace = top.table("report"), top.table("trace")
    plan = ReportPlan(
        report.text("title"),
        report.text("author") or "",
        report.text("date") or "",
        tuple(_files(report, "text", folder)),
        _output(report),
        report.text("template"),
        tuple(_sections(report, folder)),
        next(_files(trace, "file", folder), None),
        tuple(_steps(trace)),
    )
    report.finish()
    trace.finish()
    return plan


def _files(table: Table, key: str, folder: Path) -> Iterator[TextFile]:
    for path, place in table.texts(key):
        trouble = pattern_trouble(path)
        if trouble:
            message = f"“{path[:100]}” {trouble}"
            table.complain("wrong-value", "error", f"{key}.{path}", message, "name a file of the project", place)
        elif not (folder / path).is_file():
            message = f"“{path[:100]}” is not there"
            remedy = "write it, or mend its name; it is relative to the manifest"
            table.complain("no-match", "error", f"{key}.{path}", message, remedy, place)
        else:
            yield TextFile(path, place)


def _output(table: Table) -> str | None:
    """Where the report goes, without an ending: each format has its own."""
    written = table.text("output")
    trouble = pattern_trouble(written) if written else None
    if written and trouble:
        message = f"“{written[:100]}” {trouble}"
        table.complain("wrong-value", "error", "output", message, "name a file of the project, without ending")
        return None
    return written


def _sections(report: Table, folder: Path) -> Iterator[ReportSection]:
    for table in report.tables("section"):
        name = table.text("dependency", required=True)
        used = tuple(text for text, _ in table.texts("used"))
        text = next(_files(table, "text", folder), None)
        table.finish()
        if name:
            yield ReportSection(name, table.place(), used, text)


def _steps(trace: Table) -> Iterator[WrittenStep]:
    for table in trace.tables("step"):
        function, at, does = table.text("function"), table.text("at"), table.text("does")
        table.finish()
        if function is None and at is None:
            message = "this step names neither a function of the trace nor a place"
            remedy = 'write function = "…", or at = "DEPENDENCY:PATH::NAME"'
            table.complain("missing-key", "error", "at", message, remedy)
        else:
            yield WrittenStep(table.place(), function, at, does or "")
