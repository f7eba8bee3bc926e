"""The command line's grammar, in one place, on argparse alone."""

import argparse

from auditor import __version__
from auditor.cli.groups import add_fetch, add_output, add_reviews, add_rules, add_screen, positive

_EPILOG = """exit codes:
  0  nothing at or above --fail-on was found     2  no audit was performed (usage, unreadable report)
  1  findings                                    3  incomplete: something could not be examined (outranks 1)
"""


def build_parser() -> argparse.ArgumentParser:
    """The parser of `auditor` with all its commands."""
    parser = argparse.ArgumentParser(
        prog="auditor",
        description="Proves what a document says about other people's code, and what you owe for shipping it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"auditor {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_check(commands)
    _add_publish(commands)
    _add_licenses(commands)
    _add_obligations(commands)
    _add_notices(commands)
    _add_report(commands)
    _add_trace(commands)
    templates = commands.add_parser("templates", help="list the templates of documents, or copy them")
    templates.add_argument("--copy", metavar="DIR", help="copy them there, to be changed and named with --template")
    _add_init(commands)
    _add_baseline(commands)
    explain = commands.add_parser("explain", help="print a rule's documentation; without RULE list all")
    explain.add_argument("rule", nargs="?", metavar="RULE")
    commands.add_parser("schema", help="print the JSON Schema of the JSON output")
    return parser


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = commands.add_parser(
        "check",
        help="verify every code citation of existing reports",
        description="Verify every code citation of reports: links to code lines, stack frames, file.py:12.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_reports(check)
    mend = check.add_argument_group("repair")
    mend.add_argument("--fix", action="store_true", help="write every safe replacement into the report")
    mend.add_argument("--diff", action="store_true", help="show what --fix would change, change nothing")
    add_screen(check)
    add_rules(check)
    add_output(check)
    add_fetch(check)


def _add_publish(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    publish = commands.add_parser(
        "publish",
        help="check reports and post the result to the commit and its pull request",
        description="Do what `auditor check` does, and post the result to GitHub. The token comes from GITHUB_TOKEN or "
        "GH_TOKEN; where to post is known in a job of GitHub Actions. Without a token, or with one that may only read, "
        "the findings are shown in the log and the summary of the job.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_reports(publish)
    where = publish.add_argument_group("where to post")
    where.add_argument("--repository", metavar="OWNER/NAME", help="default: that of the job")
    where.add_argument("--pull", type=positive, metavar="N", help="pull request; default: that of the job")
    where.add_argument("--commit", metavar="SHA", help="full id of the commit; default: the head of the pull request")
    where.add_argument("--api-url", metavar="URL", help="default: GITHUB_API_URL, else https://api.github.com")
    what = publish.add_argument_group("what to post, beside the check run")
    what.add_argument("--name", default="auditor", help="tells several audits of a commit apart (default: auditor)")
    what.add_argument("--no-comment", dest="comment", action="store_false", help="no comment on the pull request")
    what.add_argument("--no-suggestions", dest="suggestions", action="store_false", help="no replacements to apply")
    what.add_argument("--sarif", action="store_true", help="upload SARIF to code scanning too")
    add_screen(publish)
    add_rules(publish)
    add_output(publish)
    add_fetch(publish)


def _add_reports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reports", nargs="*", metavar="REPORT", help="file, folder, or - for standard input")
    parser.add_argument("--stdin-filename", metavar="NAME", help="name, and so format, of standard input")


def _add_licenses(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    licenses = commands.add_parser(
        "licenses",
        help="identify licences, clause by clause",
        description="Identify the licences of files, folders, archives or repositories, and locate every clause.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    licenses.add_argument(
        "targets", nargs="*", metavar="TARGET",
        help="file, folder, wheel, sdist, zip, tar, jar, or URL@COMMIT (default: the current folder)",
    )  # fmt: skip
    licenses.add_argument("--headers", action="store_true", help="read the first lines of source files too")
    review = licenses.add_argument_group("review")
    review.add_argument("--accept", action="store_true", help="record that a person has read the texts complained of")
    review.add_argument(
        "--as", dest="conclusion", metavar="LICENSE", default="", help="what the reviewer takes them for"
    )
    review.add_argument("--reviewer", metavar="NAME", default="", help="who has read them")
    review.add_argument("--reason", metavar="TEXT", default="", help="why they are acceptable")
    add_reviews(review)
    add_screen(licenses)
    add_rules(licenses)
    add_output(licenses)
    add_fetch(licenses)


def _add_obligations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    obligations = commands.add_parser(
        "obligations",
        help="say clause by clause whether what is shipped does what the licences ask",
        description="Hold what is shipped against every clause of the licences of what it carries.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    obligations.add_argument(
        "targets", nargs="*", metavar="MANIFEST|ARTIFACT",
        help="auditor.toml or its folder (default: this one); wheels, sdists, archives, images or folders stand in for "
        "the artifacts that it names, and need no manifest",
    )  # fmt: skip
    add_reviews(obligations)
    add_screen(obligations)
    add_rules(obligations)
    add_output(obligations)
    add_fetch(obligations)


def _add_notices(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    notices = commands.add_parser(
        "notices",
        help="write the third-party notices file, or compare it",
        description="Write the notices of everything that is shipped: texts as they are, each once, in a fixed order.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    notices.add_argument("targets", nargs="*", metavar="MANIFEST|ARTIFACT", help="as for `auditor obligations`")
    notices.add_argument("--check", action="store_true", help="compare the file that is there; exit 1 when it differs")
    notices.add_argument(
        "--output", metavar="FILE",
        help="the notices file (default: notices of [distribution], else standard output); with --into-wheel the copy",
    )  # fmt: skip
    notices.add_argument(
        "--format", choices=("markdown", "text", "html"), help="default: by the ending of the file, else markdown"
    )
    notices.add_argument(
        "--into-wheel", metavar="WHEEL", help="write a copy of WHEEL that has the notices in its dist-info/licenses"
    )
    notices.add_argument("--quiet", action="store_true", help="no progress")
    notices.add_argument("--no-progress", action="store_true", help="no progress line on standard error")
    notices.set_defaults(select=[], ignore=[])
    add_reviews(notices)
    add_fetch(notices)


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = commands.add_parser(
        "report",
        help="write the open-source report of a manifest",
        description="Write the report that a manifest plans: licences, how the code runs, obligations, every link "
        "verified.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report.add_argument(
        "manifest", nargs="?", metavar="MANIFEST", help="auditor.toml or its folder (default: this one)"
    )
    report.add_argument(
        "--format", action="append", choices=("markdown", "html"), help="may be repeated (default: both)"
    )
    report.add_argument(
        "--output", metavar="FILE", help="folder, or name without ending (default: as the manifest says)"
    )
    report.add_argument(
        "--template", metavar="NAME|DIR", help="a template by name, or a folder whose templates come first"
    )
    report.add_argument("--force", action="store_true", help="replace a file that is no report of ours")
    report.add_argument(
        "--watch", action="store_true", help="write it anew whenever a file that it is made from changes"
    )
    report.add_argument("--quiet", action="store_true", help="findings only, no summary and no progress")
    report.add_argument("--no-progress", action="store_true", help="no progress line on standard error")
    add_reviews(report)
    add_rules(report)
    add_fetch(report)


def _add_trace(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    trace = commands.add_parser(
        "trace",
        help="run a Python program and record the calls that lead to a place in it",
        description="Run a Python program and record the call path that first reaches a function or a line.",
        epilog="exit codes: 0 reached, 2 nothing was run, 3 not reached",
    )
    trace.add_argument("--at", metavar="TARGET", help="module:function, module:Class.method or file.py:LINE")
    trace.add_argument(
        "--all", action="append", metavar="PACKAGE", default=[], help="record the first call of each of its functions"
    )
    trace.add_argument(
        "--request", action="append", metavar="URL", default=[],
        help="once the program listens, send it a GET request; then stop it (this machine only; may be repeated)",
    )  # fmt: skip
    trace.add_argument("--limit", type=positive, default=1, metavar="N", help="ways to the target (default: 1)")
    trace.add_argument("--timeout", type=positive, default=60, metavar="SECONDS", help="for the program (default: 60)")
    trace.add_argument("--output", metavar="FILE", default="trace.json", help="default: trace.json; - prints it")
    trace.add_argument("--quiet", action="store_true", help="say only what went wrong")
    trace.add_argument("program", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the program and its arguments")


def _add_init(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = commands.add_parser(
        "init",
        help="write a starter auditor.toml",
        description="Write a starter auditor.toml from lock files, an installed environment or an existing report. "
        "Without --from the lock files of the current folder are used.",
    )
    init.add_argument(
        "--from", dest="sources", action="append", metavar="SOURCE", default=[],
        help="lock file, “environment”, folder of a virtual environment, or report; may be repeated",
    )  # fmt: skip
    init.add_argument(
        "--prove", action="store_true",
        help="pin each Python dependency to the commit whose files are installed: their git ids are held against the "
        "tags of its repository, no content is fetched",
    )  # fmt: skip
    init.add_argument("--from-environment", action="store_true", help="short for --from environment --prove")
    init.add_argument("--output", metavar="FILE", default="auditor.toml", help="where to write it; - prints it")
    init.add_argument("--force", action="store_true", help="replace a file that is there already")
    init.add_argument("--no-progress", action="store_true", help="no progress line on standard error")
    add_fetch(init)


def _add_baseline(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    baseline = commands.add_parser(
        "baseline",
        help="write down what is wrong today, so that only what is new is raised",
        description="Write a baseline of all findings; with --baseline FILE later runs raise only what is not in it.",
    )
    baseline.add_argument(
        "targets", nargs="*", metavar="REPORT|MANIFEST",
        help="reports, folders of reports, auditor.toml (default: what the current folder has)",
    )  # fmt: skip
    baseline.add_argument(
        "--output", metavar="FILE", default="auditor-baseline.json",
        help="where to write it (default: auditor-baseline.json)",
    )  # fmt: skip
    baseline.add_argument("--quiet", action="store_true", help="no progress")
    baseline.add_argument("--no-progress", action="store_true", help="no progress line on standard error")
    baseline.set_defaults(baseline=None, changed_since=None, stdin_filename=None)
    add_reviews(baseline)
    add_rules(baseline)
    add_fetch(baseline)
