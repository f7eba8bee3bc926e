"""A traceback that was pasted as text becomes a `Trace`: what Python prints, wherever it was printed.

Read are tracebacks of Python 3.8 and newer and of `faulthandler`, also in colours, quoted, with the prefix of a log on
each line, cut, chained, or of an exception group. Other lines are taken for text between.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.model.trace import Stack, Trace
from auditor.trace.written import WrittenFrame, exact_version, place_frames

# What terminals obey: colours and movements, titles and links (ECMA-48).
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|[@-Z\\^_])")
_FRAME = re.compile(r'File "([^"]{1,1000})", line ([0-9]{1,9}),? in (\S[^\n]{0,500}?)\s{0,80}$')
_PLACE_OF_SYNTAX_ERROR = re.compile(r'File "[^"]{1,1000}", line [0-9]{1,9}\s{0,80}$')
_REPEATED = re.compile(r"\[Previous line repeated ([0-9]{1,9}) more times?\]")
# A traceback ends with the name of an exception's class, alone or before a colon.
_EXCEPTION = re.compile(r"((?:[^\W\d]\w{0,99}\.){0,12}[^\W\d]\w{0,99})(?::\s|:?$)")
_CARETS = re.compile(r"[ ~^]+$")
_CUT = ("...", "[...]", "…", "[…]")
_LAST, _FIRST = "(most recent call last):", "(most recent call first):"
_LONGEST = 4000  # characters of a line that are looked at


def parse_traceback(text: str) -> Trace:
    """Every stack of a text in order; of a chain, the exception that came last is the last. Never raises.

    Where a text holds no traceback, there are no stacks. Time is linear in the text.
    """
    reader = _Reader()
    for line in text.splitlines():
        reader.read(_ESCAPES.sub("", line[:_LONGEST]).rstrip())
    drafts = [draft for draft in reader.drafts if draft.frames]
    placed = iter(place_frames([frame for draft in drafts for frame in draft.in_order()]))
    stacks = [Stack(tuple(next(placed) for _ in draft.frames), draft.exception) for draft in drafts]
    return Trace("", True, tuple(stacks), python=exact_version(stacks))


@dataclass(slots=True)
class _Draft:
    """A stack that is being read; `first`: its innermost frame comes first."""

    first: bool = False
    frames: list[WrittenFrame] = field(default_factory=list)
    exception: str = ""

    def in_order(self) -> Iterable[WrittenFrame]:
        return reversed(self.frames) if self.first else self.frames


class _Reader:
    """Reads line by line. `_indent` is the column at which the last frame's `File` stood."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self._open: _Draft | None = None
        self._indent = 0
        self._cut = False  # frames are missing before the next one

    def read(self, line: str) -> None:
        if line.endswith((_LAST, _FIRST)):
            self._begin(line.endswith(_FIRST), cut=False)
        elif (start := line.find('File "')) >= 0:
            self._read_frame(line, start)
        elif self._open is not None and self._open.frames:
            self._read_below(line, self._open)

    def _begin(self, first: bool, cut: bool) -> _Draft:
        self._open = _Draft(first)
        self._cut = cut
        self.drafts.append(self._open)
        return self._open

    def _read_frame(self, line: str, start: int) -> None:
        match = _FRAME.match(line, start)
        if match and int(match[2]) > 0:
            draft = self._open or self._begin(first=False, cut=True)
            draft.frames.append(WrittenFrame(match[1], int(match[2]), match[3], gap=self._cut))
            self._cut, self._indent = False, start
        elif self._open is not None and not _PLACE_OF_SYNTAX_ERROR.match(line, start):
            self._cut = True

    def _read_below(self, line: str, draft: _Draft) -> None:
        """A line that may belong to the frame above, or end the stack."""
        frame, rest, beside = draft.frames[-1], line[self._indent :], line[max(0, self._indent - 2) :]
        if match := _REPEATED.search(rest):
            frame.repeated = int(match[1])
        elif beside.strip() in _CUT:
            self._cut = True
        elif rest.startswith("  "):
            if not frame.text and not _CARETS.match(rest):
                frame.text = rest.strip()
        elif match := _EXCEPTION.match(beside):
            draft.exception, self._open = match[1], None
        elif beside.strip():
            self._open = None
