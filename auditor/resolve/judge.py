"""Second look: the contents. Which lines stand there, do they show what the report names, what is meant instead?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.model import (
    Anchor,
    Drift,
    FrameFact,
    Located,
    Missing,
    NameFact,
    Permalink,
    Repair,
    Resolution,
    Revision,
    Symbol,
    Target,
)
from auditor.model.checkout import Blobs, Entry
from auditor.resolve.content import FileText, OutlineOf, load_file, locate_lines
from auditor.resolve.draft import Draft
from auditor.resolve.drift import judge_drift
from auditor.resolve.frames import judge_frame
from auditor.resolve.relations import relate_names, shows
from auditor.symbols import Definitions

_FILES_KEPT = 64
_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A link that resolves: where it leads, and how that fits what the report names."""

    link: Permalink
    located: Located
    named: NameFact | None
    reasons: tuple[str, ...] = ()
    certain: bool = True


class Judge:
    """Judges the drafts of one repository; every file is read and outlined once."""

    def __init__(self, blobs: Blobs, outline_of: OutlineOf, cited: Mapping[tuple[str, str], Iterable[Entry]]) -> None:
        """`cited` holds the files that (document, commit) cites: where a name without a path is looked for."""
        self._cited = cited

        @lru_cache(maxsize=_FILES_KEPT)
        def load(path: str, blob: str) -> FileText:
            return load_file(path, blob, blobs, outline_of)

        self._load = load

    def file(self, entry: Entry) -> FileText:
        """The contents of a file that has been fetched."""
        return self._load(entry.path, entry.id)

    def resolution(self, draft: Draft) -> Resolution:
        """Everything there is to know about a draft's citation. Raises FetchError when a content cannot be read.

        A branch link that does not fit at the document's date but fits today is read as of today.
        """
        then = self._resolution(draft)
        if draft.tip_entry is None or draft.tip_entry.kind != "file" or not _unfit(then):
            return then
        today = self._resolution(draft.today())
        return then if _unfit(today) else today

    def _resolution(self, draft: Draft) -> Resolution:
        target = self._target(draft)
        if isinstance(target, Located):
            return self._judge_located(draft, target)
        if isinstance(target, Missing):
            return self._judge_missing(draft, target)
        return _resolution(draft, target)

    def _target(self, draft: Draft) -> Target:
        if draft.trouble is not None:
            return draft.trouble
        assert draft.revision is not None
        commit = draft.revision.commit
        if draft.entry is None:
            return Located(commit, "", "commit")
        if draft.entry.kind != "file":
            return Located(commit, draft.entry.path, draft.entry.kind)
        return locate_lines(self.file(draft.entry), commit, draft.link.anchor)

    def _judge_located(self, draft: Draft, located: Located) -> Resolution:
        placed = self._place(draft, draft.link, draft.entry, located)
        repair = self._repair_from(draft, [placed], self._by_symbol(draft, placed))
        return _resolution(draft, located, repair, placed.named, self._frame(draft), self._drift(draft, located))

    def _judge_missing(self, draft: Draft, missing: Missing) -> Resolution:
        placed = list(self._from_candidates(draft))
        fixes: list[Placed] = []
        if not placed and missing.what == "path" and draft.link.path == "":
            placed = self._from_names(draft)
        if missing.what == "lines":
            fixes = self._in_file(draft)
        repair = self._repair_from(draft, placed, fixes)
        best = placed[0] if placed else None
        if best and repair and repair.located == best.located:
            return _resolution(draft, missing, repair, best.named, self._frame(draft))
        return _resolution(draft, missing, repair, best.named if best else None)

    def _place(self, draft: Draft, link: Permalink, entry: Entry | None, located: Located, *why: str) -> Placed:
        named = None
        if entry is not None and located.lines and draft.claim.citation.names:
            named = relate_names(draft.claim.citation.names, self.file(entry), located.lines)
        return Placed(link, located, named, why)

    def _from_candidates(self, draft: Draft) -> Iterator[Placed]:
        """The candidate files in which the cited lines exist; those that show the name come first."""
        placed = []
        for candidate in draft.candidates:
            located = locate_lines(self.file(candidate.entry), candidate.revision.commit, draft.link.anchor)
            if isinstance(located, Located):
                link = _pinned(candidate.link, candidate.revision)
                place = self._place(draft, link, candidate.entry, located, *candidate.reasons)
                placed.append(replace(place, certain=candidate.certain or _is_proof(place.named)))
        showing = [place for place in placed if place.named and shows(place.named.relation)]
        yield from showing or placed

    def _from_names(self, draft: Draft) -> list[Placed]:
        """A link that lost its path: the named definition, in a file that the report cites at this commit."""
        assert draft.revision is not None
        entries = self._cited.get((draft.claim.citation.place.document, draft.revision.commit), ())
        names = [name for name in draft.claim.citation.names if name.sure]
        for look in (Definitions.find, Definitions.similar):
            found = []
            for entry in {entry.id: entry for entry in entries}.values():
                file = self.file(entry)
                for symbol in look(file.definitions, names[0].text) if file.definitions and names else ():
                    link = replace(draft.link, path=entry.path, anchor=Anchor(symbol.line))
                    located = locate_lines(file, draft.revision.commit, link.anchor)
                    if isinstance(located, Located):
                        why = f"{symbol.name} is defined in {entry.path}, which the report cites"
                        found.append(self._place(draft, _pinned(link, draft.revision), entry, located, why))
            if found:
                return found[:_ALTERNATIVES]
        return []

    def _by_symbol(self, draft: Draft, placed: Placed) -> list[Placed]:
        """Where the name stands that the cited lines do not show."""
        named = placed.named
        if draft.entry is None or named is None or shows(named.relation) or not named.name.sure:
            return []
        if named.relation == "elsewhere":
            return [self._at_symbol(draft, symbol) for symbol in named.candidates[:_ALTERNATIVES]]
        return []

    def _in_file(self, draft: Draft) -> list[Placed]:
        """Lines past the end: where the file defines what the report names."""
        if draft.entry is None:
            return []
        file = self.file(draft.entry)
        sure = [name.text for name in draft.claim.citation.names if name.sure]
        symbols = file.definitions.find(sure[0]) if file.definitions and sure else ()
        return [self._at_symbol(draft, symbol) for symbol in symbols[:_ALTERNATIVES]]

    def _at_symbol(self, draft: Draft, symbol: Symbol) -> Placed:
        assert draft.entry is not None
        assert draft.revision is not None
        written = draft.link.anchor
        ranged = written is not None and written.end is not None and written.end != written.start
        anchor = Anchor(symbol.start, symbol.end) if ranged and symbol.end > symbol.start else Anchor(symbol.line)
        link = _pinned(replace(draft.link, anchor=anchor), draft.revision)
        located = locate_lines(self.file(draft.entry), draft.revision.commit, anchor)
        assert isinstance(located, Located)
        return Placed(link, located, None, (f"{symbol.name} is defined at line {symbol.line}",))

    def _repair_from(self, draft: Draft, placed: list[Placed], fixes: list[Placed]) -> Repair | None:
        """The link that should stand there: `fixes` (where the name is) go before `placed` (as cited)."""
        choices = fixes or placed
        if not choices:
            return None
        best = choices[0]
        if not fixes and best.named and best.named.name.sure and _blames(best.named):
            return None
        link = best.link
        if draft.revision is not None and draft.entry is not None:
            link = _pinned(link, draft.revision, is_file=draft.entry.kind == "file")
        if link.anchor is not None and link.anchor.inverted:
            link = replace(link, anchor=_in_order(link.anchor))
        defects = draft.claim.citation.defects
        reasons = (*(defect.reason for defect in defects), *_pin_reason(draft.revision), *best.reasons)
        if link == draft.link and not defects:
            return None
        others = tuple(dict.fromkeys(other.link for other in choices if other.link != best.link))
        # Whoever cites a whole file by its branch may well mean the file of today.
        meant = link.anchor is None and not defects and not best.reasons
        safe = best.certain and not others and not (meant and _follows_a_name(draft.revision))
        return Repair(link, reasons, safe, best.located, others[:_ALTERNATIVES])

    def _frame(self, draft: Draft) -> FrameFact | None:
        frame = draft.claim.citation.frame
        entry = draft.entry or (draft.candidates[0].entry if draft.candidates else None)
        if frame is None or entry is None or entry.kind != "file":
            return None
        same_file = entry.path.rpartition("/")[2] == frame.file.replace("\\", "/").rpartition("/")[2]
        return judge_frame(frame, self.file(entry)) if same_file else None

    def _drift(self, draft: Draft, located: Located) -> Drift | None:
        revision = draft.revision
        if not (draft.entry and located.lines and revision and revision.tip and revision.tip != revision.commit):
            return None
        if draft.tip_entry is not None and draft.tip_entry.id == draft.entry.id:
            return None
        now = self.file(draft.tip_entry) if draft.tip_entry and draft.tip_entry.kind == "file" else None
        return judge_drift(self.file(draft.entry), located.lines, now)


def _resolution(
    draft: Draft,
    target: Target,
    repair: Repair | None = None,
    named: NameFact | None = None,
    frame: FrameFact | None = None,
    drift: Drift | None = None,
) -> Resolution:
    link = draft.link
    return Resolution(draft.claim.citation, target, link.repository_url, draft.revision, repair, named, frame, drift)


def _is_proof(named: NameFact | None) -> bool:
    return named is not None and named.name.sure and shows(named.relation)


def _unfit(resolution: Resolution) -> bool:
    named = resolution.named
    return isinstance(resolution.target, Missing) or (named is not None and named.name.sure and _blames(named))


def _blames(named: NameFact) -> bool:
    return not shows(named.relation) and bool(named.candidates)


def _pinned(link: Permalink, revision: Revision, is_file: bool = True) -> Permalink:
    """The link at the full commit id, showing the file itself."""
    view = "blob" if is_file and link.path and link.view in ("tree", "edit", "commit", "pull") else link.view
    if link.view != "commit" and (link.revision, link.revision_kind, link.view) == (revision.commit, "commit", view):
        return link  # as nearly all are
    kept = link if link.view != "commit" else replace(link, diff=None, side=None)
    return replace(kept, revision=revision.commit, revision_kind="commit", view=view)


def _follows_a_name(revision: Revision | None) -> bool:
    return revision is not None and revision.kind in ("branch", "tag", "head")


def _pin_reason(revision: Revision | None) -> tuple[str, ...]:
    if revision is None or revision.kind == "commit":
        return ()
    short = revision.commit[:12]
    if revision.kind == "abbreviation":
        return (f"{revision.written} abbreviates {revision.commit}",)
    when = f" on {revision.as_of[:10]}" if revision.as_of else ""
    return (f"{revision.kind} {revision.written} was at {short}{when}",)


def _in_order(anchor: Anchor | None) -> Anchor | None:
    if anchor is None or not anchor.inverted:
        return anchor
    return Anchor(anchor.last, anchor.start, anchor.end_column, anchor.start_column)
