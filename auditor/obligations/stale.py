"""Notices on what is not there: only where everything that an artifact carries is known.

A notice too many breaks no licence, but it tells recipients something that is not so. What belongs to the project
itself, or to anything that is carried, is never stale; one text may serve several components.
"""

from collections.abc import Iterator, Sequence

from auditor.licenses.clauses import is_notice
from auditor.model import Copyright, Lines
from auditor.model.manifest import Dependency
from auditor.model.obligation import NoticePart, Obligation, StaleNotice, Supply
from auditor.obligations.carried import is_carried
from auditor.obligations.owed import Licensed
from auditor.obligations.shelf import Key, Sheet, Shelf, holder_of, key_of
from auditor.spelling import plain_name


def find_stale(
    licensed: Sequence[Licensed], shelves: Sequence[Shelf], judged: Sequence[Obligation]
) -> Iterator[StaleNotice]:
    """The notices in third-party files, or of dependencies of the manifest, that nothing carried needs."""
    for shelf in shelves:
        if not shelf.artifact.certain:
            continue
        known = _Known(licensed, shelf, judged)
        for sheet in shelf.sheets:
            if sheet.file.role == "own":
                continue
            if sheet.file.parts:
                yield from (
                    known.stale(sheet, part.lines, part.name) for part in sheet.file.parts if known.lacks(sheet, part)
                )
            else:
                yield from _by_holder(sheet, known)


def _by_holder(sheet: Sheet, known: "_Known") -> Iterator[StaleNotice]:
    """Licence texts under the names of holders of nothing that is carried."""
    end = 0
    for match in sheet.file.read.matches:
        text = match.lines if is_notice(match) else Lines(match.lines.start, match.lines.start)
        holders = sheet.holders(text, end + 1)
        end = match.lines.end
        if not holders or any(known.has(one) for one in holders):
            continue
        owner = next((known.absent[key] for key in map(key_of, holders) if key in known.absent), None)
        lines = Lines(min(holders[0].lines.start, match.lines.start), match.lines.end)
        if known.is_told(sheet, lines):
            continue
        if owner is not None:
            yield known.stale(sheet, lines, owner.name)
        elif sheet.file.role == "third-party" and known.complete:
            yield known.stale(sheet, lines, holders[0].statement)


def _all_keys(supply: Supply) -> set[Key]:
    """The statements in all licence files of a dependency, those of what it bundles among them."""
    files = supply.subject.files if supply.subject else ()
    return {key_of(one) for file in files if file.text for one in file.text.copyrights}


class _Known:
    """What an artifact is known to carry, for asking whether a notice belongs to any of it."""

    def __init__(self, licensed: Sequence[Licensed], shelf: Shelf, judged: Sequence[Obligation]) -> None:
        artifact = shelf.artifact
        self.artifact = artifact.name
        self.names = {plain_name(component.name) for component in artifact.components}
        self.absent: dict[Key, Dependency] = {}
        self._absent_names: dict[str, Dependency] = {}
        stated = {path for component in artifact.components for path in component.license_files}
        others = (sheet for sheet in shelf.sheets if sheet.file.role != "third-party")
        own = (sheet for sheet in others if sheet.file.role == "own" or sheet.file.path in stated)
        self._keys = {key_of(one) for other in own for one in other.copyrights}
        carried = []
        for one in licensed:
            dependency = one.supply.dependency
            name = plain_name(dependency.name)
            if is_carried(one.supply, artifact).answer == "no":
                self.absent |= dict.fromkeys(one.keys, dependency)
                self._absent_names[name] = dependency
            else:
                self._keys |= one.keys | _all_keys(one.supply)
                carried.append((name, one.gaps))
        self._holders = {holder for holder, _ in self._keys}
        told = {name for name, _ in carried}
        self.names |= told
        parts = {plain_name(one.name) for one in artifact.components if one.kind != "distribution"}
        # Only where the source of each part was read can a holder be said to belong to none of them.
        self.complete = parts <= told and not any(gaps for _, gaps in carried)
        altered = (one for one in judged if one.breach == "notice-altered" and one.artifact == artifact.name)
        self._altered = [(seen.path, seen.lines) for one in altered for seen in one.evidence if seen.breaks]

    def has(self, statement: Copyright) -> bool:
        """Whether a holder has a part in what is carried."""
        return holder_of(statement) in self._holders

    def lacks(self, sheet: Sheet, part: NoticePart) -> bool:
        """Whether a named part of a notices file is about nothing that is carried."""
        statements = sheet.copyrights_within(part.lines)
        return plain_name(part.name) not in self.names and not any(key_of(one) in self._keys for one in statements)

    def is_told(self, sheet: Sheet, lines: Lines) -> bool:
        """Whether a notice was taken for an altered one of something that is carried."""
        return any(
            path == sheet.file.path and there is not None and there.start <= lines.end and lines.start <= there.end
            for path, there in self._altered
        )

    def stale(self, sheet: Sheet, lines: Lines, name: str) -> StaleNotice:
        """The notice, with the manifest's entry of what it is about, if there is one."""
        return StaleNotice(self.artifact, sheet.file.path, lines, name, self._absent_names.get(plain_name(name)))
