"""`auditor obligations [MANIFEST | ARTIFACT ...]`"""

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from auditor.cli.outputs import parse_outputs, write_outputs
from auditor.cli.progress import ProgressLine
from auditor.cli.settings import exit_code, fetch_settings, hosts_of, rules_of, warn
from auditor.errors import UsageError
from auditor.manifest import NAME, find_manifest, read_manifest
from auditor.model.manifest import Manifest
from auditor.render.obligations import render_obligations
from auditor.reviews import load_reviews
from auditor.rules import rule_ids
from auditor.shipping import ShippingOptions, examine_shipping


def run(arguments: argparse.Namespace) -> int:
    """Judge every clause for everything that is shipped, show the result; gives the exit code."""
    outputs = parse_outputs(arguments)
    manifest, artifacts = open_targets(arguments.targets)
    options = shipping_options(arguments)
    with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress:
        audit = examine_shipping(manifest, artifacts, lambda: fetch_settings(arguments), options, progress.show, warn)
    write_outputs(audit, outputs, arguments, show=render_obligations, template="obligations.md")
    return exit_code(audit, arguments.fail_on, arguments.exit_zero)


def shipping_options(arguments: argparse.Namespace) -> ShippingOptions:
    """The arguments as the pipeline takes them; waivers are held against today."""
    reviews = load_reviews(Path(arguments.reviews))
    return ShippingOptions(
        rules_of(arguments), datetime.now(UTC).date(), hosts_of(arguments), arguments.jobs, reviews, arguments.offline
    )


def open_targets(targets: Sequence[str]) -> tuple[Manifest | None, list[str]]:
    """The manifest among the targets, else none if artifacts are named, else that of the current folder.

    Raises UsageError when nothing says what is shipped, DocumentError for a manifest that cannot be read.
    """
    manifests = {target: path for target in targets if (path := _manifest_at(target)) is not None}
    if len(manifests) > 1:
        raise UsageError(f"{' and '.join(manifests)}: name one manifest")
    artifacts = [target for target in targets if target not in manifests]
    path = next(iter(manifests.values()), None)
    if path is None and not artifacts:
        path = find_manifest(Path())
        if path is None:
            raise UsageError(f"there is no {NAME} here; `auditor init` writes one, or name what is shipped")
    manifest = read_manifest(path, datetime.now(UTC).date(), rule_ids()) if path is not None else None
    return manifest, artifacts


def _manifest_at(target: str) -> Path | None:
    if target.lower().endswith(".toml"):
        return Path(target)
    return find_manifest(Path(target)) if os.path.isdir(target) else None
