"""Templates in a user's folder come first; an error in one says where it is; and they reach nothing of the machine."""

import re
from pathlib import Path

import pytest
from sample_report import sample

from auditor.errors import UsageError
from auditor.model import Audit
from auditor.render.filters import html_filters, markdown_filters, shared_filters
from auditor.render.html import security_policy
from auditor.render.templates import copy_templates, render_template, template_folder

DOCS = Path(__file__).parent.parent.parent / "docs" / "templates.md"


def test_all_templates_are_copied(tmp_path: Path) -> None:
    written = copy_templates(tmp_path / "new" / "folder")
    assert {path.name for path in written} == {path.name for path in template_folder().iterdir() if path.is_file()}
    name = "open-source-report.html"
    assert render_template(name, sample(), tmp_path / "new" / "folder") == render_template(name, sample())


def test_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "audit.md").write_text("mine")
    with pytest.raises(UsageError, match=re.escape(f"{tmp_path / 'audit.md'}: is there already; nothing was copied")):
        copy_templates(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["audit.md"]


def test_a_user_s_template_comes_first(tmp_path: Path) -> None:
    (tmp_path / "open-source-report.md").write_text("{{ report.title | md }}: {{ report.steps | length }}\n")
    assert render_template("open-source-report.md", sample(), tmp_path) == "How an order reaches the kettle: 8\n"
    assert render_template("audit.md", Audit(), tmp_path) == render_template("audit.md", Audit())


def test_a_user_s_style_sheet_gets_a_policy_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_bytes(b"p { color: green; }\r\np::after { content: '<&'; }\r\n")
    page = render_template("audit.html", Audit(), tmp_path)
    css = "p { color: green; }\np::after { content: '<&'; }"
    assert f"<style>{css}" in page
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert security_policy(style).split("'sha256-")[1].split("'")[0] in page


def test_a_style_sheet_cannot_leave_its_element(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p { } </style><script>alert(1)</script>")
    with pytest.raises(UsageError, match=r"style\.css: a style sheet inside a page cannot hold"):
        render_template("audit.html", Audit(), tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n{{ report.titel }}\n", r":2: .*'titel'"),
        ("a\nb\n{{ titel }}\n", r":3: 'titel' is undefined"),
        ("{% if %}\n", r":1: "),
        ("\n{{ 1 | nofilter }}\n", r":2: No filter named 'nofilter'"),
        ("{% for x in report.steps %}\n{{ x.number / 0 }}\n{% endfor %}", r":2: division by zero"),
        ("{{ report.title + 1 }}", r":1: can only concatenate str"),
        ("\n{% include 'gone.md' %}", r":2: .*gone\.md"),
    ],
)
def test_an_error_says_where_it_is(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "open-source-report.md"
    file.write_text(text)
    with pytest.raises(UsageError, match=re.escape(str(file)) + told) as caught:
        render_template("open-source-report.md", sample(), tmp_path)
    assert "\n" not in str(caught.value)


def test_an_error_in_a_shared_part_names_the_part(tmp_path: Path) -> None:
    part = tmp_path / "obligation_parts.md"
    part.write_text("{% macro obligations(shipping, level) %}\n{{ shipping.nothing }}\n{% endmacro %}\n")
    with pytest.raises(UsageError, match=re.escape(f"{part}:2: ")):
        render_template("open-source-report.md", sample(), tmp_path)


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"mine\.html: no such template"):
        render_template("mine.html", Audit(), tmp_path)


@pytest.mark.parametrize(
    "text",
    ["{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}", "{% include '../secret.md' %}",
     "{{ report.steps.append(1) }}", "{{ report.__setattr__('title', 'x') }}"],
)  # fmt: skip
def test_a_template_reaches_nothing_else(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.md").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "audit.md").write_text(text)
    with pytest.raises(UsageError):
        render_template("audit.md", sample(), folder)


def test_every_filter_is_documented() -> None:
    from jinja2 import Environment

    documented = set(re.findall(r"[|`] ?([a-z_]+)(?=[`(])", DOCS.read_text("utf-8")))
    known = set(shared_filters()) | set(markdown_filters()) | set(html_filters(Environment()))
    assert known - documented == set()
