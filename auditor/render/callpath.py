"""The code path as a drawing: a lane for each one whose code runs, a box for each frame, from top to bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.document import Step

# The lanes of frames that belong to no dependency: the author's, and those of which nobody knows whose they are.
OWN_CODE, NOBODYS = "own code", "not pinned"

# Sizes are in user units, which are pixels on a screen.
_WIDE, _NARROW = 232, 184  # of a lane; up to four wide ones, or five narrow ones, fit beside the contents of a page
_FEW_LANES = 4
_MARGIN = 6  # of a box in its lane
_TEXT = 30  # where the text of a box begins
_LETTER = 7.4  # of the style sheet's monospaced letters, at 12 units
_HEIGHT = 48  # of a box
_GAP = 26  # between boxes; the arrow's
_TOP = 56  # the names of the lanes, and how many frames precede the first


@dataclass(frozen=True, slots=True)
class Lane:
    """The column of one owner: its name, the same cut to fit, its left edge and its middle."""

    name: str
    shown: str
    left: int
    middle: int


@dataclass(frozen=True, slots=True)
class Box:
    """A step in its place; `arrow` is the path of the line from the box before, "" for the first."""

    step: Step
    name: str
    where: str
    left: int
    top: int
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class CallPath:
    """The drawing: its size, its lanes and boxes."""

    width: int
    height: int
    lane_width: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    box_height: int = _HEIGHT

    @property
    def box_width(self) -> int:
        """The width of every box."""
        return self.lane_width - 2 * _MARGIN


def owner_of(step: Step) -> str:
    """Whose code a step is, as a reader is told."""
    return step.owner or (NOBODYS if step.problem else OWN_CODE)


def draw_path(steps: Sequence[Step]) -> CallPath:
    """Lanes in the order in which they are entered, boxes in that of the steps."""
    places = {name: index for index, name in enumerate(dict.fromkeys(map(owner_of, steps)))}
    wide = _WIDE if len(places) <= _FEW_LANES else _NARROW
    letters = int((wide - 2 * _MARGIN - _TEXT) / _LETTER)
    lanes = tuple(Lane(name, _front(name, letters), at * wide, at * wide + wide // 2) for name, at in places.items())
    boxes: list[Box] = []
    for index, step in enumerate(steps):
        lane = lanes[places[owner_of(step)]]
        top = _TOP + index * (_HEIGHT + _GAP)
        arrow = _arrow(boxes[-1], lane.left - boxes[-1].left + _MARGIN, top, wide // 2 - _MARGIN) if boxes else ""
        boxes.append(Box(step, _name(step, letters), _where(step, letters), lane.left + _MARGIN, top, arrow))
    height = _TOP + len(steps) * (_HEIGHT + _GAP)
    return CallPath(max(len(lanes), 1) * wide, height, wide, lanes, tuple(boxes))


def _arrow(before: Box, aside: int, top: int, half: int) -> str:
    """From the middle of a box's lower edge down, `aside` in the middle of the gap, and down again to `top`."""
    start, bottom = before.left + half, before.top + _HEIGHT
    if not aside:
        return f"M{start} {bottom}V{top - 2}"
    return f"M{start} {bottom}V{bottom + _GAP // 2}H{start + aside}V{top - 2}"


def _name(step: Step, letters: int) -> str:
    """The function's name: qualified if that fits, else its last part, or the end of that."""
    fits = len(step.function) <= letters
    return step.function if fits else _end(step.function.rpartition(".")[2], letters)


def _where(step: Step, letters: int) -> str:
    """The file's name, cut at its beginning, and the line."""
    line = f" L{step.line}" if step.line else ""
    return _end(step.file.rpartition("/")[2], letters - len(line)) + line


def _front(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _end(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"…{text[len(text) - letters + 1 :]}"
