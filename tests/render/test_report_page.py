"""The HTML report: one file that holds all, obeys its own policy, and can be read in any way."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from pages import Page
from sample_report import PINS, sample

from auditor.model import Audit
from auditor.model.document import WrittenReport
from auditor.render.templates import render_template


def page(report: WrittenReport | None = None) -> Page:
    return Page(render_template("open-source-report.html", report or sample()))


@pytest.mark.parametrize("name", ["open-source-report", "audit", "licenses", "obligations"])
def test_every_page_is_well_formed_and_sound(name: str) -> None:
    report = sample()
    made = Page(render_template(f"{name}.html", report if name == "open-source-report" else report.audit))
    assert made.wrong == []
    assert len(set(made.anchors)) == len(made.anchors)
    missing = [target for target in made.targets if target.startswith("#") and target[1:] not in made.anchors]
    assert missing == []
    levels = [int(tag[1]) for tag, _ in made.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    landmarks = [tag for tag, _ in made.tags if tag in ("header", "nav", "main", "footer")]
    assert landmarks == ["header", "nav", "main", "footer"]
    assert made.named("html") == [{"lang": "en"}]


def test_the_policy_comes_first_and_allows_exactly_the_style_sheet() -> None:
    source = render_template("open-source-report.html", sample())
    head = source[source.index("<head>") + 6 :].lstrip()
    assert head.startswith('<meta http-equiv="Content-Security-Policy"')
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert Page(source).named("meta")[0]["content"] == policy


def test_nothing_is_run_and_nothing_fetched() -> None:
    made = page()
    tags = {tag for tag, _ in made.tags}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "base", "form", "input"}
    names = {name for _, attributes in made.tags for name in attributes}
    assert not {name for name in names if name == "style" or name.startswith("on") or name == "src"}


def test_a_dependency_has_the_fields_of_the_form() -> None:
    text = page().text
    for field in ("Code Repository", "License Type", "License Description", "License Restrictions", "Used by"):
        assert field in text
    assert 'BSD 3-Clause "New" or "Revised" License' in text
    assert "Redistributions of source code must retain the above copyright notice" in text
    assert f"https://github.com/example/teapot/blob/{PINS['teapot'][1]}/LICENSE#L8-L9" in page().targets


def test_excerpts_are_numbered_marked_and_say_whose_they_are() -> None:
    source = render_template("open-source-report.html", sample())
    assert '<mark data-line="54">' in source
    assert '<span data-line="51">' in source
    figures = re.findall(r"<figcaption>(.*?)</figcaption>", source, re.DOTALL)
    assert figures
    assert all(re.search(r'<a href="https://github.com/example/\w+/blob/[0-9a-f]{40}/', one) for one in figures)
    assert all(one.rstrip().endswith(("BSD-3-Clause", "MIT")) for one in figures)


def test_the_same_lines_are_shown_once_and_linked_then() -> None:
    report = sample()
    assert report.parts[1].prose is not None
    twice = replace(report, prose=(report.parts[1].prose, *report.prose))
    source = render_template("open-source-report.html", twice)
    assert source.count("begin immediate") == 1
    assert '<a href="#excerpt:1">excerpt 1</a> shows' in source


def test_a_verdict_has_a_word_and_a_sign() -> None:
    source = render_template("open-source-report.html", sample())
    badges = re.findall(r'<span class="badge (\w+)"><span aria-hidden="true">(.)</span> ([^<]+)</span>', source)
    assert ("good", "✓", "verified") in badges
    assert ("bad", "✗", "broken") in badges
    assert ("bad", "✗", "VIOLATED") in badges
    assert len(badges) == source.count('class="badge')


def test_steps_say_what_is_left_out_and_what_is_not_proved() -> None:
    made = page()
    assert "… 4 frames not shown" in made.text
    assert "… 2 frames not shown" in made.text
    assert "… 3 frames not shown" in made.text
    assert "not proved the manifest pins no Python" in re.sub(r"\s+", " ", made.text)
    assert [one for one in made.anchors if one.startswith("step:")] == [f"step:{number}" for number in range(1, 9)]


def test_tables_name_their_columns_and_rows() -> None:
    made = page()
    assert all("scope" in attributes for attributes in made.named("th"))
    assert len(made.named("caption")) == len(made.named("table")) - 1  # the one that the author wrote has none
    scrolled = [attributes for attributes in made.named("div") if "scroll" in attributes.get("class", "")]
    assert scrolled
    assert all(attributes.get("tabindex") == "0" for attributes in scrolled)


def test_sections_appear_only_where_there_is_something_to_say() -> None:
    report = sample()
    bare = WrittenReport("Nothing yet", report.provenance)
    made = page(bare)
    assert [text for text in ("Obligations", "Citations", "Findings", "How the code runs") if text in made.text] == []
    assert "How this report was made" in made.text
    assert made.wrong == []


def test_findings_about_a_manifest_are_told_though_nothing_is_owed() -> None:
    report = sample()
    assert report.audit.shipping is not None
    finding = replace(report.audit.findings[0], message="there is no key “licence”")
    shipping = replace(report.audit.shipping, judgements=(), findings=(finding,))
    made = page(replace(report, audit=Audit(shipping=shipping)))
    assert "there is no key “licence”" in made.text


def test_a_sentence_of_the_program_shows_code_as_code() -> None:
    assert "<code>auditor notices</code> writes it" in render_template("obligations.html", sample().audit)


def test_the_same_report_gives_the_same_bytes() -> None:
    sample.cache_clear()
    first = render_template("open-source-report.html", sample())
    sample.cache_clear()
    assert render_template("open-source-report.html", sample()) == first
