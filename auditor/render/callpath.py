"""The code path as a drawing: a lane for each one whose code runs, a box for each frame, from top to bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.document import Step

# The lanes of frames that belong to no dependency: the author's, and those of which nobody knows whose they are.
OWN_CODE, NOBODYS = "own code", "not pinned"
_LANE = 248  # user units, as pixels on a screen
_BOX = 224
_HEIGHT = 48  # of a box
_GAP = 26  # between boxes; the arrow's
_TOP = 44  # the names of the lanes
_LONGEST = 25  # characters that fit into a box, at the size that the style sheet gives them


@dataclass(frozen=True, slots=True)
class Lane:
    """The column of one owner: its name, cut to fit, and its middle."""

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

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + _HEIGHT


@dataclass(frozen=True, slots=True)
class CallPath:
    """The drawing: its size in user units, its lanes and boxes."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    lane_width: int = _LANE
    box_width: int = _BOX
    box_height: int = _HEIGHT


def owner_of(step: Step) -> str:
    """Whose code a step is, as a reader is told."""
    return step.owner or (NOBODYS if step.problem else OWN_CODE)


def draw_path(steps: Sequence[Step]) -> CallPath:
    """Lanes in the order in which they are entered; the arrow between two boxes leaves room for a number."""
    places = {name: index for index, name in enumerate(dict.fromkeys(map(owner_of, steps)))}
    lanes = tuple(_lane(name, index) for name, index in places.items())
    boxes: list[Box] = []
    for index, step in enumerate(steps):
        left = places[owner_of(step)] * _LANE + (_LANE - _BOX) // 2
        top = _TOP + index * (_HEIGHT + _GAP)
        arrow = _arrow(boxes[-1], left, top) if boxes else ""
        where = f"{step.file.rpartition('/')[2]}:{step.line}" if step.line else step.file.rpartition("/")[2]
        boxes.append(Box(step, _cut_front(step.function), _cut_front(where), left, top, arrow))
    height = _TOP + len(steps) * (_HEIGHT + _GAP)
    return CallPath(max(len(lanes), 1) * _LANE, height, lanes, tuple(boxes))


def _lane(name: str, index: int) -> Lane:
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return Lane(name, shown, index * _LANE, index * _LANE + _LANE // 2)


def _arrow(before: Box, left: int, top: int) -> str:
    """Down, across in the middle of the gap, and down again."""
    start, end = before.left + _BOX // 2, left + _BOX // 2
    if start == end:
        return f"M{start} {before.bottom}V{top - 2}"
    return f"M{start} {before.bottom}V{before.bottom + _GAP // 2}H{end}V{top - 2}"


def _cut_front(text: str) -> str:
    """The end of a name, which tells more than its beginning: `…Handler.run_wsgi`."""
    return text if len(text) <= _LONGEST else f"…{text[1 - _LONGEST :]}"
