"""What became of the notices at the top of each file of a vendored copy, and of the duty to mark changes."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from auditor.licenses.words import plain_words
from auditor.model import Lines
from auditor.model.obligation import Breach, Evidence, VendoredCopy
from auditor.model.shipment import ChangedFile, Mark
from auditor.obligations.carried import license_paths_of
from auditor.obligations.case import Case, Outcome
from auditor.obligations.shelf import Sheet

_AROUND = 4  # lines around a notice that go with it: the signs that begin and end a comment, and empty ones
_MOST_SHOWN = 50  # files of one verdict; a fork may have thousands
# Where the REUSE specification (3.3) lets the notice of a file stand when it does not stand in the file.
_REUSE_FILES = frozenset(("REUSE.toml", "dep5"))
_REUSE_FOLDER = "LICENSES"
# GPL-2.0, section 1, and GPL-3.0, section 4, in their own words; MIT asks for its one notice, wherever it stands.
_EACH_FILE = "keep intact all"


def judge_headers(case: Case) -> Outcome | None:
    """Files that lost the notice at their top; None when there is no copy to look at."""
    if not case.copies:
        return None
    files = list(_changed(case, lambda file: file.header in ("altered", "stripped")))
    lost = [(copy, file) for copy, file in files if not _moved(case, copy, file)]
    if not lost:
        return _trouble(case) or Outcome("fulfilled", "every notice at the top of a file is kept")
    stripped = any(file.header == "stripped" for _, file in lost)
    evidence = tuple(_evidence(copy, file, f"lacks “{' '.join(file.header_missing)}”") for copy, file in lost)
    reason = f"{_count(lost)} lost the notice that upstream has at the top"
    strict = case.clause.atom != "keep-notice" or _EACH_FILE in " ".join(case.clause.text.lower().split())
    breach: Breach = "notice-missing" if stripped else "notice-altered"
    return Outcome("violated" if strict else "review", reason, evidence[:_MOST_SHOWN], breach)


def check_position(case: Case) -> Outcome:
    """The notice is still the first thing in each file that has it upstream."""
    if not case.copies:
        return Outcome("unexamined", "no copy was compared with upstream")
    files = list(_changed(case, lambda file: file.header != "none"))
    moved = [(copy, file) for copy, file in files if file.header == "kept" and not file.header_first]
    moved += [(copy, file) for copy, file in files if file.header != "kept" and _moved(case, copy, file)]
    if moved:
        evidence = tuple(_evidence(copy, file, "the notice no longer stands first") for copy, file in moved)
        reason = f"the notice no longer stands first in {_count(moved)}"
        return Outcome("violated", reason, evidence[:_MOST_SHOWN], "notice-position")
    if any(file.header != "kept" for _, file in files):
        return Outcome("violated", "files lost their notice, which another finding tells")
    return _trouble(case) or Outcome("fulfilled", "the notice stands first in each file that has one upstream")


def check_marks(case: Case) -> Outcome:
    """Every changed file says that it was changed; where only a list of changes says so, a person decides."""
    if not case.copies:
        return Outcome("unexamined", "the code is said to be changed, but no copy was compared with upstream")
    licenses = license_paths_of(case.supply)
    files = list(_changed(case, lambda file: not _only_header(file) and file.upstream not in licenses))
    if not files:
        return _trouble(case) or Outcome("fulfilled", "nothing was changed but notices")
    unmarked = [(copy, file) for copy, file in files if not file.marks]
    if unmarked:
        evidence = tuple(_evidence(copy, file, _extent(file)) for copy, file in unmarked)
        reason = f"{_count(unmarked)} changed without a mark that says so"
        return Outcome("violated", reason, evidence[:_MOST_SHOWN], "changes-unmarked")
    if trouble := _trouble(case):
        return trouble
    marks = tuple(_mark(copy, mark) for copy, file in files for mark in file.marks[:1])[:_MOST_SHOWN]
    if case.clause.atom == "mark-changes" and any(_marked_elsewhere(file) for _, file in files):
        readings = (
            "the files themselves must say that they were changed",
            "a list of changes that is passed on is enough",
        )
        reason = "some changes are told in another file only"
        return Outcome("review", reason, marks, "changes-unmarked", readings)
    return Outcome("fulfilled", "every changed file is marked as changed", marks)


def _only_header(file: ChangedFile) -> bool:
    """Whether nothing but the notice is gone: that is a finding of its own, and no change that must be told."""
    gone = file.lines - file.kept
    header = file.header_lines.end - file.header_lines.start + 1 if file.header_lines else 0
    return file.header in ("altered", "stripped") and file.added == 0 and gone <= header + _AROUND


def _marked_elsewhere(file: ChangedFile) -> bool:
    """Whether no mark stands in the file itself, nor in a patch that shows its changes."""
    return not any(mark.path == file.path or mark.path.endswith((".patch", ".diff")) for mark in file.marks)


def _changed(case: Case, wanted: Callable[[ChangedFile], bool]) -> Iterator[tuple[VendoredCopy, ChangedFile]]:
    """The changed files of all copies that could be compared."""
    for copy in case.copies:
        yield from ((copy, file) for file in copy.comparison.changed if not file.trouble and wanted(file))


def _trouble(case: Case) -> Outcome | None:
    for copy in case.copies:
        for file in copy.comparison.changed:
            if file.trouble:
                return Outcome("unexamined", f"{_path(copy, file)} could not be compared: {file.trouble}")
    return None


def _moved(case: Case, copy: VendoredCopy, file: ChangedFile) -> bool:
    """Whether all lines that are gone stand in the places that REUSE has for them."""
    sheets = [sheet for sheet in (case.shelf.sheets if case.shelf else ()) if _is_reuse(sheet, _path(copy, file))]
    lines = [plain_words(line) for line in file.header_missing]
    return bool(sheets) and all(any(sheet.full.find(words) for sheet in sheets) for words in lines if words)


def _is_reuse(sheet: Sheet, path: str) -> bool:
    place = PurePosixPath(sheet.file.path)
    return sheet.file.path == f"{path}.license" or place.name in _REUSE_FILES or _REUSE_FOLDER in place.parts[:-1]


def _evidence(copy: VendoredCopy, file: ChangedFile, note: str) -> Evidence:
    document = None if copy.document is None else f"{copy.document}/{file.path}".removeprefix("./")
    return Evidence(_path(copy, file), None, note, True, document)


def _mark(copy: VendoredCopy, mark: Mark) -> Evidence:
    path = f"{copy.path}/{mark.path}" if copy.path else mark.path
    return Evidence(path, Lines(mark.line, mark.line), mark.text)


def _path(copy: VendoredCopy, file: ChangedFile) -> str:
    return f"{copy.path}/{file.path}" if copy.path else file.path


def _extent(file: ChangedFile) -> str:
    return f"{file.lines - file.kept} of {file.lines} lines gone, {file.added} new"


def _count(files: list[tuple[VendoredCopy, ChangedFile]]) -> str:
    copy, file = files[0]
    return _path(copy, file) if len(files) == 1 else f"{len(files)} files, first {_path(copy, file)},"
