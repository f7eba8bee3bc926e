"""What several commands share: arguments as the values that the pipelines take, and the exit code."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from auditor.errors import UsageError
from auditor.model import SEVERITIES, Audit
from auditor.permalinks import DEFAULT, Hosts
from auditor.rules import select_rules

if TYPE_CHECKING:
    from auditor.fetch.settings import FetchSettings


def warn(text: str) -> None:
    """Tell the user something on standard error."""
    print(f"auditor: {text}", file=sys.stderr)


def rules_of(arguments: argparse.Namespace) -> tuple[ModuleType, ...]:
    """The rules that `--select` and `--ignore` leave."""
    return select_rules(_words(arguments.select), _words(arguments.ignore))


def hosts_of(arguments: argparse.Namespace) -> Hosts:
    """The public code hosts and those of `--host NAME=KIND`."""
    hosts = DEFAULT
    for pair in arguments.host:
        hosts = hosts.with_host(*_pair(pair, "--host", "NAME=KIND"))
    return hosts


def fetch_settings(arguments: argparse.Namespace) -> "FetchSettings":
    """Where repositories come from and go to, and how long git may take."""
    from auditor.fetch.settings import FetchSettings, Limits, default_cache

    return FetchSettings(
        cache=Path(arguments.cache_dir) if arguments.cache_dir else default_cache(),
        mirrors=tuple(_pair(pair, "--mirror", "PREFIX=LOCATION") for pair in arguments.mirror),
        offline=arguments.offline,
        limits=replace(Limits(), seconds=float(arguments.timeout)),
    )


def exit_code(audit: Audit, fail_on: str, exit_zero: bool) -> int:
    """3 when something was left unexamined, else 1 when a finding is at or above `fail_on`, else 0."""
    if audit.incidents:
        return 3
    if exit_zero or fail_on == "never":
        return 0
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return 1 if any(finding.severity in failing for finding in audit.findings) else 0


def _words(values: Iterable[str]) -> list[str]:
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise UsageError(f"{option} {text}: write {form}")
    return left, right
