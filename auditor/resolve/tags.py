"""Which tags of a repository are releases, and in which order they came."""

import re
from collections.abc import Mapping

from auditor.model import Tag

_LONGEST = 200  # characters of a tag that are looked at
# "v2.2.2", "2.2", "release-1.0", "jinja2/v3.1", "rel_1_4_0": after the project's name, nothing but the numbers.
_FINAL = re.compile(r"(?:(?!v?\d)[\w.@/-]{1,100}[-_@/])?[vV]?(\d{1,9}(?:[._]\d{1,9}){0,6})")
_UNFINISHED = re.compile(r"(?:alpha|beta|rc|pre|dev|nightly|snapshot|[-_.]a|[-_.]b)[-_.]?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}")


def in_order(tags: Mapping[str, str], most: int) -> tuple[list[Tag], list[Tag]]:
    """The final releases, and all other tags whose name has a number, both oldest first by their numbers.

    `tags` maps names to commits. Of either at most so many are given, the newest.
    """
    numbered = [Tag(name, commit) for name, commit in tags.items() if _NUMBER.search(name[:_LONGEST])]
    finals = sorted((tag for tag in numbered if is_final(tag.name)), key=_order)
    others = sorted((tag for tag in numbered if not is_final(tag.name)), key=_order)
    return finals[-most:], others[-most:]


def is_final(name: str) -> bool:
    """Whether a tag names a finished release, by its form alone."""
    found = _FINAL.fullmatch(name[:_LONGEST])
    return found is not None and not _UNFINISHED.search(name[: found.start(1)])


def is_of(tag: str, version: str) -> bool:
    """Whether a tag is a release of a version, as written: "2.2" speaks of 2.2.0 and 2.2.2, and not of 2.20."""
    wanted = _numbers(version)
    return is_final(tag) and _numbers(tag)[: len(wanted)] == wanted


def _numbers(name: str) -> tuple[int, ...]:
    found = _FINAL.fullmatch(name[:_LONGEST])
    return tuple(int(number) for number in _NUMBER.findall(found[1] if found else name[:_LONGEST]))


def _order(tag: Tag) -> tuple[tuple[int, ...], str]:
    return _numbers(tag.name), tag.name
