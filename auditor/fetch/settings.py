"""What the caller decides about fetching: where the cache is, what may be asked, how much may come."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that a foreign repository cannot move.

    `seconds` is the wall clock of one git command, `bytes` what one fetch may add to the
    objects of a repository, `history_bytes` the same for its history of commits,
    `blob_bytes` the largest blob that is ever held in memory, `lock_seconds` how long to
    wait for another process that works on the same repository.
    """

    seconds: float = 120
    bytes: int = 2 << 30
    history_bytes: int = 512 << 20
    blob_bytes: int = 32 << 20
    lock_seconds: float = 600


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Where and how repositories are fetched.

    `mirrors` are (PREFIX, LOCATION) pairs: a repository whose URL is PREFIX or lies below it
    is fetched from LOCATION, a URL or a local path. `offline` forbids the network; local
    mirrors and the cache still serve.
    """

    cache: Path
    mirrors: tuple[tuple[str, str], ...] = ()
    offline: bool = False
    limits: Limits = Limits()


def default_cache() -> Path:
    """The folder for fetched objects: `AUDITOR_CACHE_DIR`, or the user's cache folder for `auditor`."""
    if chosen := os.environ.get("AUDITOR_CACHE_DIR"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("auditor", appauthor=False)
