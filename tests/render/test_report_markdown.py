"""The Markdown report: the same values as the page's, as GitHub and linters want them."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from sample_report import prose, sample

from auditor.model.document import Excerpt, WrittenReport
from auditor.permalinks import parse_link
from auditor.read import read_report
from auditor.render.templates import render_template


def written(report: WrittenReport | None = None) -> str:
    return render_template("open-source-report.md", report or sample())


def test_the_result_comes_first() -> None:
    lines = written().splitlines()
    assert lines[0] == "# How an order reaches the kettle"
    assert lines[2] == "Ada Byron, Tea Room engineering, 21 May 2024"
    assert lines[4] == "> [!CAUTION]"
    assert lines[5] == "> 17 citations: 14 verified, 1 mismatched, 1 broken, 1 unexamined."
    assert lines[6] == "> Obligations: 1 violation found for source and binary; 2 were not examined."


def test_a_dependency_has_the_fields_of_the_form() -> None:
    text = written()
    pin = "0a1729c9024afbefa1e479669cd7a09c484cfc61"
    assert "### teapot: General Information & Licensing" in text
    assert "| Code Repository | <https://github.com/example/teapot> at [`0a1729c9024a`](<" in text
    assert f"[LICENSE L5-L28](<https://github.com/example/teapot/blob/{pin}/LICENSE#L5-L28>)" in text
    assert f"> [clause 1](<https://github.com/example/teapot/blob/{pin}/LICENSE#L8-L9>): Redistributions of" in text
    assert "| Used by | `orders/app.py`, the ordering page |" in text
    assert "| License Type | not known: git.example.org could not be reached: no route to host |" in text


def test_prose_stands_below_the_headings_of_the_report() -> None:
    headings = re.findall(r"^(#+) (.*)$", re.sub(r"^```.*?^```$", "", written(), flags=re.M | re.S), re.MULTILINE)
    assert ("##", "What an order is") in headings
    assert ("###", "From the socket to the view") in headings
    assert ("####", "Routing") in headings
    assert ("###", "How kettle works") in headings  # the author gave that text none
    assert ("###", "How teapot works") not in headings


def test_steps_are_numbered_and_linked() -> None:
    text = written()
    assert "### Step 2: RequestHandler.run\\_wsgi\n\n[src/teapot/serving.py L54](<https://github.com/" in text
    assert "… 4 frames not shown\n\n### Step 1: " in text
    assert "*Not proved*: the manifest pins no Python" in text
    assert text.index("### Step 8") < text.index("… 3 frames not shown") < text.index("## Obligations")


def test_empty_lines_of_code_all_stay() -> None:
    """Empty lines of templates are thinned out; two in a row between functions are code."""
    report = sample()
    excerpt = Excerpt("https://github.com/o/r", "0" * 40, "a.py", "https://e.org", 1, ("a", "", "", "", "b"))
    changed = replace(report, steps=(replace(report.steps[1], excerpt=excerpt),))
    assert "```\na\n\n\n\nb\n```" in written(changed)


def test_an_author_s_empty_lines_of_code_stay_too() -> None:
    report = replace(sample(), prose=(prose("```\na\n\n\n\nb\n```\n", "a.md"),))
    assert "```\na\n\n\n\nb\n```" in written(report)


def test_the_document_is_well_formed() -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "CODE", written(), flags=re.MULTILINE | re.DOTALL)
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    lines = text.splitlines()
    titles = [line for line in lines if line.startswith("#")]
    assert len(set(titles)) == len(titles)
    levels = [len(title.partition(" ")[0]) for title in titles]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for before, line in pairwise(lines):
        if line.startswith("#") or before.startswith("#"):
            assert "" in (before, line)
        for mark in ("|", "- "):
            assert not line.startswith(mark) or before == "" or before.lstrip().startswith((mark, "→", "-", "|"))
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert tables
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_cites_nothing_without_a_link(form: str) -> None:
    """What `auditor check` would take for a frame without a link is written otherwise."""
    data = render_template(f"open-source-report.{form}", sample()).encode()
    report = read_report(data, f"report.{form}", parse_link)
    assert report.citations
    bare = [citation.excerpt for citation in report.citations if citation.link is None]
    assert bare == []


def test_the_same_report_gives_the_same_bytes() -> None:
    sample.cache_clear()
    first = written()
    sample.cache_clear()
    assert written() == first
