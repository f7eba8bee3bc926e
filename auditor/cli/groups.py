"""Options that several commands share, in groups."""

import argparse


def add_reviews(parser: argparse._ActionsContainer) -> None:
    """Where reviews of licence texts are kept."""
    parser.add_argument(
        "--reviews", metavar="FILE", default="auditor-reviews.toml",
        help="where reviews of licence texts are kept (default: auditor-reviews.toml)",
    )  # fmt: skip


def add_screen(parser: argparse.ArgumentParser) -> None:
    """What of an audit is raised."""
    screen = parser.add_argument_group("only what is new")
    screen.add_argument("--baseline", metavar="FILE", help="leave out the findings that `auditor baseline` wrote there")
    screen.add_argument(
        "--changed-since", metavar="REV",
        help="only documents and lines that were changed since HEAD and REV, a branch or commit, parted",
    )  # fmt: skip


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Which rules run, and which findings fail the run."""
    rules = parser.add_argument_group("rules")
    rules.add_argument("--select", action="append", metavar="RULE", default=[], help="only these (commas or repeated)")
    rules.add_argument("--ignore", action="append", metavar="RULE", default=[], help="not these (commas or repeated)")
    rules.add_argument(
        "--fail-on",
        choices=("error", "warning", "note", "never"),
        default="error",
        help="least severity for exit code 1",
    )
    rules.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found (2 and 3 remain)")
    rules.add_argument("--exclude", action="append", metavar="GLOB", default=[], help="leave out URLs that match")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Where results go, and how much of them."""
    output = parser.add_argument_group("output")
    output.add_argument(
        "--format", action="append", metavar="FORMAT[:FILE]", default=[],
        help="text (default), json, markdown, html, sarif, junit, github, codequality or summary; repeat as "
        "FORMAT:FILE to write several at once",
    )  # fmt: skip
    output.add_argument("--output", metavar="FILE", help="write the result there instead of to standard output")
    output.add_argument("--quiet", action="store_true", help="findings only, no summary and no progress")
    output.add_argument("--verbose", action="store_true", help="show the citations that are right too")
    output.add_argument("--no-progress", action="store_true", help="no progress line on standard error")
    output.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="also NO_COLOR")


def add_fetch(parser: argparse.ArgumentParser) -> None:
    """Where repositories come from."""
    fetch = parser.add_argument_group("repositories")
    fetch.add_argument("--offline", action="store_true", help="use the cache and local mirrors only")
    fetch.add_argument("--cache-dir", metavar="DIR", help="default: AUDITOR_CACHE_DIR, else the user's cache folder")
    fetch.add_argument("--jobs", type=positive, default=8, metavar="N", help="repositories at once (default: 8)")
    fetch.add_argument(
        "--mirror", action="append", metavar="PREFIX=LOCATION", default=[],
        help="fetch repositories whose URL begins with PREFIX from LOCATION, a URL or a path",
    )  # fmt: skip
    fetch.add_argument(
        "--host", action="append", metavar="NAME=KIND", default=[],
        help="a self-hosted code host: github, gitlab, gitea, bitbucket, cgit, sourcehut, azure, gitiles, sourcegraph",
    )  # fmt: skip
    fetch.add_argument("--as-of", metavar="DATE", help="read branch links as of this day (YYYY-MM-DD)")
    fetch.add_argument("--timeout", type=positive, default=120, metavar="SECONDS", help="for one git command")


def positive(text: str) -> int:
    """A whole number above zero, for argparse."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value
