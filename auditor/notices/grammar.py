"""How each form of a notices file marks its parts: what the templates `notices.*` write, read line by line."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from auditor.model.notice import NoticesForm

_LABELS = "Version|Licence|Package|Source|Holder|Text"
# What `escape_markdown` writes: a backslash before what Markdown would read as markup, addresses in angle brackets.
_MARKED = re.compile(r"\\([\\`*_{}\[\]<>()#+!|~&@])|<(https?://[^\s<>]+)>")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The lines of one form; every pattern is for a whole line.

    `title` is a line near the top of every file of the form. `component` has the group (name), `field` (label, value),
    `reference`, for the value of a field "Text", (path, key), `text` (key). `fence` stands before a text; its group, if
    not empty, is the line after the text, else that is `closing`. `plain` gives a value as it was before it was
    escaped, `body` a line of a text.
    """

    form: NoticesForm
    title: str
    component: re.Pattern[str]
    field: re.Pattern[str]
    reference: re.Pattern[str]
    text: re.Pattern[str]
    fence: re.Pattern[str]
    plain: Callable[[str], str]
    body: Callable[[str], str]
    closing: str = ""

    def closing_of(self, line: str) -> str | None:
        """The line that will end a text, if `line` begins one."""
        match = self.fence.fullmatch(line)
        return (match[1] or self.closing) if match else None


def _from_markdown(value: str) -> str:
    if not value.startswith("`"):
        return _MARKED.sub(lambda match: match[1] or match[2], value)
    ticks = len(value) - len(value.lstrip("`"))
    inner = value[ticks:-ticks]
    # CommonMark 6.1: one space is taken from both ends, so that a code span can begin or end in a backtick.
    return inner[1:-1] if inner.startswith(" ") and inner.endswith(" ") else inner


def _from_html(value: str) -> str:
    return html.unescape(_TAG.sub("", value))


def _same(value: str) -> str:
    return value


GRAMMARS = (
    Grammar(
        form="markdown",
        title="# Third-party notices",
        component=re.compile(r'### <a id="component-[a-z0-9-]+"></a>(?P<name>.*)'),
        field=re.compile(rf"- (?P<label>{_LABELS}): (?P<value>.*)"),
        reference=re.compile(r"\[(?P<path>.*)\]\(#text-(?P<key>[a-z0-9-]+)\)"),
        text=re.compile(r'### <a id="text-(?P<key>[a-z0-9-]+)"></a>.*'),
        fence=re.compile(r"(`{3,})text"),
        plain=_from_markdown,
        body=_same,
    ),
    Grammar(
        form="text",
        title="THIRD-PARTY NOTICES",
        component=re.compile(r"Component: (?P<name>.*)"),
        field=re.compile(rf"(?P<label>{_LABELS}): (?P<value>.*)"),
        reference=re.compile(r"(?P<path>.*) \[(?P<key>[a-z0-9-]+)\]"),
        text=re.compile(r"\[(?P<key>[a-z0-9-]+)\]"),
        fence=re.compile(r"(-{80,})"),
        plain=_same,
        body=_same,
    ),
    Grammar(
        form="html",
        title="<title>Third-party notices</title>",
        component=re.compile(r'<h3 id="component-[a-z0-9-]+">(?P<name>.*)</h3>'),
        field=re.compile(rf"<dt>(?P<label>{_LABELS})</dt><dd>(?P<value>.*)</dd>"),
        reference=re.compile(r'<a href="#text-(?P<key>[a-z0-9-]+)">(?P<path>.*)</a>'),
        text=re.compile(r'<h3 id="text-(?P<key>[a-z0-9-]+)">.*</h3>'),
        fence=re.compile(r"<pre>()"),
        plain=_from_html,
        body=html.unescape,
        closing="</pre>",
    ),
)
