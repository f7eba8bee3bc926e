"""Notices and licence texts: kept in source code, shown with binaries, handed on."""

from collections.abc import Iterable

from auditor.licenses.expressions import base_id, license_ids
from auditor.licenses.words import plain_words
from auditor.model import Lines
from auditor.model.obligation import Evidence
from auditor.obligations.case import Case, Outcome, not_found
from auditor.obligations.headers import judge_headers
from auditor.obligations.shelf import Sheet, Shelf
from auditor.obligations.sight import Sight, look_for

_NOT_COMPARED = "its licence text is there; it was not compared with that of its source"
# Folders that hold the licence texts of a whole tree: `LICENSES` by the REUSE specification, `licenses` by PEP 639.
_LICENSE_FOLDERS = frozenset(("licenses", "licences"))


def check_notice(case: Case) -> Outcome:
    """The notice, word by word, in the texts of the artifact; in source form also in the headers of each file."""
    if case.shelf is None:
        return Outcome("unexamined", "no artifact was given")
    if case.owed.by_name and case.owed.is_notice:
        return _check_stated(case, case.shelf)
    whole = _check_whole(case, case.shelf) if case.owed.is_notice else _check_apart(case)
    if case.when != "source" or whole.verdict not in ("fulfilled", "review"):
        return whole
    headers = judge_headers(case)
    if headers is None:
        return whole
    return headers if headers.verdict != "fulfilled" else whole


def check_license_copy(case: Case) -> Outcome:
    """The text of the licence, whoever else it is carried for."""
    if case.shelf is None:
        return Outcome("unexamined", "no artifact was given")
    license_id = base_id(case.owed.license)
    if found := _find_text(case.shelf, license_id):
        return Outcome("fulfilled", f"the text of {license_id} is there", (found,))
    for sheet in case.shelf.sheets:
        for match in sheet.file.read.changed:
            if base_id(match.nearest) == license_id:
                note = f"changed from {license_id}"
                evidence = Evidence(sheet.file.path, match.lines, note, True)
                return not_found(case, f"the text of {license_id} is there, but changed", "notice-altered", (evidence,))
    return not_found(case, f"the text of {license_id} is not in {case.artifact}", "notice-missing")


def check_disclaimer(case: Case) -> Outcome:
    """The disclaimer alone, word by word."""
    if case.owed.by_name and case.owed.is_notice and case.shelf is not None:
        return _check_stated(case, case.shelf)
    texts = [clause.text for clause in case.owed.clauses if clause.atom == "disclaimer"]
    if case.shelf is None or not texts:
        return Outcome("unexamined", "the words of the disclaimer are not known")
    found = [case.shelf.find(plain_words(text)) for text in texts]
    if not all(found):
        return not_found(case, f"the disclaimer is not in {case.artifact}", "notice-missing")
    evidence = (Evidence(hit[0].file.path, hit[1], "the disclaimer") for hit in found if hit)
    return Outcome("fulfilled", "the disclaimer is there, word by word", tuple(evidence))


def check_other_terms(case: Case) -> Outcome:
    """The text of the licence that applies as well (LGPL-3.0: that of GPL-3.0)."""
    named = base_id(case.owed.license).replace("LGPL-3.0", "GPL-3.0")
    if case.shelf and named != base_id(case.owed.license) and (found := _find_text(case.shelf, named)):
        return Outcome("fulfilled", f"the text of {named}, whose terms apply as well, is there", (found,))
    return Outcome("review", f"other terms apply as well, and their text was not found: {case.clause.text}")


def check_named(case: Case) -> Outcome:
    """Recipients are told which licence governs the dependency: one file names both, or is named and holds the text."""
    if case.shelf is None:
        return Outcome("unexamined", "no artifact was given")
    license_id, name = base_id(case.owed.license), plain_words(case.name)
    for sheet in case.shelf.sheets:
        lines = _license_lines(sheet, license_id)
        if lines and (sheet.full.find(name) or _in_order(name, sheet.file.path)):
            evidence = Evidence(sheet.file.path, lines, f"names {case.name} and {license_id}")
            return Outcome("fulfilled", f"{case.name} and its licence are named together", (evidence,))
    return Outcome("review", f"no text of {case.artifact} that was read names {case.name} and {license_id} together")


def _check_stated(case: Case, shelf: Shelf) -> Outcome:
    """A licence that is its own notice, of which only the name is known: whose notice must be there is not."""
    license_id = base_id(case.owed.license)
    if case.supply.unlooked is None:
        return Outcome("review", f"its source only names {license_id}, and holds no notice that could be kept")
    stated = f"{case.owed.path} only names {license_id}"
    if found := _find_text(shelf, license_id):
        reason = f"{stated}; whether the text of that in {found.path} is its notice is not known"
        return Outcome("unexamined", f"{reason}: {case.supply.unlooked}", (found,))
    reason = f"{stated}, and no text of that licence is in {case.artifact}"
    return Outcome("review", f"{reason}; its source was not compared: {case.supply.unlooked}", (), "notice-missing")


def _license_lines(sheet: Sheet, license_id: str) -> Lines | None:
    """Where a text gives a licence or names it."""
    for match in sheet.file.read.matches:
        if match.license and base_id(match.license) == license_id:
            return match.lines
    for reference in sheet.file.read.references:
        if license_id in license_ids(reference.expression or ""):
            return reference.lines
    return None


def _check_whole(case: Case, shelf: Shelf) -> Outcome:
    """A licence whose text is the notice."""
    if case.supply.unlooked is not None and (own := _own_text(case, shelf)):
        return Outcome("fulfilled", _NOT_COMPARED, (own,))
    # BSD asks source code to "retain" its notice; MIT and the like ask for it in the copy, wherever it stands there.
    retained = case.when == "source" and case.copies and case.clause.atom != "keep-notice"
    near = _kept_near(case, shelf) if retained else shelf
    sight = look_for(case.owed, near, case.name, case.others)
    if sight.state == "missing" and near is not shelf:
        elsewhere = look_for(case.owed, shelf, case.name, case.others)
        if elsewhere.state == "kept":
            where = ", ".join(dict.fromkeys(one.path for one in elsewhere.evidence))
            reason = f"the copy has lost its notice; it stands only in {where}"
            return Outcome("review", reason, elsewhere.evidence, "notice-missing")
    return _told(case, sight)


def _own_text(case: Case, shelf: Shelf) -> Evidence | None:
    """The very text that was taken for the dependency's, where its own source was not looked at."""
    if any(sheet.file.path == case.owed.path for sheet in shelf.sheets):
        return Evidence(case.owed.path, case.owed.match.lines, "the notice")
    return None


def _told(case: Case, sight: Sight) -> Outcome:
    if sight.state == "kept":
        notes = "; ".join(one.note for one in sight.evidence if one.note.startswith("the years"))
        if case.supply.unlooked is not None:
            notes = _NOT_COMPARED
        return Outcome("fulfilled", notes or "the notice is there, word by word", sight.evidence)
    if sight.state == "apart":
        reason = "the copyright line is there, but the conditions stand only under other holders"
        return Outcome("review", reason, sight.evidence, "notice-missing")
    if sight.state == "altered":
        return Outcome("violated", f"the notice {sight.difference}", sight.evidence, "notice-altered")
    reason = f"the notice of {case.owed.path} is not in {case.artifact}"
    return not_found(case, reason, "notice-missing", sight.evidence)


def _check_apart(case: Case) -> Outcome:
    """A licence that asks for its text in another clause: what it calls notices stands in the source files."""
    if case.when == "source" and case.supply.unlooked is not None:
        return Outcome("review", f"whether a file has lost its notice is not known: {case.supply.unlooked}")
    if case.when == "source":
        return Outcome("fulfilled", "no file of the copy has lost a notice that upstream's has")
    return check_license_copy(case)


def _kept_near(case: Case, shelf: Shelf) -> Shelf:
    """The texts that lie in the copies, or in a folder that holds licence texts."""
    near = (sheet for sheet in shelf.sheets if _is_near(sheet.file.path, (copy.path for copy in case.copies)))
    return Shelf(shelf.artifact, tuple(near))


def _is_near(path: str, copies: Iterable[str]) -> bool:
    folders = path.lower().split("/")[:-1]
    return not _LICENSE_FOLDERS.isdisjoint(folders) or any(not one or path.startswith(f"{one}/") for one in copies)


def _find_text(shelf: Shelf, license_id: str) -> Evidence | None:
    for sheet in shelf.sheets:
        for match in sheet.file.read.matches:
            if match.license and base_id(match.license) == license_id:
                return Evidence(sheet.file.path, match.lines, f"the text of {license_id}")
    return None


def _in_order(name: tuple[str, ...], path: str) -> bool:
    return f" {' '.join(name)} " in f" {' '.join(plain_words(path))} "
