"""`auditor check [REPORT ...]`"""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import partial

from auditor.api import url_matcher
from auditor.cli.outputs import parse_outputs, write_outputs
from auditor.cli.progress import ProgressLine
from auditor.cli.screen import screen_of
from auditor.cli.settings import exit_code, fetch_settings, hosts_of, rules_of, warn
from auditor.errors import UsageError
from auditor.files import write_atomically
from auditor.mend import apply_edits, diff_texts, safe_edits
from auditor.model import Audit, Judgement, StatementJudgement
from auditor.model.hosted import HostedRepository
from auditor.pipeline import AskHost, CheckOptions, ask_nobody, check_documents
from auditor.read import Document, decode_text, open_documents
from auditor.render.terminal import visible

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")


def run(arguments: argparse.Namespace) -> int:
    """Check the reports, show the result, mend if asked; gives the exit code."""
    outputs = parse_outputs(arguments)
    audit, documents = examine(arguments)
    if arguments.diff:
        _show_diffs(audit, documents)
    write_outputs(audit, outputs, arguments, to_stdout=not arguments.diff, texts=partial(_texts, documents))
    if arguments.fix and not arguments.diff:
        _fix(audit, documents)
    return exit_code(audit, arguments.fail_on, arguments.exit_zero)


def examine(arguments: argparse.Namespace) -> tuple[Audit, list[Document]]:
    """The audit of the reports that the command line names, as far as the screen lets it through, and these reports."""
    options, screen = _options(arguments), screen_of(arguments)
    settings = fetch_settings(arguments)
    documents = screen.documents(_documents(arguments))
    with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress:
        audit = check_documents(documents, settings, options, progress.show, warn)
    return screen.apply(audit, options.rules), documents


def _options(arguments: argparse.Namespace) -> CheckOptions:
    if arguments.as_of and not _DATE.fullmatch(arguments.as_of):
        raise UsageError(f"--as-of {arguments.as_of}: write the day as YYYY-MM-DD")
    return CheckOptions(
        rules=rules_of(arguments),
        hosts=hosts_of(arguments),
        jobs=arguments.jobs,
        as_of=_end_of_day(arguments.as_of),
        excluded=url_matcher(arguments.exclude),
        ask_host=_ask_host(arguments),
    )


def _ask_host(arguments: argparse.Namespace) -> AskHost:
    """How to ask the code host about repositories: only with a token, and never offline."""
    from auditor.hosts import access_of

    access = None if arguments.offline else access_of(os.environ)
    if access is None:
        return ask_nobody

    def ask(urls: Iterable[str]) -> Mapping[str, HostedRepository]:
        from auditor.hosts import Client, repository_facts

        with closing(Client(access)) as client:
            facts = repository_facts(urls, client)
        for trouble in dict.fromkeys(fact.trouble for fact in facts.values() if fact.trouble):
            warn(f"not asked whether archived or moved: {visible(trouble)}")
        return facts

    return ask


def _end_of_day(date: str | None) -> str | None:
    return f"{date}T23:59:59+00:00" if date and len(date) == 10 else date


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


def _texts(documents: Iterable[Document], audit: Audit) -> dict[str, str]:
    """The decoded text documents that findings are about."""
    wanted = {finding.place.document for finding in audit.findings if finding.place.page is None}
    read = {report.document for report in audit.reports if report.format != "pdf"}
    return {one.name: decode_text(one.data, one.name).text for one in documents if one.name in wanted & read}


def _mended(audit: Audit, documents: Iterable[Document]) -> Iterable[tuple[Document, str, str, bytes]]:
    """Every text document that the safe replacements change: before, after, and the new bytes."""
    by_document: dict[str, list[Judgement | StatementJudgement]] = {}
    for judgement in audit.judgements:
        by_document.setdefault(judgement.resolution.citation.place.document, []).append(judgement)
    for stated in audit.statements:
        by_document.setdefault(stated.place.document, []).append(stated)
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
