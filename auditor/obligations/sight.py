"""Looking for a notice in the texts of an artifact: it is there, there in other words, or not there.

A notice is there when all words of its body follow one another in a text, and each of its copyright statements stands
in the artifact. The work is linear in the length of the texts: words are looked up as strings, never aligned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.licenses.words import plain_words
from auditor.model import Copyright, Lines
from auditor.model.obligation import Evidence
from auditor.obligations.differences import first_difference, resembles
from auditor.obligations.owed import Owed
from auditor.obligations.shelf import Key, Sheet, Shelf, holder_of, key_of
from auditor.obligations.wordings import own_words

_LIKE_HOLDER = 0.5  # of a holder's words: "Jane B. Roe" and "Jane Roe" are one, changed; "Jane Doe" is another


@dataclass(frozen=True, slots=True)
class Sight:
    """What was found of a notice. `difference` says how an altered one departs from upstream's.

    "apart": the copyright lines are there, and the words of the body too, but only under other holders.
    """

    state: Literal["kept", "apart", "altered", "missing"]
    evidence: tuple[Evidence, ...] = ()
    difference: str = ""


@dataclass(frozen=True, slots=True)
class _Body:
    """The body of the notice, word by word, in a sheet: its lines, and the statements above and within it."""

    sheet: Sheet
    first: int
    lines: Lines
    section: Lines
    holders: tuple[Copyright, ...]

    def reaches(self, lines: Lines) -> bool:
        """Whether a statement stands above it, behind the text before, or within it."""
        return self.section.start <= lines.start <= self.lines.end


@dataclass(frozen=True, slots=True)
class _Statement:
    """A copyright statement of the notice, found in a sheet; `note` if its years are others."""

    sheet: Sheet
    lines: Lines
    note: str = ""


def look_for(owed: Owed, shelf: Shelf, name: str, others: frozenset[Key]) -> Sight:
    """What an artifact shows of a notice; `name` is the dependency, `others` are everybody else's statements."""
    bodies = [body for sheet in shelf.sheets for body in _bodies(owed, sheet)]
    if not owed.copyrights and bodies:
        return Sight("kept", (Evidence(bodies[0].sheet.file.path, bodies[0].lines, "the text"),))
    # A copyright line in some source file is about that file; only where the whole notice stands it is about all.
    sheets = [
        sheet for sheet in shelf.sheets if sheet.file.role != "header" or any(one.sheet is sheet for one in bodies)
    ]
    statements = [list(_find_statement(one, sheets, others)) for one in owed.copyrights]
    lost = [one for one, found in zip(owed.copyrights, statements, strict=True) if not found]
    cut = _cut_short(owed, bodies, [place for found in statements for place in found])
    if cut is not None:
        return cut
    if bodies and not lost:
        return _together(owed, bodies, statements)
    if bodies:
        return _with_other_holder(owed, lost, bodies, name, others)
    return _in_other_words(owed, shelf, name) or Sight("missing", tuple(_only_statements(statements)))


def _bodies(owed: Owed, sheet: Sheet) -> Iterator[_Body]:
    for first, end in sheet.body.find_all(owed.body):
        section, lines = sheet.section(first), sheet.body.words.lines(first, end)
        yield _Body(sheet, first, lines, section, sheet.holders(lines, section.start))


def _find_statement(statement: Copyright, sheets: Sequence[Sheet], others: frozenset[Key]) -> Iterator[_Statement]:
    """Where the same holder stands; those with the same years first, and with other years if they are nobody else's."""
    holder, years = key_of(statement)
    similar: list[_Statement] = []
    for sheet in sheets:
        for other in sheet.by_holder.get(holder, ()):
            key = key_of(other)
            if key == (holder, years):
                yield _Statement(sheet, other.lines)
            elif holder and key not in others:
                similar.append(_Statement(sheet, other.lines, f"the years differ: “{other.statement}”"))
        if found := sheet.full.find(plain_words(statement.statement)):
            yield _Statement(sheet, sheet.full.words.lines(*found))
    yield from similar


def _together(owed: Owed, bodies: list[_Body], statements: list[list[_Statement]]) -> Sight:
    """Everything is there; whether it belongs together: the body under these holders, or under none, as in a list."""
    holders = {holder for holder, _ in owed.keys}
    ours = [one for one in bodies if any(holder_of(above) in holders for above in one.holders)]
    body = next(iter([*ours, *(one for one in bodies if not one.holders)]), None)
    if body is None:
        shown = bodies[0].holders[0].statement
        note = f"the body, under “{shown}”"
        return Sight(
            "apart", (*_only_statements(statements), Evidence(bodies[0].sheet.file.path, bodies[0].lines, note))
        )
    near = [[one for one in found if one.sheet is body.sheet] for found in statements]
    above = [one.lines.start for found in near for one in found if body.section.start <= one.lines.start]
    lines = Lines(min([*above, body.lines.start]), body.lines.end)
    apart = [found[0] for found, here in zip(statements, near, strict=True) if not here or found[0].note]
    elsewhere = (Evidence(one.sheet.file.path, one.lines, one.note or "the copyright line") for one in apart)
    return Sight("kept", (Evidence(body.sheet.file.path, lines, "the notice"), *elsewhere))


def _only_statements(statements: Sequence[Sequence[_Statement]]) -> Iterator[Evidence]:
    for found in statements:
        if found:
            yield Evidence(found[0].sheet.file.path, found[0].lines, "only the copyright line")


def _cut_short(owed: Owed, bodies: Sequence[_Body], statements: Sequence[_Statement]) -> Sight | None:
    """A notice that stands under its own copyright line, but not with all its words.

    None when one is whole, or when nothing of the body follows any of them, as in a list of holders.
    """
    found: Sight | None = None
    for one in statements:
        index = one.sheet.body
        start = index.word_at_line(one.lines.start)
        whole = next((body for body in bodies if body.sheet is one.sheet and body.reaches(one.lines)), None)
        end = min(start + 2 * len(owed.body), whole.first if whole else _next_holder(owed, one))
        if whole and not resembles(owed.body, index, start, end):
            return None
        if found is None and resembles(owed.body, index, start, end):
            lines, difference = first_difference(owed, index, start, end)
            found = Sight("altered", (Evidence(one.sheet.file.path, lines, difference, True),), difference)
    return found


def _next_holder(owed: Owed, statement: _Statement) -> int:
    """The word with which the next statement of somebody else begins: what follows is under that name."""
    sheet = statement.sheet
    for one in sheet.copyrights_within(Lines(statement.lines.end + 1, len(sheet.body.words.line_starts) + 1)):
        if key_of(one) not in owed.keys:
            return sheet.body.word_at_line(one.lines.start)
    return len(sheet.body.words)


def _with_other_holder(
    owed: Owed, lost: list[Copyright], bodies: list[_Body], name: str, others: frozenset[Key]
) -> Sight:
    """The body is there, and a copyright statement is not: it is another one's notice, or its holder was changed."""
    for body in bodies:
        keys = {key_of(one): one for one in body.holders}
        some = any(key in owed.keys for key in keys)
        named = _names(body.sheet, body.section, name)
        if not named and any(key in others and key not in owed.keys for key in keys):
            continue  # somebody else's notice
        foreign = (one for key, one in keys.items() if key not in others and key not in owed.keys)
        shown = next((one for one in foreign if named or some or _is_like(lost[0], one)), None)
        if shown is None and not some and (body.holders or not named):
            continue  # nobody's that is known
        said = f"says “{shown.statement}” where upstream says" if shown else "lacks"
        difference = f"{said} “{lost[0].statement}”"
        lines = shown.lines if shown else body.lines
        return Sight("altered", (Evidence(body.sheet.file.path, lines, difference, True),), difference)
    return Sight("missing")


def _in_other_words(owed: Owed, shelf: Shelf, name: str) -> Sight | None:
    """A text that was made from the notice, in a file or section that names the dependency."""
    for sheet in shelf.sheets:
        index = sheet.body
        for match in sheet.file.read.matches:
            first, end = index.word_at_line(match.lines.start), index.word_at_line(match.lines.end + 1)
            if not resembles(owed.body, index, first, end) or not _names(sheet, sheet.section(first), name):
                continue
            lines, difference = first_difference(owed, index, first, end)
            return Sight("altered", (Evidence(sheet.file.path, lines, difference, True),), difference)
    return None


def _names(sheet: Sheet, section: Lines, name: str) -> bool:
    """Whether the file's path, or what stands above a text, names the dependency."""
    wanted = f" {' '.join(plain_words(name))} "
    index = sheet.full
    above = index.part(index.word_at_line(section.start), index.word_at_line(section.end))
    return wanted in f" {' '.join(plain_words(sheet.file.path))} " or wanted in above


def _is_like(ours: Copyright, theirs: Copyright) -> bool:
    wanted, there = (own_words(holder_of(one)) for one in (ours, theirs))
    return len(wanted & there) > _LIKE_HOLDER * len(wanted)
