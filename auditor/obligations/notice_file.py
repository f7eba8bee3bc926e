"""The NOTICE file of Apache-2.0, section 4(d): its paragraphs in the texts of an artifact."""

from collections.abc import Iterator
from itertools import islice

from auditor.licenses.words import read_words
from auditor.model import Lines
from auditor.model.obligation import Evidence
from auditor.obligations.case import Case, Outcome, not_found
from auditor.obligations.owed import notice_files
from auditor.obligations.shelf import Shelf, paragraphs

# The OSADL checklist and the practice of the Apache Software Foundation, see the atom `keep-notice-file`.
_READINGS = (
    "the NOTICE file goes with every copy (Apache Software Foundation, FINOS, Debian)",
    "it goes with changed copies only, and this one is not changed (OSADL)",
)
_MOST = 2000  # paragraphs that are looked for; a NOTICE file has some dozens


def check_notice_file(case: Case) -> Outcome:
    """Every paragraph of upstream's NOTICE; those "that do not pertain to any part" may be gone, a person decides."""
    if case.shelf is None:
        return Outcome("unexamined", "no artifact was given")
    paths = notice_files(case.supply)
    if not paths and case.supply.unlooked is not None:
        return Outcome("review", f"whether its source has a NOTICE file is not known: {case.supply.unlooked}")
    if not paths:
        return Outcome("not-applicable", "upstream has no NOTICE file at the pin")
    if missing := [path for path in paths if path not in case.supply.texts]:
        return Outcome("unexamined", f"upstream's {missing[0]} could not be read")
    wanted = [one for path in paths for one in _paragraphs(path, case.supply.texts[path])]
    if not wanted:
        return Outcome("not-applicable", "upstream's NOTICE file is empty")
    lost = [one for one in wanted if case.shelf.find(one[2]) is None]
    readings = () if case.modified else _READINGS
    if not lost:
        found = tuple(_found(case.shelf, words) for _, _, words in wanted)
        return Outcome("fulfilled", f"all of upstream's {paths[0]} is there", found, readings=readings)
    told = f"{len(lost)} of {len(wanted)} paragraphs of upstream's {_where(lost[0][0], lost[0][1])} and below"
    if len(lost) < len(wanted) and lost[0] is not wanted[0]:
        reason = f"{told} are not there; those on parts that you do not pass on may go"
        return Outcome("review", reason, (), "apache-notice-missing", readings)
    outcome = not_found(case, f"upstream's {paths[0]} is not in {case.artifact}", "apache-notice-missing")
    return Outcome(outcome.verdict, outcome.reason, (), outcome.breach, readings)


def _paragraphs(path: str, text: str) -> Iterator[tuple[str, Lines, tuple[str, ...]]]:
    """The words of the paragraphs, each once."""
    seen: set[tuple[str, ...]] = set()
    for lines, paragraph in islice(paragraphs(text), _MOST):
        words = read_words(paragraph).words
        if words and words not in seen:
            seen.add(words)
            yield path, lines, words


def _found(shelf: Shelf, words: tuple[str, ...]) -> Evidence:
    hit = shelf.find(words)
    assert hit is not None  # asked for what was found before
    return Evidence(hit[0].file.path, hit[1], "a paragraph of NOTICE")


def _where(path: str, lines: Lines) -> str:
    return f"{path} L{lines.start}"
