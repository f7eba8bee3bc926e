"""Fingerprints of texts: which texts share stretches of words, without comparing them word by word.

Winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003): of the hashes of all stretches of `SHINGLE` words the least of
each `WINDOW` neighbours is kept, so two texts that share `SHINGLE + WINDOW - 1` words in a row share a fingerprint.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

SHINGLE = 8  # words
WINDOW = 8  # stretches
_BASE = 1_000_003
_MASK = 0xFFFFFFFF
_LAST = pow(_BASE, SHINGLE - 1, _MASK + 1)


@lru_cache(maxsize=65536)
def _hash(word: str) -> int:
    """The same number in every process, unlike `hash`, because the index is shipped."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def fingerprints(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(hash of 32 bits, index of the stretch's first word), by rising index; none for fewer than `SHINGLE` words."""
    hashes = _rolling(words)
    if not hashes:
        return
    kept = -1
    for start in range(max(1, len(hashes) - WINDOW + 1)):
        if kept >= start and (end := start + WINDOW - 1) < len(hashes) and hashes[end] >= hashes[kept]:
            continue
        window = hashes[start : start + WINDOW]
        least = start + window.index(min(window))
        if least != kept:
            kept = least
            yield hashes[kept], kept


def _rolling(words: Sequence[str]) -> list[int]:
    """The hash of each stretch of `SHINGLE` words."""
    numbers = [_hash(word) for word in words]
    value = 0
    for number in numbers[:SHINGLE]:
        value = (value * _BASE + number) & _MASK
    if len(numbers) < SHINGLE:
        return []
    hashes = [value]
    for leaving, coming in zip(numbers, numbers[SHINGLE:], strict=False):
        value = ((value - leaving * _LAST) * _BASE + coming) & _MASK
        hashes.append(value)
    return hashes
