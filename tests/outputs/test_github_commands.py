"""Workflow commands: within GitHub's numbers, and never one that a document wrote."""

import re
from dataclasses import replace

import pytest
from output_audits import HOSTILE, audit_of, big_audit, finding, judgement, place

from auditor.model import Audit, Incident, Place
from auditor.model.worktree import Worktree
from auditor.render.github import render_github


def lines_of(audit: Audit, worktree: Worktree | None = None) -> list[str]:
    """The lines, each of which must be a command but the last."""
    lines = render_github(audit, worktree or Worktree()).split("\n")
    assert lines.pop() == ""
    assert all(re.match(r"::(error|warning|notice) [^\n]*::", line) for line in lines[:-1])
    assert not any("\r" in line for line in lines)
    return lines


def test_nothing_to_say_is_nothing() -> None:
    assert render_github(Audit()) == ""


def test_an_annotation_names_its_lines_and_columns() -> None:
    first, _ = lines_of(audit_of(judgement(finding(12, severity="note"))))
    assert first == (
        "::notice file=docs/report.md,line=12,endLine=12,col=1,endColumn=10,title=wrong-symbol"
        "::the lines are not about run()%0Awrite the right lines"
    )


def test_columns_are_given_for_one_line_only() -> None:
    first, _ = lines_of(audit_of(judgement(finding(at=Place("a.md", 1, 5, 2, 3)))))
    assert "line=1,endLine=2,title" in first


def test_a_file_in_a_folder_below_the_top_is_named_from_the_top() -> None:
    first, _ = lines_of(audit_of(judgement(finding(document="a  b,c.md"))), Worktree("/w", "/w/sub"))
    assert "file=sub/a  b%2Cc.md,line=1" in first


@pytest.mark.parametrize("document", ["<stdin>", "/elsewhere/a.md"])
def test_what_is_in_no_file_of_the_repository_is_said_without_a_file(document: str) -> None:
    first, _ = lines_of(audit_of(judgement(finding(3, document=document))), Worktree("/w", "/w"))
    assert first.startswith(f"::error title=wrong-symbol::{document}:3: ")


def test_a_pdf_has_a_page_and_no_line() -> None:
    first, _ = lines_of(audit_of(judgement(finding(at=Place("a.pdf", 8, 1, 8, 2, page=3)))))
    assert first.startswith("::error file=a.pdf,title=wrong-symbol::Page 3: ")


def test_ten_of_a_kind_the_worst_first_and_the_rest_in_numbers() -> None:
    audit = replace(big_audit(5000), incidents=(Incident("no network"),) * 7)
    lines = lines_of(audit)
    kinds = [line[2 : line.index(" ")] for line in lines[:-1]]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert lines[-1].startswith("auditor: 1,667 errors, 1,667 warnings, 1,666 notes, 7 places not examined; 4,977 of ")


def test_what_could_not_be_examined_is_an_error() -> None:
    audit = replace(Audit(), incidents=(Incident("no network", "docs/a.md", 4), Incident("git: failed, 100 %")))
    first, second, last = lines_of(audit)
    assert first == "::error file=docs/a.md,line=4,title=not examined::no network"
    assert second == "::error title=not examined::git: failed, 100 %25"
    assert last == "auditor: 0 errors, 0 warnings, 0 notes, 2 places not examined"


def test_no_document_writes_a_command() -> None:
    evil = "x\n::add-mask::y\r::stop-commands::z\r\n##[error]"
    hostile = [finding(document=text, message=text, remedy=text, at=place(1, text)) for text in (evil, HOSTILE)]
    audit = replace(audit_of(*map(judgement, hostile)), incidents=(Incident(evil, evil, 1),))
    lines = lines_of(audit)
    assert len(lines) == 4
    assert not any("\x1b" in line for line in lines)
