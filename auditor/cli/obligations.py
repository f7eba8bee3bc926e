"""`auditor obligations [MANIFEST | ARTIFACT ...]`"""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.cli.outputs import parse_outputs, write_outputs
from auditor.cli.progress import ProgressLine
from auditor.cli.screen import screen_of
from auditor.cli.settings import exit_code, fetch_settings, hosts_of, rules_of, warn
from auditor.manifest import ENVIRONMENT
from auditor.model.manifest import Manifest
from auditor.render.obligations import render_obligations
from auditor.reviews import load_reviews
from auditor.shipping import ShippingOptions, examine_shipping, open_targets


def run(arguments: argparse.Namespace) -> int:
    """Judge every clause for everything that is shipped, show the result; gives the exit code."""
    outputs = parse_outputs(arguments)
    manifest, artifacts = open_targets(arguments.targets, today())
    options, screen = shipping_options(arguments), screen_of(arguments)
    with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress:
        audit = examine_shipping(manifest, artifacts, lambda: fetch_settings(arguments), options, progress.show, warn)
    audit = screen.apply(audit, options.rules, [] if manifest is None else manifest_files(manifest))
    write_outputs(audit, outputs, arguments, show=render_obligations, template="obligations")
    return exit_code(audit, arguments.fail_on, arguments.exit_zero)


def manifest_files(manifest: Manifest) -> list[str]:
    """The files that say what is used: the manifest and its lock files, as a user can open them."""
    folder = Path(manifest.document).parent
    return [manifest.document, *(str(folder / one.name) for one in manifest.sources if one.name != ENVIRONMENT)]


def shipping_options(arguments: argparse.Namespace) -> ShippingOptions:
    """The arguments as the pipeline takes them; waivers are held against today."""
    reviews = load_reviews(Path(arguments.reviews))
    return ShippingOptions(
        rules_of(arguments), today(), hosts_of(arguments), arguments.jobs, reviews, arguments.offline
    )


def today() -> date:
    """The day that waivers are held against."""
    return datetime.now(UTC).date()
