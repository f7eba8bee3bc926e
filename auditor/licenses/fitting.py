"""Whether a file says a stretch of a licence, word for word or in a way that the licence allows at that place."""

from collections.abc import Iterator

from auditor.licenses.allowances import Area, Template
from auditor.licenses.bsd_names import Names
from auditor.licenses.passages import is_binding
from auditor.licenses.patterns import compile_wording
from auditor.licenses.words import Words

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
    """Where a wording that begins at the file's word `here` ends; a slot at its end goes up to the next fixed word."""
    if not wording:
        return [here]

    names = Names(body)

    def accept(kind: str, first: int, end: int) -> bool:
        if kind == "years":
            return all(body.words[index].isdigit() for index in range(first, end))
        if kind == "contact":
            return not is_binding(body.words, first, end)
        return names.accept("party", first, end)

    open_end = wording.endswith("}")
    if open_end and area.end < len(licensed):
        found = compile_wording(f"{wording} {licensed[area.end]}").match(body.words, here, accept)
        return [found.end - 1] if found else []
    found = compile_wording(wording).match(body.words, here, accept)
    if found is None:
        return []
    end = found.end
    if open_end and found.slots:
        kind, first, _ = found.slots[-1]
        while end < len(body) and not _stops(body, end) and accept(kind, first, end + 1):
            end += 1
    return [end]


def _stops(body: Words, index: int) -> bool:
    """Whether a sentence or a paragraph ends before this word."""
    between = body.text[body.ends[index - 1] : body.starts[index]]
    return "\n\n" in between or between.rstrip().endswith((".", ";", ":"))
