"""`auditor publish [REPORT ...]`: what `auditor check` finds, posted to the commit and its pull request."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from auditor.cli.check import examine
from auditor.cli.outputs import parse_outputs, write_outputs
from auditor.cli.screen import worktree_here
from auditor.cli.settings import exit_code, warn
from auditor.decode import decode_text
from auditor.hosts import Access, Client, Wanted, access_of, publish, target_of
from auditor.model import Audit
from auditor.model.publication import Fallback, PublicationTarget, Published
from auditor.publishing import Shown, compose_publication
from auditor.read import Document
from auditor.render.terminal import visible

_INCOMPLETE = 3


@dataclass(frozen=True, slots=True)
class Renderers:
    """An audit as GitHub's workflow commands, as a job summary in Markdown, and as SARIF."""

    commands: Callable[[Audit], str]
    summary: Callable[[Audit], str]
    sarif: Callable[[Audit], str]


def run(arguments: argparse.Namespace) -> int:
    """Check the reports, show the result, post it; gives the exit code of the check, 3 when posting failed."""
    outputs = parse_outputs(arguments)
    access = access_of(os.environ, arguments.api_url)
    target = target_of(os.environ, Wanted(arguments.repository, arguments.pull, arguments.commit)) if access else None
    audit, documents = examine(arguments)
    write_outputs(audit, outputs, arguments)
    renderers = _renderers()
    if access is None or target is None:
        published = Published((), Fallback("there is no token of the code host: set GITHUB_TOKEN"))
    else:
        published = _post(audit, documents, arguments, access, target, renderers)
    for part in published.parts:
        warn(f"{part.kind}: {part.outcome}{'  ' if part.detail else ''}{visible(part.detail)}")
    if published.fallback is not None:
        _fall_back(audit, published.fallback, renderers)
    code = exit_code(audit, arguments.fail_on, arguments.exit_zero)
    return code or (_INCOMPLETE if published.failures else 0)


def _post(
    audit: Audit,
    documents: Iterable[Document],
    arguments: argparse.Namespace,
    access: Access,
    target: PublicationTarget,
    renderers: Renderers,
) -> Published:
    failing = exit_code(replace(audit, incidents=()), arguments.fail_on, arguments.exit_zero) != 0
    root = _repository_root(Path.cwd())
    shown = Shown(
        name=arguments.name,
        path_of=lambda document: _path_in(root, document),
        summary=renderers.summary(audit),
        texts=dict(_texts(audit, documents)) if arguments.suggestions else {},
        sarif=renderers.sarif(audit) if arguments.sarif else None,
        comment=arguments.comment,
    )
    publication = compose_publication(audit, failing, shown)
    with closing(Client(access)) as client:
        return publish(publication, target, client)


def _fall_back(audit: Audit, fallback: Fallback, renderers: Renderers) -> None:
    """Show the findings in the ways that need no token: the job's log, which marks the files too, and its summary."""
    warn(f"nothing is shown on the commit: {visible(fallback.reason)}")
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    sys.stdout.write(renderers.commands(audit))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with open(summary, "a", encoding="utf-8", errors="replace") as file:
            file.write(renderers.summary(audit))
    warn("the findings are in the annotations and the summary of this job instead")


def _texts(audit: Audit, documents: Iterable[Document]) -> Iterable[tuple[str, str]]:
    """The documents that are text in UTF-8 without a byte order mark: so the host would write a suggestion."""
    mendable = {report.document for report in audit.reports if report.format != "pdf"}
    for document in documents:
        if document.path is None or document.name not in mendable:
            continue
        decoded = decode_text(document.data, document.name)
        if decoded.encoding == "utf-8" and not decoded.bom:
            yield document.name, decoded.text


def _repository_root(folder: Path) -> Path:
    """The checkout that a folder is in; the folder itself where there is none."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)


def _path_in(root: Path, document: str) -> str | None:
    """A document's path from the root, with `/`; None for what is no file below it."""
    try:
        path = Path(os.path.abspath(document))
        return path.relative_to(root).as_posix() if path.is_file() else None
    except (ValueError, OSError):
        return None


def _renderers() -> Renderers:
    from auditor.render.github import render_github
    from auditor.render.job_summary import render_job_summary
    from auditor.render.sarif import SarifOptions, render_sarif

    worktree = worktree_here()
    return Renderers(
        partial(render_github, worktree=worktree),
        partial(render_job_summary, worktree=worktree),
        partial(render_sarif, options=SarifOptions(worktree, category="auditor/check")),
    )
