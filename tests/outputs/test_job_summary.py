"""The summary of a job: readable, within GitHub's bytes, and nothing in it but what we wrote as Markdown."""

from dataclasses import replace

from output_audits import HOSTILE, audit_of, big_audit, finding, judgement

from auditor.model import Audit, Incident
from auditor.model.aside import BaselineEntry, SetAside
from auditor.model.worktree import Worktree
from auditor.render.job_summary import render_job_summary

OWN = Worktree("/w", "/w", "https://github.com/me/mine", "b" * 40)
LIMIT = 1024 * 1024  # docs.github.com: "limited to a maximum size of 1MiB"


def test_a_clean_run() -> None:
    assert render_job_summary(Audit()) == "## auditor: nothing was found\n"


def test_findings_lead_to_their_lines_at_the_audited_commit() -> None:
    text = render_job_summary(audit_of(judgement(finding(3, document="a b.md"))), OWN)
    assert "## auditor: 1 error\n\n1 citation: 1 mismatched.\n" in text
    assert f"- [a b.md:3](<https://github.com/me/mine/blob/{'b' * 40}/a%20b.md#L3>) `wrong-symbol`: " in text


def test_errors_come_before_what_is_not_known_and_that_before_warnings() -> None:
    audit = audit_of(judgement(finding(1, severity="warning")), judgement(finding(2)), incidents=(Incident("no net"),))
    text = render_job_summary(audit)
    assert text.index("### Errors") < text.index("### Not examined") < text.index("### Warnings")


def test_what_is_not_raised_is_counted() -> None:
    aside = SetAside(
        known=(finding(1),), untouched=(finding(2), finding(3)), gone=(BaselineEntry("f", "r", "d", "m", 2),)
    )
    text = render_job_summary(replace(Audit(), set_aside=aside))
    assert "Not raised: 1 known from the baseline, 2 outside of what changed." in text
    assert "2 findings of the baseline are gone" in text


def test_a_big_one_is_cut_and_says_so() -> None:
    wide = audit_of(*(judgement(finding(1, message="ü" * 900, subject=str(n))) for n in range(5000)))
    for audit in (big_audit(5000), wide):
        text = render_job_summary(audit, OWN)
        assert len(text.encode()) < LIMIT
        shown = sum(line.startswith("- ") for line in text.splitlines())
        assert text.endswith(f"**{5000 - shown:,} more are not shown:** a summary holds no more.\n")
        assert shown > 500


def test_hostile_text_stays_text() -> None:
    one = judgement(finding(document=HOSTILE, message=HOSTILE, remedy=HOSTILE))
    text = render_job_summary(replace(audit_of(one), incidents=(Incident(HOSTILE, HOSTILE, 1),)))
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert "\x1b" not in text
    assert "\\@you" in text
