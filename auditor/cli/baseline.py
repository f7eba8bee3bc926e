"""`auditor baseline [REPORT | MANIFEST ...]`"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from auditor.baseline import write_baseline
from auditor.cli.check import examine
from auditor.cli.obligations import shipping_options, today
from auditor.cli.progress import ProgressLine
from auditor.cli.settings import fetch_settings, warn
from auditor.errors import UsageError
from auditor.files import write_atomically
from auditor.manifest import NAME
from auditor.model import Audit
from auditor.read.discover import find_reports
from auditor.render.text import plural
from auditor.shipping import examine_shipping, open_targets


def run(arguments: argparse.Namespace) -> int:
    """Write everything that is wrong today into the baseline; 3 when something could not be examined, else 0."""
    audits = list(_audits(arguments.targets or _here(), arguments))
    write_atomically(arguments.output, write_baseline(audits).encode())
    found = plural(sum(len(audit.findings) for audit in audits), "finding")
    warn(f"{found} in {arguments.output}; with --baseline {arguments.output} only new ones are raised")
    missed = sum(len(audit.incidents) for audit in audits)
    if missed:
        warn(f"{plural(missed, 'place')} could not be examined; what is wrong there is not in it")
    return 3 if missed else 0


def _here() -> list[str]:
    """What a project has: its reports and its manifest. Raises UsageError when it has neither."""
    found = [NAME] if Path(NAME).is_file() else []
    if next(find_reports(Path()), None) is not None:
        found.append(".")
    if not found:
        raise UsageError(f"there is no report and no {NAME} here; name them")
    return found


def _audits(targets: list[str], arguments: argparse.Namespace) -> Iterator[Audit]:
    """One audit of all reports, one of each manifest."""
    manifests = [target for target in targets if target.lower().endswith(".toml")]
    reports = [target for target in targets if target not in manifests]
    if reports:
        audit, _ = examine(argparse.Namespace(**(vars(arguments) | {"reports": reports})))
        yield audit
    options = shipping_options(arguments)
    for target in manifests:
        manifest, artifacts = open_targets([target], today())
        with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress:
            yield examine_shipping(manifest, artifacts, lambda: fetch_settings(arguments), options, progress.show, warn)
