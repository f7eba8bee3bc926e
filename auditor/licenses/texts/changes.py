"""Differences between a licence and a file, for people: the words added, removed and replaced, with their lines."""

from collections.abc import Iterable, Iterator

from auditor.licenses.texts.compare import Gap
from auditor.licenses.words import Words
from auditor.model import Lines, TextChange

_MOST_WORDS = 400  # of a gap whose words are compared one by one; a longer one is shown as a whole
_APART = 3  # equal words between two differences that keep them apart


def text_changes(licensed: Words, body: Words, gaps: Iterable[Gap]) -> tuple[TextChange, ...]:
    """The gaps as changes, in the order of the file."""
    fine = sorted((part for gap in gaps for part in _refined(licensed, body, gap)), key=lambda part: part.here)
    return tuple(_change(licensed, body, part) for part in fine)


def _refined(licensed: Words, body: Words, gap: Gap) -> Iterator[Gap]:
    """The gap without the words that are equal in it."""
    there_size, here_size = gap.there_end - gap.there, gap.here_end - gap.here
    if not there_size or not here_size or max(there_size, here_size) > _MOST_WORDS:
        yield gap
        return
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(
        None, licensed.words[gap.there : gap.there_end], body.words[gap.here : gap.here_end], autojunk=False
    )
    held: Gap | None = None
    for tag, there, there_end, here, here_end in matcher.get_opcodes():
        part = Gap(gap.there + there, gap.there + there_end, gap.here + here, gap.here + here_end)
        if tag == "equal":
            continue
        if held and part.there - held.there_end < _APART:
            held = Gap(held.there, part.there_end, held.here, part.here_end)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _change(licensed: Words, body: Words, gap: Gap) -> TextChange:
    found = body.original(gap.here, gap.here_end)
    expected = licensed.original(gap.there, gap.there_end)
    if found and expected:
        return TextChange("replaced", body.lines(gap.here, gap.here_end), found, expected)
    if found:
        return TextChange("added", body.lines(gap.here, gap.here_end), found, "")
    line = body.line(min(gap.here, len(body) - 1))
    return TextChange("removed", Lines(line, line), "", expected)
