"""The shipped licence texts: which there are, what they say, and which of them a text could be."""

import bisect
import io
import json
import sys
import zipfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from auditor.licenses.copyrights import find_copyrights
from auditor.licenses.texts.shingles import fingerprints
from auditor.licenses.words import Words, read_words

INDEX = Path(__file__).parent.parent / "data" / "texts.zip"


@dataclass(frozen=True, slots=True)
class Known:
    """A licence of the SPDX list. `ids` are all ids that stand for its text, `id` among them or their common part.

    `words` is the length of the text without copyright statements: 0 for a few deprecated ids, of which the list's
    source has no text.
    """

    id: str
    ids: tuple[str, ...]
    name: str
    osi: bool
    deprecated: bool
    words: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything about the texts but the texts: `version` of the SPDX list, `source` as the index records it."""

    version: str
    source: dict[str, str]
    licenses: tuple[Known, ...]
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Fingerprints of all texts: `owners[n]` is the number of the licence that has `hashes[n]`; hashes are sorted."""

    hashes: "array[int]"
    owners: "array[int]"
    counts: "array[int]"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A licence of `words` words. A text has `share` (0 to 1) of its fingerprints, at `places` (words, rising)."""

    id: str
    words: int
    share: float
    places: tuple[int, ...]


@lru_cache(maxsize=1)
def _archive() -> zipfile.ZipFile:
    """The index in memory (2 MB), so that no file stays open."""
    return zipfile.ZipFile(io.BytesIO(INDEX.read_bytes()))


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """All known licences, by id."""
    head = json.loads(_archive().read("index.json"))
    known = tuple(Known(**{**entry, "ids": tuple(entry["ids"])}) for entry in head["licenses"])
    return Catalogue(head["list"], head["source"], known, tuple(head["exceptions"]))


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Known]:
    return {identifier: known for known in catalogue().licenses for identifier in (*known.ids, known.id)}


def license_name(identifier: str) -> str:
    """The name that the SPDX list gives a licence; the id itself for one that is not on it."""
    known = _by_id().get(identifier)
    return known.name if known else identifier


def text_id(identifier: str) -> str | None:
    """The id of the text that an id stands for ("GPL-2.0-or-later" → "GPL-2.0"); None if it is not on the list."""
    known = _by_id().get(identifier)
    return known.id if known else None


def body_words(text: str) -> Words:
    """The words of a text without its copyright statements: what is compared."""
    words = read_words(text)
    return words.without(find_copyrights(words)[1])


@lru_cache(maxsize=64)
def text_words(identifier: str) -> Words:
    """The words of a licence's text without its copyright statements. Raises KeyError for a licence without text."""
    return body_words(_archive().read(f"texts/{identifier}.txt").decode("utf-8"))


@lru_cache(maxsize=1)
def _table() -> Table:
    data = _archive().read("fingerprints")
    hashes, owners, counts, sizes = array("I"), array("H"), array("H"), array("I")
    sizes.frombytes(data[:8])
    if sys.byteorder == "big":
        sizes.byteswap()
    marks, entries = sizes
    hashes.frombytes(data[8 : 8 + 4 * marks])
    owners.frombytes(data[8 + 4 * marks : 8 + 6 * marks])
    counts.frombytes(data[8 + 6 * marks : 8 + 6 * marks + 2 * entries])
    if sys.byteorder == "big":
        for part in (hashes, owners, counts):
            part.byteswap()
    return Table(hashes, owners, counts)


@lru_cache(maxsize=128)  # in a tree of packages the same few texts stand below many copyright lines
def candidates(words: tuple[str, ...], least: float) -> tuple[Candidate, ...]:
    """The licences of which a text has at least this share of the fingerprints, the fullest first."""
    table = _table()
    stands: defaultdict[int, list[int]] = defaultdict(list)
    for mark, place in fingerprints(words):
        stands[mark].append(place)
    # Common stretches are in dozens of licences, so they are counted first and looked at only where it matters.
    owners = {mark: table.owners[slice(*_equal_range(table.hashes, mark))] for mark in stands}
    shared = Counter(owner for mark in owners for owner in owners[mark])
    chosen = {owner for owner, count in shared.items() if count >= least * table.counts[owner]}
    places: defaultdict[int, list[int]] = defaultdict(list)
    for mark, here in stands.items():
        for owner in chosen.intersection(owners[mark]):
            places[owner] += here
    licenses = catalogue().licenses
    found = [
        Candidate(
            licenses[owner].id,
            licenses[owner].words,
            shared[owner] / table.counts[owner],
            tuple(sorted(places[owner])),
        )
        for owner in chosen
    ]
    return tuple(sorted(found, key=lambda candidate: (-candidate.share, candidate.id)))


def _equal_range(hashes: Sequence[int], mark: int) -> tuple[int, int]:
    start = bisect.bisect_left(hashes, mark)
    return start, bisect.bisect_right(hashes, mark, start)
