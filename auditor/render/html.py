"""Values as HTML shows them: nothing invisible, no link but to the web, and a policy that lets no more happen."""

import base64
import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

from markupsafe import Markup, escape

from auditor.errors import UsageError

# Controls (C0, C1), what turns the direction of text round (Unicode TR 9), what is invisible, half characters.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
_WEB = re.compile(r"(?:https?://[^/]|mailto:.|#.)", re.IGNORECASE)
_CODE = re.compile(r"`([^`\n]+)`")
_URL = "/:?#[]@!$&'()*+,;=~%"  # may stand in a URL as it is (RFC 3986); all else is quoted

# A sign beside the word, so that a verdict can be told without colour: its first letters for the style sheet, the sign.
SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "verified": ("good", "✓"),
        "resolved": ("fair", "○"),
        "mismatched": ("warn", "≠"),
        "broken": ("bad", "✗"),
        "unexamined": ("open", "?"),
        "violated": ("bad", "✗"),
        "review": ("warn", "!"),
        "waived": ("fair", "~"),
        "fulfilled": ("good", "✓"),
        "not-applicable": ("none", "–"),
        "error": ("bad", "✗"),
        "warning": ("warn", "!"),
        "note": ("fair", "i"),
        "used": ("fair", "~"),
        "unused": ("warn", "!"),
        "expired": ("bad", "✗"),
        "unknown": ("open", "?"),
    }
)


def visible_text(text: str) -> str:
    """The text with a visible name for each character that a reader could not see; tabs and line ends stay, as LF."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text.replace("\r\n", "\n"))


def finalize(value: object) -> object:
    """What Jinja does with every value before it escapes it. Markup was made visible when it was made."""
    return visible_text(value) if type(value) is str else value


def web_address(url: str | None) -> str | None:
    """A URL that a link may lead to, with all quoted that must be: http, https, mailto or a place of the page; or None.

    Everything else (`javascript:`, `data:`, a path of some machine) is no link.
    """
    if not url or not _WEB.match(url) or _UNSEEN.search(url):
        return None
    return quote(url, safe=_URL, errors="replace")


def said(text: str) -> Markup:
    """A sentence of the program's, in which what stands between backticks is code."""
    parts = _CODE.split(visible_text(text))
    html = [Markup("<code>{}</code>").format(part) if index % 2 else escape(part) for index, part in enumerate(parts)]
    return Markup("").join(html)


def style_sheet(css: str) -> Markup:
    """A style sheet for a `<style>` element, with LF at its line ends as browsers hash it.

    Raises UsageError where it would end the element.
    """
    if "</" in css or "<!--" in css:
        raise UsageError("style.css: a style sheet inside a page cannot hold “</” or “<!--”")
    return Markup(css.replace("\r\n", "\n").replace("\r", "\n"))


def security_policy(css: str) -> str:
    """The page's Content-Security-Policy: its one style sheet, images that it carries itself, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
