"""How cited lines relate to a name: do they define it, call it, lie inside it, or not show it at all?"""

import re
from collections.abc import Iterable

from auditor.model import Lines, Name, NameFact, Outline, Relation, Symbol
from auditor.resolve.content import FileText, word_pattern
from auditor.symbols import alike, clean_name, fold

NEAR = 3  # lines; a citation this close is a slip that no reader stumbles over
# A definition is also shown by the comment that stands right above it.
_LONGEST_COMMENT = 40
_SHOWN: tuple[Relation, ...] = ("definition", "call", "mention", "inside", "near")
_PLAIN: tuple[Relation, ...] = ("definition", "call")
# Where a report cannot be talking about something else.
_CERTAIN = frozenset({"link-text", "frame"})
_SEPARATOR = re.compile(r"\.|::|#|->")
_WORD = re.compile(r"[A-Za-z_$][\w$]{3,}")


def shows(relation: Relation) -> bool:
    """Whether the lines show what is named, closely enough for a reader."""
    return relation in _SHOWN


def relate_names(names: Iterable[Name], file: FileText, lines: Lines) -> NameFact | None:
    """The fact about the name that the lines show best; of names not shown, the first sure one.

    A name that is not sure cannot outweigh a sure one that is not shown, unless the lines define or call it and
    the sure one is not the link's own text or a frame.
    None when there is no name, or the file's language is not understood and no name stands there.
    """
    facts = []
    for name in names:
        if fact := relate_name(name, file, lines):
            if name.sure and fact.relation == "definition":
                return fact  # as for most links; no other name can be shown better
            facts.append(fact)
    shown = sorted((f for f in facts if shows(f.relation)), key=lambda f: (not f.name.sure, _SHOWN.index(f.relation)))
    blamed = [fact for fact in facts if fact.name.sure and not shows(fact.relation)]
    certain = any(fact.name.source in _CERTAIN for fact in blamed)
    if shown and (shown[0].name.sure or not blamed or (shown[0].relation in _PLAIN and not certain)):
        return shown[0]
    if blamed:
        return next((fact for fact in blamed if fact.candidates), blamed[0])
    return shown[0] if shown else next(iter(facts), None)


def relate_name(name: Name, file: FileText, lines: Lines) -> NameFact | None:
    """The relation of one name to the lines; None when it cannot be judged."""
    asked = clean_name(name.text)
    leaf = _SEPARATOR.split(asked)[-1]
    definitions = file.definitions
    defined = definitions.find(asked) if definitions else ()
    if definitions and not defined and leaf != asked:
        defined = definitions.find(leaf)
    if relation := _shown_exactly(leaf, defined, file, lines):
        return NameFact(name, relation, tuple(defined))
    if fact := _shown_written_otherwise(name, leaf, file, lines):
        return fact
    if definitions is None or not (defined or name.sure):
        return None  # a name that may not accuse needs no search for what it might have meant
    if not defined:
        similar = definitions.similar(leaf)
        # `Run` for `run`, `process request thread` for `process_request_thread`: the same name, written otherwise.
        same = tuple(symbol for symbol in similar if fold(symbol.leaf) == fold(leaf))
        if fact := _shown_in_other_spelling(name, leaf, similar, file, lines):
            return fact
        if same or file.holds(leaf):
            return NameFact(name, "elsewhere", same, spelled=same[0].leaf if same else None)
        return NameFact(name, "nowhere", similar)
    return NameFact(name, "elsewhere", tuple(defined))


def _shown_exactly(leaf: str, defined: Iterable[Symbol], file: FileText, lines: Lines) -> Relation | None:
    symbols = tuple(defined)
    if any(_defines(symbol, file, lines) for symbol in symbols):
        return "definition"
    for line in file.lines[lines.start - 1 : lines.end]:
        if leaf in line and (match := word_pattern(leaf).search(line)):
            return "call" if line[match.end() :].lstrip().startswith("(") else "mention"
    if any(symbol.start <= lines.start and lines.end <= symbol.end for symbol in symbols):
        return "inside"
    if any(min(_distance(symbol.start, lines), _distance(symbol.line, lines)) <= NEAR for symbol in symbols):
        return "near"
    around = file.lines[max(0, lines.start - 1 - NEAR) : lines.end + NEAR]
    return "near" if any(leaf in line and word_pattern(leaf).search(line) for line in around) else None


def _shown_written_otherwise(name: Name, leaf: str, file: FileText, lines: Lines) -> NameFact | None:
    """`ProveCommitSector` may mean the `prove_commit_sector` that the lines lie in, whatever else is called so."""
    chain = file.definitions.enclosing_chain(lines.start, lines.end) if file.definitions else ()
    for symbol in reversed(chain):
        if symbol.leaf != leaf and fold(symbol.leaf) == fold(leaf):
            relation: Relation = "definition" if _defines(symbol, file, lines) else "inside"
            return NameFact(name, relation, (symbol,), spelled=symbol.leaf)
    return None


def _shown_in_other_spelling(
    name: Name, leaf: str, similar: tuple[Symbol, ...], file: FileText, lines: Lines
) -> NameFact | None:
    """The report misspells what the lines do show: no reason to blame the link."""
    for symbol in similar:
        if relation := _shown_exactly(symbol.leaf, (symbol,), file, lines):
            return NameFact(name, relation, (symbol,), spelled=symbol.leaf)
    for line in file.lines[lines.start - 1 : min(lines.end, lines.start + 20)]:
        for word in _WORD.findall(line[:400]):
            if alike(word, leaf):
                return NameFact(name, "mention", spelled=word)
    return None


def _defines(symbol: Symbol, file: FileText, lines: Lines) -> bool:
    """Whether the lines touch the header of a definition, decorators and the comment above included."""
    header_end = max(symbol.line, min(symbol.body, symbol.end))
    if symbol.kind == "variable":
        header_end = symbol.end
    if lines.start <= header_end and lines.end >= symbol.start:
        return True
    return lines.start <= symbol.start and lines.end >= _comment_start(symbol.start, file)


def _comment_start(first: int, file: FileText) -> int:
    """The first line of the comment block that ends right above line `first`."""
    code = _code_lines(file.outline, max(1, first - _LONGEST_COMMENT), first - 1)
    line = first
    while line > 1 and first - line < _LONGEST_COMMENT and line - 1 not in code and file.lines[line - 2].strip():
        line -= 1
    return line


def _code_lines(outline: Outline | None, first: int, last: int) -> frozenset[int]:
    if outline is None:
        return frozenset(range(first, last + 1))
    return frozenset(
        line
        for start, end in outline.code
        if start <= last and end >= first
        for line in range(max(start, first), min(end, last) + 1)
    )


def _distance(line: int, lines: Lines) -> int:
    return max(lines.start - line, line - lines.end, 0)


def is_code(outline: Outline, line: int) -> bool:
    """Whether something that can run or declare stands on the line."""
    return any(start <= line <= end for start, end in outline.code)
