"""A notices file that `auditor.render.notices` wrote is read back into components and texts, with their lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.model.notice import Notice, NoticeText, WrittenNotice, WrittenNotices, WrittenText
from auditor.model.resolution import Lines
from auditor.notices.grammar import GRAMMARS, Grammar

_TOP = 10  # lines: further down the title may be in the notices file of a component


@dataclass(slots=True)
class _Section:
    """A component being read; line numbers are one-based."""

    name: str
    first: int
    last: int
    fields: list[tuple[str, str]] = field(default_factory=list)

    def only(self, label: str) -> str | None:
        return next(iter(self.all(label)), None)

    def all(self, label: str) -> tuple[str, ...]:
        return tuple(value for one, value in self.fields if one == label)


def read_notices(text: str) -> WrittenNotices | None:
    """The components and texts of a notices file, in its own order; None for one that is of another make.

    What a person has added to it is passed over. For a file as it was written the notices are exactly those that
    `compose_notices` gave the document.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    grammar = next((one for one in GRAMMARS if one.title in lines[:_TOP]), None)
    if grammar is None:
        return None
    sections: list[_Section] = []
    texts: dict[str, WrittenText] = {}
    twice: list[WrittenText] = []
    for part in _parts(lines, grammar):
        if isinstance(part, _Section):
            sections.append(part)
        elif texts.setdefault(part.key, part) is not part:
            twice.append(part)
    notices = tuple(_notice(section, texts, grammar) for section in sections)
    used = {one.key for notice in notices for one in notice.written}
    orphans = (*(one for key, one in texts.items() if key not in used), *twice)
    return WrittenNotices(grammar.form, notices, orphans)


def _parts(lines: Sequence[str], grammar: Grammar) -> Iterator[_Section | WrittenText]:
    """Every component and every text; fields count only within a component, fences only below a text's heading."""
    section: _Section | None = None
    key: str | None = None
    numbered = iter(enumerate(lines, 1))
    for number, line in numbered:
        if match := grammar.component.fullmatch(line):
            section, key = _Section(grammar.plain(match["name"]), number, number), None
            yield section
        elif match := grammar.text.fullmatch(line):
            section, key = None, match["key"]
        elif section and (match := grammar.field.fullmatch(line)):
            section.fields.append((match["label"], match["value"]))
            section.last = number
        elif key and (closing := grammar.closing_of(line)):
            yield _text(key, number, closing, numbered, grammar)
            key = None


def _text(key: str, fence: int, closing: str, numbered: Iterator[tuple[int, str]], grammar: Grammar) -> WrittenText:
    """The lines up to `closing`, taken from `numbered`; `fence` is the number of the line before them."""
    taken: list[str] = []
    for _, line in numbered:
        if line == closing:
            break
        taken.append(f"{grammar.body(line)}\n")
    lines = Lines(fence + 1, fence + len(taken)) if taken else Lines(fence, fence)
    return WrittenText(key, "".join(taken), lines)


def _notice(section: _Section, texts: dict[str, WrittenText], grammar: Grammar) -> WrittenNotice:
    def value(label: str) -> str | None:
        written = section.only(label)
        return None if written is None else grammar.plain(written)

    found: list[tuple[NoticeText, WrittenText]] = []
    lost: list[str] = []
    for written in section.all("Text"):
        match = grammar.reference.fullmatch(written)
        path = grammar.plain(match["path"] if match else written)
        if match and match["key"] in texts:
            text = texts[match["key"]]
            found.append((NoticeText(path, text.text), text))
        else:
            lost.append(path)
    notice = Notice(
        name=section.name,
        version=value("Version"),
        purl=value("Package"),
        repository=value("Source"),
        license=value("Licence"),
        texts=tuple(text for text, _ in found),
        copyrights=tuple(grammar.plain(one) for one in section.all("Holder")),
    )
    return WrittenNotice(notice, Lines(section.first, section.last), tuple(one for _, one in found), tuple(lost))
