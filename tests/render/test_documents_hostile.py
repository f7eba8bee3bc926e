"""Everything that others can write, in every field of every document: it is shown, and does nothing."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from pages import Page
from sample_report import sample

from auditor.model.audit import Audit
from auditor.model.document import Prose, WrittenReport
from auditor.render.templates import render_template

EVIL = (
    "</style></title><script>alert(1)</script>{{7*7}}{% raw %}\u202e\u2066\x1b[31m\x00`a`|b|[x](javascript:alert(3))"
    "<svg onload=alert(4)>\"' onmouseover=alert(5) --> ]]> @me #1\n# title\n\r| c |"
)
URL = f"javascript:alert(1)//{EVIL}"
# What a type of ours restricts to a few words, or what the program itself says, others cannot write.
OURS = frozenset(
    ("verdict", "severity", "kind", "when", "form", "role", "state", "use", "ecosystem", "atom", "breach", "content",
     "relation", "format", "sort", "host", "view", "revision_kind", "side", "choice", "reason", "commit", "category")
)  # fmt: skip


def poisoned(value: Any) -> Any:
    """The value with every text in it that others can write replaced."""
    if isinstance(value, Prose):
        return Prose(EVIL, f"{EVIL}\n\n# {EVIL}\n\n[x]({URL})\n")
    if is_dataclass(value) and not isinstance(value, type):
        hidden = {one.name for one in fields(value) if not one.init}
        changed = {
            one.name: _field(one.name, getattr(value, one.name)) for one in fields(value) if one.name not in hidden
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(poisoned(one) for one in value)
    if isinstance(value, dict):
        return {poisoned(key): poisoned(one) for key, one in value.items()}
    return EVIL if isinstance(value, str) else value


def _field(name: str, value: Any) -> Any:
    if name in OURS and isinstance(value, str):
        return value
    if isinstance(value, str) and ("link" in name or name in ("url", "tree", "repository")):
        return URL if name == "tree" else f"https://e.org/{EVIL}"
    return poisoned(value)


@pytest.fixture(scope="module")
def report() -> WrittenReport:
    made = poisoned(sample())
    assert isinstance(made, WrittenReport)
    return made


def document(name: str, report: WrittenReport) -> str:
    return render_template(name, report if name.startswith("open-source") else report.audit)


@pytest.mark.parametrize("name", ["open-source-report.html", "audit.html", "licenses.html", "obligations.html"])
def test_a_page_stays_what_it_is(name: str, report: WrittenReport) -> None:
    source = document(name, report)
    page = Page(source)
    assert page.wrong == []
    assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "object", "embed"}
    names = {attribute for _, attributes in page.tags for attribute in attributes}
    assert not [attribute for attribute in names if attribute.startswith("on") or attribute == "style"]
    assert all(re.match(r"https?://|#", target) for target in page.targets)
    assert source.count("<style>") == source.count("</style>") == 1
    assert source.count("<title>") - source.count("<title ") >= 1
    assert "{{7*7}}" in page.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", source)
    assert source.encode()


@pytest.mark.parametrize("name", ["open-source-report.md", "audit.md", "licenses.md", "obligations.md"])
def test_markdown_stays_what_it_is(name: str, report: WrittenReport) -> None:
    bare = replace(report, prose=(), parts=tuple(replace(part, prose=None, used=()) for part in report.parts))
    bare = replace(bare, steps=tuple(replace(step, does="") for step in bare.steps))
    text = re.sub(r"^(`{3,}).*?^\1$", "", document(name, bare), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    text = re.sub(r"\]\(<https?://[^ >]*>\)", "]()", text)
    assert not re.search(r"(?<!\\)<(?!/?(?:br|details|summary)>|https?://)", text)
    assert not re.search(r"^# title", text, re.MULTILINE)
    assert not re.search(r"(?<!\\)@me", text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)


def test_an_empty_audit_has_pages() -> None:
    for name in ("audit", "licenses", "obligations"):
        assert Page(render_template(f"{name}.html", Audit())).wrong == []
