"""What stands between `[[` and `]]` to a reference, and back; docs/references.md has it for authors."""

import re
from dataclasses import dataclass, replace

from auditor.model.reference import CalledLine, CodeReference, QuotedLines, Spot, Wanted, WrittenLines

_DEPENDENCY = re.compile(r"[^\s\[\]|\"<>]{1,200}")
_LINES = re.compile(r"L(\d{1,9})(?:-L?(\d{1,9}))?")
_NUMBERED = re.compile(r"(.*?)(?:\(\))?(?:#(\d{1,3}))?", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"(?:#(\d{1,3}))?', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_CALL = "call:"
_CURLY = "“”„‟"
# Where a quotation may begin or the label does; in front of them nothing in a reference can hold a quotation mark.
_BAR = re.compile(r'(?:@|\.\.)"(?:[^"\\]|\\.)*+"|\|', re.DOTALL)


class GrammarError(ValueError):
    """The text is no reference: what is wrong with it, and `hint`, what to write instead."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Content:
    """What the text between the brackets says; see `CodeReference` for the fields."""

    dependency: str
    path: str
    name: Wanted | None = None
    spot: Spot | None = None
    label: str | None = None


def parse_content(content: str) -> Content:
    """Understand the text between the brackets. Raises GrammarError."""
    main, label = _split_label(content)
    head, separator, target = main.partition("::")
    dependency, colon, path = (part.strip() for part in head.rpartition(":"))
    if not colon:
        raise GrammarError("it names no dependency", "write [[DEPENDENCY:PATH]], with a name of the manifest")
    if not _DEPENDENCY.fullmatch(dependency):
        raise GrammarError(f"{dependency!r} is no name of a dependency", "write the name as the manifest has it")
    if not path:
        raise GrammarError("it names no file", f"write [[{dependency}:PATH]], with a path of the repository")
    if not separator:
        return Content(dependency, path, label=label)
    name, spot = _parse_target(target.strip())
    return Content(dependency, path, name, spot, label)


def write_reference(reference: CodeReference) -> str:
    """The text of a reference; `parse_content` reads the same from what stands between its brackets."""
    parts = [f"{reference.dependency}:{reference.path}"]
    if reference.name or reference.spot:
        parts.append("::")
    if reference.name:
        parts.append(_numbered(reference.name.text, reference.name))
    match reference.spot:
        case WrittenLines(start, end):
            parts.append(f"L{start}" if start == end else f"L{start}-L{end}")
        case QuotedLines(first, last):
            parts.append(f"@{_quoted(first)}" + (f"..{_quoted(last)}" if last else ""))
        case CalledLine(function):
            parts.append(f"@{_CALL}{_numbered(function.text, function)}")
    if reference.label is not None:
        parts.append(f"|{reference.label}")
    return f"{'!' if reference.embed else ''}[[{''.join(parts)}]]"


def rewritten(
    reference: CodeReference,
    *,
    dependency: str | None = None,
    path: str | None = None,
    target: tuple[Wanted | None, Spot | None] | None = None,
) -> CodeReference:
    """The reference with another dependency, path or target (name and spot), and so with another text."""
    name, spot = target or (reference.name, reference.spot)
    changed = replace(
        reference, dependency=dependency or reference.dependency, path=path or reference.path, name=name, spot=spot
    )
    return replace(changed, written=write_reference(changed))


def _split_label(content: str) -> tuple[str, str | None]:
    """The reference itself, and the label behind the first bar outside of quotations."""
    for found in _BAR.finditer(content):
        if found[0] == "|":
            label = content[found.end() :].strip()
            if not label:
                raise GrammarError("its label is empty", "write a label behind the bar, or leave the bar out")
            return content[: found.start()], label
    return content, None


def _parse_target(target: str) -> tuple[Wanted | None, Spot | None]:
    name, at, spot = (part.strip() for part in target.partition("@"))
    if lines := _LINES.fullmatch(target):
        return None, _written_lines(int(lines[1]), int(lines[2] or lines[1]))
    if not name and not spot:
        raise GrammarError("nothing follows ::", "write a name, or leave :: out to cite the whole file")
    wanted = _wanted(name) if name else None
    return wanted, _parse_spot(spot) if at else None


def _written_lines(start: int, end: int) -> WrittenLines:
    if not 1 <= start <= end:
        raise GrammarError(
            f"lines {start} to {end} are no range", "lines count from 1, and a range ends behind its start"
        )
    return WrittenLines(start, end)


def _parse_spot(spot: str) -> Spot:
    if spot.startswith(_CALL):
        return CalledLine(_wanted(spot.removeprefix(_CALL).strip()))
    if spot[:1] in _CURLY and spot:
        raise GrammarError("the quotation marks are curly", 'write the text in straight ones, @"text"')
    first = _QUOTED.match(spot)
    if first is None:
        raise GrammarError("behind @ stands neither a text nor a call", 'write @"text of one line" or @call:NAME')
    if first.end() == len(spot):
        return QuotedLines(_quoted_text(first))
    last = _QUOTED.fullmatch(spot, first.end() + 2) if spot.startswith("..", first.end()) else None
    if last is None:
        raise GrammarError("something else follows the text", 'a range is @"first".."last", a repeated text @"text"#2')
    return QuotedLines(_quoted_text(first), _quoted_text(last))


def _quoted_text(match: re.Match[str]) -> Wanted:
    text = _ESCAPED.sub(r"\1", match[1])
    if not text.strip():
        raise GrammarError("the text in quotation marks is empty", "quote a few words of the line")
    return Wanted(text, _number(match[2]))


def _wanted(text: str) -> Wanted:
    """A name, perhaps with `()` behind it, perhaps with a number."""
    match = _NUMBERED.fullmatch(text)
    if match is None or not match[1].strip():
        raise GrammarError("a name is missing", "write the name of a definition, of a call or of a clause")
    return Wanted(match[1].strip(), _number(match[2]))


def _number(digits: str | None) -> int | None:
    if digits is None:
        return None
    if int(digits) == 0:
        raise GrammarError("#0 is none of them", "they count from #1 at the top")
    return int(digits)


def _numbered(text: str, wanted: Wanted) -> str:
    return text if wanted.number is None else f"{text}#{wanted.number}"


def _quoted(wanted: Wanted) -> str:
    text = wanted.text.replace("\\", "\\\\").replace('"', '\\"')
    return _numbered(f'"{text}"', wanted)
