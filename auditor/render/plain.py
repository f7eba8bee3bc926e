"""Untrusted text on its way into a format for machines."""

import re

# What XML 1.0 (§2.2) cannot hold at all, and the other controls that no reader wants to obey.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # turn text round (Unicode TR 9)


def plain_text(text: str, most: int = 4000) -> str:
    """The text without controls, valid Unicode, at most `most` characters, with an ellipsis where some are missing.

    Line feeds and tabs stay; a carriage return becomes a line feed.
    """
    clipped = text if len(text) <= most else f"{text[: most - 1]}…"
    lines = clipped.replace("\r\n", "\n").replace("\r", "\n")
    visible = _DIRECTION.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", lines))
    return visible.encode("utf-8", "replace").decode()


def plain_line(text: str, most: int = 4000) -> str:
    """The same on one line."""
    return " ".join(plain_text(text, most).split())
