"""An author's prose in a page: Markdown as GitHub shows it, with links and excerpts, and nothing that could do harm."""

import time

import pytest
from markupsafe import Markup
from pages import Page
from sample_report import prose

from auditor.model.document import Excerpt, Prose
from auditor.render.excerpts import source_of
from auditor.render.prose import Heading, ProseWriter


def show(excerpt: Excerpt, label: Markup) -> Markup:
    return Markup("<figure>{}: {}</figure>").format(label, source_of(excerpt))


def html(text: str, top: int = 2) -> str:
    made = str(ProseWriter(show).write(prose(text, "a.md"), top).html)
    assert Page(made).wrong == []
    return made


def test_a_reference_becomes_a_link_to_its_lines() -> None:
    made = html("See [[kettle:queue.py::Queue.take]], or [[kettle:queue.py::Queue.put|how *it* is put]].")
    link = "https://github.com/example/kettle/blob/39942b3673b3176dbab70f7daf5c50ea8be9c27f/kettle/queue.py"
    assert f'<a href="{link}#L27-L36"><code>Queue.take</code></a>' in made
    assert f'<a href="{link}#L22-L25">how *it* is put</a>' in made


def test_an_excerpt_ends_a_paragraph_and_begins_another() -> None:
    made = html("Before\n![[kettle:queue.py::Queue.put]]\nbehind.")
    figure = "<figure><code>Queue.put</code>: example/kettle@39942b3 kettle/queue.py L22-L25</figure>"
    assert made == f"<p>Before</p>\n{figure}<p>behind.</p>\n"


@pytest.mark.parametrize("before", ["- ", "1. ", "> ", "> - "])
def test_an_excerpt_stands_in_a_list_or_quotation(before: str) -> None:
    made = html(f"{before}![[kettle:queue.py::Queue.put]]")
    assert "<figure>" in made
    assert "<p>" not in made


def test_an_excerpt_within_emphasis_is_a_link() -> None:
    made = html("*before\n![[kettle:queue.py::Queue.put]]\nbehind*")
    assert "<figure>" not in made
    assert "<code>Queue.put</code></a>" in made


def test_what_stands_for_nothing_stays_and_is_marked() -> None:
    made = html("See [[kettle:queue.py::Queue.__gone__]].")
    assert made == '<p>See <mark class="unresolved">[[kettle:queue.py::Queue.__gone__]]</mark>.</p>\n'


def test_code_keeps_its_brackets() -> None:
    made = html("`[[kettle:queue.py::Queue.put]]`\n\n```\n[[kettle:queue.py::Queue.put]]\n```\n")
    assert made.count("[[kettle:queue.py::Queue.put]]") == 2
    assert "<a" not in made


def test_headings_begin_at_the_level_asked_for_and_skip_none() -> None:
    page = ProseWriter(show).write(Prose("a.md", "# A\n\n### B\n\n> # quoted\n\nC\n-\n\n#### D\n\n# B\n"), 3)
    assert page.headings == (
        Heading("a", 3, "A"), Heading("b", 4, "B"), Heading("c", 4, "C"), Heading("d", 5, "D"), Heading("b-1", 3, "B"),
    )  # fmt: skip
    assert '<p class="heading">quoted</p>' in page.html
    assert '<h4 id="b">B</h4>' in page.html


def test_anchors_differ_within_a_document_and_hold_for_the_author_s_links() -> None:
    writer = ProseWriter(show)
    pages = [
        writer.write(Prose("a.md", text), 2)
        for text in ("# One, *two*\n\n[up](#one-two)", "# One two\n\n# one two-1\n")
    ]
    assert [heading.anchor for page in pages for heading in page.headings] == ["one-two", "one-two-1", "one-two-1-1"]
    assert '<a href="#one-two">up</a>' in pages[0].html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "<!-- x --> <style>*{}</style>",
        '[x](https://e.org/"onmouseover="alert(1) "t\\"t")',
        "```html\n</code></pre><script>alert(1)</script>\n```",
        "| a |\n|:-:|\n| <script>alert(1)</script> |",
        "# <script>alert(1)</script>",
        "`</code><script>alert(1)</script>`",
        "[[kettle:queue.py::<script>alert(1)</script>]]",
        "![<script>](https://e.org/x.png)",
    ],
)
def test_html_is_text(text: str) -> None:
    page = Page(html(text))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "style", "b"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
                "../up.md", "//e.org/x", "java\tscript:alert(1)", "&#x6a;avascript:alert(1)", "ftp://e.org"],
)  # fmt: skip
def test_links_lead_to_the_web_or_nowhere(address: str) -> None:
    page = Page(html(f"[x]({address}) <{address}> ![y]({address})\n\n[x]\n\n[x]: <{address}>\n"))
    assert page.targets == []
    assert "x" in page.text


def test_web_addresses_are_links() -> None:
    made = html("See https://e.org/a_(b)?c=1&d=2. (Or https://e.org/x.) <https://e.org/y> [m](mailto:a@b.c)")
    assert Page(made).targets == ["https://e.org/a_(b)?c=1&d=2", "https://e.org/x", "https://e.org/y", "mailto:a@b.c"]


def test_an_image_is_a_link_and_is_not_fetched() -> None:
    page = Page(html("![a picture](https://e.org/x.png) [![badge](https://e.org/b.svg)](https://e.org/)"))
    assert page.targets == ["https://e.org/x.png", "https://e.org/"]
    assert page.text.split() == ["a", "picture", "badge"]


def test_tables_have_classes_for_styles() -> None:
    page = Page(html("| a | b |\n|:-:|--:|\n| 1 | 2 |\n"))
    assert page.named("th") == [{"class": "center", "scope": "col"}, {"class": "right", "scope": "col"}]
    assert page.named("td") == [{"class": "center"}, {"class": "right"}]


def test_template_syntax_is_text() -> None:
    assert "{{ 7*7 }} {% for x in y %}" in html("{{ 7*7 }} {% for x in y %}")


@pytest.mark.parametrize("text", ["a\u202eb", "a&#x202e;b", "`a\u202eb`", "```\na\u202eb\n```", "# a\u202eb"])
def test_what_cannot_be_seen_is_shown(text: str) -> None:
    assert "⟨U+202E⟩" in html(text)


def test_marks_of_our_own_cannot_be_forged() -> None:
    made = html("\ufdd00\ufdd1 [[kettle:queue.py::Queue.put]] \ufdd01\ufdd1")
    assert made.count("\N{REPLACEMENT CHARACTER}") == 4
    assert made.count("<a ") == 1


def test_words_of_the_author_stand_in_one_line() -> None:
    line = ProseWriter(show).write_line("uses `app.run()`, see <https://e.org> <b>")
    assert line == 'uses <code>app.run()</code>, see <a href="https://e.org" class="url">https://e.org</a> &lt;b&gt;'


@pytest.mark.parametrize(
    "text", ["[", "![", "[a](", "*a_", "a**b", "<a:", "` ", "> a\n", "# a\n", "| a ", "~~a", "- ", "http://x)", "\\"]
)
def test_time_is_linear_whatever_the_text(text: str) -> None:
    """A few seconds for what nobody writes; what grows with the square of the length would take minutes."""
    start = time.process_time()
    html(text * (60_000 // len(text)))
    assert time.process_time() - start < 5


def test_tables_cannot_be_blown_up() -> None:
    table = "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + "|\n" * 70 + "\n"
    assert len(html(table * 20)) < 5_000_000
