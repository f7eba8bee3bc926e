"""An audit becomes a publication: marks at lines, one word, a short comment."""

import time
from dataclasses import replace

import pytest
from audits import audit, project

from auditor.model import Audit, Finding, Incident, LicenseJudgement, LicenseSubject, Place, Related, Severity
from auditor.publishing import Shown, compose_publication
from auditor.publishing.compose import MOST_ANNOTATIONS

CODE = {"a.py": "def first():\n    return 1\n\n\ndef second():\n    return 2\n"}


def finding(line: int = 3, severity: Severity = "error", message: str = "it is wrong", **place: int) -> Finding:
    where = Place("./docs/a.md", line, place.get("column", 5), place.get("end_line", line), 9, place.get("page"))
    return Finding("wrong-symbol", severity, message, where, "write it right", f"{message} {line}")


def audit_with(*findings: Finding, incidents: int = 0) -> Audit:
    judgement = LicenseJudgement(LicenseSubject("x"), findings)
    return Audit(licenses=(judgement,), incidents=tuple(Incident(f"no answer {n}") for n in range(incidents)))


def shown(**changes: object) -> Shown:
    made = Shown("auditor", lambda document: document.removeprefix("./"), "| all of it |")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_finding_is_marked_where_it_stands() -> None:
    related = (Related("https://github.com/o/r/blob/main/a.py", "a.py", 1, 2, "the definition"),)
    (mark,) = compose_publication(audit_with(replace(finding(), related=related)), True, shown()).annotations
    assert (mark.path, mark.start_line, mark.end_line, mark.start_column, mark.end_column) == ("docs/a.md", 3, 3, 5, 9)
    assert (mark.level, mark.title, mark.message) == ("failure", "wrong-symbol", "it is wrong\nwrite it right")
    assert mark.details == "the definition: https://github.com/o/r/blob/main/a.py"


def test_the_page_of_a_pdf_is_named_instead_of_a_line() -> None:
    (mark,) = compose_publication(audit_with(finding(90, page=4)), True, shown()).annotations
    assert (mark.title, mark.start_line, mark.start_column) == ("wrong-symbol, page 4", 1, None)


@pytest.mark.parametrize("line", [0, -3])
def test_no_mark_stands_before_the_first_line(line: int) -> None:
    (mark,) = compose_publication(audit_with(finding(line, column=0)), True, shown()).annotations
    assert (mark.start_line, mark.end_line, mark.start_column) == (1, 1, None)


def test_what_is_no_file_of_the_repository_is_in_the_summary_only() -> None:
    made = compose_publication(audit_with(finding()), True, shown(path_of=lambda document: None))
    assert made.annotations == ()
    assert (made.summary, made.title) == ("| all of it |", "1 error")


def test_the_worst_come_first_and_the_rest_is_said() -> None:
    many = [finding(line, "note") for line in range(1, 5_001)]
    start = time.perf_counter()
    made = compose_publication(audit_with(*many, finding(7)), True, shown())
    assert time.perf_counter() - start < 1
    assert [mark.level for mark in made.annotations] == ["failure"] + ["notice"] * (MOST_ANNOTATIONS - 1)
    assert made.summary.startswith("1000 of 5001 findings are marked in the files.\n")


@pytest.mark.parametrize(
    ("severities", "incidents", "failing", "conclusion", "title"),
    [
        ([], 0, False, "success", "nothing found"),
        (["note", "note"], 0, False, "success", "2 notes"),
        (["warning"], 0, False, "success", "1 warning"),
        (["warning"], 0, True, "failure", "1 warning"),
        (["error"], 0, False, "neutral", "1 error"),
        ([], 1, False, "action_required", "nothing found; 1 thing not examined"),
        (["error"], 2, True, "failure", "1 error; 2 things not examined"),
        (["error"], 1, False, "action_required", "1 error; 1 thing not examined"),
    ],
)
def test_the_conclusion(severities: list[Severity], incidents: int, failing: bool, conclusion: str, title: str) -> None:
    found = audit_with(*(finding(severity=severity) for severity in severities), incidents=incidents)
    made = compose_publication(found, failing, shown())
    assert (made.conclusion, made.title) == (conclusion, title)


def test_a_comment_is_made_of_errors_and_warnings() -> None:
    made = compose_publication(audit_with(finding(9, "warning"), finding(3), finding(5, "note")), True, shown())
    assert made.comment is not None
    assert made.comment.startswith("**auditor: 1 error, 1 warning, 1 note**\n\n- error `./docs/a.md:3` it is wrong")
    assert made.comment.count("\n- ") == 2
    assert made.resolved is None


def test_notes_alone_are_not_worth_a_comment() -> None:
    made = compose_publication(audit_with(finding(severity="note")), False, shown())
    assert made.comment is None
    assert made.resolved is not None
    silent = compose_publication(audit_with(finding()), True, shown(comment=False))
    assert (silent.comment, silent.resolved) == (None, None)


def test_what_could_not_be_looked_at_is_neither_a_comment_nor_resolved() -> None:
    made = compose_publication(audit_with(incidents=1), False, shown())
    assert (made.comment, made.resolved) == (None, None)
    told = compose_publication(audit_with(finding(), incidents=30), True, shown()).comment or ""
    assert "- no answer 0" in told
    assert told.endswith("- and 10 more")


def test_a_comment_calls_nobody_and_stays_short() -> None:
    hostile = "@octo/all #7 <!-- x --> ![](https://x) | `y` \n\n# z " + "w" * 100_000
    told = compose_publication(audit_with(*(finding(n, message=hostile) for n in range(60))), True, shown()).comment
    assert told is not None
    assert len(told) < 40_000
    assert "@octo" not in told
    assert "#7" not in told.replace("\\", "")
    assert "<!--" not in told
    assert "\n# " not in told
    assert told.endswith("40 more are in the check run.")


def suggested(report: str, name: str = "docs/a.md") -> list[tuple[int, int, tuple[str, ...]]]:
    """The suggestions for a report about the code above."""
    found = audit(CODE, report, name)
    sha = next(j.permalink for j in found.judgements if j.permalink).split("/")[6] if found.judgements else ""
    text = report.replace("{sha}", sha).replace("{short}", sha[:10])
    made = compose_publication(found, True, shown(texts={name: text}))
    assert len({suggestion.key for suggestion in made.suggestions}) == len(made.suggestions)
    return [(s.start_line, s.end_line, tuple(n.replace(sha, "SHA") for n in s.lines)) for s in made.suggestions]


GOOD = "https://github.com/o/r/blob/{sha}/a.py#L1-L2"
SHORT = "https://github.com/o/r/blob/{short}/a.py#L1-L2"
MENDED = GOOD.replace("{sha}", "SHA")


def test_a_safe_replacement_is_suggested_as_its_whole_line() -> None:
    report = f"# T\n\nsee [x]({SHORT}), please\nand {GOOD}\n"
    assert suggested(report) == [(3, 3, (f"see [x]({MENDED}), please",))]


def test_lines_may_end_in_two_characters_or_none() -> None:
    assert suggested(f"one\r\n{SHORT}\r\nthree") == [(2, 2, (MENDED,))]
    assert suggested(f"one\n{SHORT}") == [(2, 2, (MENDED,))]
    assert suggested(f"one\rtwo\n{SHORT}\n") == []


def test_two_replacements_in_a_line_are_one_suggestion() -> None:
    assert suggested(f"{SHORT} and {SHORT.replace('L1-L2', 'L5-L6')}\n") == [
        (1, 1, (f"{MENDED} and {MENDED.replace('L1-L2', 'L5-L6')}",))
    ]


def test_the_same_mistake_twice_is_suggested_twice() -> None:
    assert suggested(f"{SHORT}\n\n{SHORT}\n") == [(1, 1, (MENDED,)), (3, 3, (MENDED,))]


def test_a_link_over_two_lines_is_mended_in_one_suggestion() -> None:
    full = GOOD.replace("{sha}", project(CODE).id("main"))
    assert suggested(f"x\n\n{full[:60]}\n{full[60:]} is it\n\ny\n") == [(3, 4, (f"{MENDED} is it",))]
    html = f'<p><a href="{full[:60]}">x</a>\n{full[60:]} shows it</p>\n'
    assert suggested(html, "a.html") == [(1, 2, (f'<p><a href="{MENDED}">x</a> shows it</p>',))]


def test_many_suggestions_are_quick() -> None:
    found = audit(CODE, "".join(f"{SHORT.replace('L1-L2', f'L{n % 5 + 1}')}\n" for n in range(3000)))
    text = "".join(f"{SHORT}\n" for _ in range(3000))
    start = time.perf_counter()
    compose_publication(found, True, shown(texts={"report.md": text}))
    assert time.perf_counter() - start < 2
