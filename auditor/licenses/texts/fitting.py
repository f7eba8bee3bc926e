"""Whether a file says a stretch of a licence, word for word or in a way that the licence allows at that place."""

import re
from collections.abc import Iterator

from auditor.licenses.bsd.names import Names
from auditor.licenses.passages import is_binding
from auditor.licenses.patterns import compile_wording
from auditor.licenses.texts.allowances import Area, Template
from auditor.licenses.words import Words

_SENTENCE_END = re.compile(r"\n[^\w\n]*\n|[.;:]\s")
_Choice = tuple[int, int, Area | None, str]  # place in the licence and in the file, and what to say from there on


def fitting_ends(template: Template, body: Words, there: int, there_end: int, start: int) -> Iterator[int]:
    """Where words of the file end that begin at `start` and say the words `there`..`there_end` of a licence.

    The likeliest first: the licence's own words before what may stand for them. Each place of the licence is
    compared with each place of the file at most once per wording.
    """
    licensed, words = template.words.words, body.words
    todo: list[_Choice] = [(there, start, None, "")]
    seen: set[tuple[int, int]] = set()
    while todo:
        place, here, area, wording = todo.pop()
        if area is not None:
            todo += [(area.end, end, None, "") for end in _wording_ends(licensed, body, area, wording, here)]
            continue
        while (place, here) not in seen:
            seen.add((place, here))
            if place == there_end:
                yield here
                break
            todo += [
                (place, here, area, wording)
                for area in template.areas_at(place)
                if area.end <= there_end
                for wording in area.wordings
            ]
            if here == len(words) or words[here] != licensed[place]:
                break
            place, here = place + 1, here + 1


def _wording_ends(licensed: tuple[str, ...], body: Words, area: Area, wording: str, here: int) -> list[int]:
    """Where a wording that begins at the file's word `here` can end, the shortest last.

    A slot at its end may go as far as there is a name; at the end of the licence not beyond its sentence.
    """
    if not wording:
        return [here]

    names = Names(body)

    def accept(kind: str, first: int, end: int) -> bool:
        if kind == "years":
            return all(body.words[index].isdigit() for index in range(first, end))
        if kind in ("contact", "version"):
            return not is_binding(body.words, first, end)
        return names.accept("party", first, end)

    found = compile_wording(wording).match(body.words, here, accept)
    if found is None:
        return []
    ends = [found.end]
    if wording.endswith("}"):
        kind, first, _ = found.slots[-1]
        last_one = area.end == len(licensed)
        while (end := ends[-1] + 1) <= len(body) and accept(kind, first, end):
            if last_one and _stops(body, end - 1):
                break
            ends.append(end)
    return ends[::-1]


def _stops(body: Words, index: int) -> bool:
    """Whether a sentence or a paragraph ends before this word."""
    between = body.text[body.ends[index - 1] : body.starts[index]]
    return _SENTENCE_END.search(between) is not None
