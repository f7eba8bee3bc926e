"""Text for terminals: colours when wanted, widths, and nothing that a terminal would obey."""

import re
import unicodedata

# C0 and C1 controls, and the characters that turn the direction of text round (Unicode TR 9).
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\u2028\u2029]"
)
_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


def visible(text: str) -> str:
    """The text in one line, with every character that could steer the terminal made visible."""
    text = text.replace("\t", "    ").replace("\n", " ")
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text) if _CONTROL.search(text) else text


def width(text: str) -> int:
    """How many columns the text takes."""
    if text.isascii():
        return len(text)
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)
    return wide


def clip(text: str, columns: int) -> str:
    """The text made visible and cut to `columns`, with an ellipsis where something is missing."""
    text = visible(text[: 4 * columns])  # a line of a megabyte is not measured to its end
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[: max(0, len(text) - max(1, (width(text) - columns + 1) // 2))]
    return text + "…"


class Paint:
    """Colours text, or leaves it as it is."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, *styles: str) -> str:
        """`text` in the given styles ("bold", "red", …)."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"
