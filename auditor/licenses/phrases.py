"""Looking for many short wordings at once."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from auditor.licenses.patterns import Found, SlotTest, Wording, compile_wording


def find_all(
    sources: tuple[str, ...], words: Sequence[str], places: Iterable[int], accept: SlotTest | None = None
) -> Iterator[tuple[str, Found]]:
    """Every match of a wording that begins at one of these places, with the wording; at most one per place."""
    openings = _openings(sources)
    for place in places:
        for wording in openings.get(words[place], ()):
            found = wording.match(words, place, accept) if accept else wording.match(words, place)
            if found:
                yield wording.source, found
                break


def find_any(sources: tuple[str, ...], words: Sequence[str], places: Iterable[int]) -> Found | None:
    """The first match of one of the wordings."""
    return next((found for _, found in find_all(sources, words, places)), None)


@lru_cache(maxsize=16)
def _openings(sources: tuple[str, ...]) -> dict[str, list[Wording]]:
    """The wordings by the words that they can begin with."""
    openings: dict[str, list[Wording]] = {}
    for source in sources:
        wording = compile_wording(source)
        for word in _first_words(wording):
            openings.setdefault(word, []).append(wording)
    return openings


def _first_words(wording: Wording) -> set[str]:
    firsts: set[str] = set()
    todo = [0]
    while todo:
        at = todo.pop()
        step = wording.steps[at]
        if step.action == "word":
            firsts.add(step.word)
        elif step.action == "split":
            todo += [step.first, step.second]
        elif step.action == "jump":
            todo.append(step.first)
        else:
            raise ValueError(f"a phrase begins with a word: {wording.source!r}")
    return firsts
