"""A notices file against what it should be: byte for byte, and the difference in components and lines."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeVar

from auditor.model.notice import Drift, DriftChange, DriftKind, NoticeText, WrittenNotice, WrittenNotices, WrittenText
from auditor.notices.read import read_notices

_Thing = TypeVar("_Thing")
_Text = tuple[NoticeText, WrittenText]
_FIELDS = (
    ("name", "name"), ("version", "version"), ("license", "licence"), ("purl", "package"), ("repository", "source"),
)  # fmt: skip
_SHOWN = 60  # characters of a line, from a little before the difference
_BEFORE = 20


def check_notices(existing: bytes, wanted: bytes) -> Drift:
    """How the file `existing` departs from `wanted`, which `render_notices` gave; no changes if not by a byte.

    First what differs in components and texts. Where that is nothing, or `existing` is of another make, the first line
    that differs.
    """
    if existing == wanted:
        return Drift()
    # What is no UTF-8 becomes visible, and so differs, in the text that it stands in.
    old = read_notices(existing.decode("utf-8", "backslashreplace"))
    new = read_notices(wanted.decode("utf-8", "backslashreplace"))
    if old is None or new is None:
        return Drift((_change("altered", "it was not written by auditor notices", 1), _first_line(existing, wanted)))
    if old.form != new.form:
        return Drift((_change("altered", f"it is written as {old.form}, not as {new.form}", 1), *_changes(old, new)))
    return Drift(tuple(_changes(old, new)) or (_first_line(existing, wanted),))


def _changes(old: WrittenNotices, new: WrittenNotices) -> Iterator[DriftChange]:
    pairs, stale, missing = _paired(
        old.notices,
        new.notices,
        (lambda one: one.notice, lambda one: one.notice.label.casefold(), lambda one: one.notice.name.casefold()),
    )
    yield from (_change("missing", one.notice.label) for one in missing)
    yield from (_change("stale", one.notice.label, one.lines.start) for one in stale)
    seen: set[tuple[WrittenText, str]] = set()
    for before, after in pairs:
        if before.notice != after.notice:
            yield from _field_changes(before, after)
            yield from _text_changes(before, after, seen)
    yield from (_change("stale", "a text that no component refers to", one.lines.start) for one in old.orphans)


def _field_changes(old: WrittenNotice, new: WrittenNotice) -> Iterator[DriftChange]:
    label, line = new.notice.label, old.lines.start
    for attribute, word in _FIELDS:
        before, after = getattr(old.notice, attribute), getattr(new.notice, attribute)
        if before != after:
            yield _change("altered", f"{label}: the {word} is {_value(before)}, expected {_value(after)}", line)
    had, has = dict.fromkeys(old.notice.copyrights), dict.fromkeys(new.notice.copyrights)
    yield from (_change("missing", f"{label}: holder {_value(one)}", line) for one in has if one not in had)
    yield from (_change("stale", f"{label}: holder {_value(one)}", line) for one in had if one not in has)


def _text_changes(old: WrittenNotice, new: WrittenNotice, seen: set[tuple[WrittenText, str]]) -> Iterator[DriftChange]:
    """`seen` are the altered texts that were told at another component which shares them."""
    label = new.notice.label
    keys = (lambda one: one[0], lambda one: one[0].path, lambda one: one[0].text)
    pairs, stale, missing = _paired(_texts(old), _texts(new), keys)
    for text, _ in missing:
        yield _change("missing", f"{text.path} of {label}", old.lines.start)
    for text, _ in stale:
        yield _change("stale", f"{text.path} of {old.notice.label}", old.lines.start)
    for (before, written), (after, _) in pairs:
        if before.path != after.path:
            message = f"{label}: the text's path is {_value(before.path)}, expected {_value(after.path)}"
            yield _change("altered", message, old.lines.start)
        elif before.text != after.text and (written, after.text) not in seen:
            seen.add((written, after.text))
            offset, said = _difference(before.text.split("\n"), after.text.split("\n"))
            line = min(written.lines.start + offset, written.lines.end)
            yield _change("altered", f"{after.path} of {label}: {said}", line)


def _texts(notice: WrittenNotice) -> list[_Text]:
    return list(zip(notice.notice.texts, notice.written, strict=True))


def _paired(
    old: Iterable[_Thing], new: Iterable[_Thing], keys: Iterable[Callable[[_Thing], Hashable]]
) -> tuple[list[tuple[_Thing, _Thing]], list[_Thing], list[_Thing]]:
    """Pairs of equal key, by the first key that finds one, and what is left of the old and of the new."""
    pairs: list[tuple[_Thing, _Thing]] = []
    before, after = list(old), list(new)
    for key in keys:
        waiting: defaultdict[Hashable, deque[_Thing]] = defaultdict(deque)
        for one in before:
            waiting[key(one)].append(one)
        left = []
        for one in after:
            if same := waiting.get(key(one)):
                pairs.append((same.popleft(), one))
            else:
                left.append(one)
        before, after = [one for same in waiting.values() for one in same], left
    return pairs, before, after


def _first_line(existing: bytes, wanted: bytes) -> DriftChange:
    if existing.replace(b"\r\n", b"\n") == wanted:
        return _change("altered", "its line ends are CR LF, not LF", 1)
    if existing + b"\n" == wanted:
        return _change("altered", "its last line has no line end", wanted.count(b"\n"))
    old, new = (data.decode("utf-8", "backslashreplace").split("\n") for data in (existing, wanted))
    offset, said = _difference(old, new)
    return _change("altered", said, min(offset + 1, len(old)))


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[int, str]:
    """Where two lists of lines first differ (counted from 0), and what stands there and should."""
    if old[-1] == new[-1] == "":  # both end in a line end
        old, new = old[:-1], new[:-1]
    for offset, (before, after) in enumerate(zip_longest(old, new)):
        if before == after:
            continue
        if before is None or after is None:
            return offset, f"it ends before {_clip(after, 0)}" if before is None else f"{_clip(before, 0)} is too much"
        start = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        return offset, f"it reads {_clip(before, start)}, expected {_clip(after, start)}"
    return 0, "its bytes are not UTF-8"


def _change(kind: DriftKind, message: str, line: int | None = None) -> DriftChange:
    """Names come from a file that anybody may have edited; a terminal must not obey what is in them."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in message)
    return DriftChange(kind, shown, line)


def _clip(line: str | None, start: int) -> str:
    """A part of a line that holds the character at `start`, quoted, control characters as escapes."""
    return repr((line or "")[max(0, start - _BEFORE) :][:_SHOWN])


def _value(value: str | None) -> str:
    return "none" if value is None else _clip(value, 0)
