"""One dependency at its pin: a reference to it -> the place, or why there is none."""

from collections.abc import Callable
from itertools import islice

from auditor.cite.files import PinnedFiles
from auditor.cite.found import Found, Meant, NotFound
from auditor.cite.grammar import rewritten
from auditor.cite.names import find_name
from auditor.cite.source import SourceFile, Unreadable
from auditor.cite.spots import find_spot
from auditor.errors import FetchError
from auditor.model import Lines, Permalink
from auditor.model.checkout import Entry
from auditor.model.reference import Choice, CitedPlace, CodeReference, Outcome, Unresolved
from auditor.permalinks import Hosts, file_link, render_link
from auditor.symbols import language_of

EXCERPT_LINES = 60
EXCERPT_WIDTH = 500  # characters; a longer line is nothing that anybody reads
_KINDS = {"directory": "a folder", "submodule": "in a submodule", "symlink": "a symbolic link that leads to no file"}

UrlOf = Callable[[str, Lines | None], str]


def needs_content(reference: CodeReference) -> bool:
    """Whether more than the existence of its file is asked."""
    return reference.embed or reference.name is not None or reference.spot is not None


def unresolved(
    reference: CodeReference, why: NotFound, url_of: UrlOf = lambda path, lines: "", certain: bool = False
) -> Unresolved:
    """The outcome of a reference without a place."""
    choices = (
        Choice(meant.reference.written, meant.shows, meant.path, meant.lines, url_of(meant.path, meant.lines))
        for meant in why.meant
    )
    return Unresolved(reference, why.sort, str(why), why.remedy, tuple(choices), certain)


class PinReader:
    """Resolves references to one pin."""

    def __init__(self, files: PinnedFiles, hosts: Hosts) -> None:
        self._files = files
        self._pin = files.pin
        self._hosts = hosts

    def outcome(self, reference: CodeReference) -> Outcome:
        """The place, or why there is none; never raises."""
        try:
            return self._place(reference)
        except NotFound as why:
            return unresolved(reference, why, self._url, self._is_certain(why))
        except (Unreadable, FetchError) as trouble:
            return unresolved(reference, NotFound("unlooked", str(trouble), "cite another place"))

    def _place(self, reference: CodeReference) -> CitedPlace:
        entry = self._entry(reference)
        if not needs_content(reference):
            return self._cited(reference, entry, Found(None), None)
        file = self._files.load(entry.path)
        found = Found(file.whole)
        if reference.name:
            found = find_name(reference, reference.name, file, self._files.defining)
        if reference.spot:
            found = Found(find_spot(reference, reference.spot, file, found), found.symbol, found.clause)
        return self._cited(reference, entry, found, file)

    def _entry(self, reference: CodeReference) -> Entry:
        """The file that is named. Raises NotFound."""
        paths = self._files.find(reference.path)
        at = f"at {self._pin.commit[:12]}"
        if len(paths) > 1:
            detail = f"{len(paths)} files of {reference.dependency} have a path that ends in {reference.path} {at}"
            likely = sorted(paths, key=lambda path: (reference.dependency not in path, path.count("/"), path))
            meant = (Meant(rewritten(reference, path=path), path, path) for path in likely)
            raise NotFound("ambiguous", detail, "write more of the path", meant)
        entry = self._files.entry(paths[0]) if paths else None
        if entry is None:
            near, sure = self._files.near(reference.path)
            meant = (Meant(rewritten(reference, path=path), path, path, sure=sure) for path in near)
            detail = f"{reference.dependency} has no file {reference.path} {at}"
            raise NotFound("unknown", detail, "write a path of the repository, or the end of one", meant)
        if entry.kind != "file":
            raise NotFound("unknown", f"{reference.path} is {_KINDS[entry.kind]} {at}", "cite a file")
        return entry

    def _cited(self, reference: CodeReference, entry: Entry, found: Found, file: SourceFile | None) -> CitedPlace:
        whole = reference.name is None and reference.spot is None
        lines = None if whole else found.lines
        link = self._link(entry.path, lines)
        if link is None:
            detail = f"how {self._pin.repository} writes links to files is not known"
            raise NotFound("unlooked", detail, "say in the configuration which kind of code host it is")
        excerpt = tuple(_excerpt(file, found.lines)) if file and found.lines else ()
        left_out = found.lines.end - found.lines.start + 1 - len(excerpt) if found.lines else 0
        return CitedPlace(
            reference, link, render_link(link), entry.id, self._pin.license, lines, found.symbol, found.clause,
            _language(entry.path, file), excerpt, left_out,
        )  # fmt: skip

    def _link(self, path: str, lines: Lines | None) -> Permalink | None:
        anchor = (lines.start, lines.end) if lines else None
        return file_link(self._pin.repository, self._pin.commit, path, anchor, self._hosts)

    def _url(self, path: str, lines: Lines | None) -> str:
        link = self._link(path, lines)
        return render_link(link) if link else ""

    def _is_certain(self, why: NotFound) -> bool:
        """Whether the only thing that may be meant is beyond doubt, and is there."""
        if len(why.meant) != 1 or not why.meant[0].sure:
            return False
        return isinstance(self.outcome(why.meant[0].reference), CitedPlace)


def _excerpt(file: SourceFile, lines: Lines) -> list[str]:
    shown = map(file.line, islice(range(lines.start, lines.end + 1), EXCERPT_LINES))
    return [line if len(line) <= EXCERPT_WIDTH else line[:EXCERPT_WIDTH] + "…" for line in shown]


def _language(path: str, file: SourceFile | None) -> str | None:
    if file is not None and file.outline is not None:
        return file.outline.language
    return language_of(path, file.line(1)[:200] if file and file.text else "")
