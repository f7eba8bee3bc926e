"""The rows of a table of obligations at a terminal: a line per dependency, below it what is not fulfilled."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from auditor.model.obligation import Evidence, Obligation, When
from auditor.render.obligation_view import NO_LICENSE, Point, Row
from auditor.render.obligation_words import STATE_WORDS, State, clause_words, evidence_words, places_words
from auditor.render.terminal import Paint, clip, visible, width
from auditor.render.text import TextOptions, severity_style

STATE_STYLE: Mapping[State, tuple[str, ...]] = MappingProxyType(
    {
        "violated": ("red", "bold"),
        "unexamined": ("magenta",),
        "review": ("yellow",),
        "waived": ("cyan",),
        "fulfilled": ("green",),
        "not-applicable": ("dim",),
    }
)
_WORD = max(map(len, STATE_WORDS.values()))
_SECOND = 2 + _WORD + 2  # where the second column of a table begins
_MOST_PLACES = 4  # of one point, without --verbose
_MOST_SHOWN = 2000  # characters of one sentence
_STUCK = "\N{NO-BREAK SPACE}"  # holds a name and its version together
_LEAST_ROOM = 12  # columns in which it is worth while to list clauses
_NARROWEST = 40  # columns that are left to a sentence in any case


def show_rows(rows: Sequence[Row], form: When | None, options: TextOptions, paint: Paint) -> Iterator[str]:
    """A line per dependency; below it a paragraph for each point that is open, or with `verbose` for each."""
    names = min(max((width(visible(row.name)) for row in rows), default=0), options.columns // 3)
    licenses = min(max((width(visible(row.licenses)) for row in rows), default=0), options.columns // 4)
    room = options.columns - _SECOND - names - licenses - 4
    for row in rows:
        kept = "" if options.verbose else _kept(row, form, room)
        cells = (_padded(row.name, names), _padded(row.licenses, licenses), paint(kept, "dim"))
        yield f"  {_word(row.state, paint)}  {'  '.join(cells)}".rstrip()
        for point in row.points:
            if options.verbose or point.is_open:
                yield from _point(point, row.state, form, options, paint)


def _kept(row: Row, form: When | None, columns: int) -> str:
    """The clauses that are fulfilled, where there is room."""
    names = dict.fromkeys(clause_words(one, form) for one in row.kept)
    return clip(", ".join(names), columns) if columns >= _LEAST_ROOM else ""


def show_group(group: Sequence[Row], options: TextOptions, paint: Paint) -> Iterator[str]:
    """Dependencies of which the same is to be said: that, then their names by licence."""
    for index, point in enumerate(group[0].telling):
        rules = f" ({point.first.breach})" if point.first.breach else ""
        count = "" if index else f"{len(group)} dependencies: "
        yield from told(point.state, f"{count}{point.first.reason}{rules}", options, paint)
    by_license: dict[str, list[str]] = {}
    for row in group:
        by_license.setdefault(row.licenses, []).append(row.name.replace(" ", _STUCK))
    for license_id, names in by_license.items():
        text = ", ".join(names) if license_id == NO_LICENSE else f"{license_id}: {', '.join(names)}"
        yield from (line.replace(_STUCK, " ") for line in wrapped(text, _SECOND + 2, options, len(text)))


def told(state: State, text: str, options: TextOptions, paint: Paint, word: str | None = None) -> Iterator[str]:
    """A sentence in a table, after the word of a state, or another word in its colours."""
    first, *rest = wrapped(text, _SECOND, options)
    yield f"  {_word(state, paint, word)}  {first.lstrip()}"
    yield from rest


def wrapped(text: str, indent: int, options: TextOptions, most: int = _MOST_SHOWN) -> list[str]:
    """The text in lines of whole words, at least one, indented; a longer word, as a path, stays whole.

    A text of more than `most` characters is cut.
    """
    text = visible(text if len(text) <= most else text[:most] + "…")
    room = max(_NARROWEST, options.columns - indent)
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [" " * indent + line for line in lines]


def _word(state: State, paint: Paint, word: str | None = None) -> str:
    return paint((word or STATE_WORDS[state]).ljust(_WORD), *STATE_STYLE[state])


def _padded(text: str, columns: int) -> str:
    shown = clip(text, columns)
    return shown + " " * (columns - width(shown))


def _point(point: Point, state: State, form: When | None, options: TextOptions, paint: Paint) -> Iterator[str]:
    """What the rules call it, which clauses, with their lines at the pin, what is to be said, and where it is seen."""
    one = point.first
    rules = dict.fromkeys((finding.severity, finding.rule) for finding in point.findings)
    labels = [(f"{severity}[{rule}]", severity_style(severity)) for severity, rule in rules]
    if not labels and point.state != state:
        labels = [(f"{STATE_WORDS[point.state]}:", STATE_STYLE[point.state])]
    clauses = places_words(point.clauses, lambda one: clause_words(one, form))
    said = ": ".join(part for part in (clauses, one.reason) if part)
    text = " ".join([*(label for label, _ in labels), said])
    first, *rest = wrapped(text, _SECOND + 2, options)
    first = first[2:]
    for label, style in labels:
        first = first.replace(label, paint(label, *style), 1)
    yield first
    yield from rest
    if one.readings:
        yield from wrapped(f"its sources disagree: {'; or '.join(one.readings)}", _SECOND + 2, options)
    shown = one.evidence if options.verbose else one.evidence[:_MOST_PLACES]
    for evidence in shown:
        yield from _evidence(evidence, one, options, paint)
    if len(shown) < len(one.evidence):
        yield f"{' ' * (_SECOND + 4)}… {len(one.evidence) - len(shown)} more (--verbose shows them)"
    if point.waiver is not None:
        yield from wrapped(f"accepted by {point.waiver.by}: {point.waiver.reason}", _SECOND + 2, options)


def _evidence(evidence: Evidence, one: Obligation, options: TextOptions, paint: Paint) -> Iterator[str]:
    """A place: "✗" marks one that is at fault, "?" one that a person must judge."""
    first, *rest = wrapped(evidence_words(evidence, one), _SECOND + 4, options)
    sign, style = ("✗" if one.verdict == "violated" else "?", STATE_STYLE[one.verdict])
    mark = paint(sign, *style) if evidence.breaks else paint("·", "dim")
    yield f"{' ' * (_SECOND + 2)}{mark} {first.lstrip()}"
    yield from rest
