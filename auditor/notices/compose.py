"""Components and their texts become a document: sorted, every text once, nothing in it that depends on the day."""

import re
from collections.abc import Iterable

from auditor.model.notice import Notice, NoticeEntry, NoticesDocument, NoticeText, SharedText, TextOwner

# What would break a line or turn the reading direction; lone surrogates cannot be written as UTF-8.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_KEY_LENGTH = 60


def compose_notices(notices: Iterable[Notice]) -> NoticesDocument:
    """The document for these components, in whatever order they come.

    Texts are equal when they are so character by character once their line ends are LF and their last line has one;
    texts that differ in a single holder are two. Blank texts are left out, and equal components are listed once.
    """
    ordered = sorted({_tidy(notice) for notice in notices}, key=_order)
    keys = _keys_of_texts(ordered)
    owners: dict[str, list[TextOwner]] = {text: [] for text in keys}
    for notice in ordered:
        for one in notice.texts:
            owners[one.text].append(TextOwner(notice.label, one.path))
    names = _Keys()
    return NoticesDocument(
        tuple(NoticeEntry(names.new(one.name), one, tuple(keys[text.text] for text in one.texts)) for one in ordered),
        tuple(SharedText(key, text, tuple(owners[text])) for text, key in keys.items()),
    )


def _keys_of_texts(notices: Iterable[Notice]) -> dict[str, str]:
    """A key for each text, made of its first owner's words, so that a new component does not rename other texts."""
    keys, taken = dict[str, str](), _Keys()
    for notice in notices:
        for one in notice.texts:
            if one.text not in keys:
                keys[one.text] = taken.new(f"{notice.name} {one.path.rpartition('/')[2]}")
    return keys


class _Keys:
    """Gives names that are not taken yet."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def new(self, words: str) -> str:
        base = _NO_WORD.sub("-", words.lower()).strip("-")[:_KEY_LENGTH].strip("-") or "unnamed"
        key = base
        while key in self._taken:
            self._numbers[base] = self._numbers.get(base, 1) + 1
            key = f"{base}-{self._numbers[base]}"
        self._taken.add(key)
        return key


def _order(notice: Notice) -> tuple[str, ...]:
    """By name and version; what else there is only settles ties, so that the order of the input never shows."""
    rest = (notice.name, notice.purl or "", notice.repository or "", notice.license or "")
    texts = (part for one in notice.texts for part in (one.path, one.text))
    return (notice.name.casefold(), notice.version or "", *rest, *texts, "", *notice.copyrights)


def _tidy(notice: Notice) -> Notice:
    texts = {NoticeText(_line(one.path), _whole_lines(one.text)) for one in notice.texts if one.text.strip()}
    return Notice(
        name=_line(notice.name),
        version=_line(notice.version or "") or None,
        purl=_line(notice.purl or "") or None,
        repository=_line(notice.repository or "") or None,
        license=_line(notice.license or "") or None,
        texts=tuple(sorted(texts, key=lambda one: (one.path.casefold(), one.path, one.text))),
        copyrights=tuple(dict.fromkeys(line for one in notice.copyrights if (line := _line(one)))),
    )


def _line(value: str) -> str:
    """A value from an untrusted place as one line of visible characters."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", " ".join(value.split()))


def _whole_lines(text: str) -> str:
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if text.endswith("\n") else f"{text}\n"
