"""A stack frame against the file it is linked to: could this line have been running in that function?"""

from auditor.model import Frame, FrameFact, Symbol
from auditor.resolve.content import FileText
from auditor.resolve.relations import is_code
from auditor.symbols import Definitions, clean_name

# Frames of code outside of any function, as CPython and Node write them.
_TOP_LEVEL = frozenset({"<module>", "<anonymous>", "anonymous", "<lambda>", "<genexpr>", "<listcomp>", "<dictcomp>"})


def judge_frame(frame: Frame, file: FileText) -> FrameFact:
    """What stands at the frame's line in `file`, and whether it lies in the function that the frame names."""
    if file.content != "text" or file.outline is None or file.definitions is None:
        return FrameFact("unjudged")
    if frame.line > len(file.lines):
        return FrameFact("past-end", function=_function(frame, file.definitions))
    text = file.lines[frame.line - 1].strip() if frame.line >= 1 else ""
    chain = file.definitions.enclosing_chain(frame.line, frame.line)
    at = chain[-1] if chain else None
    named = _named(frame, file.definitions)
    inside = [symbol for symbol in named if symbol.start <= frame.line <= symbol.end]
    function = next(iter(inside or named), None)
    if named and not inside:
        return FrameFact("other-function", at, function, text)
    if not is_code(file.outline, frame.line):
        return FrameFact("not-executable", at, function, text)
    return FrameFact("fits" if inside else "unjudged", at, function, text)


def _function(frame: Frame, definitions: Definitions) -> Symbol | None:
    return next(iter(_named(frame, definitions)), None)


def _named(frame: Frame, definitions: Definitions) -> list[Symbol]:
    """The definitions that a frame's function may be; a method goes by its last name alone."""
    if not frame.function or frame.function in _TOP_LEVEL:
        return []
    name = clean_name(frame.function.replace(" ", "_"))
    leaf = name.rpartition(".")[2]
    found = definitions.find(name) or definitions.find(leaf) or definitions.similar(leaf)
    return [symbol for symbol in found if symbol.kind != "variable"]
