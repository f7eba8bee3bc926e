"""`auditor licenses [TARGET ...]`"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.cli.outputs import parse_outputs, write_outputs
from auditor.cli.progress import ProgressLine
from auditor.cli.screen import screen_of
from auditor.cli.settings import exit_code, fetch_settings, hosts_of, rules_of, warn
from auditor.errors import UsageError
from auditor.gather.subjects import with_reviews
from auditor.licensing import LicenseOptions, examine_targets, judge_subjects
from auditor.model import Audit, LicenseJudgement, Review
from auditor.render.licenses import render_licenses
from auditor.reviews import load_reviews, save_reviews

# What a person may accept after reading the text; a missing licence or a wrong declaration must be mended.
_ACCEPTABLE = ("license-unknown", "license-text-altered")


def run(arguments: argparse.Namespace) -> int:
    """Identify the licences of the targets, show the result, record reviews if asked; gives the exit code."""
    outputs = parse_outputs(arguments)
    reviews, screen = load_reviews(Path(arguments.reviews)), screen_of(arguments)
    options = LicenseOptions(rules_of(arguments), hosts_of(arguments), arguments.headers, reviews)
    _check_conclusion(arguments)
    with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress:
        targets = arguments.targets or ["."]
        audit = examine_targets(targets, lambda: fetch_settings(arguments), options, progress.show, warn)
    if arguments.accept:
        audit = _accept(audit, reviews, arguments, options)
    audit = screen.apply(audit, options.rules)
    write_outputs(audit, outputs, arguments, show=render_licenses, template="licenses")
    return exit_code(audit, arguments.fail_on, arguments.exit_zero)


def _check_conclusion(arguments: argparse.Namespace) -> None:
    """Refuse a conclusion that is no SPDX expression: nobody could compare it with anything."""
    if not arguments.conclusion:
        return
    from auditor.licenses.expressions import normalise

    normal = normalise(arguments.conclusion)
    if normal.expression is None:
        raise UsageError(f"--as {arguments.conclusion}: {normal.problem}; write an SPDX id or LicenseRef-NAME")
    arguments.conclusion = normal.expression


def _accept(audit: Audit, known: Iterable[Review], arguments: argparse.Namespace, options: LicenseOptions) -> Audit:
    """Record a review of every text complained of, and judge anew."""
    new = [review for judgement in audit.licenses for review in _reviews(judgement, arguments)]
    if not new:
        warn("nothing to accept: no licence text is complained of")
        return audit
    reviews = (*known, *new)
    save_reviews(Path(arguments.reviews), reviews)
    warn(f"{len(new)} text{'' if len(new) == 1 else 's'} accepted in {arguments.reviews}")
    subjects = [with_reviews(judgement.subject, reviews) for judgement in audit.licenses]
    return judge_subjects(subjects, options.rules, [i for i in audit.incidents if i.document in arguments.targets])


def _reviews(judgement: LicenseJudgement, arguments: argparse.Namespace) -> Iterator[Review]:
    subject = judgement.subject
    blamed = {finding.place.document for finding in judgement.findings if finding.rule in _ACCEPTABLE}
    for file in subject.files:
        if subject.document(file.path) in blamed:
            yield Review(
                file.digest, subject.review_key(file), arguments.conclusion, arguments.reviewer, arguments.reason
            )
