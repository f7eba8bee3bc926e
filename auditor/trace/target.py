"""What a trace looks for, as a user writes it: `module:function`, `module:Class.method` or `file.py:LINE`."""

import os
import re
from dataclasses import dataclass

from auditor.errors import UsageError

_NAME = r"[^\W\d]\w*"
_FUNCTION = re.compile(rf"(?P<module>{_NAME}(?:\.{_NAME})*):(?P<name>{_NAME}(?:\.(?:<locals>\.)?{_NAME})*)")
_LINE = re.compile(r"(?P<file>[^\0\n]*\.pyw?):(?P<line>[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class FunctionTarget:
    """A function by its module's name and its own, qualified with dots; what is within a function is named alike."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class LineTarget:
    """A line (one-based) of a file. `whole`: `file` is absolute; else it is the end of its path, with `/`."""

    file: str
    line: int
    whole: bool


def read_target(written: str) -> FunctionTarget | LineTarget:
    """Raises UsageError where the text is of neither form. A file that is there from here is that one and no other."""
    if match := _LINE.fullmatch(written):
        file, line = match["file"], int(match["line"])
        if os.path.isfile(file) or os.path.isabs(file):
            return LineTarget(os.path.realpath(file), line, True)
        return LineTarget(os.path.normpath(file).replace(os.sep, "/"), line, False)
    if match := _FUNCTION.fullmatch(written):
        return FunctionTarget(match["module"], match["name"].replace(".<locals>", ""))
    raise UsageError(f"{written[:200]!r} is no target; write module:function, module:Class.method or file.py:LINE")
