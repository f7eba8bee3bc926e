"""Where an occurrence of a licence departs from its text, and which departures it is known to allow there."""

import re
from dataclasses import dataclass

from auditor.licenses.texts.allowances import Area, Template
from auditor.licenses.texts.compare import Alignment, Gap
from auditor.licenses.texts.fitting import fitting_ends
from auditor.licenses.words import Words

_BULLET_WORDS = 2  # "(iv)", "2.1."
_LETTERS = re.compile(r"[^\W_]+")
_REACH = 60  # words before an occurrence in which an allowed beginning is looked for


@dataclass(frozen=True, slots=True)
class Comparison:
    """An occurrence from word `first` of the file up to, not including, `end`, and what is not allowed in it."""

    template: Template
    alignment: Alignment
    first: int
    end: int
    departures: tuple[Gap, ...]


def is_hopeless(template: Template, alignment: Alignment, body: Words) -> bool:
    """Whether some difference lies where the licence allows none, so that it need not be compared further."""
    return any(not _touched(gap[:2], template.areas) for gap in _all_gaps(template, alignment, body))


def compare(template: Template, alignment: Alignment, body: Words, floor: int, ceiling: int) -> Comparison:
    """Judge every difference of an occurrence; `floor` and `ceiling` bound the file's words that may belong to it."""
    first, end = alignment.first, alignment.end
    departures: list[Gap] = []
    gaps = _all_gaps(template, alignment, body)
    for there, there_end in _stretches(template, gaps):
        start, here_end = _here(alignment, there), _here_end(alignment, there_end)
        starts = range(start, start + 1) if there else range(max(floor, start - _REACH), here_end + 1)
        fitting = _fit(template, body, (there, there_end), starts, here_end, ceiling)
        if fitting is None:
            departures += [gap for gap in gaps if there <= gap.there and gap.there_end <= there_end]
            continue
        first, end = (first if there else fitting[0]), max(end, fitting[1])
    return Comparison(template, alignment, first, end, tuple(departures))


def _all_gaps(template: Template, alignment: Alignment, body: Words) -> list[Gap]:
    """What differs, with what is missing at the beginning and at the end."""
    head, last = alignment.blocks[0], alignment.blocks[-1]
    gaps = [Gap(0, head.there, head.here, head.here)] if head.there else []
    gaps += [gap for gap in alignment.gaps() if not _is_bullet(template.words, body, gap)]
    if last.there + last.size < alignment.length:
        gaps.append(Gap(last.there + last.size, alignment.length, alignment.end, alignment.end))
    return gaps


def _is_bullet(licensed: Words, body: Words, gap: Gap) -> bool:
    """Whether nothing differs but what one of the two texts, with its own line ends, has where a bullet could be.

    "…of section\n7. This requirement…" has a number at the start of a line, which then is no word.
    """
    there, here = licensed.words[gap.there : gap.there_end], body.words[gap.here : gap.here_end]
    if (there and here) or len(there) + len(here) > _BULLET_WORDS:
        return False
    if there:
        return _written_before(body, gap.here) == " ".join(there)
    return _written_before(licensed, gap.there) == " ".join(here)


def _written_before(words: Words, index: int) -> str:
    """The letters and digits, in lower case, that stand between a word and the one before."""
    return " ".join(_LETTERS.findall(words.text[words.ends[index - 1] : words.starts[index]].lower()))


def _stretches(template: Template, gaps: list[Gap]) -> list[tuple[int, int]]:
    """The stretches of the licence to judge: each gap with the whole of the areas that it touches."""
    length = len(template.words)
    stretches = [(gap.there, gap.there_end) for gap in gaps]
    if any(area.end == length for area in template.areas):
        stretches.append((length, length))  # a file may say more there than the text
    while True:
        wider = _merged([_widened(stretch, template.areas) for stretch in stretches])
        if wider == stretches:
            return stretches
        stretches = wider


def _widened(stretch: tuple[int, int], areas: tuple[Area, ...]) -> tuple[int, int]:
    touched = _touched(stretch, areas)
    return min([stretch[0], *(area.first for area in touched)]), max([stretch[1], *(area.end for area in touched)])


def _touched(stretch: tuple[int, int], areas: tuple[Area, ...]) -> list[Area]:
    return [area for area in areas if area.first <= stretch[1] and area.end >= stretch[0]]


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, end in stretches:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((first, end))
    return merged


def _here(alignment: Alignment, there: int) -> int:
    """The file's word behind the words that stand for the licence's words before `there`."""
    block = next(block for block in alignment.blocks if there <= block.there + block.size)
    return block.here + max(0, there - block.there)


def _here_end(alignment: Alignment, there: int) -> int:
    """The file's word that stands for the licence's word `there`; behind the last block, where that ends."""
    blocks = [block for block in alignment.blocks if block.there <= there]
    return min(blocks[-1].here + there - blocks[-1].there, alignment.end) if blocks else alignment.first


def _fit(
    template: Template, body: Words, stretch: tuple[int, int], starts: range, here_end: int, ceiling: int
) -> tuple[int, int] | None:
    """The file's words, from one of `starts` on, that say this stretch of the licence in an allowed way.

    They end with `here_end`, or, at the end of the licence, anywhere between it and `ceiling`.
    """
    last = ceiling if stretch[1] == len(template.words) else here_end
    for start in starts:
        ends = [end for end in fitting_ends(template, body, *stretch, start) if here_end <= end <= last]
        if ends:
            return start, max(ends)
    return None
