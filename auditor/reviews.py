"""Licence texts that a person has read and accepted, in a file that is kept beside the report."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

from auditor.errors import DocumentError
from auditor.files import write_atomically
from auditor.model import Review

FILE = "auditor-reviews.toml"
_HEAD = """\
# Licence texts that a person has read, written by `auditor licenses --accept`; to be committed.
# An entry holds for exactly the text whose git blob id is its digest: when the text changes, it is asked about again.
"""
_KEYS = ("digest", "path", "license", "reviewer", "reason")


def load_reviews(path: Path) -> tuple[Review, ...]:
    """The reviews in a file; none when it does not exist. Raises DocumentError for one that cannot be read."""
    try:
        values = tomllib.loads(path.read_text("utf-8")).get("review", [])
        return tuple(Review(**{key: str(value.get(key, "")) for key in _KEYS}) for value in values)
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError) as error:
        raise DocumentError(f"{path}: the reviews cannot be read: {error}") from error


def save_reviews(path: Path, reviews: Iterable[Review]) -> None:
    """Write the file, whole or not at all: one review per path and digest, the last one given, in order of paths."""
    latest = {(review.path, review.digest): review for review in reviews}
    entries = [_entry(latest[key]) for key in sorted(latest)]
    write_atomically(path, "\n".join([_HEAD, *entries]).encode())


def _entry(review: Review) -> str:
    # A JSON string is a TOML string, but for DEL, which TOML wants escaped.
    lines = [f"{key} = {json.dumps(getattr(review, key)).replace(chr(127), chr(92) + 'u007F')}" for key in _KEYS]
    return "\n".join(["[[review]]", *lines]) + "\n"


def review_of(path: str, digest: str, reviews: Iterable[Review]) -> Review | None:
    """The review of this very text, wherever it stood, else the last one of another text at this path."""
    exact = stale = None
    for review in reviews:
        if review.digest == digest:
            exact = review
        elif review.path == path:
            stale = review
    return exact or stale
