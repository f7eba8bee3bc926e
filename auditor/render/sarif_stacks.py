"""Stacks of a report as SARIF writes them (§3.44)."""

from auditor.model import Audit, Frame, Judgement, Lines
from auditor.render.plain import plain_line
from auditor.render.sarif_places import Places, Value, foreign_place, sentence
from auditor.render.told import Told

# A stack is repeated at each finding about one of its frames; these keep its file within what consumers take.
_MOST_FRAMES = 100
_MOST_FRAMES_IN_ALL = 20_000


class Stacks:
    """The stacks of all reports, found by the judgements of their frames.

    Frames stay in the order of the report: whether it begins with the innermost call is its author's choice.
    """

    def __init__(self, audit: Audit, places: Places) -> None:
        self._places = places
        self._made: dict[int, Value] = {}
        self._stacks: dict[tuple[str, int], list[Judgement]] = {}
        self._index: dict[int, int] = {}
        self._left = _MOST_FRAMES_IN_ALL
        for judgement in audit.judgements:
            citation = judgement.resolution.citation
            if citation.stack is not None and citation.frame is not None:
                frames = self._stacks.setdefault((citation.place.document, citation.stack), [])
                self._index[id(judgement)] = len(frames)
                frames.append(judgement)

    def stack(self, told: Told) -> Value | None:
        """The stack that a finding's frame is part of, or what lies next to it in a very long one."""
        at = self._index.get(id(told.subject))
        if at is None or not isinstance(told.subject, Judgement):
            return None
        citation = told.subject.resolution.citation
        frames = self._stacks[citation.place.document, citation.stack or 0]
        first = max(0, min(at - _MOST_FRAMES // 2, len(frames) - _MOST_FRAMES))
        shown = frames[first : first + _MOST_FRAMES]
        if len(frames) < 2 or len(shown) > self._left:
            return None
        self._left -= len(shown)
        whole = "" if len(shown) == len(frames) else f", frames {first + 1} to {first + len(shown)} of {len(frames):,}"
        return {"message": {"text": f"The stack in the report{whole}."}, "frames": [self._frame(one) for one in shown]}

    def _frame(self, judgement: Judgement) -> Value:
        """A frame, made once however many stacks it is shown in."""
        frame = judgement.resolution.citation.frame
        if frame is None:
            raise ValueError("this citation is no frame")
        if id(judgement) not in self._made:
            self._made[id(judgement)] = {"location": self._location(frame, judgement.permalink)}
        return self._made[id(judgement)]

    def _location(self, frame: Frame, permalink: str | None) -> Value:
        """Its line in the code where that is known, else in the report."""
        name = plain_line(frame.function or frame.file)
        location = self._places.location(frame.place)
        if permalink is not None:
            lines = Lines(frame.line, frame.line) if frame.line > 0 else None
            location = {"physicalLocation": foreign_place(permalink, lines)}
        function = {"fullyQualifiedName": name, "kind": "function"}
        location["logicalLocations"] = [function, *location.get("logicalLocations", ())]
        location["message"] = {"text": sentence(f"{name}, {frame.file}:{frame.line}")}
        return location
