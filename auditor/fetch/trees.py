"""Paths in a commit, found by walking tree objects; each tree is read and parsed once.

Symbolic links are followed inside the tree as a checkout would, never outside and never on disk.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from auditor.errors import FetchError
from auditor.fetch.bare import FULL_ID
from auditor.fetch.objects import Objects

EntryKind = Literal["file", "directory", "symlink", "submodule"]

MOST_LINKS = 40  # GET_TREE_ENTRY_FOLLOW_SYMLINKS_MAX_LINKS of git's tree-walk.c, the kernel's MAXSYMLINKS
LONGEST_LINK = 4096  # PATH_MAX of Linux: no checkout could hold a longer one


@dataclass(frozen=True, slots=True)
class Entry:
    """Something at a path of a commit: `mode` as git writes it ("100644"), `id` of the blob, tree or submodule commit.

    `path` is where it really stands, after links; non-UTF-8 bytes are surrogate-escaped.
    """

    path: str
    mode: str
    id: str
    kind: EntryKind


@dataclass(frozen=True, slots=True)
class _LinkWanted:
    """A walk cannot go on before the text of this link is here."""

    blob: str


Listing = Mapping[bytes, tuple[str, str]]
Place = tuple[str, str]


class Trees:
    """The directory trees of one repository's commits."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._roots: dict[str, str] = {}
        self._listings: dict[str, Listing] = {}
        self._links: dict[str, bytes | None] = {}
        self._paths: dict[str, Mapping[str, Entry]] = {}

    def entries(self, asked: Iterable[Place]) -> dict[Place, Entry]:
        """What stands at (commit, path) places; absent ones are left out.

        Texts of links on the way are fetched together, one fetch for each step of a chain of links.
        """
        answers: dict[Place, Entry] = {}
        pending = list(dict.fromkeys(asked))
        while pending:
            waiting: dict[Place, str] = {}
            for place in pending:
                match _Walk(self, *place).run():
                    case _LinkWanted(blob):
                        waiting[place] = blob
                    case Entry() as entry:
                        answers[place] = entry
            self._bring_links(set(waiting.values()))
            pending = list(waiting)
        return answers

    def paths(self, commit: str) -> Mapping[str, Entry]:
        """Every file, link and submodule of a commit by its path, in git's order."""
        if commit not in self._paths:
            tree = self.root(commit)
            found = self._objects.healing(lambda: self._objects.bare.output("ls-tree", "-r", "-z", "--full-tree", tree))
            entries = (_listed(line) for line in found.split(b"\0") if line)
            self._paths[commit] = MappingProxyType({entry.path: entry for entry in entries})
        return self._paths[commit]

    def root(self, commit: str) -> str:
        """The id of a commit's tree."""
        if not FULL_ID.fullmatch(commit):
            raise FetchError("damaged", f"{commit[:100]!r} is no commit that was fetched")
        if commit not in self._roots:
            first = self._objects.read_part(commit, "commit").split(b"\n", 1)[0]
            self._roots[commit] = first.removeprefix(b"tree ").decode("ascii")
        return self._roots[commit]

    def listing(self, tree: str) -> Listing:
        """The entries of one tree object: name to (mode, id)."""
        if tree not in self._listings:
            self._listings[tree] = _parsed(self._objects.read_part(tree, "tree"), len(tree) // 2)
        return self._listings[tree]

    def holding(self, commits: Iterable[str], blobs: Collection[str]) -> dict[str, frozenset[str]]:
        """Which of the blobs stand anywhere in each commit. Commits share most trees: each is looked at once."""
        wanted = frozenset(blobs)
        held: dict[str, frozenset[str]] = {}
        roots = {commit: self.root(commit) for commit in dict.fromkeys(commits)}
        rest = list(roots.values())
        while rest:
            tree = rest[-1]
            entries = self.listing(tree).values() if tree not in held else ()
            below = {object_id for mode, object_id in entries if mode == "40000"}
            if missing := below - held.keys():
                rest += missing
                continue
            if tree not in held:
                own = wanted.intersection(object_id for mode, object_id in entries if mode.startswith("100"))
                held[tree] = own.union(*(held[one] for one in below))
            rest.pop()
        return {commit: held[tree] for commit, tree in roots.items()}

    def link(self, blob: str) -> bytes | _LinkWanted | None:
        """The text of a link; None if it cannot be one."""
        if blob not in self._links:
            if not self._objects.has(blob):
                return _LinkWanted(blob)
            self._links[blob] = self._link_text(blob)
        return self._links[blob]

    def _bring_links(self, blobs: set[str]) -> None:
        if blobs:
            self._objects.bring_blobs(sorted(blobs))
            self._links |= {blob: self._link_text(blob) for blob in blobs}

    def _link_text(self, blob: str) -> bytes | None:
        try:
            text = self._objects.read_blob(blob)
        except FetchError:
            return None
        return text if len(text) <= LONGEST_LINK else None


class _Walk:
    """One path, followed from the root; `trail` is where we stand, root first."""

    def __init__(self, trees: Trees, commit: str, path: str) -> None:
        self._trees = trees
        self._parts = path.encode("utf-8", "surrogateescape").strip(b"/").split(b"/")
        self._todo = self._parts[::-1]
        self._trail = [(b"", trees.root(commit))]
        self._first_link: Entry | None = None
        self._links = 0

    def run(self) -> Entry | _LinkWanted | None:
        """The entry; None if there is none; a link that leads nowhere is returned itself, unresolved."""
        if b".." in self._parts:
            return None
        while self._todo:
            name = self._todo.pop()
            if name in (b"", b"."):
                continue
            if name == b"..":
                if len(self._trail) == 1:
                    return self._first_link  # out of the repository
                self._trail.pop()
                continue
            mode, object_id = self._trees.listing(self._trail[-1][1]).get(name, ("", ""))
            if mode == "40000":
                self._trail.append((name, object_id))
            elif mode != "120000":
                return self._leaf(name, mode, object_id)
            elif (stop := self._enter_link(name, object_id)) is not None:
                return stop
        path = b"/".join(name for name, _ in self._trail[1:])
        return _entry(path, "40000", self._trail[-1][1])

    def _leaf(self, name: bytes, mode: str, object_id: str) -> Entry | None:
        """A file ends the path; a submodule answers for everything below it."""
        entry = _entry(self._below(name), mode, object_id) if mode else None
        below = [part for part in self._todo if part not in (b"", b".")]
        if entry is None or (below and entry.kind != "submodule"):
            return self._first_link
        return entry

    def _enter_link(self, name: bytes, blob: str) -> Entry | _LinkWanted | None:
        """Put the link's text in front of what is left to walk; an entry or wish if that cannot be."""
        entry = _entry(self._below(name), "120000", blob)
        self._first_link = self._first_link or entry
        self._links += 1
        text = self._trees.link(blob)
        if isinstance(text, _LinkWanted):
            return text
        if not text or text.startswith(b"/") or self._links > MOST_LINKS:
            return self._first_link
        self._todo += text.split(b"/")[::-1]
        return None

    def _below(self, name: bytes) -> bytes:
        return b"/".join([*(part for part, _ in self._trail[1:]), name])


def _parsed(content: bytes, id_bytes: int) -> Listing:
    """A raw tree object: repeated `mode SPACE name NUL id`."""
    listing: dict[bytes, tuple[str, str]] = {}
    at = 0
    while at < len(content):
        space = content.find(b" ", at)
        end = content.find(b"\0", space)
        if space < 0 or end < 0:
            raise FetchError("damaged", "a tree object cannot be read")
        # Some old tools wrote "040000".
        mode = content[at:space].lstrip(b"0").decode("ascii", "replace")
        at = end + 1 + id_bytes
        listing[content[space + 1 : end]] = mode, content[end + 1 : at].hex()
    return listing


def _listed(line: bytes) -> Entry:
    """A line of `ls-tree -z`: `mode type id TAB path`."""
    facts, _, path = line.partition(b"\t")
    mode, _, object_id = facts.decode("ascii").split(" ")
    return _entry(path, mode, object_id)


def _entry(path: bytes, mode: str, object_id: str) -> Entry:
    kinds: dict[str, EntryKind] = {"40000": "directory", "120000": "symlink", "160000": "submodule"}
    return Entry(path.decode("utf-8", "surrogateescape"), mode.zfill(6), object_id, kinds.get(mode, "file"))
