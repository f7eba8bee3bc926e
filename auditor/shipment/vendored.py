"""A vendored copy held against the files that it was taken from: what is unchanged, changed, missing, added."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from auditor.errors import ShipmentError
from auditor.model.shipment import ChangedFile, Copy, KeptFile
from auditor.shipment.blobs import blob_id
from auditor.shipment.shipment import Shipment
from auditor.shipment.vendored_headers import HeaderText, compare_header
from auditor.shipment.vendored_lines import Fingerprints, fingerprint
from auditor.shipment.vendored_marks import Notes, is_note, marks_within

_LONGEST = 1 << 20  # bytes of a file that is compared by lines
_BATCH = 250  # pairs that are in memory at once
_ALIGNMENTS = 8
_EMPTY = blob_id(b"")  # every package has empty files; where they lie says nothing

ReadMany = Callable[[Collection[str], int | None], Iterable[tuple[str, bytes | ShipmentError]]]


@dataclass(frozen=True, slots=True)
class Tree:
    """Files by path with their git blob ids, and how to read several at once, as `Shipment.read_many` does."""

    blobs: Mapping[str, str]
    read_many: ReadMany


def shipped_tree(shipment: Shipment, paths: Iterable[str]) -> tuple[Tree, tuple[str, ...]]:
    """Some files of a shipment as a tree, in one pass; those that cannot be read are left out, a line for each."""
    blobs, troubles = {}, []
    for path, content in shipment.read_many(paths):
        if isinstance(content, ShipmentError):
            troubles.append(str(content))
        else:
            blobs[path] = blob_id(content)
    return Tree(blobs, shipment.read_many), tuple(troubles)


def compare_copy(copied: Tree, upstream: Tree, notes: Mapping[str, str] | None = None) -> Copy:
    """How the copied files stand to upstream's.

    A file is unchanged if upstream has its content anywhere; changed if it lies where upstream's does, or half of its
    lines are those of one upstream file. `notes` are further texts by path that may say which files were changed
    (patches, lists of changes); those within the copy are read as well. Raises nothing: a file that cannot be read is
    a changed one with a trouble.
    """
    matching = _Matching(copied, upstream)
    matching.by_id()
    matching.by_place()
    matching.by_lines()
    matching.by_place()  # what was found by its lines shows the way to what is too short for that
    told = Notes({**(notes or {}), **_own_notes(copied, matching.left())})
    compared = [one for pairs in _batches(matching.pairs) for one in _compared(copied, upstream, pairs, told)]
    unchanged = [*matching.unchanged, *(one for one in compared if isinstance(one, KeptFile))]
    changed = [one for one in compared if isinstance(one, ChangedFile)]
    there = {file.upstream for file in unchanged} | {file.upstream for file in changed}
    gone = set(upstream.blobs) - there - {path for path, blob in upstream.blobs.items() if blob in matching.ids}
    return Copy(
        tuple(sorted(unchanged, key=lambda file: file.path)),
        tuple(sorted(changed, key=lambda file: file.path)),
        tuple(sorted(gone)),
        tuple(sorted(matching.left())),
    )


@dataclass(slots=True)
class _Pair:
    path: str
    upstream: str
    same_place: bool


@dataclass(slots=True)
class _Matching:
    """Finds for each copied file the one that it was made from."""

    copied: Tree
    upstream: Tree
    unchanged: list[KeptFile] = field(default_factory=list)
    pairs: list[_Pair] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    _left: set[str] = field(default_factory=set)

    def left(self) -> set[str]:
        """The copied files for which none was found."""
        return self._left

    def by_id(self) -> None:
        """Files with upstream's content, the one at the most similar path where several have it."""
        self.ids = set(self.copied.blobs.values())
        places: dict[str, dict[str, str]] = defaultdict(dict)
        for path, blob in sorted(self.upstream.blobs.items()):
            places[blob].setdefault(path.rpartition("/")[2], path)
        for path, blob in self.copied.blobs.items():
            if blob in places:
                named = places[blob]
                same = path if self.upstream.blobs.get(path) == blob else named.get(path.rpartition("/")[2])
                self.unchanged.append(KeptFile(path, same or next(iter(named.values()))))
            else:
                self._left.add(path)

    def by_place(self) -> None:
        """Files at a place to which others show the way ("_vendor/x/" for "src/x/"), or at the very same."""
        ways = [*self._ways(), ("", "")]
        for pair in self.pairs:
            pair.same_place = pair.same_place or any(_leads(way, pair.path) == pair.upstream for way in ways)
        taken = {pair.upstream for pair in self.pairs} | {file.upstream for file in self.unchanged}
        for path in sorted(self._left):
            aims = (_leads(way, path) for way in ways)
            aim = next((one for one in aims if one in self.upstream.blobs and one not in taken), None)
            if aim is not None:
                taken.add(aim)
                self._pair(path, aim, same_place=True)

    def _ways(self) -> list[tuple[str, str]]:
        """Folders of the copy with upstream's that they correspond to, the surest first.

        One file that lies elsewhere shows no way, unless it is all there is.
        """
        kept = [(file.path, file.upstream) for file in self.unchanged if self.copied.blobs[file.path] != _EMPTY]
        votes = Counter(_prefixes(*pair) for pair in (*kept, *((pair.path, pair.upstream) for pair in self.pairs)))
        ranked = sorted(votes, key=lambda way: (-votes[way], way))[:_ALIGNMENTS]
        return [way for way in ranked if votes[way] > 1 or len(votes) == 1]

    def by_lines(self) -> None:
        """Files that lie elsewhere, by their lines; of those only that end like one that is sought are read."""
        taken = {pair.upstream for pair in self.pairs} | {file.upstream for file in self.unchanged}
        endings = {PurePosixPath(path).suffix for path in self._left}
        sought = [path for path in self.upstream.blobs if PurePosixPath(path).suffix in endings and path not in taken]
        if not self._left or not sought:
            return
        known = Fingerprints()
        for path, content in self.upstream.read_many(sorted(sought), _LONGEST):
            if isinstance(content, bytes):
                known.add(path, fingerprint(content))
        for path, content in self.copied.read_many(sorted(self._left), _LONGEST):
            if isinstance(content, bytes) and (nearest := known.nearest(path, fingerprint(content))) is not None:
                self._pair(path, nearest, same_place=False)

    def _pair(self, path: str, upstream: str, *, same_place: bool) -> None:
        self._left.discard(path)
        self.pairs.append(_Pair(path, upstream, same_place))


def _leads(way: tuple[str, str], path: str) -> str | None:
    """Where a way leads a path of the copy, if it begins there."""
    here, there = way
    return there + path.removeprefix(here) if path.startswith(here) else None


def _prefixes(path: str, upstream: str) -> tuple[str, str]:
    """What stands before the folders and the name that two paths have in common at their ends."""
    here, there = path.split("/"), upstream.split("/")
    while here and there and here[-1] == there[-1]:
        here.pop()
        there.pop()
    return "".join(f"{part}/" for part in here), "".join(f"{part}/" for part in there)


def _own_notes(copied: Tree, paths: Iterable[str]) -> dict[str, str]:
    """Patches and lists of changes among the copied files; only those that are not upstream's."""
    notes = sorted(path for path in paths if is_note(path))
    read = copied.read_many(notes, _LONGEST) if notes else ()
    return {path: content.decode("utf-8", "replace") for path, content in read if isinstance(content, bytes)}


def _batches(pairs: list[_Pair]) -> Iterator[list[_Pair]]:
    pairs = sorted(pairs, key=lambda pair: pair.path)
    for start in range(0, len(pairs), _BATCH):
        yield pairs[start : start + _BATCH]


def _compared(copied: Tree, upstream: Tree, pairs: list[_Pair], notes: Notes) -> Iterator[KeptFile | ChangedFile]:
    ours = dict(copied.read_many([pair.path for pair in pairs], _LONGEST + 1))
    theirs = dict(upstream.read_many(list(dict.fromkeys(pair.upstream for pair in pairs)), _LONGEST + 1))
    for pair in pairs:
        here, there = ours[pair.path], theirs[pair.upstream]
        trouble = _trouble(here) or _trouble(there)
        if trouble or isinstance(here, ShipmentError) or isinstance(there, ShipmentError):
            marks = tuple(notes.about((pair.path, pair.upstream)))
            yield ChangedFile(pair.path, pair.upstream, pair.same_place, marks=marks, trouble=trouble)
        elif _unix(here) == _unix(there):
            yield KeptFile(pair.path, pair.upstream, line_ends=True)
        else:
            yield _changed(pair, here, there, notes)


def _trouble(content: bytes | ShipmentError) -> str | None:
    """Why a content cannot be compared by lines."""
    if isinstance(content, ShipmentError):
        return str(content)
    if len(content) > _LONGEST:
        return f"larger than {_LONGEST} bytes"
    return "no text" if b"\0" in content[:8192] else None


def _changed(pair: _Pair, here: bytes, there: bytes, notes: Notes) -> ChangedFile:
    copy, origin = (_unix(content).decode("utf-8", "replace") for content in (here, there))
    ours, theirs = copy.splitlines(), origin.splitlines()
    kept = sum((Counter(ours) & Counter(theirs)).values())
    header = compare_header(HeaderText(origin), HeaderText(copy))
    marks = (
        *marks_within(pair.path, ours, {line.strip() for line in theirs}),
        *notes.about((pair.path, pair.upstream)),
    )
    return ChangedFile(
        pair.path, pair.upstream, pair.same_place, len(theirs), kept, len(ours) - kept,
        header.state, header.missing, header.lines, header.first, marks,
    )  # fmt: skip


def _unix(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
