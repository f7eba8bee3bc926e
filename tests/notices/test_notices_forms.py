"""The three forms: what they show, what they hide, and that each can be read back."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import UsageError
from auditor.model.notice import Notice, NoticesForm, NoticeText
from auditor.notices import compose_notices, read_notices
from auditor.render.notices import form_of_notices, render_notices

FORMS: tuple[NoticesForm, ...] = ("markdown", "text", "html")
# What the forms are made of, and what could be taken for it.
PIECES = st.sampled_from(
    [
        *("# Third-party notices\n", "THIRD-PARTY NOTICES\n", "<title>Third-party notices</title>\n", "## Texts\n"),
        *('### <a id="component-a"></a>', '### <a id="text-a"></a>', '<h3 id="text-a">', "</h3>\n", "[a]\n", "[a-l]\n"),
        *("Component: b\n", "- Version: 1\n", "Licence: MIT\n", "Text: L [a]\n", "<dt>Text</dt><dd>", "</dd>\n"),
        *("`", "``", "```\n", "```text\n", "````\n", "~~~\n", "-" * 80, "-" * 80 + "\n", "-", "\n---\n"),
        *("<pre>\n", "</pre>\n", "</pre>", "<script>", "<!--", "&amp;", "&#60;", "&", "<", ">", '"', "'"),
        *("\\", "\\_", "_", "*", "](#text-a)", "[", "]", "(", ")", "|", "@", "~", "https://a/b_c", "<https://a>"),
        *("\n", "\r\n", "\r", "\t", " ", "  ", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\ufeff", "\u202e", "é"),
    ]
)
SOUP = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map("".join)
TEXTS = st.builds(NoticeText, SOUP, SOUP)
NOTICES = st.builds(
    Notice,
    name=SOUP,
    version=st.none() | SOUP,
    purl=st.none() | SOUP,
    repository=st.none() | SOUP,
    license=st.none() | SOUP,
    texts=st.lists(TEXTS, max_size=3).map(tuple),
    copyrights=st.lists(SOUP, max_size=3).map(tuple),
)
FLASK = Notice(
    "Flask",
    "3.0.0",
    "pkg:pypi/flask@3.0.0",
    "https://github.com/pallets/flask",
    "BSD-3-Clause",
    (NoticeText("LICENSE.txt", "Copyright 2010 Pallets\n\n<b> & ```\n"),),
    ("Copyright 2010 Pallets",),
)


def write(form: NoticesForm, *notices: Notice) -> str:
    return render_notices(compose_notices(notices), form).decode("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_is_read_back(form: NoticesForm) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(NOTICES, max_size=4))
    def check(notices: list[Notice]) -> None:
        document = compose_notices(notices)
        written = read_notices(render_notices(document, form).decode("utf-8"))
        assert written is not None
        assert written.form == form
        assert tuple(one.notice for one in written.notices) == tuple(entry.notice for entry in document.entries)
        assert written.orphans == ()
        assert not any(one.lost for one in written.notices)
        assert compose_notices(one.notice for one in written.notices) == document

    check()


@pytest.mark.parametrize("form", FORMS)
def test_lines_are_those_of_the_file(form: NoticesForm) -> None:
    page = write(form, FLASK, Notice("other"))
    written = read_notices(page)
    assert written is not None
    flask = written.notices[0]
    lines = page.split("\n")
    assert "Flask" in lines[flask.lines.start - 1]
    assert "LICENSE.txt" in lines[flask.lines.end - 1]
    (text,) = flask.written
    assert lines[text.lines.start - 1] == "Copyright 2010 Pallets"
    assert lines[text.lines.end - 1].endswith("```")
    assert text.lines.end - text.lines.start == 2


@pytest.mark.parametrize("form", FORMS)
def test_the_page_counts_and_names_everything(form: NoticesForm) -> None:
    page = write(form, FLASK, Notice("bare"))
    assert "2 components by others are listed here, with 1 text of licences and notices." in page
    assert "For 1 of the components no licence text is given." in page
    assert "No licence text is given here." in page
    assert page.count("licence unknown") == 1
    for value in ("BSD-3-Clause", "pkg:pypi/flask@3.0.0", "https://github.com/pallets/flask", "Copyright 2010 Pallets"):
        assert value in page
    assert page.endswith("\n")
    assert "\r" not in page
    assert not page.endswith("\n\n")


@pytest.mark.parametrize("form", FORMS)
def test_a_page_without_components_says_so(form: NoticesForm) -> None:
    page = write(form)
    assert "0 components by others are listed here" in page
    written = read_notices(page)
    assert written is not None
    assert written.notices == ()


@pytest.mark.parametrize("text", ["```", "   ````  ", "a```", "~~~", "`" * 40, "-" * 100])
def test_no_line_of_a_text_closes_its_markdown_fence(text: str) -> None:
    """By CommonMark 4.5, not by our own reading: up to three spaces, at least as many backticks, then spaces."""
    lines = write("markdown", Notice("a", texts=(NoticeText("L", text),))).split("\n")
    opening = next(index for index, line in enumerate(lines) if re.fullmatch("`{3,}text", line))
    fence = lines[opening].removesuffix("text")
    closing = [at for at, line in enumerate(lines) if at > opening and re.fullmatch(f" {{0,3}}{fence}`*[ \t]*", line)]
    assert lines[opening + 1 : closing[0]] == [text]


class Page(HTMLParser):
    """The elements of a page, its addresses, and the contents of its `pre` elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "pre":
            self.texts.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def test_html_shows_hostile_values_as_they_are_and_loads_nothing() -> None:
    hostile = '</pre><script>alert(1)</script><img src="https://evil.example/x">&amp;\n'
    notice = Notice(
        hostile, hostile, hostile, "javascript:alert(1)", hostile, (NoticeText(hostile, hostile),), (hostile,)
    )
    raw = write("html", notice, FLASK)
    page = Page(raw)
    assert not page.tags & {"script", "img", "link", "iframe"}
    # HTML drops the line end that directly follows the start of a `pre`.
    assert page.texts == ["\n" + hostile, "\n" + FLASK.texts[0].text]
    assert sorted(one for one in page.addresses if not one.startswith("#")) == ["https://github.com/pallets/flask"]
    assert "default-src 'none'" in raw
    assert "@media print" in raw


def test_links_within_the_page_lead_somewhere() -> None:
    page = write("html", FLASK, Notice("Flask", "4"))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 3
    assert set(re.findall(r'href="#([^"]+)"', page)) == set(ids)


def test_a_file_of_another_make_is_not_read() -> None:
    assert read_notices("") is None
    assert read_notices("Third-party notices\n\nFlask\n") is None
    far = "\n" * 20 + "# Third-party notices\n"  # as in the text of a component
    assert read_notices(far) is None


def test_what_a_person_changed_is_read_as_it_is_now() -> None:
    page = write("markdown", FLASK).replace("\n", "\r\n")
    written = read_notices("\ufeff" + page.replace("- Version: 3.0.0", "- Version: 9\r\n- Colour: red"))
    assert written is not None
    assert written.notices[0].notice.version == "9"
    cut = read_notices(page[: page.index("## Texts")])
    assert cut is not None
    assert cut.notices[0].lost == ("LICENSE.txt",)
    assert cut.notices[0].notice.texts == ()
    orphaned = read_notices(page.replace("- Text: ", "- Was: "))
    assert orphaned is not None
    assert [one.text for one in orphaned.orphans] == [FLASK.texts[0].text]
    open_end = read_notices(page[: page.rindex("````")])
    assert open_end is not None
    assert open_end.notices[0].notice.texts[0].text.startswith(FLASK.texts[0].text)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *(("NOTICES.md", "markdown"), ("a/b.MARKDOWN", "markdown"), ("x.html", "html"), ("x.htm", "html")),
        *(("x.txt", "text"), ("THIRD_PARTY_NOTICES", "text"), ("v1.2/NOTICE", "text"), (".notices", "text")),
    ],
)
def test_the_ending_tells_the_form(name: str, form: str) -> None:
    assert form_of_notices(name) == form


def test_an_ending_that_promises_something_else_is_refused() -> None:
    with pytest.raises(UsageError, match=r"notices\.pdf: notices are written as \.md"):
        form_of_notices("notices.pdf")


@pytest.mark.parametrize(
    "piece", ["`", "-", "<", "&", "\\", "[a] ", "](#text-a", '<a href="#text-a">', "Text: a [b]\n"]
)
@pytest.mark.parametrize("form", FORMS)
def test_reading_takes_linear_time(form: NoticesForm, piece: str) -> None:
    big = piece * (200_000 // len(piece))
    starts = {
        "markdown": '# Third-party notices\n### <a id="component-a"></a>\n- Text: [',
        "text": "THIRD-PARTY NOTICES\nComponent: a\nText: ",
        "html": '<title>Third-party notices</title>\n<h3 id="component-a">a</h3>\n<dt>Text</dt><dd>',
    }
    begin = time.process_time()
    assert read_notices(starts[form] + big) is not None
    notice = Notice("a", texts=(NoticeText("L", big),), copyrights=(big,))
    assert read_notices(write(form, notice)) is not None
    assert time.process_time() - begin < 5
