"""A notices document as Markdown, plain text or HTML; `auditor.notices.read` reads each of them back.

Texts stand in it character by character, between marks that no text can imitate: a fence or a rule that is longer than
any in the text, or an element whose end the escaping keeps out of the text.
"""

import re

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.errors import UsageError
from auditor.model.notice import NoticesDocument, NoticesForm
from auditor.render.templates import code_span, escape_markdown, template_folder

_TEMPLATES: dict[NoticesForm, str] = {"markdown": "notices.md", "text": "notices.txt", "html": "notices.html"}
_ENDINGS: dict[str, NoticesForm] = {
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text", ".html": "html", ".htm": "html",
}  # fmt: skip
_FENCE = 3  # the shortest code fence (CommonMark 4.5)
_RULE = 80


def form_of_notices(name: str) -> NoticesForm:
    """The form that a file's name asks for; without an ending ("NOTICE") plain text.

    Raises UsageError for an ending that promises something else.
    """
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if not dot or not stem:
        return "text"
    if (form := _ENDINGS.get(f".{ending.lower()}")) is None:
        raise UsageError(f"{name}: notices are written as {', '.join(_ENDINGS)}; name such a file, or the format")
    return form


def render_notices(document: NoticesDocument, form: NoticesForm) -> bytes:
    """The file, UTF-8 with LF at the line ends: the same bytes for the same document everywhere."""
    environment = Environment(
        loader=FileSystemLoader(template_folder()),
        undefined=StrictUndefined,
        autoescape=form == "html",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": escape_markdown, "code": code_span, "fence": _fence, "rule": _rule}
    environment.tests |= {"web_address": _is_web_address}
    return environment.get_template(_TEMPLATES[form]).render(document=document).encode("utf-8")


def _fence(text: str) -> str:
    return "`" * max(_FENCE, _longest("`+", text) + 1)


def _rule(text: str) -> str:
    return "-" * max(_RULE, _longest("-+", text) + 1)


def _longest(runs: str, text: str) -> int:
    return max(map(len, re.findall(runs, text)), default=0)


def _is_web_address(value: str | None) -> bool:
    """Whether a link may lead there; an address from metadata may be a script."""
    return value is not None and value.startswith(("https://", "http://"))
