"""Outputs for the machines of a code host: SARIF, JUnit, workflow commands, code quality, the summary of a job."""

import argparse
from collections.abc import Callable, Mapping

from auditor.cli.screen import worktree_here
from auditor.model import SEVERITIES, Audit

MACHINE_FORMATS = ("sarif", "junit", "github", "codequality", "summary")
Texts = Callable[[Audit], Mapping[str, str]]


def no_texts(audit: Audit) -> Mapping[str, str]:
    """For audits of what is no text document."""
    return {}


def render_machine(audit: Audit, form: str, arguments: argparse.Namespace, texts: Texts = no_texts) -> str:
    """The audit in one of MACHINE_FORMATS; `texts` gives the decoded documents that findings are about."""
    if form == "junit":
        from auditor.render.junit import render_junit

        failing = SEVERITIES[: SEVERITIES.index(arguments.fail_on) + 1] if arguments.fail_on != "never" else ()
        return render_junit(audit, failing)
    worktree = worktree_here()
    if form == "sarif":
        from auditor.render.sarif import SarifOptions, render_sarif

        return render_sarif(audit, SarifOptions(worktree, texts(audit), f"auditor/{arguments.command}"))
    if form == "github":
        from auditor.render.github import render_github

        return render_github(audit, worktree)
    if form == "codequality":
        from auditor.render.codequality import render_codequality

        return render_codequality(audit, worktree)
    from auditor.render.job_summary import render_job_summary

    return render_job_summary(audit, worktree)
