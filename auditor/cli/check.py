"""`auditor check [REPORT ...]`"""

import argparse
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from auditor.api import known_hosts, url_matcher
from auditor.cli.outputs import parse_outputs, write_outputs
from auditor.cli.progress import ProgressLine
from auditor.errors import UsageError
from auditor.fetch.settings import FetchSettings, Limits, default_cache
from auditor.mend import apply_edits, diff_texts, safe_edits, write_atomically
from auditor.model import SEVERITIES, Audit, Judgement
from auditor.pipeline import CheckOptions, check_documents
from auditor.read import Document, decode_text, open_documents
from auditor.rules import select_rules

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")


def run(arguments: argparse.Namespace) -> int:
    """Check the reports, show the result, mend if asked; gives the exit code."""
    outputs = parse_outputs(arguments)
    options = _options(arguments)
    settings = _settings(arguments)
    documents = _documents(arguments)
    with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress:
        audit = check_documents(documents, settings, options, progress.show, _warn)
    if arguments.diff:
        _show_diffs(audit, documents)
    write_outputs(audit, outputs, arguments, to_stdout=not arguments.diff)
    if arguments.fix and not arguments.diff:
        _fix(audit, documents)
    return exit_code(audit, arguments.fail_on, arguments.exit_zero)


def _warn(text: str) -> None:
    print(f"auditor: {text}", file=sys.stderr)


def exit_code(audit: Audit, fail_on: str, exit_zero: bool) -> int:
    """3 when something was left unexamined, else 1 when a finding is at or above `fail_on`, else 0."""
    if audit.incidents:
        return 3
    if exit_zero or fail_on == "never":
        return 0
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return 1 if any(finding.severity in failing for finding in audit.findings) else 0


def _options(arguments: argparse.Namespace) -> CheckOptions:
    if arguments.as_of and not _DATE.fullmatch(arguments.as_of):
        raise UsageError(f"--as-of {arguments.as_of}: write the day as YYYY-MM-DD")
    return CheckOptions(
        rules=select_rules(_words(arguments.select), _words(arguments.ignore)),
        hosts=known_hosts(dict(_pair(pair, "--host", "NAME=KIND") for pair in arguments.host)),
        jobs=arguments.jobs,
        as_of=_end_of_day(arguments.as_of),
        excluded=url_matcher(arguments.exclude),
    )


def _end_of_day(date: str | None) -> str | None:
    return f"{date}T23:59:59+00:00" if date and len(date) == 10 else date


def _words(values: Iterable[str]) -> list[str]:
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise UsageError(f"{option} {text}: write {form}")
    return left, right


def _settings(arguments: argparse.Namespace) -> FetchSettings:
    return FetchSettings(
        cache=Path(arguments.cache_dir) if arguments.cache_dir else default_cache(),
        mirrors=tuple(_pair(pair, "--mirror", "PREFIX=LOCATION") for pair in arguments.mirror),
        offline=arguments.offline,
        limits=replace(Limits(), seconds=float(arguments.timeout)),
    )


def _documents(arguments: argparse.Namespace) -> list[Document]:
    named = arguments.reports
    if not named:
        raise UsageError("name a report, a folder of reports, or - for standard input")
    documents: list[Document] = []
    for name in named:
        if name == "-":
            documents.append(Document(arguments.stdin_filename or "<stdin>", sys.stdin.buffer.read()))
        else:
            documents += open_documents([name])
    return documents


def _mended(audit: Audit, documents: Iterable[Document]) -> Iterable[tuple[Document, str, str, bytes]]:
    """Every text document that the safe replacements change: before, after, and the new bytes."""
    by_document: dict[str, list[Judgement]] = {}
    for judgement in audit.judgements:
        by_document.setdefault(judgement.resolution.citation.place.document, []).append(judgement)
    formats = {report.document: report.format for report in audit.reports}
    for document in documents:
        edits = safe_edits(by_document.get(document.name, []))
        if not edits or formats.get(document.name) == "pdf":
            continue
        decoded = decode_text(document.data, document.name)
        after = apply_edits(decoded.text, edits)
        yield document, decoded.text, after, decoded.encode(after)


def _show_diffs(audit: Audit, documents: Iterable[Document]) -> None:
    for document, before, after, _ in _mended(audit, documents):
        sys.stdout.write(diff_texts(document.name, before, after))


def _fix(audit: Audit, documents: Iterable[Document]) -> None:
    for document, _, _, data in _mended(audit, documents):
        if document.path is None:
            sys.stdout.buffer.write(data)
            continue
        write_atomically(document.path, data)
        print(f"auditor: mended {document.name}", file=sys.stderr)
