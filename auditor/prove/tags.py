"""Which tags a release may have been made from, by their names."""

import re
from collections.abc import Iterable, Sequence

_LONGEST = 200  # characters of a tag that are looked at
_NUMBERS = re.compile(r"[0-9]{1,18}")
# How tags write what PEP 440 writes "2.0.0rc1": "2.0.0-rc.1", "2_0_0_RC1", "2.0.0-alpha1".
_SEPARATORS = re.compile(r"[-_+]")
_STAGE = re.compile(r"\.?(alpha|beta|preview|pre|rc|a|b|c|post|dev)\.?(?=[0-9])")
_STAGES = {"alpha": "a", "beta": "b", "preview": "rc", "pre": "rc", "c": "rc", "post": ".post", "dev": ".dev"}


def version_tags(version: str, tags: Iterable[str], usual: Sequence[str] = ()) -> tuple[str, ...]:
    """The tags that name a version: first those of the `usual` names, in their order, then all whose text has it."""
    there = dict.fromkeys(sorted(tags))
    wanted = _plain(version)
    if not wanted:
        return ()
    # The number of a version ends where another would begin: 2.2 is not in 2.2.1, 12.2 or 2.2rc1.
    within = re.compile(rf"(?<![0-9])(?<![0-9]\.){re.escape(wanted)}(?!\.?(?:[0-9]|(?:a|b|rc|post|dev)[0-9]))")
    named = [tag for tag in there if within.search(_plain(tag))]
    return tuple(dict.fromkeys([*(name for name in usual if name in there), *sorted(named, key=len)]))


def near_tags(version: str, tags: Iterable[str], most: int) -> tuple[str, ...]:
    """At most so many tags, those whose numbers are next to those of the version."""
    ordered = sorted(tags, key=lambda tag: (_numbers(tag), tag))
    wanted = _numbers(version)
    middle = sum(1 for tag in ordered if _numbers(tag) < wanted)
    start = max(0, min(middle - most // 2, len(ordered) - most))
    return tuple(ordered[start : start + most])


def _plain(text: str) -> str:
    dotted = _SEPARATORS.sub(".", text[:_LONGEST].lower())
    return _STAGE.sub(lambda found: _STAGES.get(found[1], found[1]), dotted)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBERS.findall(text[:_LONGEST]))
