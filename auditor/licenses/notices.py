"""The notices that licences ask for at the head of a file; the list is `data/notices.toml`."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from auditor.licenses.phrases import find_all
from auditor.licenses.words import Words

_DATA = Path(__file__).parent / "data" / "notices.toml"
_THING_WORDS = 6  # "this file", "the NumPy library"


def find_notices(body: Words) -> Iterator[tuple[int, int, str | None]]:
    """(first word, end, expression) of each notice; None for sentences that go with one and ask nothing."""
    meanings = _meanings()
    for wording, found in find_all(tuple(meanings), body.words, range(len(body)), _is_thing):
        meaning = meanings[wording]
        # "version 2 of the License, or (at your option)" any version that the wordings do not know is not "only".
        if meaning and meaning.endswith("-only") and body.words[found.end : found.end + 1] == ("or",):
            continue
        yield found.start, found.end, meaning


def _is_thing(kind: str, first: int, end: int) -> bool:
    return end - first <= _THING_WORDS


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str | None]:
    table = tomllib.loads(_DATA.read_text("utf-8"))
    meanings: dict[str, str | None] = {entry["wording"]: entry["expression"] for entry in table["notice"]}
    return meanings | {entry["wording"]: None for entry in table["harmless"]}
