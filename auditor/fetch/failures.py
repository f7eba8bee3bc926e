"""What git's complaints mean: standard error in, one word out.

git has no machine-readable errors; the patterns are its own texts under `LC_ALL=C`, seen with
git 2.39 against a real server (`tests/fetch/test_failures.py` provokes them). The first that matches counts.
"""

import re
from dataclasses import dataclass
from typing import Literal

from auditor.errors import FetchError

# Words that a caller can act upon instead of giving up.
Word = Literal["missing-id", "old-flaw", "incomplete", "other-format", "no-head", "moved"]


@dataclass(frozen=True, slots=True)
class Setback:
    """A fetch failed in a way that another fetch can mend; `detail` is the object id for "missing-id"."""

    word: Word
    detail: str = ""


# Flaws of old, much used histories that harm nobody who only reads (names of git's fsck messages).
OLD_FLAWS = ["zeroPaddedFilemode", "missingSpaceBeforeDate", "badTimezone", "badDate", "badDateOverflow"]
OLD_FLAWS += ["missingEmail", "missingSpaceBeforeEmail", "missingNameBeforeEmail", "badEmail", "badName"]
OLD_FLAWS += ["multipleAuthors", "badTagName", "missingTaggerEntry"]

_SETBACKS: tuple[tuple[Word, str], ...] = (
    ("missing-id", r"not our ref ([0-9a-f]{40,64})"),
    ("old-flaw", rf"error: object [0-9a-f]{{40,64}}: (?:{'|'.join(OLD_FLAWS)}):"),
    ("incomplete", r"did not send all necessary objects"),
    ("other-format", r"mismatched algorithms"),
    ("no-head", r"couldn't find remote ref HEAD"),
    ("moved", r"returned error: 30[1-8]"),
)
_REASONS: tuple[tuple[str, str], ...] = (
    ("too-large", r"No space left on device|Disk quota exceeded|File too large|died of signal 25|size limit exceeded"),
    ("refused", r"fsck error|transport '[^']*' not allowed|unadvertised object|protocol '[^']*' is not supported"),
    ("timeout", r"Operation too slow|timed out|Timeout was reached"),
    (
        "denied",
        r"returned error: 40[13]|Authentication failed|could not read (?:Username|Password)"
        r"|terminal prompts disabled|Permission denied|Host key verification failed",
    ),
    (
        "not-found",
        r"returned error: 4(?:04|10)|[Rr]epository (?:'[^']*' )?not found|repository '[^']*' does not exist"
        r"|does not appear to be a git repository|couldn't find remote ref",
    ),
    (
        "damaged",
        r"non-monotonic index"
        r"|packfile \S+ (?:cannot|is|does|claims|signature)|far too short|loose object \S+ .*is corrupt"
        r"|inflate|not a git repository|bad object|unable to read|index file \S+ is too small|wrong index"
        r"|invalid (?:shallow line|sha1 pointer|object)|bad (?:config|line \d+ in)|sha1 mismatch",
    ),
)


def setback_in(stderr: str) -> Setback | None:
    """What can be tried next, if anything."""
    for word, pattern in _SETBACKS:
        if found := re.search(pattern, stderr):
            return Setback(word, found[1] if found.groups() else "")
    return None


def failure(stderr: str, code: int, address: str) -> FetchError:
    """The error to raise; whatever is unknown is the network's fault (cut off, garbage, no route, 5xx)."""
    reason = next((reason for reason, pattern in _REASONS if re.search(pattern, stderr)), "network")
    return FetchError(reason, f"{without_secrets(address)}: {last_words(stderr) or f'git ended with code {code}'}")


def is_damage(stderr: str) -> bool:
    """Whether git complains of the repository itself; it may answer "missing" all the same."""
    return bool(re.search(dict(_REASONS)["damaged"], stderr))


def last_words(stderr: str) -> str:
    """The one line that says most: what git or the host complained of first, without credentials, cut to 300."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", "ERROR:"))]
    line = (telling or lines[-1:] or [""])[0]
    plain = "".join(char if char.isprintable() else " " for char in line[:2000])
    return without_secrets(plain).removeprefix("fatal: ").removeprefix("error: ")[:300]


def without_secrets(text: str) -> str:
    """URLs without the user and password they may carry."""
    return re.sub(r"://[^/@\s]{1,1000}@", "://", text)
