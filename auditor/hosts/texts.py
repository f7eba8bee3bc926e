"""Texts within the limits of the host."""

# GitHub's schema counts characters ("Maximum length: 65535 characters"); so many bytes are never more than that.
LONGEST_TEXT = 65_535
_FENCES = ("```", "~~~")


def cut_markdown(text: str, note: str, most: int = LONGEST_TEXT) -> str:
    """The Markdown in at most `most` bytes: where it is longer its first lines, with `note` below them.

    It is never cut within a code block, which would swallow the note.
    """
    text = clean(text)
    if _size(text) <= most:
        return text
    left = most - _size(note) - 4
    kept, whole, fence = 0, 0, ""
    for line in text.splitlines(keepends=True):
        left -= _size(line)
        if left < 0:
            break
        kept += len(line)
        fence = _fence_after(line, fence)
        whole = kept if not fence else whole
    return f"{text[:whole].rstrip()}\n\n{note}\n"


def cut_text(text: str, most: int) -> str:
    """The text in at most `most` bytes, with an ellipsis where something is missing."""
    text = clean(text)
    if _size(text) <= most:
        return text
    return text.encode()[: most - 3].decode("utf-8", "ignore") + "…"


def clean(text: str) -> str:
    """The text as valid Unicode, without NUL: bytes of a file name that are no UTF-8 become question marks."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _size(text: str) -> int:
    return len(text.encode())


def _fence_after(line: str, fence: str) -> str:
    """The fence of the code block that the next line stands in, "" for none (CommonMark 4.5)."""
    start = line.lstrip(" ")
    if len(line) - len(start) > 3 or not start.startswith(_FENCES):
        return fence
    run = start[: len(start) - len(start.lstrip(start[0]))]
    if not fence:
        return run
    closes = run[0] == fence[0] and len(run) >= len(fence) and not start[len(run) :].strip()
    return "" if closes else fence
