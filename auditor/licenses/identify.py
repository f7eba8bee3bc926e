"""The whole reading of one file: its licences, copyright statements, references, and what is left over."""

from auditor.errors import DocumentError
from auditor.licenses.beside import attach, choice_of
from auditor.licenses.bsd import read_bsd
from auditor.licenses.copyrights import find_copyrights
from auditor.licenses.passages import find_leftovers
from auditor.licenses.readings import Reading
from auditor.licenses.references import Named, find_references
from auditor.licenses.words import Words, read_words
from auditor.model import LicenseText

MOST_CHARACTERS = 8_000_000
_FEW_WORDS = 20  # left over beside licences: no other can be in them


def identify(text: str) -> LicenseText:
    """What a file says about licences. Raises DocumentError for more than `MOST_CHARACTERS` characters."""
    if len(text) > MOST_CHARACTERS:
        raise DocumentError(f"{len(text)} characters are over the limit of {MOST_CHARACTERS} for a licence file")
    words = read_words(text)
    copyrights, taken = find_copyrights(words)
    body = words.without(taken)
    readings = _readings(body)
    places = _places(readings)
    references = find_references(body, places)
    said = {place for named in references for place in range(named.first, named.end)}
    leftovers = find_leftovers(body, places | said)
    return LicenseText(
        matches=tuple(reading.match for reading in attach(body, readings, leftovers, references)),
        copyrights=copyrights,
        references=tuple(named.reference for named in references if named.reference),
        passages=tuple(leftover.passage for leftover in leftovers),
        choice=choice_of(body, places, _named_licenses(readings, references)),
    )


def _named_licenses(readings: list[Reading], references: list[Named]) -> int:
    """How many licences the file gives or names."""
    texts = {reading.match.nearest for reading in readings}
    return len(texts or {named.reference.written for named in references if named.reference})


def _readings(body: Words) -> list[Reading]:
    """The licences by place: exact texts first, then the BSD family, then texts that were made from a licence."""
    family = read_bsd(body, ())
    if family and all(reading.match.license for reading in family) and _is_done(body, family):
        return family
    from auditor.licenses.texts.reader import read_exact, read_near  # not needed for a BSD text alone

    readings = read_exact(body)
    if readings:
        family = [] if _is_done(body, readings) else read_bsd(body, _places(readings))
    readings += [reading for reading in family if reading.match.license]
    if not _is_done(body, readings):
        changed = [reading for reading in family if reading.match.license is None]
        readings += _apart(changed + read_near(body, _places(readings)))
    return sorted(readings, key=lambda reading: reading.first)


def _is_done(body: Words, readings: list[Reading]) -> bool:
    return len(body) - len(_places(readings)) < _FEW_WORDS


def _places(readings: list[Reading]) -> frozenset[int]:
    return frozenset(place for reading in readings for place in range(reading.first, reading.end))


def _apart(changed: list[Reading]) -> list[Reading]:
    """Of changed texts that overlap the one whose licence explains the most words."""
    chosen: list[Reading] = []
    for reading in sorted(changed, key=_unexplained):
        if all(reading.end <= other.first or other.end <= reading.first for other in chosen):
            chosen.append(reading)
    return chosen


def _unexplained(reading: Reading) -> int:
    """Fewer is better: the words that were added or removed, less those of the text."""
    changes = reading.match.changes
    return sum(len(change.found.split()) + len(change.expected.split()) for change in changes) - (
        reading.end - reading.first
    )
