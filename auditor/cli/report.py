"""`auditor report [MANIFEST]`"""

import argparse
import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.obligations import shipping_options, today
from auditor.cli.progress import ProgressLine
from auditor.cli.settings import exit_code, fetch_settings, warn
from auditor.errors import AuditorError, UsageError
from auditor.files import write_atomically
from auditor.manifest import NAME, find_manifest, read_manifest
from auditor.model import Audit
from auditor.model.document import WrittenReport
from auditor.model.manifest import Manifest
from auditor.render.templates import render_template
from auditor.render.terminal import visible
from auditor.reporting import write_report
from auditor.rules import rule_ids

if TYPE_CHECKING:
    from auditor.fetch import FetchSettings

ENDINGS = {"markdown": ".md", "html": ".html"}
_TEMPLATE = "open-source-report"
_OUTPUT = "REPORT"
_MARK = b"auditor"  # stands in every report that was written here, in its provenance
_POLL = 0.5  # seconds between two looks at the files


def run(arguments: argparse.Namespace) -> int:
    """Write the report in every format asked for, tell what is wrong in it; gives the exit code."""
    if not arguments.watch:
        return _write(arguments)
    code = 0
    seen: dict[str, float] = {}
    try:
        while True:
            now = _times(arguments)
            if now != seen:
                seen = now
                try:
                    code = _write(arguments)
                except AuditorError as error:  # the author is at work; what is wrong now may be right in a minute
                    warn(str(error))
                warn("watching; Ctrl-C ends")
            time.sleep(_POLL)
    except KeyboardInterrupt:
        return code


def _write(arguments: argparse.Namespace) -> int:
    path = _manifest_path(arguments).absolute()
    settings, options = _rooted(fetch_settings(arguments)), shipping_options(arguments)
    arguments = _absolute(arguments)
    # The report names files as they are seen from its manifest, wherever that lies on whatever machine.
    with contextlib.chdir(path.parent):
        manifest = read_manifest(Path(path.name), today(), rule_ids())
        forms = list(dict.fromkeys(arguments.format or ENDINGS))
        files = {form: _file(arguments, manifest, form, several=len(forms) > 1) for form in forms}
        folder, name = _template(arguments, manifest)
        if not arguments.force:
            for file in files.values():
                _check_own(file)
        with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress:
            report = write_report(manifest, settings, options, progress.show, warn)
            documents = {form: render_template(f"{name}{ENDINGS[form]}", report, folder) for form in forms}
        for form, text in documents.items():
            files[form].parent.mkdir(parents=True, exist_ok=True)
            write_atomically(str(files[form]), text.encode("utf-8", "replace"))
        shown = [file.absolute() for file in files.values()]
    _tell(report, shown, path.parent, arguments.quiet)
    return exit_code(report.audit, arguments.fail_on, arguments.exit_zero)


def _manifest_path(arguments: argparse.Namespace) -> Path:
    """The manifest that is named, else that of the folder. Raises UsageError where there is none."""
    asked = Path(arguments.manifest or ".")
    path = find_manifest(asked) if asked.is_dir() else asked
    if path is None:
        raise UsageError(f"there is no {NAME} in {asked}; `auditor init` writes one")
    return path


def _rooted(settings: "FetchSettings") -> "FetchSettings":
    """The same places, whatever the current folder becomes."""
    mirrors = tuple(
        (prefix, os.path.abspath(place) + ("/" if place.endswith("/") else "") if os.path.exists(place) else place)
        for prefix, place in settings.mirrors
    )
    return replace(settings, cache=settings.cache.expanduser().absolute(), mirrors=mirrors)


def _absolute(arguments: argparse.Namespace) -> argparse.Namespace:
    """The arguments with paths that hold in any folder."""
    made = argparse.Namespace(**vars(arguments))
    if made.output:
        made.output = os.path.abspath(made.output) + ("/" if made.output.endswith(("/", os.sep)) else "")
    if made.template and (os.path.isdir(made.template) or os.path.dirname(made.template)):
        made.template = os.path.abspath(made.template)
    return made


def _file(arguments: argparse.Namespace, manifest: Manifest, form: str, several: bool) -> Path:
    """Where a format goes: the name that was given, with the ending of the format."""
    ending = ENDINGS[form]
    if not arguments.output:
        base = Path(manifest.document).parent / (manifest.report.output or _OUTPUT)
    elif os.path.isdir(arguments.output) or arguments.output.endswith(("/", os.sep)):
        base = Path(arguments.output) / Path(manifest.report.output or _OUTPUT).name
    elif not several and Path(arguments.output).suffix:
        return Path(arguments.output)
    else:
        base = Path(arguments.output)
    return base.with_name(base.name.removesuffix(ending) + ending)


def _template(arguments: argparse.Namespace, manifest: Manifest) -> tuple[Path | None, str]:
    """The user's folder of templates, if there is one, and the name of the template without its ending."""
    asked = arguments.template
    if asked is None and manifest.report.template:
        folder = Path(manifest.document).parent
        named = folder / manifest.report.template
        asked = str(named) if named.parent != folder or named.is_dir() else manifest.report.template
    if asked is None:
        return None, _TEMPLATE
    if os.path.isdir(asked):
        return Path(asked), _TEMPLATE
    path = Path(asked)
    name = path.name.removesuffix(".md").removesuffix(".html")
    return (path.parent if path.parent != Path() else None), name


def _check_own(file: Path) -> None:
    """Refuse to replace a file that somebody else has written."""
    try:
        existing = file.read_bytes()
    except OSError:
        return  # not there, or writing will tell
    if existing.strip() and _MARK not in existing:
        raise UsageError(f"{file}: is there already and no report of ours; --force replaces it")


def _tell(report: WrittenReport, files: list[Path], folder: Path, quiet: bool) -> None:
    for line in _lines(report.audit, folder):
        print(line)
    if not quiet:
        counts = report.audit.severity_counts()
        cited = len(report.audit.judgements) + len(report.audit.references)
        found = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items())
        print(f"wrote {' and '.join(map(_shown, files))}: {cited} citations, {len(report.steps)} steps; {found}")


def _lines(audit: Audit, folder: Path) -> Iterator[str]:
    for finding in audit.findings:
        place = finding.place
        where = f"{visible(_document(place.document, folder))}:{place.line}:{place.column}"
        yield f"{where}: {finding.severity}[{finding.rule}] {visible(finding.message)}"
        yield f"  → {visible(finding.remedy)}"
    for incident in audit.incidents:
        document = _document(incident.document, folder) if incident.document else ""
        where = f"{visible(document)}:{incident.line or 1}: " if document else ""
        yield f"{where}not examined: {visible(incident.message)}"


def _document(name: str, folder: Path) -> str:
    """A file as the user can open it from where he is."""
    return _shown(folder / name) if (folder / name).exists() else name


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _times(arguments: argparse.Namespace) -> dict[str, float]:
    """When each file that the report is made from was changed last."""
    path = _manifest_path(arguments)
    try:
        manifest = read_manifest(path, today())
    except AuditorError:
        paths = [path]
    else:
        plan, folder = manifest.report, path.parent
        named = [*plan.text, *(one.text for one in plan.sections if one.text), *([plan.trace] if plan.trace else [])]
        paths = [Path(manifest.document), *(folder / one.path for one in named)]
        own = _template(arguments, manifest)[0]
        paths += sorted(own.iterdir()) if own and own.is_dir() else []
    return {str(path): path.stat().st_mtime for path in paths if path.exists()}
