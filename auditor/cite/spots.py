"""Lines of a definition, a clause or a whole file, by what stands on them."""

import re
from collections.abc import Iterator
from itertools import islice

from auditor.cite.found import MOST_CHOICES, Found, Meant, NotFound, chosen, line_list
from auditor.cite.grammar import rewritten
from auditor.cite.source import SourceFile
from auditor.model import Lines
from auditor.model.reference import CalledLine, CodeReference, QuotedLines, Spot, Wanted, WrittenLines

_HIGHEST_NUMBER = 999  # that the grammar can write


def find_spot(reference: CodeReference, spot: Spot, file: SourceFile, around: Found) -> Lines:
    """The lines of `around` that are meant. Raises NotFound."""
    within = around.lines
    if within is None:
        raise NotFound("unknown", f"{file.path} is empty", "cite the whole file")
    match spot:
        case WrittenLines(start, end):
            return _written_lines(start, end, file)
        case CalledLine(function):
            line = _find_line(reference, spot, function, file, around, within)
            return Lines(line, line)
        case QuotedLines(first, last):
            start = _find_line(reference, spot, first, file, around, within)
            return Lines(start, _find_end(last, file, Lines(start, within.end)) if last else start)


def _written_lines(start: int, end: int, file: SourceFile) -> Lines:
    if end > file.line_count:
        count = f"{file.line_count:,} line{'' if file.line_count == 1 else 's'}"
        raise NotFound("unknown", f"{file.path} has {count}, line {end} is cited", "cite lines that exist")
    return Lines(start, end)


def _find_line(
    reference: CodeReference, spot: Spot, wanted: Wanted, file: SourceFile, around: Found, within: Lines
) -> int:
    """The line that is wanted, of those on which it stands."""
    found = list(islice(_lines_of(spot, wanted, file, within), _HIGHEST_NUMBER if wanted.number else MOST_CHOICES + 1))
    if line := chosen(found, wanted.number):
        return line
    said = f"a call of {wanted.text}" if isinstance(spot, CalledLine) else f"“{wanted.text}”"
    name = around.symbol.name if around.symbol else around.clause
    where = f"{name} in {file.path}" if name else file.path
    if not found:
        outside = _outside(reference, spot, wanted, file) if name else ()
        detail = f"{said} stands on no line of {where}"
        raise NotFound("unknown", detail, "copy a text from the line that is meant", outside)
    meant = [
        Meant(_with_number(reference, number), file.line(line).strip(), file.path, Lines(line, line))
        for number, line in enumerate(found[:MOST_CHOICES], start=1)
    ]
    if wanted.number is not None:
        lines = "one line" if len(found) == 1 else f"{len(found)} lines"
        raise NotFound("unknown", f"{said} stands on only {lines} of {where}", "they count from #1 at the top", meant)
    detail = f"{said} stands on several lines of {where}: {line_list(found)}"
    raise NotFound("ambiguous", detail, "quote more of the line, or write #1, #2, … behind it, from the top", meant)


def _find_end(last: Wanted, file: SourceFile, within: Lines) -> int:
    """The last line of a range: the first that holds the text, so that a number counts from the range's beginning."""
    found = next(islice(file.lines_with(last.text, within), (last.number or 1) - 1, None), None)
    if found is None:
        count = f"on fewer than {last.number} lines" if last.number else "on no line"
        detail = f"“{last.text}” stands {count} from {within.start} to {within.end} of {file.path}"
        raise NotFound("unknown", detail, "copy a text from the last line that is meant")
    return found


def _lines_of(spot: Spot, wanted: Wanted, file: SourceFile, within: Lines) -> Iterator[int]:
    return _calls(wanted.text, file, within) if isinstance(spot, CalledLine) else file.lines_with(wanted.text, within)


def _calls(function: str, file: SourceFile, within: Lines) -> Iterator[int]:
    """The lines of code on which the name stands before an argument list, other than those that define it."""
    # Before the arguments may stand the mark of a macro (Rust) or of a predicate (Ruby).
    call = re.compile(rf"(?<![\w$]){re.escape(function)}[!?]?[ \t]{{0,20}}\(")
    symbols = file.definitions.find(function.rpartition(".")[2]) if file.definitions else ()
    defined = {symbol.line for symbol in symbols}
    for line in file.lines_with(function, within):
        if line not in defined and file.is_code(line) and call.search(file.line(line)):
            yield line


def _outside(reference: CodeReference, spot: Spot, wanted: Wanted, file: SourceFile) -> Iterator[Meant]:
    """The same on other lines of the file, each named by the definition that it stands in."""
    whole = file.whole
    for line in islice(_lines_of(spot, wanted, file, whole), MOST_CHOICES) if whole else ():
        symbol = file.definitions.enclosing(line, line) if file.definitions else None
        within = Lines(symbol.start, symbol.end) if symbol else whole
        assert within is not None
        alike = list(islice(_lines_of(spot, wanted, file, within), _HIGHEST_NUMBER))
        number = alike.index(line) + 1 if len(alike) > 1 and line in alike else None
        moved = rewritten(reference, target=(Wanted(symbol.name) if symbol else None, reference.spot))
        yield Meant(_with_number(moved, number), file.line(line).strip(), file.path, Lines(line, line))


def _with_number(reference: CodeReference, number: int | None) -> CodeReference:
    """The reference to another of the lines on which the same stands."""
    match reference.spot:
        case QuotedLines(first, last):
            return rewritten(reference, target=(reference.name, QuotedLines(Wanted(first.text, number), last)))
        case CalledLine(function):
            return rewritten(reference, target=(reference.name, CalledLine(Wanted(function.text, number))))
    return reference
