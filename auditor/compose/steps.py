"""A trace and what the author says of it become the numbered steps of the code path."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from auditor.compose.frames import FrameFinder, Located
from auditor.compose.own import OwnCode
from auditor.compose.pins import OpenPins
from auditor.compose.texts import Citing, reference_at
from auditor.errors import FetchError
from auditor.model import Incident, Place
from auditor.model.document import Excerpt, Step
from auditor.model.manifest import ManifestProblem, WrittenStep
from auditor.model.reference import CitedPlace, Outcome
from auditor.model.trace import Trace, TraceFrame

Frames = Sequence[TraceFrame]


class CodePath:
    """The steps, how many frames follow the last of them, and what is wrong with what the author wrote."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.left_out = 0
        self.problems: list[ManifestProblem] = []
        self.outcomes: list[Outcome] = []
        self.incidents: list[Incident] = []


def make_steps(
    trace: Trace | None, place: Place, written: Sequence[WrittenStep], citing: Citing, own: OwnCode | None = None
) -> CodePath:
    """The first stack of a trace, or what the author wrote; `place` is where the trace is named, `own` his own code."""
    path = CodePath()
    frames = trace.stacks[0].frames if trace and trace.stacks else ()
    cited = [step for step in written if step.at is not None]
    references = [reference_at(step.at or "", step.place) for step in cited]
    outcomes, incidents = citing.resolve(references) if references else ((), ())
    path.outcomes += outcomes
    path.incidents += incidents
    places = dict(zip((id(step) for step in cited), outcomes, strict=True))
    chosen = list(_chosen(frames, written, path)) if frames else [(None, step, 0) for step in cited]
    finder = FrameFinder(citing.pins.pins, citing.hosts)
    located = {id(frame): finder.locate(frame) for frame, _, _ in chosen if frame is not None}
    _fetch(citing.pins, located.values(), path)
    for frame, step, skipped in chosen:
        number = len(path.steps) + 1
        if frame is not None:
            path.steps.append(_recorded(number, frame, located[id(frame)], finder, own, step, skipped, place))
        elif step is not None and isinstance(found := places[id(step)], CitedPlace):
            path.steps.append(replace(_written(number, found, step), skipped=skipped))
    return path


def _chosen(
    frames: Frames, written: Sequence[WrittenStep], path: CodePath
) -> Iterator[tuple[TraceFrame | None, WrittenStep | None, int]]:
    """The frames to show, what the author says of each, and how many were passed over before it."""
    if not any(step.function for step in written):
        yield from ((frame, None, 0) for frame in frames)
        return
    at = 0
    for step in written:
        if step.function is None:
            yield None, step, 0
            continue
        found = next((n for n in range(at, len(frames)) if _is_called(frames[n], step.function)), None)
        if found is None:
            path.problems.append(_not_there(step, frames))
            continue
        yield frames[found], step, found - at
        at = found + 1
    path.left_out = len(frames) - at


def _is_called(frame: TraceFrame, name: str) -> bool:
    return name in (frame.function, frame.function.rpartition(".")[2], f"{frame.module}.{frame.function}")


def _not_there(step: WrittenStep, frames: Frames) -> ManifestProblem:
    names = ", ".join(dict.fromkeys(frame.function for frame in frames))
    return ManifestProblem(
        "unknown-name",
        "error",
        step.place,
        f"the trace has no frame of “{step.function}” here",
        f"its frames, in order: {names[:300]}",
        f"trace.step.{step.function}",
    )


def _fetch(pins: OpenPins, located: Iterable[Located], path: CodePath) -> None:
    blobs: dict[str, list[str]] = {}
    for one in located:
        if one.owner is not None and one.blob is not None:
            blobs.setdefault(one.owner, []).append(one.blob)
    try:
        pins.fetch(blobs)
    except FetchError as error:
        path.incidents.append(Incident(str(error)))


def _recorded(
    number: int,
    frame: TraceFrame,
    found: Located,
    finder: FrameFinder,
    own: OwnCode | None,
    step: WrittenStep | None,
    skipped: int,
    place: Place,
) -> Step:
    made = Step(
        number,
        frame.function,
        frame.path,
        frame.line,
        step.place if step else place,
        found.owner,
        frame.call or frame.text,
        step.does if step else "",
        skipped=skipped,
        thread=frame.thread or None,
    )
    if found.owner is None and (own is None or frame.origin.kind != "project"):
        return replace(made, problem=found.problem)
    proved = own.excerpt(frame) if found.owner is None and own else finder.excerpt(frame, found)
    if isinstance(proved, str):
        return replace(made, problem=proved)
    url, excerpt = proved
    return replace(made, permalink=url, excerpt=excerpt)


def _written(number: int, found: CitedPlace, step: WrittenStep) -> Step:
    name = found.symbol.name if found.symbol else found.reference.path
    line = found.lines.start if found.lines else None
    return Step(
        number,
        name,
        found.link.path,
        line,
        step.place,
        found.reference.dependency,
        found.excerpt[0].strip() if found.excerpt and found.reference.spot else "",
        step.does,
        found.permalink,
        excerpt_of(found),
    )


def excerpt_of(found: CitedPlace) -> Excerpt | None:
    """The excerpt of a cited place; None where nothing was asked to be shown."""
    if not found.excerpt or found.lines is None:
        return None
    return Excerpt.of_place(found)
